/*
 * jscontact_read.c - a 4.0 card of a JSContact Card.
 *
 * The lines are made by the table and read back at once (jscontact_write.c); what the tree
 * they make lacks, or has otherwise, goes along as JSPROP.
 */
#include "card/jscontact.h"
#include "card/jscontact_int.h"
#include "card/line_int.h"

#define JSPROP_DEPTH 4 /* further in, the whole member goes along */

struct saying {
	struct arena *arena;
	struct view_json *root;
	struct buf out;
	size_t groups; /* itemN that were given out or are there */
	struct why *why;
};

static enum err
bad(const struct saying *s, const char *what)
{
	*s->why = (struct why){ .what = what };
	return ERR_BAD_INPUT;
}

static void
add(struct saying *s, str line)
{
	card_line_add(&s->out, line, STR("\r\n"));
}

/* --- what says nothing --- */

/* Types that are clear from where they stand (RFC 9553 1.3.4); Timestamp is not. */
static const str types[] = { STR_CONST("Address"), STR_CONST("AddressComponent"),
	STR_CONST("Anniversary"), STR_CONST("Author"), STR_CONST("Calendar"),
	STR_CONST("CryptoKey"), STR_CONST("Directory"), STR_CONST("EmailAddress"),
	STR_CONST("LanguagePref"), STR_CONST("Link"), STR_CONST("Media"),
	STR_CONST("Name"), STR_CONST("NameComponent"), STR_CONST("Nickname"),
	STR_CONST("Note"), STR_CONST("OnlineService"), STR_CONST("Organization"),
	STR_CONST("OrgUnit"), STR_CONST("PartialDate"), STR_CONST("PersonalInfo"),
	STR_CONST("Phone"), STR_CONST("Pronouns"), STR_CONST("Relation"),
	STR_CONST("SchedulingAddress"), STR_CONST("SpeakToAs"), STR_CONST("Title") };

static bool
says_nothing(const struct view_json *m)
{
	if (str_same(m->name, STR("isOrdered")))
		return m->kind == VIEW_JSON_LITERAL && str_same(m->text, STR("false"));
	if (m->kind != VIEW_JSON_TEXT)
		return false;
	if (str_same(m->name, STR("kind")))
		return str_same(m->text, STR("title"));
	for (size_t i = 0;
	     str_same(m->name, STR("@type")) && i < sizeof types / sizeof *types; i++)
		if (str_same(m->text, types[i]))
			return true;
	return false;
}

static void
drop_what_says_nothing(struct view_json *value, bool component)
{
	struct view_json **at = &value->first;

	value->last = NULL;
	while (*at) {
		bool title = str_same((*at)->name, STR("kind")) && component;

		if (value->kind == VIEW_JSON_OBJECT && !title && says_nothing(*at)) {
			*at = (*at)->next;
			value->count--;
			continue;
		}
		drop_what_says_nothing(*at, value->kind == VIEW_JSON_LIST);
		value->last = *at;
		at = &(*at)->next;
	}
}

static bool
is_of_the_table(str member)
{
	for (size_t i = 0; i < js_rule_count; i++) {
		str path = js_rules[i].member;

		if (path.len && str_same(str_cut(&path, '/'), member))
			return true;
	}
	return false;
}

static void
make_plain(struct view_json *root)
{
	for (struct view_json *m = root->first; m; m = m->next)
		if (is_of_the_table(m->name))
			drop_what_says_nothing(m, false);
}

/* --- groups --- */

static void
see_group(struct saying *s, str group)
{
	int64_t number;

	if (group.len > 4 && str_same_nocase(str_part(group, 0, 4), STR("item")) &&
	    str_number(str_part(group, 4, group.len), &number) && number < INT32_MAX &&
	    (size_t)number > s->groups)
		s->groups = (size_t)number;
}

static void
see_groups(struct saying *s, const struct view_json *value)
{
	for (const struct view_json *m = value->first; m; m = m->next) {
		if (str_same(m->name, STR("group")) && m->kind == VIEW_JSON_TEXT)
			see_group(s, m->text);
		see_groups(s, m);
	}
}

/* --- lines --- */

