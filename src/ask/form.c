/* form.c - a numbered form in a message, and the reply to it. */
#include "ask/form.h"

#include "ask/ask_int.h"
#include "ask/texts.h"

#define FORM_MAX_BYTES ((size_t)2048)
#define HEADS_MAX      64

/* --- writing it --- */

struct ask_form
ask_form_of(struct arena *arena, const enum card_field *wanted, size_t count,
    bool short_message, str lang)
{
	enum card_field *fields = ARENA_ARRAY(arena, enum card_field, count + 1);
	struct ask_form form = { .fields = fields, .lang = lang };
	size_t most = short_message ? ASK_SMS_MAX_FIELDS : count;

	for (size_t i = 0; i < count && form.count < most; i++)
		if (wanted[i] != CARD_F_PHOTO)
			fields[form.count++] = wanted[i];
	return form;
}

str
ask_form_short(struct arena *arena, const struct ask_form *form)
{
	struct buf out = buf_in(arena, FORM_MAX_BYTES);
	bool en = str_same(form->lang, STR("en"));

	for (size_t i = 0; i < form->count; i++) {
		if (i)
			buf_add(&out, en ? STR(", ") : STR(" "));
		buf_add_int(&out, (long long)i + 1);
		if (en)
			buf_add_char(&out, ' ');
		buf_add(&out, ask_field_text(form->lang, form->fields[i]));
	}
	return buf_str(&out);
}

str
ask_form_lines(struct arena *arena, const struct ask_form *form)
{
	struct buf out = buf_in(arena, FORM_MAX_BYTES);
	bool en = str_same(form->lang, STR("en"));

	for (size_t i = 0; i < form->count; i++) {
		buf_add_int(&out, (long long)i + 1);
		buf_add(&out, STR(". "));
		buf_add(&out, ask_field_text(form->lang, form->fields[i]));
		buf_add(&out, en ? STR(":\n") : STR("：\n"));
	}
	return str_trim(buf_str(&out));
}

str
ask_form_card(struct arena *arena, const struct ask_form *form)
{
	static const str lines[CARD_F_COUNT] = {
		[CARD_F_MOBILE] = STR_CONST("TEL;TYPE=CELL:\r\n"),
		[CARD_F_WORK_TEL] = STR_CONST("TEL;TYPE=WORK,VOICE:\r\n"),
		[CARD_F_HOME_TEL] = STR_CONST("TEL;TYPE=HOME,VOICE:\r\n"),
		[CARD_F_FAX] = STR_CONST("TEL;TYPE=WORK,FAX:\r\n"),
		[CARD_F_EMAIL] = STR_CONST("EMAIL;TYPE=INTERNET,HOME:\r\n"),
		[CARD_F_WORK_EMAIL] = STR_CONST("EMAIL;TYPE=INTERNET,WORK:\r\n"),
		[CARD_F_ORG] = STR_CONST("ORG:\r\n"),
		[CARD_F_TITLE] = STR_CONST("TITLE:\r\n"),
		[CARD_F_WORK_ADDRESS] = STR_CONST("ADR;TYPE=WORK:;;;;;;\r\n"),
		[CARD_F_HOME_ADDRESS] = STR_CONST("ADR;TYPE=HOME:;;;;;;\r\n"),
		[CARD_F_QQ] = STR_CONST("X-QQ:\r\n"),
		[CARD_F_URL] = STR_CONST("URL:\r\n"),
		[CARD_F_BDAY] = STR_CONST("BDAY:\r\n"),
	};
	struct buf out = buf_in(arena, FORM_MAX_BYTES);

	buf_add(&out, STR("BEGIN:VCARD\r\nVERSION:3.0\r\nN:;;;;\r\nFN:\r\n"));
	for (size_t i = 0; i < form->count; i++)
		buf_add(&out, lines[form->fields[i]]);
	buf_add(&out, STR("END:VCARD\r\n"));
	return buf_str(&out);
}

