/* jscontact_write.c - a 4.0 card as a JSContact Card: line by line, nothing left out. */
#include "card/jscontact.h"
#include "card/jscontact_int.h"
#include "card/view.h"

#define ENTRIES_MAX 2000 /* of a kind; more lines of it stay what they are */
#define ITEMS_MAX   100  /* of a line of several values, likewise */

struct label {
	const struct card_property *p;
	bool used;
};

struct making {
	struct arena *arena;
	const struct card *card;
	struct view_json *root, *props;
	struct label *labels;
	size_t label_count;
};

/* By its name and the type of its value. */
static const struct js_rule *
rule_of(struct making *m, const struct card_property *p)
{
	const struct view_json_shape *shape = view_json_shape_of(p->name);
	str type = { 0 };

	(void)card_param(m->arena, p, STR("VALUE"), 0, &type);
	if (str_same_nocase(type, shape->type) ||
	    (str_same(shape->type, STR("date-and-or-time")) && view_json_is_date(type)))
		type = (str){ 0 };
	return js_rule_of(p->name, type);
}

/* --- what stays a line --- */

static void
keep(struct making *m, const struct card_property *p)
{
	struct buf json = buf_in(m->arena, CARD_MAX_BYTES);
	struct view_json *kept = js_new(m->arena, VIEW_JSON_LIST);
	struct why why;

	view_json_property(m->arena, &json, m->card, p);
	if (view_json_read(m->arena, buf_str(&json), kept, &why) != OK)
		kept = js_literal(m->arena, buf_str(&json));
	js_add(m->props, (str){ 0 }, kept);
}

/* --- entries --- */

static str
prop_id(struct making *m, const struct card_property *p)
{
	str id = { 0 };

	(void)card_param(m->arena, p, STR("PROP-ID"), 0, &id);
	return id;
}

static bool
comes_back(
    const struct js_rule *rule, const struct card_property *p, struct view_json *e)
{
	SCOPED(arena) arena = arena_open();
	str line;

	return js_line_by(arena, rule, e, (str){ 0 }, (str){ 0 }, &line) == rule &&
	       js_is_again(arena, rule, p, line);
}

static struct view_json *
entry_of(struct making *m, const struct js_rule *rule, const struct card_property *p)
{
	struct view_json *entry = js_entry_of(m->arena, rule, p);

	return entry && comes_back(rule, p, entry) ? entry : NULL;
}

/* Where it may go in by that name; an empty name: by its number.  NULL: nowhere. */
static struct view_json *
room_for(struct making *m, const struct js_rule *rule, str *name)
{
	struct view_json *there = js_find(m->root, rule->member);
	size_t number = there ? there->count + 1 : 1;
	bool given = name->len;

	if (there && (there->kind != VIEW_JSON_OBJECT || there->count >= ENTRIES_MAX))
		return NULL;
	do {
		if (!given)
			*name = arena_printf(m->arena, "%zu", number++);
	} while (!given && js_member(there, *name));
	return js_member(there, *name) ? NULL
				       : js_object(m->arena, m->root, rule->member);
}

static bool
has_params(struct making *m, const struct card_property *p)
{
	struct view_line line = view_line_of(m->arena, m->card, p);

	for (size_t i = 0; i < line.count; i++)
		if (view_json_is_token(line.params[i].name))
			return true;
	return line.opaque;
}

static void
take_label(struct making *m, const struct card_property *p, struct view_json *entry)
{
	for (size_t i = 0; p->group.len && i < m->label_count; i++) {
		struct label *label = m->labels + i;
		str text;

		if (!str_same_nocase(label->p->group, p->group))
			continue;
		text = js_label_of(m->arena, label->p->value);
		if (label->used || has_params(m, label->p) || !text.len ||
		    !str_same(js_label_back(m->arena, text), label->p->value))
			return;
		js_put(entry, STR("label"), js_text(m->arena, text));
		label->used = true;
		return;
	}
}

static bool
take_entry(struct making *m, const struct js_rule *rule, const struct card_property *p)
{
	str id = prop_id(m, p);
	struct view_json *entry = entry_of(m, rule, p);
	struct view_json *to = entry ? room_for(m, rule, &id) : NULL;

	if (!to)
		return false;
	if (rule->params & JS_LABEL)
		take_label(m, p, entry);
	js_add(to, id, entry);
	return true;
}

/* --- what has its value for a name --- */

static void
remove_first_member(struct view_json *object, str name)
{
	struct view_json **at = &object->first;

	object->last = NULL;
	while (*at) {
		if (str_same((*at)->name, name)) {
			*at = (*at)->next;
			object->count--;
			continue;
		}
		object->last = *at;
		at = &(*at)->next;
	}
}

