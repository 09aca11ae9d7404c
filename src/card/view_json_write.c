/* view_json_write.c - a 4.0 card as a jCard (RFC 7095 3). */
#include "card/view_int.h"
#include "card/view_json_int.h"

#define MAX_PARAM_VALUES 1000 /* of a property; one with more shows none of them */

void
view_json_quote(struct buf *out, str text)
{
	buf_add_char(out, '"');
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if (c == '"' || c == '\\')
			buf_add_char(out, '\\');
		if (c == '\n')
			buf_add(out, STR("\\n"));
		else if (c < ' ' || c == 0x7F)
			buf_addf(out, "\\u%04x", c);
		else
			buf_add_char(out, (char)c);
	}
	buf_add_char(out, '"');
}

struct writer {
	struct arena *arena;
	struct buf out;
};

static void
comma(struct writer *w)
{
	buf_add(&w->out, STR(","));
}

/* --- parameters --- */

static bool
seen_before(const struct view_line *line, size_t at)
{
	return view_param_find(line, line->params[at].name) < at;
}

/* Its group and its type have places of their own. */
static bool
is_param(const struct view_line *line, size_t at)
{
	str name = line->params[at].name;

	return view_json_is_token(name) && !str_same_nocase(name, STR("VALUE")) &&
	       !str_same_nocase(name, STR("GROUP")) && !seen_before(line, at);
}

static void
add_param(struct writer *w, const struct card_property *p, str name)
{
	str value, second;
	bool several = card_param(w->arena, p, name, 1, &second);

	view_json_quote(&w->out, view_json_lower(w->arena, name));
	buf_add(&w->out, several ? STR(":[") : STR(":"));
	for (size_t n = 0; card_param(w->arena, p, name, n, &value); n++) {
		if (n)
			comma(w);
		view_json_quote(&w->out, value);
	}
	if (several)
		buf_add_char(&w->out, ']');
}

/* Each value is looked up by its number: what nobody writes must not take for ever. */
static bool
few_values(const struct view_line *line)
{
	size_t count = line->count;

	for (size_t i = 0; i < line->property->params.len; i++)
		count += line->property->params.at[i] == ',';
	return count <= MAX_PARAM_VALUES;
}

static void
add_params(struct writer *w, const struct view_line *line)
{
	bool any = line->group.len > 0;
	bool shown = !line->opaque && few_values(line);

	buf_add_char(&w->out, '{');
	if (any) {
		buf_add(&w->out, STR("\"group\":"));
		view_json_quote(&w->out, line->group);
	}
	for (size_t i = 0; i < line->count && shown; i++) {
		if (!is_param(line, i))
			continue;
		if (any)
			comma(w);
		any = true;
		add_param(w, line->property, line->params[i].name);
	}
	buf_add_char(&w->out, '}');
}

/* --- values --- */

static bool
has_mark(str value, char mark)
{
	(void)card_component_cut(&value, mark);
	return value.at;
}

static void
add_texts(struct writer *w, str list, bool nested)
{
	bool several = nested && has_mark(list, ',');

	if (several)
		buf_add_char(&w->out, '[');
	do {
		view_json_quote(
		    &w->out, card_unescape(w->arena, card_component_cut(&list, ',')));
		if (list.at)
			comma(w);
	} while (list.at);
	if (several)
		buf_add_char(&w->out, ']');
}

static void
add_components(struct writer *w, str value, const struct view_json_shape *shape)
{
	bool several = has_mark(value, ';') ||
		       (shape->built == VIEW_JSON_LISTS && has_mark(value, ','));

	if (several)
		buf_add_char(&w->out, '[');
	do {
		str part = card_component_cut(&value, ';');

		if (shape->built == VIEW_JSON_LISTS)
			add_texts(w, part, true);
		else
			view_json_quote(&w->out, card_unescape(w->arena, part));
		if (value.at)
			comma(w);
	} while (value.at);
	if (several)
		buf_add_char(&w->out, ']');
}

static void
add_text_value(struct writer *w, str value, const struct view_json_shape *shape)
{
	if (shape->built >= VIEW_JSON_PARTS)
		add_components(w, value, shape);
	else if (shape->built == VIEW_JSON_VALUES)
		add_texts(w, value, false);
	else
		view_json_quote(&w->out, card_unescape(w->arena, value));
}

static bool
is_literal(struct arena *arena, str type, str value)
{
	struct view_json read;
	struct why why;

	if (!str_same(type, STR("integer")) && !str_same(type, STR("float")) &&
	    !str_same(type, STR("boolean")))
		return false;
	return view_json_read(arena, value, &read, &why) == OK &&
	       read.kind == VIEW_JSON_LITERAL && str_same(read.text, value);
}

static void
add_value(struct writer *w, str type, str value, const struct view_json_shape *shape)
{
	if (str_same(type, STR("text"))) {
		add_text_value(w, value, shape);
		return;
	}
	if (is_literal(w->arena, type, value)) {
		buf_add(&w->out, value);
		return;
	}
	if (view_json_is_date(type))
		(void)view_date_to_3(w->arena, value, &value);
	else if (str_same(type, STR("utc-offset")))
		(void)view_offset_to_3(w->arena, value, &value);
	view_json_quote(&w->out, value);
}

/* --- the card --- */

static void
add_property(struct writer *w, const struct card *card, const struct card_property *p)
{
	const struct view_json_shape *shape = view_json_shape_of(p->name);
	struct view_line line = view_line_of(w->arena, card, p);
	str type = line.opaque ? (str){ 0 } : view_param_text(&line, STR("VALUE"));

	type = view_json_is_token(type) ? view_json_lower(w->arena, type) : shape->type;
	buf_add_char(&w->out, '[');
	view_json_quote(&w->out, view_json_lower(w->arena, p->name));
	comma(w);
	add_params(w, &line);
	comma(w);
	view_json_quote(&w->out, type);
	comma(w);
	add_value(w, type, p->value, shape);
	buf_add_char(&w->out, ']');
}

void
view_json_property(struct arena *arena, struct buf *out, const struct card *card,
    const struct card_property *p)
{
	struct writer w = { arena, *out };

	add_property(&w, card, p);
	*out = w.out;
}

enum err
view_json_write(struct arena *arena, const struct card *card, str *out)
{
	struct writer w = { arena, buf_in(arena, CARD_MAX_BYTES) };

	buf_add(&w.out, STR("[\"vcard\",["));
	for (size_t i = 0; i < card->count; i++) {
		if (i)
			comma(&w);
		add_property(&w, card, card->properties + i);
	}
	buf_add(&w.out, STR("]]"));
	return buf_text(&w.out, out);
}