/* --- runes, as a thumb types them --- */

#define WIDE_FIRST 0xFF01 /* full-width '!' to '~' */
#define WIDE_LAST  0xFF5E
#define WIDE_SHIFT 0xFEE0
#define WIDE_BLANK 0x3000
#define WIDE_STOP  0x3002 /* 。 */
#define WIDE_COMMA 0x3001 /* 、 */

static uint32_t
narrow(uint32_t rune)
{
	if (rune >= WIDE_FIRST && rune <= WIDE_LAST)
		return rune - WIDE_SHIFT;
	return rune == WIDE_BLANK ? ' ' : rune;
}

static bool
is_blank(uint32_t rune)
{
	return rune == ' ' || rune == '\t' || rune == '\r' || rune == '\n';
}

static bool
is_separator(uint32_t rune)
{
	return rune == ',' || rune == ';' || rune == '/' || rune == '|' ||
	       rune == WIDE_STOP || rune == WIDE_COMMA;
}

/* What may stand between a number and its value. */
static bool
is_mark(uint32_t rune)
{
	return rune == '.' || rune == ':' || rune == ')' || rune == '=' ||
	       rune == ']' || rune == WIDE_STOP || rune == WIDE_COMMA;
}

static bool
is_digit(uint32_t rune)
{
	return rune >= '0' && rune <= '9';
}

static uint32_t
next(str *text)
{
	return narrow(str_rune(text));
}

static uint32_t
peek(str text)
{
	return text.len ? next(&text) : 0;
}

static str
skip_blanks(str text)
{
	while (text.len && is_blank(peek(text)))
		(void)next(&text);
	return text;
}

/* --- heads: where a field begins --- */

struct head {
	size_t at, value; /* offsets: of the head, and of what follows it */
	size_t field;     /* its number - 1 */
	bool marked;      /* "2." and not just "2" */
	bool opens_line;
};

static bool
read_number(const struct ask_form *form, str *rest, struct head *out)
{
	size_t number = 0;
	size_t digits = 0;

	if (peek(*rest) == '(' || peek(*rest) == '#' || peek(*rest) == '[')
		(void)next(rest);
	while (is_digit(peek(*rest)) && digits++ < 3)
		number = number * 10 + (next(rest) - '0');
	out->field = number - 1;
	return digits && digits < 3 && number >= 1 && number <= form->count;
}

/* A field's own name, in either language; the longest that stands there. */
static bool
read_label(const struct ask_form *form, str *rest, struct head *out)
{
	static const str langs[] = { STR_CONST("zh"), STR_CONST("en") };
	size_t longest = 0;

	for (size_t i = 0; i < form->count; i++)
		for (size_t l = 0; l < ASK_COUNT(langs); l++) {
			str label = ask_field_text(langs[l], form->fields[i]);

			if (label.len <= longest ||
			    !str_same_nocase(str_part(*rest, 0, label.len), label))
				continue;
			longest = label.len;
			out->field = i;
		}
	*rest = str_part(*rest, longest, rest->len);
	return longest > 0;
}

/* "8号", "3楼": numbers that count something. */
static bool
is_measure(uint32_t rune)
{
	static const str measures = STR_CONST("号楼层室单栋座弄街路巷幢期区年月日个");
	str rest = measures;

	while (rest.len)
		if (str_rune(&rest) == rune)
			return true;
	return false;
}

/* What may follow a number: a blank, a Chinese word, the start of an address. */
static bool
may_follow(const struct ask_form *form, const struct head *head, str rest)
{
	enum card_field field = form->fields[head->field];
	uint32_t rune = peek(rest);

	if (is_measure(peek(skip_blanks(rest))))
		return false;
	if (rune == 0 || is_blank(rune) || rune >= 0x80)
		return true;
	return field == CARD_F_EMAIL || field == CARD_F_WORK_EMAIL ||
	       field == CARD_F_URL;
}