static enum err
tree_of(struct arena *arena, str lines, struct view_json **out, struct card **card,
    struct why *why)
{
	str text = ARENA_JOIN(
	    arena, STR("BEGIN:VCARD\r\nVERSION:4.0\r\n"), lines, STR("END:VCARD\r\n"));

	TRY(card_read(arena, text, card, why));
	*out = js_tree_of(arena, *card);
	return OK;
}

/* Whether all of the lines have a place in a Card: what has none is no line either. */
static bool
has_places(str lines)
{
	SCOPED(arena) arena = arena_open();
	struct view_json *made;
	struct card *card;
	struct why why;
	struct buf text = buf_in(arena, CARD_MAX_BYTES * 2);

	while (lines.len)
		card_line_add(&text, str_cut(&lines, '\n'), STR("\r\n"));
	return tree_of(arena, buf_str(&text), &made, &card, &why) == OK &&
	       !js_member(made, STR("vCardProps"));
}

static void
say_label(struct saying *s, str group, str label)
{
	add(s, ARENA_JOIN(s->arena, group, STR(".X-ABLabel:"),
		   js_label_back(s->arena, label)));
}

static str
group_for(struct saying *s, const struct js_rule *rule, const struct view_json *entry)
{
	str group = js_member_text(js_member(entry, STR("vCardParams")), STR("group"));

	if (!(rule->params & JS_LABEL) || !js_member_text(entry, STR("label")).len)
		return (str){ 0 };
	if (view_json_is_token(group))
		return group;
	return arena_printf(s->arena, "item%zu", ++s->groups);
}

/* Of an anniversary, behind its date. */
static str
place_of(struct saying *s, const struct view_json *entry)
{
	struct view_json *place = js_member(entry, STR("place")), *marked;
	str line = { 0 };

	if (!place || place->kind != VIEW_JSON_OBJECT || place->count != 1)
		return line;
	marked = js_new(s->arena, VIEW_JSON_OBJECT);
	js_add(
	    marked, STR("kind"), js_text(s->arena, js_member_text(entry, STR("kind"))));
	js_add(marked, place->first->name,
	    js_text(s->arena, js_member_text(place, place->first->name)));
	(void)js_line_by(s->arena, js_rule_of(STR("BIRTHPLACE"), (str){ 0 }), marked,
	    (str){ 0 }, (str){ 0 }, &line);
	return line;
}

static bool
say_entry(struct saying *s, const struct js_rule *rule, struct view_json *entry, str id)
{
	str group = group_for(s, rule, entry), line, place = { 0 };

	if (!js_line_by(s->arena, rule, entry, id, group, &line) || !has_places(line))
		return false;
	add(s, line);
	if (group.len)
		say_label(s, group, js_member_text(entry, STR("label")));
	if (str_same(rule->member, STR("anniversaries")))
		place = place_of(s, entry);
	if (place.len && has_places(ARENA_JOIN(s->arena, line, STR("\n"), place)))
		add(s, place);
	return true;
}

static void
say_entries(struct saying *s, const struct js_rule *rule, struct view_json *list)
{
	size_t number = 1;

	for (struct view_json *e = list->first; e; e = e->next) {
		str usual = arena_printf(s->arena, "%zu", number);

		number += say_entry(
		    s, rule, e, str_same(e->name, usual) ? (str){ 0 } : e->name);
	}
}

/* Its name is its value. */
static void
say_keyed(struct saying *s, const struct js_rule *rule, struct view_json *list)
{
	for (struct view_json *e = list->first; e; e = e->next) {
		struct view_json *entry = js_new(s->arena, VIEW_JSON_OBJECT);

		if (!e->name.len ||
		    (rule->shape == JS_SET ? !js_is_true(e)
					   : e->kind != VIEW_JSON_OBJECT))
			continue;
		for (const struct view_json *m = e->first; m; m = m->next)
			js_add(entry, m->name, js_copy(s->arena, m));
		js_put(entry, rule->key, js_text(s->arena, e->name));
		(void)say_entry(s, rule, entry, (str){ 0 });
	}
}

