/* jscontact_parts.c - values of parts: names, addresses, organisations (RFC 9555 2.2.1,
 * 2.4.1, 2.7; RFC 9554 2; JSCOMPS: RFC 9555 3.3). */
#include "card/jscontact_int.h"

#define PARTS_MAX    18
#define VALUES_MAX   1000 /* of a line; one with more stays what it is */
#define SURNAME_2    5    /* it stands among the surnames, too, and so does ... */
#define GENERATION   6    /* ... this among the credentials (RFC 9554 2.2) */
#define NAME_LEAST   5
#define ADR_LEAST    7 /* parts before RFC 9554 */
#define ADR_EXTENDED 1
#define ADR_STREET   2

static const str name_kinds[PARTS_MAX] = { STR_CONST("surname"), STR_CONST("given"),
	STR_CONST("given2"), STR_CONST("title"), STR_CONST("credential"),
	STR_CONST("surname2"), STR_CONST("generation") };

static const str old_kinds[PARTS_MAX] = { STR_CONST("postOfficeBox"),
	STR_CONST("apartment"), STR_CONST("name"), STR_CONST("locality"),
	STR_CONST("region"), STR_CONST("postcode"), STR_CONST("country") };

/* Its second and third parts repeat others for who knows no more. */
static const str address_kinds[PARTS_MAX] = { STR_CONST("postOfficeBox"), { 0 }, { 0 },
	STR_CONST("locality"), STR_CONST("region"), STR_CONST("postcode"),
	STR_CONST("country"), STR_CONST("room"), STR_CONST("apartment"),
	STR_CONST("floor"), STR_CONST("number"), STR_CONST("name"),
	STR_CONST("building"), STR_CONST("block"), STR_CONST("subdistrict"),
	STR_CONST("district"), STR_CONST("landmark"), STR_CONST("direction") };

/* --- reading --- */

struct parts {
	struct arena *arena;
	const str *kinds;
	struct view_json *at[PARTS_MAX]; /* lists of components */
};

static struct view_json *
component(struct arena *arena, str kind, str value)
{
	struct view_json *c = js_new(arena, VIEW_JSON_OBJECT);

	js_add(c, STR("kind"), js_text(arena, kind));
	js_add(c, STR("value"), js_text(arena, value));
	return c;
}

static bool
read_parts(struct parts *parts, str value)
{
	size_t count = 0;

	for (size_t i = 0; i < PARTS_MAX; i++) {
		str part = card_component_cut(&value, ';');

		parts->at[i] = js_new(parts->arena, VIEW_JSON_LIST);
		while (part.len && parts->kinds[i].len && count++ < VALUES_MAX)
			js_add(parts->at[i], (str){ 0 },
			    component(parts->arena, parts->kinds[i],
				card_unescape(
				    parts->arena, card_component_cut(&part, ','))));
	}
	return count <= VALUES_MAX;
}

static bool
has_value(const struct view_json *list, str value)
{
	for (const struct view_json *c = list->first; c; c = c->next)
		if (str_same(js_member_text(c, STR("value")), value))
			return true;
	return false;
}

/* What stands there a second time. */
static void
drop_repeated(struct parts *parts, size_t in, size_t of)
{
	struct view_json *list = parts->at[in],
			 *kept = js_new(parts->arena, VIEW_JSON_LIST);

	for (struct view_json *c = list->first, *next; c; c = next) {
		next = c->next;
		if (!has_value(parts->at[of], js_member_text(c, STR("value"))))
			js_add(kept, (str){ 0 }, c);
	}
	parts->at[in] = kept;
}

static void
add_all(const struct parts *parts, struct view_json *to)
{
	for (size_t i = 0; i < PARTS_MAX; i++)
		for (struct view_json *c = parts->at[i]->first, *next; c; c = next) {
			next = c->next;
			js_add(to, (str){ 0 }, c);
		}
}