/* A field's name wants a mark behind it; a number does without. */
static bool
read_head(const struct ask_form *form, str text, size_t at, struct head *out)
{
	str rest = str_part(text, at, text.len);
	str tried = rest;
	bool number = read_number(form, &rest, out);
	uint32_t rune;

	if (!number) {
		rest = tried;
		if (!read_label(form, &rest, out))
			return false;
		rest = skip_blanks(rest);
	}
	rune = peek(rest);
	out->at = at;
	out->marked = is_mark(rune);
	while (rest.len && is_mark(peek(rest)))
		(void)next(&rest);
	out->value = text.len - rest.len;
	return out->marked || (number && may_follow(form, out, rest));
}

struct heads {
	struct head list[HEADS_MAX];
	size_t count;
};

static void
find_heads(const struct ask_form *form, str text, struct heads *out)
{
	str rest = text;
	bool boundary = true;
	bool line = true;

	out->count = 0;
	while (rest.len && out->count < HEADS_MAX) {
		struct head *head = &out->list[out->count];
		uint32_t rune;

		if (boundary && read_head(form, text, text.len - rest.len, head)) {
			head->opens_line = line;
			rest = str_part(text, head->value, text.len);
			out->count++;
			boundary = line = false;
			continue;
		}
		rune = next(&rest);
		boundary = is_blank(rune) || is_separator(rune);
		line = rune == '\n' || (line && is_blank(rune));
	}
}

/* --- values --- */

static bool
is_end(uint32_t rune, bool of_value)
{
	return is_blank(rune) || (of_value && is_separator(rune));
}

/* Without blanks around it, and a value without the marks that end it in a list. */
static str
trim(str text, bool value)
{
	text = skip_blanks(text);
	while (text.len) {
		size_t at = text.len - 1;

		while (at && ((unsigned char)text.at[at] & 0xC0) == 0x80)
			at--;
		if (!is_end(peek(str_part(text, at, text.len)), value))
			break;
		text.len = at;
	}
	return text;
}

static str
trim_value(str text)
{
	return trim(text, true);
}

static bool
is_nothing(str value)
{
	static const str words[] = { STR_CONST("无"), STR_CONST("没有"),
		STR_CONST("跳过"), STR_CONST("不变"), STR_CONST("none"),
		STR_CONST("skip"), STR_CONST("n/a"), STR_CONST("-"), STR_CONST("—") };

	for (size_t i = 0; i < ASK_COUNT(words); i++)
		if (str_same_nocase(words[i], value))
			return true;
	return !value.len;
}

static bool
fits(struct arena *arena, enum card_field field, str value)
{
	static const struct card plain = { .version = CARD_V4 };
	struct card_lines lines;
	struct why why;

	return field != CARD_F_PHOTO &&
	       card_field_lines(arena, &plain, field, value, &lines, &why) == OK;
}

struct reading {
	struct arena *arena;
	const struct ask_form *form;
	struct ask_form_read *out;
	struct buf note;
};

static bool
is_said(const struct reading *r, enum card_field field)
{
	for (size_t i = 0; i < r->out->ops.count; i++)
		if (r->out->ops.list[i].field == field)
			return true;
	return false;
}

static void
remark(struct reading *r, str text)
{
	text = trim(text, false);
	if (!text.len)
		return;
	if (r->note.len)
		buf_add_char(&r->note, '\n');
	buf_add(&r->note, text);
}

/* Up to where a sentence would go on: "a@b.cn，改天聊". */
static str
first_piece(str text)
{
	str rest = text;

	while (rest.len) {
		uint32_t rune = next(&rest);

		if (rune == '\n' || rune == ' ' || is_separator(rune))
			break;
	}
	return str_part(text, 0, text.len - rest.len);
}