static bool
take_keyed(struct making *m, const struct js_rule *rule, const struct card_property *p)
{
	struct view_json *entry = entry_of(m, rule, p), *to;
	str name = entry ? js_member_text(entry, rule->key) : (str){ 0 };

	if (!name.len || prop_id(m, p).len)
		return false;
	remove_first_member(entry, rule->key);
	if (rule->shape == JS_SET && entry->first)
		return false;
	to = room_for(m, rule, &name);
	if (!to)
		return false;
	if (rule->shape == JS_KEYED)
		(void)js_object(m->arena, entry, STR("relation"));
	js_add(to, name,
	    rule->shape == JS_SET ? js_literal(m->arena, STR("true")) : entry);
	return true;
}

/* --- what a card has once --- */

static bool
is_derived(struct making *m, const struct card_property *p)
{
	str derived;

	return p->is == CARD_FN &&
	       card_param(m->arena, p, STR("DERIVED"), 0, &derived) &&
	       str_same_nocase(derived, STR("TRUE"));
}

static struct view_json *
free_place(struct making *m, const struct js_rule *rule)
{
	struct view_json *there = js_find(m->root, rule->member);

	return there && js_member(there, rule->key)
		   ? NULL
		   : js_object(m->arena, m->root, rule->member);
}

/* Another line that says the same, with parameters perhaps: then both are kept. */
static bool
has_twin(struct making *m, const struct js_rule *rule, const struct card_property *p)
{
	str value = card_unescape(m->arena, p->value);

	for (size_t i = 0; i < m->card->count; i++) {
		const struct card_property *other = m->card->properties + i;

		if (other != p && card_named(other, rule->name) &&
		    rule_of(m, other) == rule &&
		    str_same_nocase(card_unescape(m->arena, other->value), value))
			return true;
	}
	return false;
}

/* A derived name that would be derived again. */
static bool
is_made_again(
    struct making *m, const struct js_rule *rule, const struct card_property *p)
{
	return str_same_nocase(p->params, STR("DERIVED=TRUE")) && !p->group.len &&
	       !js_member(js_find(m->root, rule->member), rule->key) &&
	       !has_twin(m, rule, p) &&
	       str_same(p->value, js_made_name(m->arena, m->root, m->card));
}

/* With parameters it is both said and kept: who reads it wants to see it, and one line is
 * made of the two again. */
static bool
take_lone(struct making *m, const struct js_rule *rule, const struct card_property *p)
{
	struct view_json *entry, *to;
	const struct card_property bare = {
		.is = p->is, .name = p->name, .value = p->value
	};
	bool whole;

	if (is_derived(m, p) && is_made_again(m, rule, p))
		return true;
	entry = entry_of(m, rule, &bare);
	to = entry && entry->first->text.len ? free_place(m, rule) : NULL;
	if (!to)
		return false;
	whole =
	    comes_back(rule, p, entry) && !prop_id(m, p).len && !has_twin(m, rule, p);
	js_put(to, rule->key, entry->first);
	return whole;
}

static bool
take_name(struct making *m, const struct js_rule *rule, const struct card_property *p)
{
	struct view_json *entry = entry_of(m, rule, p);
	struct view_json *to = entry && entry->first ? free_place(m, rule) : NULL;

	if (!to || !js_member(entry, rule->key) || prop_id(m, p).len)
		return false;
	for (struct view_json *e = entry->first, *next; e; e = next) {
		next = e->next;
		js_put(to, e->name, e);
	}
	return true;
}

/* --- places of anniversaries, when these are known --- */

static bool
take_place(struct making *m, const struct js_rule *rule, const struct card_property *p)
{
	struct view_json *list = js_member(m->root, rule->member), *place;

	place = entry_of(m, rule, p);
	if (!place || place->count != 2)
		return false;
	remove_first_member(place, rule->mark);
	for (struct view_json *e = list ? list->first : NULL; e; e = e->next) {
		if (!str_same(js_member_text(e, rule->mark), rule->marked) ||
		    js_member(e, STR("place")))
			continue;
		js_add(e, STR("place"), place);
		return true;
	}
	return false;
}

/* --- members that no line says --- */

/* What is kept stands in vCardProps itself. */
static bool
takes_pointer(struct making *m, str pointer)
{
	str first = str_cut(&pointer, '/');

	if (str_same(first, STR("vCardProps")) && (m->props->first || pointer.at))
		return false;
	return first.len && !str_same(first, STR("@type"));
}

static unsigned
steps_of(str pointer)
{
	unsigned steps = 1;

	for (size_t i = 0; i < pointer.len; i++)
		steps += pointer.at[i] == '/';
	return steps;
}

static bool
put_by_pointer(struct making *m, str pointer, struct view_json *value)
{
	struct view_json *at = m->root;
	str step = str_cut(&pointer, '/');

	for (; pointer.at && at; step = str_cut(&pointer, '/'))
		at = js_step_into(m->arena, at, js_step_decoded(m->arena, step));
	if (!at)
		return false;
	js_put(at, js_step_decoded(m->arena, step), value);
	return true;
}