static struct view_json *
component_at(const struct parts *parts, str place)
{
	str first = str_cut(&place, ',');
	int64_t part, n = 0;
	struct view_json *c;

	if (!str_number(first, &part) || part >= PARTS_MAX ||
	    (place.len && !str_number(place, &n)))
		return NULL;
	c = parts->at[part]->first;
	while (c && n--)
		c = c->next;
	return c ? component(parts->arena, js_member_text(c, STR("kind")),
		       js_member_text(c, STR("value")))
		 : NULL;
}

/* "s,\, " is a separator, "3" the first value of the fourth part, "4,1" the second of the
 * fifth; what stands first separates where nothing else does. */
static bool
add_ordered(
    struct parts *parts, str order, struct view_json *entry, struct view_json *to)
{
	str first = card_component_cut(&order, ';');

	if (first.len && !str_starts(first, STR("s,")))
		return false;
	if (first.len)
		js_put(entry, STR("defaultSeparator"),
		    js_text(parts->arena,
			card_unescape(parts->arena, str_part(first, 2, first.len))));
	while (order.at) {
		str place = card_component_cut(&order, ';');
		struct view_json *c = str_starts(place, STR("s,"))
					  ? component(parts->arena, STR("separator"),
						card_unescape(parts->arena,
						    str_part(place, 2, place.len)))
					  : component_at(parts, place);

		if (!c)
			return false;
		js_add(to, (str){ 0 }, c);
	}
	js_put(entry, STR("isOrdered"), js_literal(parts->arena, STR("true")));
	return true;
}

static bool
read_components(
    struct parts *parts, const struct card_property *p, struct view_json *entry)
{
	struct view_json *list = js_new(parts->arena, VIEW_JSON_LIST);
	str order;

	if (!card_param(parts->arena, p, STR("JSCOMPS"), 0, &order))
		add_all(parts, list);
	else if (!add_ordered(parts, order, entry, list))
		return false;
	if (list->first)
		js_put(entry, STR("components"), list);
	return true;
}

/* "Harten,Rene", in quotes or as a list of two, as RFC 6350 5.9 leaves open. */
static str
sort_keys(struct arena *arena, const struct card_property *p)
{
	struct buf keys = buf_in(arena, CARD_MAX_BYTES);
	str key;

	for (size_t n = 0;
	     n < PARTS_MAX && card_param(arena, p, STR("SORT-AS"), n, &key); n++) {
		if (n)
			buf_add_char(&keys, ',');
		buf_add(&keys, key);
	}
	return buf_str(&keys);
}

static bool
read_name(struct arena *arena, const struct js_rule *rule,
    const struct card_property *p, struct view_json *entry)
{
	struct parts parts = { .arena = arena, .kinds = name_kinds };
	struct view_json *sort = js_new(arena, VIEW_JSON_OBJECT);
	str keys = sort_keys(arena, p);

	(void)rule;
	if (!read_parts(&parts, p->value))
		return false;
	drop_repeated(&parts, 0, SURNAME_2);
	drop_repeated(&parts, 4, GENERATION);
	for (size_t i = 0; keys.at && name_kinds[i].len; i++) {
		str key = str_cut(&keys, ',');

		if (key.len)
			js_add(sort, name_kinds[i], js_text(arena, key));
	}
	if (sort->first)
		js_put(entry, STR("sortAs"), sort);
	return read_components(&parts, p, entry);
}

/* Whether the address says more than the seven parts of RFC 6350. */
static bool
is_long(str value)
{
	for (size_t i = 0; i < ADR_LEAST; i++)
		(void)card_component_cut(&value, ';');
	for (size_t i = 0; i < value.len; i++)
		if (value.at[i] != ';')
			return true;
	return false;
}