static void
take_value(struct reading *r, enum card_field field, str said, str whole)
{
	str value = trim_value(said);

	if (is_nothing(value))
		return;
	if (is_said(r, field)) {
		remark(r, whole);
		return;
	}
	if (!fits(r->arena, field, value)) {
		str first = trim_value(first_piece(value));

		if (first.len == value.len || !fits(r->arena, field, first)) {
			remark(r, whole);
			return;
		}
		remark(r, str_part(value, first_piece(value).len, value.len));
		value = first;
	}
	r->out->ops.list[r->out->ops.count++] =
	    (struct card_op){ .kind = CARD_INSERT, .field = field, .value = value };
}

/* --- which heads are meant --- */

static size_t
lines_with_heads(const struct heads *heads)
{
	size_t count = 0;

	for (size_t i = 0; i < heads->count; i++)
		count += heads->list[i].opens_line;
	return count;
}

/* A number without a mark in the middle of a line may be part of a value: it counts when
 * it goes on in the order of the form and what follows is a value of that field. */
static bool
is_meant(const struct reading *r, str text, const struct heads *heads, size_t at,
    const struct head *last)
{
	const struct head *head = &heads->list[at];
	size_t end = at + 1 < heads->count ? heads->list[at + 1].at : text.len;
	str value = trim_value(str_part(text, head->value, end - head->value));

	if (!head->opens_line && lines_with_heads(heads) > 1)
		return false;
	if (head->opens_line || head->marked)
		return true;
	return (!last || head->field > last->field) &&
	       (is_nothing(value) ||
		   fits(r->arena, r->form->fields[head->field], value));
}

static void
take_heads(struct reading *r, str text, const struct heads *heads)
{
	const struct head *last = NULL;

	for (size_t i = 0; i <= heads->count; i++) {
		bool over = i == heads->count;
		size_t end = over ? text.len : heads->list[i].at;

		if (!over && !is_meant(r, text, heads, i, last))
			continue;
		if (last)
			take_value(r, r->form->fields[last->field],
			    str_part(text, last->value, end - last->value),
			    str_part(text, last->at, end - last->at));
		else
			remark(r, str_part(text, 0, end));
		if (!over)
			last = &heads->list[i];
	}
}

/* --- no number at all --- */

/* What a value shows of itself, without being told its field. */
static bool
tells_itself(enum card_field field, str value)
{
	switch ((int)field) {
	case CARD_F_EMAIL:
	case CARD_F_WORK_EMAIL: return str_has(value, '@');
	case CARD_F_URL:
		return str_starts(value, STR("http")) || str_starts(value, STR("www."));
	case CARD_F_MOBILE:
	case CARD_F_WORK_TEL:
	case CARD_F_HOME_TEL:
	case CARD_F_FAX: return true; /* fits() wants a whole number */
	default: return false;
	}
}

static void
take_bare(struct reading *r, str value)
{
	const struct ask_form *form = r->form;
	size_t found = SIZE_MAX;
	size_t count = 0;

	value = trim_value(value);
	for (size_t i = 0; i < form->count; i++)
		if (tells_itself(form->fields[i], value) &&
		    fits(r->arena, form->fields[i], value)) {
			found = i;
			count++;
		}
	if (count == 1)
		take_value(r, form->fields[found], value, value);
	else
		remark(r, value);
}

static void
take_pieces(struct reading *r, str text)
{
	while (text.len) {
		str piece = first_piece(text);

		take_bare(r, piece);
		text = str_part(text, piece.len, text.len);
	}
}

static void
take_without_heads(struct reading *r, str text)
{
	str value = trim_value(text);

	if (r->form->count == 1 && fits(r->arena, r->form->fields[0], value))
		take_value(r, r->form->fields[0], value, value);
	else
		take_pieces(r, text);
	/* Nothing understood: the owner reads the sentence as it was written. */
	if (!r->out->ops.count) {
		buf_clear(&r->note);
		remark(r, text);
	}
}

/* --- the whole --- */

