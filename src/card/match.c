/* match.c - filters of addressbook-query over one card. */
#include "card/match.h"

#include "fold/fold.h"

static str
ascii_lower(struct arena *arena, str text)
{
	char *copy = arena_get_raw(arena, text.len + 1);

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		copy[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	return (str){ copy, text.len };
}

static str
folded(struct arena *arena, str text, enum card_collation collation)
{
	switch (collation) {
	case CARD_UNICODE_CASEMAP: return fold_casemap(arena, text);
	case CARD_ASCII_CASEMAP: return ascii_lower(arena, text);
	case CARD_OCTET: break;
	}
	return text;
}

static void
prepare_match(struct arena *arena, struct card_text_match *match)
{
	match->folded = folded(arena, match->text, match->collation);
}

void
card_filter_prepare(struct arena *arena, struct card_filter *filter)
{
	for (size_t i = 0; i < filter->prop_count; i++) {
		struct card_prop_filter *prop = &filter->props[i];

		for (size_t m = 0; m < prop->match_count; m++)
			prepare_match(arena, &prop->matches[m]);
		for (size_t p = 0; p < prop->param_count; p++)
			if (prop->params[p].match)
				prepare_match(arena, prop->params[p].match);
	}
}

static bool
text_matches(struct arena *arena, str text, const struct card_text_match *match)
{
	str mine = folded(arena, text, match->collation);
	bool hit = false;

	switch (match->kind) {
	case CARD_CONTAINS: hit = str_find(mine, match->folded) != SIZE_MAX; break;
	case CARD_EQUALS: hit = str_same(mine, match->folded); break;
	case CARD_STARTS: hit = str_starts(mine, match->folded); break;
	case CARD_ENDS: hit = str_ends(mine, match->folded); break;
	}
	return hit != match->negate;
}

/* "EMAIL" finds every EMAIL, grouped or not; "item1.EMAIL" only itself (RFC 6352 10.5.1). */
static bool
is_meant(const struct card_property *p, str name)
{
	str rest = name;
	str group = str_cut(&rest, '.');

	if (group.len == name.len)
		return card_named(p, name);
	return card_named(p, rest) && str_same_nocase(p->group, group);
}

static bool
param_passes(struct arena *arena, const struct card_property *p,
    const struct card_param_filter *filter)
{
	bool defined = false;
	str value;

	for (size_t n = 0; card_param(arena, p, filter->name, n, &value); n++) {
		defined = true;
		if (filter->match && !filter->not_defined &&
		    text_matches(arena, value, filter->match))
			return true;
	}
	if (filter->not_defined)
		return !defined;
	return defined && !filter->match;
}

/* One instance of the property against all conditions: the negation is of the instance. */
static bool
instance_passes(struct arena *arena, const struct card_property *p,
    const struct card_prop_filter *filter)
{
	str value = filter->match_count ? card_unescape(arena, p->value) : (str){ 0 };
	size_t conditions = filter->match_count + filter->param_count;
	size_t held = 0;

	for (size_t i = 0; i < filter->match_count; i++)
		held += text_matches(arena, value, &filter->matches[i]);
	for (size_t i = 0; i < filter->param_count; i++)
		held += param_passes(arena, p, &filter->params[i]);
	return filter->all ? held == conditions : held > 0 || !conditions;
}

static bool
prop_passes(
    struct arena *arena, const struct card *card, const struct card_prop_filter *filter)
{
	bool defined = false;

	for (size_t i = 0; i < card->count; i++) {
		const struct card_property *p = &card->properties[i];

		if (!is_meant(p, filter->name))
			continue;
		defined = true;
		if (!filter->not_defined && instance_passes(arena, p, filter))
			return true;
	}
	return filter->not_defined && !defined;
}

bool
card_matches(
    struct arena *arena, const struct card *card, const struct card_filter *filter)
{
	size_t held = 0;

	for (size_t i = 0; i < filter->prop_count; i++)
		held += prop_passes(arena, card, &filter->props[i]);
	return filter->all ? held == filter->prop_count
			   : held > 0 || !filter->prop_count;
}
