/* words.c - the commands of an SMS, and the words that stop everything. */
#include "inbox/inbox_int.h"

#define WIDE_FIRST  0xFF01 /* full-width '!' to '~': an input method's ASCII */
#define WIDE_LAST   0xFF5E
#define WIDE_SHIFT  0xFEE0
#define WIDE_BLANK  0x3000
#define CODE_DIGITS 4

static const struct {
	str word;
	enum inbox_word means;
} wholes[] = {
	{ STR_CONST("STOP"), INBOX_STOP },
	{ STR_CONST("STOPALL"), INBOX_STOP },
	{ STR_CONST("UNSUBSCRIBE"), INBOX_STOP },
	{ STR_CONST("CANCEL"), INBOX_STOP },
	{ STR_CONST("END"), INBOX_STOP },
	{ STR_CONST("QUIT"), INBOX_STOP },
	{ STR_CONST("REVOKE"), INBOX_STOP },
	{ STR_CONST("OPTOUT"), INBOX_STOP },
	{ STR_CONST("OPT-OUT"), INBOX_STOP },
	{ STR_CONST("REMOVE"), INBOX_STOP },
	{ STR_CONST("ARRET"), INBOX_STOP },
	{ STR_CONST("TD"), INBOX_STOP },
	{ STR_CONST("T"), INBOX_STOP },
	{ STR_CONST("N"), INBOX_STOP },
	{ STR_CONST("R"), INBOX_STOP },
	{ STR_CONST("退订"), INBOX_STOP },
	{ STR_CONST("拒收"), INBOX_STOP },
	{ STR_CONST("不要再发"), INBOX_STOP },
	{ STR_CONST("帮助"), INBOX_HELP },
	{ STR_CONST("HELP"), INBOX_HELP },
	{ STR_CONST("?"), INBOX_HELP },
	{ STR_CONST("更新"), INBOX_HELP }, /* whom? */
	{ STR_CONST("ASK"), INBOX_HELP },
	{ STR_CONST("问"), INBOX_HELP },
};

static const struct {
	str word;
	bool blank; /* must stand between it and what follows: "asking" is no command */
} asks[] = {
	{ STR_CONST("更新"), false },
	{ STR_CONST("ASK"), true },
	{ STR_CONST("问"), false },
};

static str
narrow(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, text.len);

	while (text.len) {
		const char *at = text.at;
		uint32_t rune = str_rune(&text);

		if (rune >= WIDE_FIRST && rune <= WIDE_LAST)
			buf_add_char(&out, (char)(rune - WIDE_SHIFT));
		else if (rune == WIDE_BLANK)
			buf_add_char(&out, ' ');
		else
			buf_add(&out, (str){ at, (size_t)(text.at - at) });
	}
	return str_trim(buf_str(&out));
}

static bool
is_code(str text)
{
	int64_t number;

	return text.len == CODE_DIGITS && str_number(text, &number);
}

static bool
is_ask(str text, str *rest)
{
	for (size_t i = 0; i < INBOX_COUNT(asks); i++) {
		str word = asks[i].word;
		str behind = str_part(text, word.len, text.len);

		if (!str_same_nocase(str_part(text, 0, word.len), word) ||
		    (asks[i].blank && !str_starts(behind, STR(" "))))
			continue;
		if (str_starts(behind, STR(":")))
			behind = str_part(behind, 1, behind.len);
		*rest = str_trim(behind);
		return rest->len > 0;
	}
	return false;
}

enum inbox_word
inbox_word_read(struct arena *arena, str text, str *rest)
{
	*rest = text = narrow(arena, text);
	for (size_t i = 0; i < INBOX_COUNT(wholes); i++)
		if (str_same_nocase(wholes[i].word, text))
			return wholes[i].means;
	if (is_code(text))
		return INBOX_CODE;
	return is_ask(text, rest) ? INBOX_ASK : INBOX_NOTHING;
}
