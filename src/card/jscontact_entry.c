/* jscontact_entry.c - one line as an entry, and an entry as a line. */
#include "card/jscontact_int.h"

#define MANY_PARAM_VALUES 1000 /* of a line; one with more stays what it is */

/* --- parameters into members --- */

struct reading {
	struct arena *arena;
	const struct js_rule *rule;
	const struct card_property *p;
	struct view_json *entry;
};

static bool
is_number(str text)
{
	int64_t number;

	return str_number(text, &number) && (text.len == 1 || text.at[0] != '0');
}

static struct view_json *
member_of(const struct reading *r, const struct js_param_rule *param, str value)
{
	switch (param->kind) {
	case JS_PARAM_TEXT: return js_text(r->arena, value);
	case JS_PARAM_NUMBER:
		return is_number(value) ? js_literal(r->arena, value) : NULL;
	case JS_PARAM_TIME: value = js_time_of(r->arena, value); break;
	case JS_PARAM_LEVEL: value = js_level_of(r->rule, value); break;
	}
	return value.len ? js_text(r->arena, value) : NULL;
}

static bool
read_known(struct reading *r, str name)
{
	str value, second;

	if (!card_param(r->arena, r->p, name, 0, &value) ||
	    card_param(r->arena, r->p, name, 1, &second))
		return false;
	for (size_t i = 0; i < js_param_rule_count; i++) {
		const struct js_param_rule *param = js_param_rules + i;
		struct view_json *member;

		if (!(param->params & r->rule->params) ||
		    !str_same_nocase(param->name, name))
			continue;
		member = member_of(r, param, value);
		return member && js_put_at(r->arena, r->entry, param->key, member);
	}
	return false;
}

static bool
read_type(struct reading *r, str type)
{
	for (size_t i = 0; i < js_type_rule_count; i++) {
		const struct js_type_rule *row = js_type_rules + i;

		if (!(row->params & r->rule->params) ||
		    !str_same_nocase(row->type, type))
			continue;
		js_put(js_object(r->arena, r->entry, row->key), row->value,
		    js_literal(r->arena, STR("true")));
		return true;
	}
	return false;
}

/* What has no member stays a parameter. */
static void
read_other(struct reading *r, str name)
{
	bool types = str_same_nocase(name, STR("TYPE"));
	struct view_json *list = js_new(r->arena, VIEW_JSON_LIST);
	str value;

	for (size_t n = 0; card_param(r->arena, r->p, name, n, &value); n++)
		if (!types || !read_type(r, value))
			js_add(list, (str){ 0 }, js_text(r->arena, value));
	if (list->count == 1)
		list = list->first;
	if (list->kind == VIEW_JSON_TEXT || list->count)
		js_put(js_object(r->arena, r->entry, STR("vCardParams")),
		    view_json_lower(r->arena, name), list);
}

/* Of the value itself, or of the place of the entry. */
static bool
is_elsewhere(const struct js_rule *rule, str name)
{
	if (str_same_nocase(name, STR("VALUE")) ||
	    str_same_nocase(name, STR("PROP-ID")))
		return true;
	return (rule->params & JS_SORT) && (str_same_nocase(name, STR("SORT-AS")) ||
					       str_same_nocase(name, STR("JSCOMPS")));
}

static bool
has_many_values(str params)
{
	size_t count = 0;

	for (size_t i = 0; i < params.len; i++)
		count += params.at[i] == ',' || params.at[i] == ';';
	return count > MANY_PARAM_VALUES;
}

struct view_json *
js_entry_of(
    struct arena *arena, const struct js_rule *rule, const struct card_property *p)
{
	struct view_line line = view_line_of(arena, &(const struct card){ 0 }, p);
	struct reading r = { arena, rule, p, js_new(arena, VIEW_JSON_OBJECT) };

	if (line.opaque || has_many_values(p->params))
		return NULL;
	if (rule->mark.len)
		js_add(r.entry, rule->mark, js_text(arena, rule->marked));
	if (!rule->value->read(arena, rule, p, r.entry))
		return NULL;
	for (size_t i = 0; i < line.count; i++) {
		str name = line.params[i].name;

		if (view_json_is_token(name) && view_param_find(&line, name) == i &&
		    !is_elsewhere(rule, name) && !read_known(&r, name))
			read_other(&r, name);
	}
	if (p->group.len)
		js_put(js_object(arena, r.entry, STR("vCardParams")), STR("group"),
		    js_text(arena, p->group));
	return r.entry;
}

/* --- members into parameters --- */

struct writing {
	struct arena *arena;
	const struct js_rule *rule;
	struct view_json *entry;
	struct buf params, types;
};