static const struct {
	str word;
	enum ask_form_says says;
} exits[] = {
	{ STR_CONST("不是我"), ASK_FORM_NOT_ME },
	{ STR_CONST("我不是"), ASK_FORM_NOT_ME },
	{ STR_CONST("不是本人"), ASK_FORM_NOT_ME },
	{ STR_CONST("打错了"), ASK_FORM_NOT_ME },
	{ STR_CONST("发错了"), ASK_FORM_NOT_ME },
	{ STR_CONST("not me"), ASK_FORM_NOT_ME },
	{ STR_CONST("wrong number"), ASK_FORM_NOT_ME },
	{ STR_CONST("wrong person"), ASK_FORM_NOT_ME },
	{ STR_CONST("不"), ASK_FORM_DECLINES },
	{ STR_CONST("不用"), ASK_FORM_DECLINES },
	{ STR_CONST("不方便"), ASK_FORM_DECLINES },
	{ STR_CONST("拒绝"), ASK_FORM_DECLINES },
	{ STR_CONST("no"), ASK_FORM_DECLINES },
	{ STR_CONST("no thanks"), ASK_FORM_DECLINES },
	{ STR_CONST("no thank you"), ASK_FORM_DECLINES },
};

static enum ask_form_says
read_exit(str text)
{
	text = trim_value(text);
	while (text.len && str_has(STR(".!"), text.at[text.len - 1]))
		text.len--;
	for (size_t i = 0; i < ASK_COUNT(exits); i++)
		if (str_same_nocase(exits[i].word, text))
			return exits[i].says;
	return ASK_FORM_VALUES;
}

void
ask_form_read(struct arena *arena, const struct ask_form *form, str text,
    struct ask_form_read *out)
{
	struct reading r = { .arena = arena,
		.form = form,
		.out = out,
		.note = buf_in(arena, ASK_FORM_MAX_BYTES) };
	struct heads heads;

	text = str_trim(str_part(text, 0, ASK_FORM_MAX_BYTES));
	*out = (struct ask_form_read){ .says = read_exit(text) };
	if (out->says != ASK_FORM_VALUES)
		return;
	out->ops.list = ARENA_ARRAY(arena, struct card_op, form->count + 1);
	find_heads(form, text, &heads);
	if (heads.count)
		take_heads(&r, text, &heads);
	if (!out->ops.count && !heads.count)
		take_without_heads(&r, text);
	out->note = buf_str(&r.note);
}

/* --- the code --- */

/* Its digits, whatever their width, and what stands behind them. */
static bool
read_code(str text, str code, str *rest)
{
	size_t digits = 0;

	if (peek(text) == '#')
		(void)next(&text);
	for (; text.len && is_digit(peek(text)); digits++) {
		uint32_t rune = next(&text);

		if (digits >= code.len || rune != (uint32_t)code.at[digits])
			return false;
	}
	*rest = text;
	return digits && digits == code.len;
}

bool
ask_form_take_code(str *text, str code)
{
	str all = str_trim(*text);
	str rest;
	size_t at = all.len;

	if (code.len != ASK_CODE_DIGITS)
		return false;
	if (read_code(all, code, &rest)) {
		while (rest.len && (is_blank(peek(rest)) || is_separator(peek(rest)) ||
				       peek(rest) == ':'))
			(void)next(&rest);
		*text = rest;
		return true;
	}
	while (at && !is_blank((unsigned char)all.at[at - 1]))
		at--;
	if (!at || !read_code(str_part(all, at, all.len), code, &rest) || rest.len)
		return false;
	*text = str_trim(str_part(all, 0, at));
	return true;
}

str
ask_form_first_code(str text)
{
	str rest = text = str_trim(text);
	size_t digits = 0;

	if (peek(rest) == '#') {
		(void)next(&rest);
		text = rest;
	}
	for (; rest.len && is_digit(peek(rest)); digits++)
		(void)next(&rest);
	return digits == ASK_CODE_DIGITS ? str_part(text, 0, text.len - rest.len)
					 : (str){ 0 };
}
