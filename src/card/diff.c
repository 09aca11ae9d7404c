/* diff.c - two revisions of a card as a person reads them. */
#include "card/diff.h"

#include "card/picture_int.h"

static str
head_of(struct arena *arena, const struct card_property *p)
{
	if (!p->params.len)
		return p->name;
	return arena_printf(
	    arena, STR_FMT ";" STR_FMT, STR_ARG(p->name), STR_ARG(p->params));
}

static str
shown(struct arena *arena, const struct card_property *p)
{
	if (p->is == CARD_PHOTO)
		return arena_printf(arena, "%zu bytes", p->value.len);
	return card_unescape(arena, p->value);
}

static bool
same_line(const struct card_property *a, const struct card_property *b)
{
	return str_same_nocase(a->name, b->name) && str_same(a->params, b->params) &&
	       str_same(a->value, b->value);
}

/* Pairs each property with an equal one not paired yet. */
static void
pair_equal(const struct card *before, const struct card *after, bool *old, bool *fresh)
{
	for (size_t i = 0; i < before->count; i++)
		for (size_t k = 0; k < after->count && !old[i]; k++)
			if (!fresh[k] &&
			    same_line(&before->properties[i], &after->properties[k]))
				old[i] = fresh[k] = true;
}

static const struct card_property *
changed_to(const struct card_property *p, const struct card *after, bool *fresh)
{
	for (size_t k = 0; k < after->count; k++)
		if (!fresh[k] && str_same_nocase(p->name, after->properties[k].name) &&
		    str_same_nocase(p->group, after->properties[k].group)) {
			fresh[k] = true;
			return &after->properties[k];
		}
	return NULL;
}

struct card_changes
card_diff(struct arena *arena, const struct card *before, const struct card *after)
{
	bool *old = ARENA_ARRAY(arena, bool, before->count + 1);
	bool *fresh = ARENA_ARRAY(arena, bool, after->count + 1);
	struct card_changes out = { ARENA_ARRAY(arena, struct card_change,
					before->count + after->count + 1),
		0 };

	pair_equal(before, after, old, fresh);
	for (size_t i = 0; i < before->count; i++) {
		const struct card_property *p = &before->properties[i];
		const struct card_property *to;

		if (old[i])
			continue;
		to = changed_to(p, after, fresh);
		out.list[out.count++] =
		    (struct card_change){ head_of(arena, to ? to : p), shown(arena, p),
			    to ? shown(arena, to) : (str){ 0 } };
	}
	for (size_t k = 0; k < after->count; k++)
		if (!fresh[k])
			out.list[out.count++] =
			    (struct card_change){ head_of(arena, &after->properties[k]),
				    { 0 }, shown(arena, &after->properties[k]) };
	return out;
}
