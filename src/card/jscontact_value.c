/* jscontact_value.c - plain values, times and dates (RFC 9553 1.4, 2.8.1). */
#include "card/jscontact_int.h"

static str
as_it_is(struct arena *arena, str value)
{
	(void)arena;
	return value;
}

/* Of an entry the value is a member, and of what has no entries it is the text itself. */
static bool
put_text(
    struct arena *arena, const struct js_rule *rule, struct view_json *entry, str text)
{
	js_put(entry, rule->key, js_text(arena, text));
	return true;
}

static const struct view_json *
text_of(const struct js_rule *rule, const struct view_json *entry)
{
	const struct view_json *text = js_member(entry, rule->key);

	return text && text->kind == VIEW_JSON_TEXT ? text : NULL;
}

static bool
has_controls(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] < ' ')
			return true;
	return false;
}

bool
js_is_uri(str text)
{
	str scheme = str_cut(&text, ':');

	if (!text.at || !scheme.len)
		return false;
	for (size_t i = 0; i < scheme.len; i++) {
		char c = scheme.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

		if (!letter && (!i || !((c >= '0' && c <= '9') || c == '+' ||
					  c == '-' || c == '.')))
			return false;
	}
	return true;
}

/* --- texts --- */

static bool
read_text(struct arena *arena, const struct js_rule *rule,
    const struct card_property *p, struct view_json *entry)
{
	return put_text(arena, rule, entry, card_unescape(arena, p->value));
}

static bool
write_text(struct arena *arena, const struct js_rule *rule, struct view_json *entry,
    struct buf *params, struct buf *value)
{
	const struct view_json *text = text_of(rule, entry);

	(void)arena;
	(void)params;
	if (text)
		card_escape_add(value, text->text);
	return text;
}

const struct js_value js_text_value = { read_text, write_text, card_unescape };

/* --- addresses of the web, numbers, tags: nothing is escaped --- */

static bool
read_raw(struct arena *arena, const struct js_rule *rule, const struct card_property *p,
    struct view_json *entry)
{
	return put_text(arena, rule, entry, p->value);
}

/* Where another row says what is none. */
static bool
needs_uri(const struct js_rule *rule)
{
	return rule->type.len || rule->shape == JS_KEYED;
}

static bool
write_raw(struct arena *arena, const struct js_rule *rule, struct view_json *entry,
    struct buf *params, struct buf *value)
{
	const struct view_json *text = text_of(rule, entry);

	(void)arena;
	(void)params;
	if (!text || has_controls(text->text) ||
	    (needs_uri(rule) && !js_is_uri(text->text)))
		return false;
	buf_add(value, text->text);
	return true;
}

const struct js_value js_raw_value = { read_raw, write_raw, as_it_is };

/* --- a word of a list --- */

static bool
read_gender(struct arena *arena, const struct js_rule *rule,
    const struct card_property *p, struct view_json *entry)
{
	return put_text(arena, rule, entry, view_json_lower(arena, p->value));
}

const struct js_value js_gender_value = { read_gender, write_text, view_json_lower };

/* --- times --- */

/* Digits where the pattern has '9', the rest as it stands there. */
static bool
is_like(str text, const char *pattern)
{
	str shape = str_of(pattern);

	if (text.len != shape.len)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		bool digit = text.at[i] >= '0' && text.at[i] <= '9';

		if (shape.at[i] == '9' ? !digit : text.at[i] != shape.at[i])
			return false;
	}
	return true;
}

str
js_time_of(struct arena *arena, str value)
{
	str time = value;

	if (is_like(value, "99999999T999999Z"))
		(void)view_date_to_3(arena, value, &time);
	return is_like(time, "9999-99-99T99:99:99Z") ? time : (str){ 0 };
}

str
js_time_back(struct arena *arena, str time)
{
	str value = { 0 };

	if (is_like(time, "9999-99-99T99:99:99Z"))
		(void)view_date_to_4(arena, time, &value);
	return value;
}

static str
plain_date(struct arena *arena, str value)
{
	(void)view_date_to_4(arena, value, &value);
	return value;
}

static bool
read_time(struct arena *arena, const struct js_rule *rule,
    const struct card_property *p, struct view_json *entry)
{
	str time = js_time_of(arena, p->value);

	return time.len && put_text(arena, rule, entry, time);
}