/* Keywords are one line, as everybody writes them. */
static void
say_words(struct saying *s, struct view_json *list)
{
	struct buf line = buf_in(s->arena, CARD_MAX_BYTES);
	bool any = false;

	buf_add(&line, STR("CATEGORIES:"));
	for (const struct view_json *e = list->first; e; e = e->next) {
		if (!js_is_true(e) || !e->name.len)
			continue;
		if (any)
			buf_add_char(&line, ',');
		any = true;
		card_escape_add(&line, e->name);
	}
	if (any)
		add(s, buf_str(&line));
}

/* Whether a kept line says it already, with its parameters. */
static bool
is_kept(struct saying *s, const struct js_rule *rule, str text)
{
	const struct view_json *props = js_member(s->root, STR("vCardProps"));
	str type = view_json_shape_of(rule->name)->type;
	bool lower = rule->value == &js_gender_value;

	for (const struct view_json *p = props ? props->first : NULL; p; p = p->next)
		if (p->count == 4 && str_same_nocase(p->first->text, rule->name) &&
		    str_same(p->first->next->next->text, type) &&
		    str_same(lower ? view_json_lower(s->arena, p->last->text)
				   : p->last->text,
			text))
			return true;
	return false;
}

static void
say_lone(struct saying *s, const struct js_rule *rule, struct view_json *in)
{
	struct view_json *bare = js_new(s->arena, VIEW_JSON_OBJECT);
	str text = js_member_text(in, rule->key), line;

	js_add(bare, rule->key, js_text(s->arena, text));
	if (text.len && !is_kept(s, rule, text) &&
	    js_line_of(s->arena, rule, bare, (str){ 0 }, (str){ 0 }, &line) &&
	    has_places(line))
		add(s, line);
}

static void
say(struct saying *s, const struct js_rule *rule)
{
	struct view_json *at = js_find(s->root, rule->member);

	if (!at || at->kind != VIEW_JSON_OBJECT)
		return;
	switch (rule->shape) {
	case JS_LONE: say_lone(s, rule, at); break;
	case JS_NAME: (void)say_entry(s, rule, at, (str){ 0 }); break;
	case JS_ENTRY: say_entries(s, rule, at); break;
	case JS_KEYED: say_keyed(s, rule, at); break;
	case JS_SET:
		if (rule->value == &js_text_value)
			say_words(s, at);
		else
			say_keyed(s, rule, at);
		break;
	case JS_PLACE: break; /* beside its date */
	}
}

/* The rows of one member say its entries together, in their order. */
static bool
is_first_row(const struct js_rule *rule)
{
	if (rule->shape == JS_LONE || rule == js_rules)
		return true;
	return !str_same(rule[-1].member, rule->member) ||
	       rule[-1].shape != rule->shape;
}

/* --- kept lines --- */

/* Lines that would be read as something else are not made. */
static void
say_kept(struct saying *s)
{
	const struct view_json *props = js_member(s->root, STR("vCardProps"));
	struct buf lines = buf_in(s->arena, CARD_MAX_BYTES);
	struct view_json *made, *again;
	struct card *card;
	struct why why;
	str line;

	if (!props || props->kind != VIEW_JSON_LIST)
		return;
	for (const struct view_json *p = props->first; p; p = p->next) {
		if (view_json_line(s->arena, p, &line, &why) != OK)
			return;
		card_line_add(&lines, line, STR("\r\n"));
	}
	line = ARENA_JOIN(s->arena, buf_str(&s->out), buf_str(&lines));
	if (lines.overflowed || tree_of(s->arena, line, &made, &card, &why) != OK)
		return;
	again = js_member(made, STR("vCardProps"));
	if (again && js_same(again, props))
		buf_add(&s->out, buf_str(&lines));
}

/* --- what no line says --- */

/* A step of a pointer is a parameter's text. */
static bool
can_be_step(str name)
{
	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.at[i] < ' ')
			return false;
	return name.len;
}

static void
say_member(struct saying *s, str path, const struct view_json *value)
{
	struct buf json = buf_in(s->arena, CARD_MAX_BYTES);
	struct buf line = buf_in(s->arena, CARD_MAX_BYTES);

	js_write(&json, value);
	buf_add(&line, STR("JSPROP;JSPTR="));
	card_param_add(&line, path);
	buf_add_char(&line, ':');
	card_escape_add(&line, buf_str(&json));
	add(s, buf_str(&line));
}

