/* search.c - what of a card can be searched, and what of a filter says where to look. */
#include "card/find_int.h"
#include "card/match.h"
#include "fold/fold.h"

static const str binary[] = {
	STR_CONST("PHOTO"),
	STR_CONST("LOGO"),
	STR_CONST("SOUND"),
	STR_CONST("KEY"),
};

static bool
is_binary(str name)
{
	for (size_t i = 0; i < sizeof binary / sizeof *binary; i++)
		if (str_same_nocase(name, binary[i]))
			return true;
	return false;
}

str
card_search_text(struct arena *arena, const struct card *card)
{
	struct buf text = buf_in(arena, SIZE_MAX);

	for (size_t i = 0; i < card->count; i++) {
		const struct card_property *p = &card->properties[i];

		if (is_binary(p->name))
			continue;
		buf_add(&text, fold_casemap(arena, card_unescape(arena, p->value)));
		buf_add_char(&text, '\n');
	}
	find_add_derived(&text, arena, card);
	return buf_str(&text);
}

/* --- needles --- */

struct needles {
	struct arena *arena;
	str *list;
	size_t count;
};

static bool
is_ascii(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] >= 0x80)
			return false;
	return true;
}

/* The folding of i;unicode-casemap keeps what the narrower collations find, as long as that
 * is ASCII: marks that combine may change places. */
static bool
add_match(struct needles *out, const struct card_text_match *match)
{
	if (match->negate || !match->text.len ||
	    (match->collation != CARD_UNICODE_CASEMAP && !is_ascii(match->text)))
		return false;
	out->list[out->count++] = fold_casemap(out->arena, match->text);
	return true;
}

/* Of conditions that must all hold one is enough; of those any of which will do, each. */
static bool
add_prop(struct needles *out, const struct card_prop_filter *prop)
{
	str name = prop->name;
	str group = str_cut(&name, '.');
	size_t before = out->count;

	if (prop->not_defined || !prop->match_count ||
	    is_binary(name.len ? name : group))
		return false;
	for (size_t i = 0; i < prop->match_count; i++) {
		bool added = add_match(out, &prop->matches[i]);

		if (prop->all && added)
			return true;
		if (!prop->all && !added) {
			out->count = before;
			return false;
		}
	}
	if (!prop->all && prop->param_count)
		out->count = before;
	return out->count > before;
}

static size_t
all_matches(const struct card_filter *filter)
{
	size_t count = 0;

	for (size_t i = 0; i < filter->prop_count; i++)
		count += filter->props[i].match_count;
	return count;
}

bool
card_filter_needles(
    struct arena *arena, const struct card_filter *filter, str **out, size_t *count)
{
	struct needles needles = { .arena = arena,
		.list = ARENA_ARRAY(arena, str, all_matches(filter)) };
	bool some = false;

	for (size_t i = 0; i < filter->prop_count; i++) {
		bool added = add_prop(&needles, &filter->props[i]);

		some |= added;
		if (filter->all && added)
			break;
		if (!filter->all && !added)
			return false;
	}
	*out = needles.list;
	*count = needles.count;
	return some;
}