static str
param_value_of(const struct writing *w, const struct js_param_rule *param,
    const struct view_json *m)
{
	bool number = param->kind == JS_PARAM_NUMBER;

	if (m->kind != (number ? VIEW_JSON_LITERAL : VIEW_JSON_TEXT))
		return (str){ 0 };
	switch (param->kind) {
	case JS_PARAM_NUMBER: return is_number(m->text) ? m->text : (str){ 0 };
	case JS_PARAM_TIME: return js_time_back(w->arena, m->text);
	case JS_PARAM_LEVEL: return js_level_word(w->rule, m->text);
	case JS_PARAM_TEXT: break;
	}
	return m->text;
}

static void
write_known(struct writing *w)
{
	for (size_t i = 0; i < js_param_rule_count; i++) {
		const struct js_param_rule *param = js_param_rules + i;
		const struct view_json *m;
		str value;

		if (!(param->params & w->rule->params))
			continue;
		m = js_find(w->entry, param->key);
		value = m ? param_value_of(w, param, m) : (str){ 0 };
		if (!value.len)
			continue;
		buf_addf(&w->params, ";" STR_FMT "=", STR_ARG(param->name));
		card_param_add(&w->params, value);
	}
}

static void
add_type(struct writing *w, str type)
{
	if (w->types.len)
		buf_add_char(&w->types, ',');
	card_param_add(&w->types, type);
}

static void
write_types(struct writing *w)
{
	for (size_t i = 0; i < js_type_rule_count; i++) {
		const struct js_type_rule *row = js_type_rules + i;

		if ((row->params & w->rule->params) &&
		    js_is_true(js_member(js_member(w->entry, row->key), row->value)))
			add_type(w, row->type);
	}
}

static void
write_list(struct writing *w, const struct view_json *m)
{
	const struct view_json *v = m->kind == VIEW_JSON_LIST ? m->first : m;

	buf_addf(&w->params, ";" STR_FMT "=", STR_ARG(m->name));
	for (bool first = true; v; v = v == m ? NULL : v->next, first = false) {
		if (!first)
			buf_add_char(&w->params, ',');
		if (!v->text.len && m->count > 1)
			buf_add(&w->params, STR("\"\""));
		card_param_add(&w->params, v->text);
	}
}

static void
write_others(struct writing *w)
{
	const struct view_json *params = js_member(w->entry, STR("vCardParams"));

	for (const struct view_json *m = params ? params->first : NULL; m;
	     m = m->next) {
		if (!view_json_is_token(m->name) || str_same(m->name, STR("group")) ||
		    m->kind == VIEW_JSON_OBJECT || m->kind == VIEW_JSON_LITERAL)
			continue;
		if (!str_same(m->name, STR("type")))
			write_list(w, m);
		else if (m->kind == VIEW_JSON_TEXT)
			add_type(w, m->text);
		else
			for (const struct view_json *v = m->first; v; v = v->next)
				add_type(w, v->text);
	}
}

static bool
is_marked(const struct js_rule *rule, const struct view_json *entry)
{
	return !rule->mark.len ||
	       str_same(js_member_text(entry, rule->mark), rule->marked);
}

/* GEO and TZ are addresses that say nothing else. */
static bool
may_stand_alone(const struct js_rule *rule, const struct view_json *entry)
{
	static const str others[] = { STR_CONST("components"), STR_CONST("full"),
		STR_CONST("countryCode"), STR_CONST("timeZone"),
		STR_CONST("coordinates") };

	if (!str_same(rule->member, STR("addresses")) ||
	    rule->value == &js_address_value)
		return true;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (!str_same(others[i], rule->key) && js_member(entry, others[i]))
			return false;
	return true;
}

static str
group_of(const struct view_json *entry)
{
	str group = js_member_text(js_member(entry, STR("vCardParams")), STR("group"));

	return view_json_is_token(group) ? group : (str){ 0 };
}

bool
js_line_of(struct arena *arena, const struct js_rule *rule, struct view_json *entry,
    str id, str group, str *line)
{
	struct writing w = { arena, rule, entry, buf_in(arena, CARD_MAX_BYTES),
		buf_in(arena, CARD_MAX_BYTES) };
	struct buf value = buf_in(arena, CARD_MAX_BYTES);

	if (entry->kind != VIEW_JSON_OBJECT || !is_marked(rule, entry) ||
	    !may_stand_alone(rule, entry) ||
	    !rule->value->write(arena, rule, entry, &w.params, &value))
		return false;
	write_known(&w);
	write_types(&w);
	write_others(&w);
	if (id.len) {
		buf_add(&w.params, STR(";PROP-ID="));
		card_param_add(&w.params, id);
	}
	if (!group.len)
		group = group_of(entry);
	*line = ARENA_JOIN(arena, group, group.len ? STR(".") : STR(""), rule->name,
	    rule->type.len ? STR(";VALUE=") : STR(""), rule->type,
	    w.types.len ? STR(";TYPE=") : STR(""), buf_str(&w.types),
	    buf_str(&w.params), STR(":"), buf_str(&value));
	return !w.params.overflowed && !value.overflowed;
}