static bool
read_address(struct arena *arena, const struct js_rule *rule,
    const struct card_property *p, struct view_json *entry)
{
	struct parts parts = { .arena = arena,
		.kinds = is_long(p->value) ? address_kinds : old_kinds };

	(void)rule;
	return read_parts(&parts, p->value) && read_components(&parts, p, entry);
}

/* --- writing --- */

struct saying {
	struct arena *arena;
	const str *kinds;
	struct buf at[PARTS_MAX];
	size_t count[PARTS_MAX];
	struct buf order;
};

static void
add_value(struct saying *s, size_t part, str value)
{
	if (s->count[part]++)
		buf_add_char(&s->at[part], ',');
	card_escape_add(&s->at[part], value);
}

static size_t
part_of(const struct saying *s, str kind)
{
	for (size_t i = 0; i < PARTS_MAX; i++)
		if (s->kinds[i].len && str_same(s->kinds[i], kind))
			return i;
	return PARTS_MAX;
}

static bool
say_component(struct saying *s, const struct view_json *c)
{
	str kind = js_member_text(c, STR("kind"));
	const struct view_json *value = js_member(c, STR("value"));
	size_t part = part_of(s, kind);

	if (!value || value->kind != VIEW_JSON_TEXT)
		return false;
	buf_add_char(&s->order, ';');
	if (str_same(kind, STR("separator"))) {
		buf_add(&s->order, STR("s,"));
		card_escape_add(&s->order, value->text);
		return true;
	}
	if (part == PARTS_MAX)
		return false;
	if (s->count[part])
		buf_addf(&s->order, "%zu,%zu", part, s->count[part]);
	else
		buf_addf(&s->order, "%zu", part);
	add_value(s, part, value->text);
	return true;
}

static bool
say_components(struct saying *s, const struct view_json *entry)
{
	const struct view_json *list = js_member(entry, STR("components"));
	const struct view_json *mark = js_member(entry, STR("defaultSeparator"));

	for (size_t i = 0; i < PARTS_MAX; i++)
		s->at[i] = buf_in(s->arena, CARD_MAX_BYTES);
	s->order = buf_in(s->arena, CARD_MAX_BYTES);
	if (mark) {
		buf_add(&s->order, STR("s,"));
		card_escape_add(&s->order, mark->text);
	}
	if (list && list->kind != VIEW_JSON_LIST)
		return false;
	for (const struct view_json *c = list ? list->first : NULL; c; c = c->next)
		if (!say_component(s, c))
			return false;
	return true;
}

static void
say_parts(struct saying *s, size_t least, struct buf *out)
{
	size_t count = PARTS_MAX;

	while (count > least && !s->count[count - 1])
		count--;
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add_char(out, ';');
		buf_add(out, buf_str(&s->at[i]));
	}
}

static void
say_order(struct saying *s, const struct view_json *entry, struct buf *params)
{
	if (!js_is_true(js_member(entry, STR("isOrdered"))))
		return;
	buf_add(params, STR(";JSCOMPS="));
	card_param_add(params, buf_str(&s->order));
}

static void
repeat(struct saying *s, size_t part, size_t in)
{
	if (!s->count[part])
		return;
	if (s->count[in])
		buf_add_char(&s->at[in], ',');
	s->count[in] += s->count[part];
	buf_add(&s->at[in], buf_str(&s->at[part]));
}

/* SORT-AS goes by place: what has none between two that have is left empty. */
struct sorting {
	struct buf keys;
	size_t skipped;
	bool any;
};

static void
sort_next(struct sorting *s, str key)
{
	if (!key.len) {
		s->skipped++;
		return;
	}
	for (; s->skipped; s->skipped--)
		buf_add_char(&s->keys, ',');
	buf_add(&s->keys, key);
	s->any = true;
	s->skipped = 1;
}

static void
say_sort(const struct sorting *s, struct buf *params)
{
	if (!s->any)
		return;
	buf_add(params, STR(";SORT-AS="));
	card_param_add(params, buf_str(&s->keys));
}

