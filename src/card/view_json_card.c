/* view_json_card.c - a 4.0 card of a jCard (RFC 7095 3.3 - 3.5, 4). */
#include "card/line_int.h"
#include "card/view.h"
#include "card/view_int.h"
#include "card/view_json_int.h"

struct maker {
	struct arena *arena;
	struct buf out, line;
	struct why *why;
};

static enum err
bad(struct maker *m, const char *what)
{
	*m->why = (struct why){ .what = what };
	return ERR_BAD_INPUT;
}

/* --- parameters --- */

static bool
is_scalar(const struct view_json *value)
{
	return value->kind == VIEW_JSON_TEXT || value->kind == VIEW_JSON_LITERAL;
}

static enum err
add_param_value(struct maker *m, const struct view_json *value)
{
	if (!is_scalar(value))
		return bad(m, "a parameter that is no text");
	card_param_add(&m->line, value->text);
	return OK;
}

/* Values behind commas; there an empty one stands in quotes, or it would not be seen. */
static enum err
add_param(struct maker *m, const struct view_json *param)
{
	bool several = param->kind == VIEW_JSON_LIST && param->count > 1;
	const struct view_json *v =
	    param->kind == VIEW_JSON_LIST ? param->first : param;

	if (!view_json_is_token(param->name))
		return bad(m, "a parameter's name is letters, digits and '-'");
	if (!v)
		return OK;
	buf_addf(&m->line, ";" STR_FMT "=", STR_ARG(param->name));
	for (bool first = true; v; v = v == param ? NULL : v->next, first = false) {
		if (!first)
			buf_add_char(&m->line, ',');
		if (several && !v->text.len)
			buf_add(&m->line, STR("\"\""));
		TRY(add_param_value(m, v));
	}
	return OK;
}

static enum err
add_params(struct maker *m, const struct view_json *params)
{
	for (const struct view_json *p = params->first; p; p = p->next) {
		if (str_same_nocase(p->name, STR("group")))
			continue;
		if (str_same_nocase(p->name, STR("value")))
			return bad(m, "a VALUE beside the type");
		TRY(add_param(m, p));
	}
	return OK;
}

static enum err
add_group(struct maker *m, const struct view_json *params)
{
	for (const struct view_json *p = params->first; p; p = p->next) {
		if (!str_same_nocase(p->name, STR("group")))
			continue;
		if (p->kind != VIEW_JSON_TEXT || !view_json_is_token(p->text))
			return bad(m, "a group is letters, digits and '-'");
		buf_add(&m->line, p->text);
		buf_add_char(&m->line, '.');
		return OK;
	}
	return OK;
}

/* --- values --- */

/* A value not escaped cannot hold a line feed. */
static void
add_plain(struct buf *out, str value)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.at[i] == '\n')
			buf_add(out, STR("\\n"));
		else
			buf_add_char(out, value.at[i]);
}

static void
add_scalar(struct maker *m, str type, str value)
{
	if (str_same_nocase(type, STR("text"))) {
		card_escape_add(&m->line, value);
		return;
	}
	if (view_json_is_date(type))
		(void)view_date_to_4(m->arena, value, &value);
	else if (str_same_nocase(type, STR("utc-offset")))
		(void)view_offset_to_4(m->arena, value, &value);
	add_plain(&m->line, value);
}

/* Values, which may have components, which may be lists. */
static enum err
add_list(struct maker *m, str type, const struct view_json *first, const char *marks)
{
	for (const struct view_json *v = first; v; v = v->next) {
		if (v != first)
			buf_add_char(&m->line, *marks);
		if (is_scalar(v))
			add_scalar(m, type, v->text);
		else if (v->kind == VIEW_JSON_LIST && marks[1])
			TRY(add_list(m, type, v->first, marks + 1));
		else
			return bad(m, "a value that is no text");
	}
	return OK;
}

/* --- properties --- */

static bool
is_property(const struct view_json *p)
{
	const struct view_json *name = p->first;

	return p->kind == VIEW_JSON_LIST && p->count >= 4 &&
	       name->kind == VIEW_JSON_TEXT && name->next->kind == VIEW_JSON_OBJECT &&
	       name->next->next->kind == VIEW_JSON_TEXT;
}

static enum err
add_property(struct maker *m, const struct view_json *p)
{
	const struct view_json *name = p->first, *params, *type;

	if (!is_property(p))
		return bad(m, "a property is [name, {parameters}, type, value ...]");
	params = name->next;
	type = params->next;
	if (!view_json_is_token(name->text) || !view_json_is_token(type->text) ||
	    str_same_nocase(name->text, STR("begin")) ||
	    str_same_nocase(name->text, STR("end")))
		return bad(m, "a property's name or type that is none");
	buf_clear(&m->line);
	TRY(add_group(m, params));
	for (size_t i = 0; i < name->text.len; i++) {
		char c = name->text.at[i];

		buf_add_char(&m->line, (char)(c >= 'a' && c <= 'z' ? c - 32 : c));
	}
	TRY(add_params(m, params));
	if (!str_same_nocase(type->text, view_json_shape_of(name->text)->type) &&
	    !str_same_nocase(type->text, STR("unknown")))
		buf_addf(&m->line, ";VALUE=" STR_FMT, STR_ARG(type->text));
	buf_add_char(&m->line, ':');
	TRY(add_list(m, type->text, type->next, ",;,"));
	card_line_add(&m->out, buf_str(&m->line), STR("\r\n"));
	return OK;
}

static bool
is_card(const struct view_json *root)
{
	return root->kind == VIEW_JSON_LIST && root->count == 2 &&
	       root->first->kind == VIEW_JSON_TEXT &&
	       str_same_nocase(root->first->text, STR("vcard")) &&
	       root->first->next->kind == VIEW_JSON_LIST;
}

enum err
card_of_json(struct arena *arena, str json, str *out, struct why *why)
{
	struct maker m = { .arena = arena,
		.out = buf_in(arena, CARD_MAX_BYTES),
		.line = buf_in(arena, CARD_MAX_BYTES * 4),
		.why = why };
	struct view_json root;
	struct card *card;
	enum err outcome;

	if (json.len > CARD_MAX_BYTES)
		return ERR_TOO_LARGE;
	TRY(view_json_read(arena, json, &root, why));
	if (!is_card(&root))
		return bad(&m, "not [\"vcard\", [properties]]");
	buf_add(&m.out, STR("BEGIN:VCARD\r\n"));
	for (const struct view_json *p = root.first->next->first; p; p = p->next)
		TRY(add_property(&m, p));
	buf_add(&m.out, STR("END:VCARD\r\n"));
	TRY(buf_text(&m.out, out));
	outcome = card_read(arena, *out, &card, why);
	if (outcome == ERR_UNSUPPORTED || (outcome == OK && card->version != CARD_V4))
		return bad(&m, "no version 4.0");
	return outcome;
}