/* What a card has once has one row. */
static bool
is_beside(const struct js_rule *a, const struct js_rule *b)
{
	return a == b || (a->shape == b->shape && a->shape != JS_LONE &&
			     str_same(a->member, b->member));
}

const struct js_rule *
js_line_by(struct arena *arena, const struct js_rule *rule, struct view_json *entry,
    str id, str group, str *line)
{
	for (size_t i = 0; i < js_rule_count; i++)
		if (is_beside(js_rules + i, rule) &&
		    js_line_of(arena, js_rules + i, entry, id, group, line))
			return js_rules + i;
	return NULL;
}

/* --- the same again --- */

static void
drop_param(struct view_line *line, str name)
{
	size_t at;

	while ((at = view_param_find(line, name)) != SIZE_MAX)
		view_param_remove(line, at);
}

/* A VALUE that says what is so without it. */
static bool
is_default(const struct js_rule *rule, str type)
{
	return str_same_nocase(type, view_json_shape_of(rule->name)->type) ||
	       (rule->value == &js_date_value && view_json_is_date(type));
}

/* Its values as they are read, one behind the other. */
static str
decoded(struct view_line *line, str name, str between)
{
	struct buf out = buf_in(line->arena, CARD_MAX_BYTES);
	str value;

	for (size_t n = 0; card_param(line->arena, line->property, name, n, &value);
	     n++) {
		if (n)
			buf_add(&out, between);
		buf_add(&out, value);
		if (str_same_nocase(name, STR("VALUE")))
			break; /* no value is of two types */
	}
	return buf_str(&out);
}

/* In quotes or not, twice or as a list; a parameter without a name is none. */
static void
decode_params(struct view_line *line, const struct js_rule *rule)
{
	for (size_t i = line->count; i-- > 0;) {
		str name = line->params[i].name;
		bool sort =
		    rule->params & JS_SORT && str_same_nocase(name, STR("SORT-AS"));

		if (str_same_nocase(name, STR("TYPE")))
			continue;
		if (!view_json_is_token(name) || view_param_find(line, name) != i)
			view_param_remove(line, i);
		else
			view_param_put(line, i, name,
			    decoded(line, name, sort ? STR(",") : STR("\x1f")));
	}
}

static void
make_plain(struct view_line *line, const struct js_rule *rule)
{
	if (is_default(rule, view_param_text(line, STR("VALUE"))))
		drop_param(line, STR("VALUE"));
	drop_param(line, STR("PROP-ID"));
	decode_params(line, rule);
	line->value = rule->value->plain(line->arena, line->value);
}

bool
js_is_again(struct arena *arena, const struct js_rule *rule,
    const struct card_property *p, str line)
{
	struct view_line was = view_line_of(arena, &(const struct card){ 0 }, p), now;
	struct card *card;
	struct why why;

	line = ARENA_JOIN(
	    arena, STR("BEGIN:VCARD\nVERSION:4.0\n"), line, STR("\nEND:VCARD\n"));
	if (card_read(arena, line, &card, &why) != OK || card->count != 2)
		return false;
	now = view_line_of(arena, card, card->properties + 1);
	make_plain(&was, rule);
	make_plain(&now, rule);
	return view_same(&was, &now, CARD_V4);
}

/* --- labels --- */

str
js_label_of(struct arena *arena, str value)
{
	str label = card_unescape(arena, value);
	str word = str_starts(label, STR("_$!<")) && str_ends(label, STR(">!$_"))
		       ? str_part(label, 4, label.len - 8)
		       : (str){ 0 };

	return word.len && label.len > 8 && js_is_word_of_apple(word) ? word : label;
}

str
js_label_back(struct arena *arena, str label)
{
	struct buf value = buf_in(arena, CARD_MAX_BYTES);
	bool word = js_is_word_of_apple(label);

	if (word)
		buf_add(&value, STR("_$!<"));
	card_escape_add(&value, label);
	if (word)
		buf_add(&value, STR(">!$_"));
	return buf_str(&value);
}