static bool
take_member(struct making *m, const struct card_property *p)
{
	struct view_json *value = js_new(m->arena, VIEW_JSON_OBJECT);
	struct why why;
	str pointer;

	return card_param(m->arena, p, STR("JSPTR"), 0, &pointer) && !p->group.len &&
	       view_json_read(
		   m->arena, card_unescape(m->arena, p->value), value, &why) == OK &&
	       takes_pointer(m, pointer) &&
	       steps_of(pointer) + js_depth(value) <= VIEW_JSON_MAX_DEPTH &&
	       put_by_pointer(m, pointer, value);
}

/* --- the card --- */

static bool
take_by_shape(
    struct making *m, const struct js_rule *rule, const struct card_property *p)
{
	switch (rule->shape) {
	case JS_ENTRY: return take_entry(m, rule, p);
	case JS_LONE: return take_lone(m, rule, p);
	case JS_NAME: return take_name(m, rule, p);
	case JS_SET:
	case JS_KEYED: return take_keyed(m, rule, p);
	case JS_PLACE: break;
	}
	return take_place(m, rule, p);
}

/* Whether the property is a list, each value of which is said by itself. */
static bool
is_list(const struct js_rule *rule, const struct card_property *p)
{
	str value = p->value;
	size_t count = 0;

	if (view_json_shape_of(rule->name)->built != VIEW_JSON_VALUES || !value.len)
		return false;
	while (value.at && count <= ITEMS_MAX) {
		(void)card_component_cut(&value, ',');
		count++;
	}
	return count > 1 && count <= ITEMS_MAX;
}

static void
take(struct making *m, const struct js_rule *rule, const struct card_property *p)
{
	struct card_property one = *p;
	str rest = p->value;

	if (!is_list(rule, p)) {
		if (!take_by_shape(m, rule, p))
			keep(m, p);
		return;
	}
	while (rest.at) {
		one.value = card_component_cut(&rest, ',');
		if (!take_by_shape(m, rule, &one))
			keep(m, &one);
	}
}

static bool
is_version(const struct card_property *p)
{
	return !p->group.len && card_named(p, STR("VERSION"));
}

static void
gather_labels(struct making *m)
{
	m->labels = ARENA_ARRAY(m->arena, struct label, m->card->count + 1);
	for (size_t i = 0; i < m->card->count; i++)
		if (m->card->properties[i].is == CARD_X_ABLABEL &&
		    m->card->properties[i].group.len)
			m->labels[m->label_count++].p = m->card->properties + i;
}

static bool
is_later(struct making *m, const struct card_property *p)
{
	const struct js_rule *rule = rule_of(m, p);

	if (rule)
		return rule->shape == JS_PLACE || is_derived(m, p);
	return card_named(p, STR("JSPROP")) ||
	       (p->is == CARD_X_ABLABEL && p->group.len);
}

static void
take_first(struct making *m)
{
	for (size_t i = 0; i < m->card->count; i++) {
		const struct card_property *p = m->card->properties + i;
		const struct js_rule *rule = rule_of(m, p);

		if (is_version(p) || is_later(m, p))
			continue;
		if (rule)
			take(m, rule, p);
		else
			keep(m, p);
	}
}

static void
take_later(struct making *m)
{
	for (size_t i = 0; i < m->card->count; i++) {
		const struct card_property *p = m->card->properties + i;

		if (is_later(m, p) && rule_of(m, p))
			take(m, rule_of(m, p), p);
	}
	for (size_t i = 0; i < m->label_count; i++)
		if (!m->labels[i].used)
			keep(m, m->labels[i].p);
}

static void
take_members(struct making *m)
{
	for (size_t i = 0; i < m->card->count; i++) {
		const struct card_property *p = m->card->properties + i;

		if (card_named(p, STR("JSPROP")) && !take_member(m, p))
			keep(m, p);
	}
}

static void
add_kept(struct making *m)
{
	struct view_json *there = js_member(m->root, STR("vCardProps"));

	if (m->props->first && (!there || there->kind != VIEW_JSON_LIST)) {
		js_put(m->root, STR("vCardProps"), m->props);
		return;
	}
	for (struct view_json *p = m->props->first, *next; p; p = next) {
		next = p->next;
		js_add(there, (str){ 0 }, p);
	}
}

struct view_json *
js_tree_of(struct arena *arena, const struct card *card)
{
	struct making m = { .arena = arena,
		.card = card,
		.root = js_new(arena, VIEW_JSON_OBJECT),
		.props = js_new(arena, VIEW_JSON_LIST) };

	js_add(m.root, STR("@type"), js_text(arena, STR("Card")));
	js_add(m.root, STR("version"), js_text(arena, STR("1.0")));
	gather_labels(&m);
	take_first(&m);
	take_later(&m);
	take_members(&m);
	add_kept(&m);
	return m.root;
}

enum err
card_jscontact(struct arena *arena, const struct card *card, str *out)
{
	struct buf json = buf_in(arena, CARD_MAX_BYTES);
	struct card *said;
	struct why why;
	str text;

	TRY(card_view(arena, card, CARD_FORM_4, &text));
	TRY(card_read(arena, text, &said, &why));
	js_write(&json, js_tree_of(arena, said));
	return buf_text(&json, out);
}