static bool
says_more(const struct view_json *made, const struct view_json *wanted)
{
	for (const struct view_json *m = made->first; m; m = m->next)
		if (!js_member(wanted, m->name) &&
		    !str_same(m->name, STR("vCardParams")))
			return true;
	return false;
}

static bool say_missing(struct saying *s, const struct view_json *wanted,
    const struct view_json *made, str path, unsigned depth);

static bool
say_difference(struct saying *s, const struct view_json *m,
    const struct view_json *made, str path, unsigned depth)
{
	size_t len = s->out.len;

	if (!can_be_step(m->name))
		return false;
	path = ARENA_JOIN(s->arena, path, path.len ? STR("/") : STR(""),
	    js_step_encoded(s->arena, m->name));
	if (made && made->kind == VIEW_JSON_OBJECT && m->kind == VIEW_JSON_OBJECT &&
	    depth < JSPROP_DEPTH && !says_more(made, m) &&
	    say_missing(s, m, made, path, depth + 1))
		return true;
	s->out.len = len;
	say_member(s, path, m);
	return true;
}

/* False: it cannot be said by parts. */
static bool
say_missing(struct saying *s, const struct view_json *wanted,
    const struct view_json *made, str path, unsigned depth)
{
	for (const struct view_json *m = wanted->first; m; m = m->next) {
		const struct view_json *there = js_member(made, m->name);

		if (there && js_same(there, m))
			continue;
		if (!say_difference(s, m, there, path, depth))
			return false;
	}
	return true;
}

/* --- the card --- */

static enum err
check(struct saying *s)
{
	const struct view_json *type = js_member(s->root, STR("@type"));

	if (s->root->kind != VIEW_JSON_OBJECT)
		return bad(s, "no JSContact Card");
	if (type ? !str_same(js_member_text(s->root, STR("@type")), STR("Card"))
		 : !js_member(s->root, STR("uid")) && !js_member(s->root, STR("name")))
		return bad(s, "a JSON object that is no JSContact Card");
	return OK;
}

static enum err
say_all(struct saying *s, str uid, struct view_json **made, struct card **card)
{
	see_groups(s, s->root);
	if (!js_member_text(s->root, STR("uid")).len)
		add(s, ARENA_JOIN(s->arena, STR("UID:"), uid));
	for (size_t i = 0; i < js_rule_count; i++)
		if (is_first_row(js_rules + i))
			say(s, js_rules + i);
	say_kept(s);
	TRY(s->out.overflowed ? ERR_TOO_LARGE : OK);
	return tree_of(s->arena, buf_str(&s->out), made, card, s->why);
}

enum err
card_of_jscontact(struct arena *arena, str json, str uid, str *out, struct why *why)
{
	struct saying s = { .arena = arena,
		.root = js_new(arena, VIEW_JSON_OBJECT),
		.out = buf_in(arena, CARD_MAX_BYTES),
		.why = why };
	struct view_json *made;
	struct card *card;

	if (json.len > CARD_MAX_BYTES)
		return ERR_TOO_LARGE;
	TRY(view_json_read(arena, json, s.root, why));
	TRY(check(&s));
	make_plain(s.root);
	TRY(say_all(&s, uid, &made, &card));
	if (!say_missing(&s, s.root, made, (str){ 0 }, 1))
		return bad(&s, "a member whose name cannot be kept");
	if (!card_first(card, CARD_FN, 0))
		add(&s, ARENA_JOIN(arena, STR("FN;DERIVED=TRUE:"),
			    js_made_name(arena, made, card)));
	*out = ARENA_JOIN(arena, STR("BEGIN:VCARD\r\nVERSION:4.0\r\n"), buf_str(&s.out),
	    STR("END:VCARD\r\n"));
	if (s.out.overflowed || out->len > CARD_MAX_BYTES)
		return ERR_TOO_LARGE;
	return card_read(arena, *out, &card, why);
}