static bool
write_name(struct arena *arena, const struct js_rule *rule, struct view_json *entry,
    struct buf *params, struct buf *value)
{
	struct saying s = { .arena = arena, .kinds = name_kinds };
	struct sorting sort = { .keys = buf_in(arena, CARD_MAX_BYTES) };

	(void)rule;
	if (!js_member(entry, STR("components")) || !say_components(&s, entry))
		return false;
	repeat(&s, SURNAME_2, 0);
	repeat(&s, GENERATION, 4);
	say_order(&s, entry, params);
	for (size_t i = 0; name_kinds[i].len; i++)
		sort_next(&sort,
		    js_member_text(js_member(entry, STR("sortAs")), name_kinds[i]));
	say_sort(&sort, params);
	say_parts(&s,
	    s.count[SURNAME_2] || s.count[GENERATION] ? GENERATION + 1 : NAME_LEAST,
	    value);
	return true;
}

static bool
fits_old_kinds(const struct view_json *entry)
{
	const struct view_json *list = js_member(entry, STR("components"));
	const struct saying s = { .kinds = old_kinds };

	for (const struct view_json *c = list ? list->first : NULL; c; c = c->next) {
		str kind = js_member_text(c, STR("kind"));

		if (part_of(&s, kind) == PARTS_MAX && !str_same(kind, STR("separator")))
			return false;
	}
	return true;
}

/* For who reads seven parts only: the house and its street, and what is inside of it. */
static void
repeat_street(struct saying *s, const struct view_json *entry)
{
	const struct view_json *list = js_member(entry, STR("components"));

	for (const struct view_json *c = list ? list->first : NULL; c; c = c->next) {
		str kind = js_member_text(c, STR("kind"));
		bool street =
		    str_same(kind, STR("number")) || str_same(kind, STR("name"));
		size_t part = street ? ADR_STREET : ADR_EXTENDED;

		if (!street && !str_same(kind, STR("apartment")) &&
		    !str_same(kind, STR("floor")) && !str_same(kind, STR("room")))
			continue;
		if (s->at[part].len)
			buf_add(&s->at[part], street ? STR(" ") : STR("\\, "));
		card_escape_add(&s->at[part], js_member_text(c, STR("value")));
		s->count[part] = 1;
	}
}

static bool
write_address(struct arena *arena, const struct js_rule *rule, struct view_json *entry,
    struct buf *params, struct buf *value)
{
	bool old = fits_old_kinds(entry);
	struct saying s = { .arena = arena, .kinds = old ? old_kinds : address_kinds };

	(void)rule;
	if (!say_components(&s, entry))
		return false;
	if (!old)
		repeat_street(&s, entry);
	say_order(&s, entry, params);
	say_parts(&s, old ? ADR_LEAST : PARTS_MAX, value);
	return true;
}

/* --- the full name of parts --- */

static str
joined(struct arena *arena, const struct view_json *name)
{
	const struct view_json *list = js_member(name, STR("components"));
	struct buf out = buf_in(arena, CARD_MAX_BYTES);
	const struct view_json *mark = js_member(name, STR("defaultSeparator"));
	bool separated = true;

	for (const struct view_json *c = list ? list->first : NULL; c; c = c->next) {
		bool separator =
		    str_same(js_member_text(c, STR("kind")), STR("separator"));

		if (!separated && !separator)
			buf_add(&out, mark ? mark->text : STR(" "));
		buf_add(&out, js_member_text(c, STR("value")));
		separated = separator;
	}
	return buf_str(&out);
}

str
js_made_name(struct arena *arena, const struct view_json *root, const struct card *card)
{
	const struct view_json *name = js_member(root, STR("name"));
	struct buf value = buf_in(arena, CARD_MAX_BYTES);

	if (js_is_true(js_member(name, STR("isOrdered"))))
		card_escape_add(&value, joined(arena, name));
	return value.len ? buf_str(&value) : view_made_fn(arena, card);
}

