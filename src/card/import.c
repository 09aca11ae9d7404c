#include "base/buf.h"
#include "card/card.h"
#include "card/charset_int.h"
#include "card/line_int.h"
#include "card/old_int.h"

/* The value of the first VERSION line; empty when there is none. */
static str
version_of(str text)
{
	while (text.len) {
		str line = str_cut(&text, '\n'), name = str_cut(&line, ':');

		if (str_same_nocase(str_trim(name), STR("VERSION")))
			return str_trim(line);
	}
	return (str){ 0 };
}

static bool
is_new(str version)
{
	return str_same(version, STR("3.0")) || str_same(version, STR("4.0"));
}

/* The bytes that end a line and fold it; 0 when none stand there. */
static size_t
fold_at(str text, size_t i)
{
	size_t end = text.at[i] == '\r' ? i + 1 : i;

	if (end + 1 >= text.len || text.at[end] != '\n')
		return 0;
	return text.at[end + 1] == ' ' || text.at[end + 1] == '\t' ? end + 2 - i : 0;
}

/* Whole, as a fold may stand inside a character and spoil the guess at the charset. */
static str
unfolded(struct arena *arena, str text)
{
	char *copy = arena_get_raw(arena, text.len), *to = copy;

	for (size_t i = 0; i < text.len;) {
		size_t fold = fold_at(text, i);

		if (!fold)
			*to++ = text.at[i++];
		i += fold;
	}
	return (str){ copy, (size_t)(to - copy) };
}

/* A 3.0 or 4.0 card in another charset: the same lines in UTF-8. */
static enum err
new_card_write(struct arena *arena, str text, struct buf *out)
{
	const char *charset;

	text = unfolded(arena, text);
	charset = charset_guess(text);
	while (text.len && !out->overflowed) {
		str line = str_trim(str_cut(&text, '\n'));

		if (!line.len)
			continue;
		TRY(charset_read(arena, line, charset, &line));
		card_line_add(out, line, STR("\r\n"));
	}
	return OK;
}

/* Somebody is here who can mend his file: lines that nobody would be shown are not taken. */
static enum err
whole(struct arena *arena, str text, struct why *why)
{
	struct card *card;

	TRY(card_read(arena, text, &card, why));
	if (!card->odd)
		return OK;
	*why = (struct why){ .what = "a line that is no property", .line = card->odd };
	return ERR_BAD_INPUT;
}

/* The lines of what was made are not those of what was read. */
static enum err
checked(struct arena *arena, str text, struct why *why)
{
	enum err outcome = whole(arena, text, why);

	if (outcome != OK)
		why->line = 0;
	return outcome;
}

enum err
card_import(struct arena *arena, str text, str *out, struct why *why)
{
	struct buf fresh = buf_in(arena, CARD_MAX_BYTES);
	str version;
	bool new;

	if (text.len > CARD_MAX_BYTES)
		return ERR_TOO_LARGE;
	TRY(card_file_text(arena, text, &text));
	if (text.len > CARD_MAX_BYTES)
		return ERR_TOO_LARGE;
	version = version_of(text);
	new = is_new(version);
	if (new &&str_is_utf8(text)) {
		TRY(whole(arena, text, why));
		*out = text;
		return OK;
	}
	if (!new &&version.len && !str_same(version, STR("2.1"))) {
		*why = (struct why){ .what =
					 "a VERSION that is none of 2.1, 3.0 and 4.0" };
		return ERR_UNSUPPORTED;
	}
	if (new)
		TRY(new_card_write(arena, text, &fresh));
	else
		TRY(old_card_write(arena, text, charset_guess(text), &fresh));
	TRY(buf_text(&fresh, out));
	return checked(arena, *out, why);
}
