/* unite.c - cards side by side: what the others have that the first one has not. */
#include "card/unite.h"

#include "card/edits_int.h"
#include "card/group.h"
#include "card/unite_int.h"
#include "card/view.h"

struct uniting {
	struct arena *arena;
	const struct card_unite *unite;
	struct source *sources;
	struct held *known; /* what the one card has, or will have */
	size_t known_count, total;
	struct card_unite_field *fields;
	size_t field_count;
	struct edits edits;
	size_t fresh_groups;
};

static enum err
refuse(struct why *why, const char *what, str name)
{
	*why = (struct why){ .what = what, .name = name };
	return ERR_BAD_INPUT;
}

/* Control characters are left out where a line is written anew: what is compared must not
 * have them either. */
static struct card *
without_controls(struct arena *arena, struct card *card)
{
	char *at = arena_get_raw(arena, card->text.len + 1);
	struct card *clean = card;
	struct why why;
	size_t len = 0;

	for (size_t i = 0; i < card->text.len; i++) {
		char c = card->text.at[i];
		bool ends =
		    c == '\r' && i + 1 < card->text.len && card->text.at[i + 1] == '\n';

		if ((unsigned char)c >= ' ' || c == '\t' || c == '\n' || ends)
			at[len++] = c;
	}
	if (len == card->text.len ||
	    card_read(arena, (str){ at, len }, &clean, &why) != OK)
		return card;
	return clean;
}

/* The first card's version is everybody's; and what is in part no vCard has lines that would
 * be some without their control characters. */
static enum err
in_version(struct arena *arena, struct card *card, enum card_version version,
    struct card **out, struct why *why)
{
	str text;

	if (card->version == version && !card->odd) {
		*out = without_controls(arena, card);
		return OK;
	}
	TRY(card_view(
	    arena, card, version == CARD_V4 ? CARD_FORM_4 : CARD_FORM_3, &text));
	return card_read(arena, text, out, why);
}

static enum err
open_sources(struct uniting *u, struct why *why)
{
	const struct card_unite *unite = u->unite;

	u->sources = ARENA_ARRAY(u->arena, struct source, unite->count);
	for (size_t c = 0; c < unite->count; c++) {
		struct source *s = &u->sources[c];

		if (card_is_group(unite->cards[c]) != card_is_group(unite->cards[0]))
			return refuse(
			    why, "a group and a person are no one", (str){ 0 });
		s->card = unite->cards[c];
		if (c)
			TRY(in_version(u->arena, unite->cards[c],
			    unite->cards[0]->version, &s->card, why));
		s->side = side_of(u->arena, s->card);
		s->groups = ARENA_ARRAY(u->arena, str, s->card->count);
		source_hold(u->arena, s, unite->region);
		u->total += s->card->count;
	}
	return u->total > CARD_MAX_PROPERTIES ? ERR_TOO_LARGE : OK;
}

/* --- fields with one value --- */

static bool
is_first(const struct source *s, size_t at)
{
	str name = s->card->properties[at].name;

	return source_is_single(name) && source_first(s, name) == at;
}

static void
add_value(struct uniting *u, struct card_unite_field *field, size_t card, size_t at)
{
	const struct held *held = &u->sources[card].held[at];

	if (!held->key.len)
		return;
	for (size_t i = 0; i < field->count; i++) {
		const struct card_unite_value *v = &field->list[i];

		if (str_same(u->sources[v->card].held[v->at].key, held->key))
			return;
	}
	field->list[field->count++] = (struct card_unite_value){ card, at, held->text };
}

static struct card_unite_field *
field_named(const struct uniting *u, str name)
{
	for (size_t i = 0; i < u->field_count; i++)
		if (str_same_nocase(u->fields[i].name, name))
			return &u->fields[i];
	return NULL;
}

/* Each field with one value that any card has, and who has which. */
static void
gather_fields(struct uniting *u)
{
	u->fields = ARENA_ARRAY(u->arena, struct card_unite_field, u->total);
	for (size_t c = 0; c < u->unite->count; c++) {
		const struct source *s = &u->sources[c];

		for (size_t i = 0; i < s->card->count; i++) {
			const struct card_property *p = &s->card->properties[i];
			struct card_unite_field *field = field_named(u, p->name);

			if (!is_first(s, i))
				continue;
			if (!field) {
				field = &u->fields[u->field_count++];
				*field = (struct card_unite_field){ .is = p->is,
					.name = p->name,
					.list = ARENA_ARRAY(u->arena,
					    struct card_unite_value, u->unite->count) };
			}
			add_value(u, field, c, i);
		}
	}
}

/* --- lines that come in --- */

static str
line_of(struct arena *arena, const struct card_property *p, str group)
{
	return ARENA_JOIN(arena, group, group.len ? STR(".") : STR(""), p->name,
	    p->params.len ? STR(";") : STR(""), p->params, STR(":"), p->value);
}

/* Lines of one group stay of one group, under a name that is free. */
static str
group_of(struct uniting *u, struct source *s, size_t at)
{
	str group = s->card->properties[at].group;

	if (!group.len || s->groups[at].len)
		return s->groups[at];
	s->groups[at] =
	    card_free_group(u->arena, u->sources[0].card, u->fresh_groups++);
	for (size_t i = 0; i < s->card->count; i++)
		if (str_same_nocase(s->card->properties[i].group, group))
			s->groups[i] = s->groups[at];
	return s->groups[at];
}

/* With the labels that belong to it. */
static void
bring(struct uniting *u, size_t card, size_t at)
{
	struct source *s = &u->sources[card];

	edits_add(
	    &u->edits, line_of(u->arena, &s->card->properties[at], group_of(u, s, at)));
	for (size_t i = 0; i < s->card->count; i++)
		if (s->side.owner[i] == at)
			edits_add(&u->edits, line_of(u->arena, &s->card->properties[i],
						 group_of(u, s, i)));
}