/* --- what means the same --- */

static bool
ends_in_empty_part(str value)
{
	size_t slashes = 0;

	if (!str_ends(value, STR(";")))
		return false;
	while (slashes + 1 < value.len && value.at[value.len - 2 - slashes] == '\\')
		slashes++;
	return slashes % 2 == 0;
}

static str
without_empty_end(str value)
{
	while (ends_in_empty_part(value))
		value.len--;
	return value;
}

/* Every text escaped as it is written here; `mark` stands between the values of a part. */
static void
add_plain(struct arena *arena, struct buf *out, str part, char mark)
{
	do {
		str text = mark ? card_component_cut(&part, mark) : part;

		card_escape_add(out, card_unescape(arena, text));
		if (!mark)
			return;
		if (part.at)
			buf_add_char(out, mark);
	} while (part.at);
}

static str
plain_parts(struct arena *arena, str value, char mark, bool without_street)
{
	struct buf out = buf_in(arena, CARD_MAX_BYTES * 2);

	for (size_t i = 0; value.at; i++) {
		str part = card_component_cut(&value, ';');

		if (!without_street || (i != ADR_EXTENDED && i != ADR_STREET))
			add_plain(arena, &out, part, mark);
		if (value.at)
			buf_add_char(&out, ';');
	}
	return without_empty_end(buf_str(&out));
}

static str
plain_name(struct arena *arena, str value)
{
	return plain_parts(arena, value, ',', false);
}

static str
plain_address(struct arena *arena, str value)
{
	return plain_parts(arena, value, ',', is_long(value));
}

static str
plain_org(struct arena *arena, str value)
{
	return plain_parts(arena, value, '\0', false);
}

const struct js_value js_name_value = { read_name, write_name, plain_name };
const struct js_value js_address_value = { read_address, write_address, plain_address };

/* --- organisations --- */

static bool
read_org(struct arena *arena, const struct js_rule *rule, const struct card_property *p,
    struct view_json *entry)
{
	str value = without_empty_end(p->value), keys = sort_keys(arena, p);
	str key = str_cut(&keys, ',');
	str name = card_unescape(arena, card_component_cut(&value, ';'));
	struct view_json *units = js_new(arena, VIEW_JSON_LIST);

	if (name.len)
		js_put(entry, rule->key, js_text(arena, name));
	if (key.len)
		js_put(entry, STR("sortAs"), js_text(arena, key));
	while (value.at && units->count < VALUES_MAX) {
		struct view_json *unit = js_new(arena, VIEW_JSON_OBJECT);

		js_add(unit, rule->key,
		    js_text(
			arena, card_unescape(arena, card_component_cut(&value, ';'))));
		key = str_cut(&keys, ',');
		if (key.len)
			js_add(unit, STR("sortAs"), js_text(arena, key));
		js_add(units, (str){ 0 }, unit);
	}
	if (units->first)
		js_put(entry, STR("units"), units);
	return (name.len || units->first) && !value.at;
}

static bool
write_org(struct arena *arena, const struct js_rule *rule, struct view_json *entry,
    struct buf *params, struct buf *value)
{
	const struct view_json *units = js_member(entry, STR("units"));
	struct sorting sort = { .keys = buf_in(arena, CARD_MAX_BYTES) };

	card_escape_add(value, js_member_text(entry, rule->key));
	sort_next(&sort, js_member_text(entry, STR("sortAs")));
	if (units && units->kind != VIEW_JSON_LIST)
		return false;
	for (const struct view_json *u = units ? units->first : NULL; u; u = u->next) {
		buf_add_char(value, ';');
		card_escape_add(value, js_member_text(u, rule->key));
		sort_next(&sort, js_member_text(u, STR("sortAs")));
	}
	say_sort(&sort, params);
	return value->len;
}

const struct js_value js_org_value = { read_org, write_org, plain_org };