static bool
write_time(struct arena *arena, const struct js_rule *rule, struct view_json *entry,
    struct buf *params, struct buf *value)
{
	const struct view_json *text = text_of(rule, entry);
	str time = text ? js_time_back(arena, text->text) : (str){ 0 };

	(void)params;
	buf_add(value, time);
	return time.len;
}

const struct js_value js_time_value = { read_time, write_time, plain_date };

/* --- dates that may be known in part --- */

static const struct date_form {
	const char *like;
	struct date_part {
		str name;
		size_t at, len;
	} parts[3];
} date_forms[] = {
	{ "99999999", { { STR_CONST("year"), 0, 4 }, { STR_CONST("month"), 4, 2 },
			  { STR_CONST("day"), 6, 2 } } },
	{ "9999-99", { { STR_CONST("year"), 0, 4 }, { STR_CONST("month"), 5, 2 } } },
	{ "9999", { { STR_CONST("year"), 0, 4 } } },
	{ "--9999", { { STR_CONST("month"), 2, 2 }, { STR_CONST("day"), 4, 2 } } },
	{ "--99", { { STR_CONST("month"), 2, 2 } } },
	{ "---99", { { STR_CONST("day"), 3, 2 } } },
};
#define DATE_FORMS (sizeof date_forms / sizeof *date_forms)

/* A calendar's scale has been put there by its parameter. */
static struct view_json *
date_in(struct arena *arena, struct view_json *entry)
{
	return js_object(arena, entry, STR("date"));
}

static str
without_zeros(str digits)
{
	while (digits.len > 1 && digits.at[0] == '0')
		digits = str_part(digits, 1, digits.len);
	return digits;
}

static bool
read_date(struct arena *arena, const struct js_rule *rule,
    const struct card_property *p, struct view_json *entry)
{
	str value = plain_date(arena, p->value), time = js_time_of(arena, value);
	struct view_json *date = date_in(arena, entry);

	(void)rule;
	if (time.len) {
		js_put(date, STR("@type"), js_text(arena, STR("Timestamp")));
		js_put(date, STR("utc"), js_text(arena, time));
		return true;
	}
	for (size_t i = 0; i < DATE_FORMS; i++) {
		const struct date_form *form = date_forms + i;

		if (!is_like(value, form->like))
			continue;
		for (size_t k = 0; k < 3 && form->parts[k].len; k++)
			js_put(date, form->parts[k].name,
			    js_literal(
				arena, without_zeros(str_part(value, form->parts[k].at,
					   form->parts[k].len))));
		return true;
	}
	return false;
}

static bool
has_form(const struct view_json *date, const struct date_form *form)
{
	size_t found = 0, parts = 0;

	for (const struct view_json *m = date->first; m; m = m->next)
		found += str_same(m->name, STR("year")) ||
			 str_same(m->name, STR("month")) ||
			 str_same(m->name, STR("day"));
	for (; parts < 3 && form->parts[parts].len; parts++) {
		const struct view_json *m = js_member(date, form->parts[parts].name);
		int64_t number;

		if (!m || m->kind != VIEW_JSON_LITERAL ||
		    m->text.len > form->parts[parts].len ||
		    !str_number(m->text, &number))
			return false;
	}
	return found == parts;
}

static void
add_date(struct buf *out, const struct view_json *date, const struct date_form *form)
{
	str like = str_of(form->like);
	size_t k = 0;

	for (size_t i = 0; i < like.len;) {
		if (k == 3 || !form->parts[k].len || form->parts[k].at != i) {
			buf_add_char(out, like.at[i++]);
			continue;
		}
		str digits = js_member(date, form->parts[k].name)->text;

		for (size_t pad = digits.len; pad < form->parts[k].len; pad++)
			buf_add_char(out, '0');
		buf_add(out, digits);
		i += form->parts[k++].len;
	}
}

static bool
write_date(struct arena *arena, const struct js_rule *rule, struct view_json *entry,
    struct buf *params, struct buf *value)
{
	struct view_json *date = js_member(entry, STR("date"));
	str time = js_time_back(arena, js_member_text(date, STR("utc")));

	(void)rule;
	(void)params;
	buf_add(value, time);
	if (time.len || !date || date->kind != VIEW_JSON_OBJECT)
		return time.len;
	for (size_t i = 0; i < DATE_FORMS; i++)
		if (has_form(date, date_forms + i)) {
			add_date(value, date, date_forms + i);
			return true;
		}
	return false;
}

const struct js_value js_date_value = { read_date, write_date, plain_date };