static bool
is_known(const struct uniting *u, const struct held *held)
{
	for (size_t i = 0; i < u->known_count; i++)
		if (str_same(u->known[i].key, held->key) &&
		    str_same(u->known[i].family, held->family))
			return true;
	return false;
}

static void
bring_others(struct uniting *u, size_t card)
{
	const struct source *s = &u->sources[card];

	for (size_t i = 0; i < s->card->count; i++) {
		if (side_is_meta(&s->side, i) || s->side.owner[i] != NO_LINE ||
		    is_first(s, i) || s->card->properties[i].is == CARD_CATEGORIES ||
		    !s->held[i].key.len || is_known(u, &s->held[i]))
			continue;
		u->known[u->known_count++] = s->held[i];
		bring(u, card, i);
	}
}

/* --- what was picked --- */

static const struct card_unite_value *
value_of_card(
    const struct uniting *u, const struct card_unite_field *field, size_t card)
{
	size_t at = source_first(&u->sources[card], field->name);

	for (size_t i = 0; at != SIZE_MAX && i < field->count; i++) {
		const struct card_unite_value *v = &field->list[i];

		if (str_same(u->sources[v->card].held[v->at].key,
			u->sources[card].held[at].key))
			return v;
	}
	return NULL;
}

static enum err
put_in(struct uniting *u, const struct card_unite_field *field,
    const struct card_unite_value *value)
{
	const struct card *kept = u->sources[0].card;
	size_t there = source_first(&u->sources[0], field->name);

	if (!value->card)
		return OK;
	if (there == SIZE_MAX)
		bring(u, value->card, value->at);
	else
		edits_replace(&u->edits, there,
		    line_of(u->arena,
			&u->sources[value->card].card->properties[value->at],
			kept->properties[there].group));
	return OK;
}

static enum err
pick(struct uniting *u, const struct card_unite_field *field,
    const struct card_unite_pick *picks, size_t count, struct why *why)
{
	const struct card_unite_value *value = field->count ? field->list : NULL;

	for (size_t i = 0; i < count; i++)
		if (str_same_nocase(picks[i].name, field->name))
			value = picks[i].card < u->unite->count
				    ? value_of_card(u, field, picks[i].card)
				    : NULL;
	if (value)
		return put_in(u, field, value);
	return field->count ? refuse(why, "that card has no such field", field->name)
			    : OK;
}

static enum err
pick_all(struct uniting *u, const struct card_unite_pick *picks, size_t count,
    struct why *why)
{
	for (size_t i = 0; i < count; i++)
		if (!field_named(u, picks[i].name))
			return refuse(why, "no field with one value", picks[i].name);
	for (size_t i = 0; i < u->field_count; i++)
		TRY(pick(u, &u->fields[i], picks, count, why));
	return OK;
}

/* --- categories: those of all, on the line there is --- */

static enum err
add_categories(const struct uniting *u, str *text, struct why *why)
{
	for (size_t c = 1; c < u->unite->count; c++) {
		struct card_names names = card_categories(u->arena, u->sources[c].card);

		for (size_t i = 0; i < names.count; i++) {
			struct card *card;

			TRY(card_read(u->arena, *text, &card, why));
			TRY(card_category_set(
			    u->arena, card, names.list[i], true, text));
		}
	}
	return OK;
}

static bool
brings_categories(const struct uniting *u)
{
	struct card_names kept = card_categories(u->arena, u->sources[0].card);

	for (size_t c = 1; c < u->unite->count; c++) {
		struct card_names names = card_categories(u->arena, u->sources[c].card);

		for (size_t i = 0; i < names.count; i++)
			if (!card_names_have(&kept, names.list[i]))
				return true;
	}
	return false;
}

/* --- the whole --- */

static enum err
begin(struct uniting *u, struct why *why)
{
	if (!u->unite->count || u->unite->count > CARD_UNITE_MAX)
		return refuse(why, "one to ten cards", (str){ 0 });
	TRY(open_sources(u, why));
	gather_fields(u);
	return OK;
}

enum err
card_unite_look(struct arena *arena, const struct card_unite *unite,
    struct card_unite_fields *out, struct why *why)
{
	struct uniting u = { .arena = arena, .unite = unite };

	TRY(begin(&u, why));
	*out = (struct card_unite_fields){ u.fields, 0 };
	for (size_t i = 0; i < u.field_count; i++)
		if (u.fields[i].count > 1)
			out->list[out->count++] = u.fields[i];
	return OK;
}

enum err
card_unite(struct arena *arena, const struct card_unite *unite,
    const struct card_unite_pick *picks, size_t pick_count, str *out, struct why *why)
{
	struct uniting u = { .arena = arena, .unite = unite };

	TRY(begin(&u, why));
	u.known = ARENA_ARRAY(arena, struct held, u.total);
	for (size_t i = 0; i < u.sources[0].card->count; i++)
		u.known[u.known_count++] = u.sources[0].held[i];
	u.edits = edits_of(arena, u.sources[0].card, u.total);
	TRY(pick_all(&u, picks, pick_count, why));
	for (size_t c = 1; c < unite->count; c++)
		bring_others(&u, c);
	*out = unite->cards[0]->text;
	if (!u.edits.count && !brings_categories(&u))
		return OK;
	edits_set_rev(&u.edits, unite->now_ms);
	TRY(card_write(arena, u.sources[0].card, u.edits.list, u.edits.count, out));
	return add_categories(&u, out, why);
}
