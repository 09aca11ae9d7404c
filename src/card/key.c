/* key.c - what a card can be found by. */
#include "card/key.h"

#include <stdlib.h>

#include "card/address_int.h"
#include "card/group.h"
#include "card/profile_int.h"
#include "card/value_int.h"

static const struct {
	enum card_key_kind kind;
	str word;
} words[] = {
	{ CARD_KEY_NAME, STR_CONST("name") },
	{ CARD_KEY_MOBILE, STR_CONST("mobile") },
	{ CARD_KEY_WORK_TEL, STR_CONST("work-tel") },
	{ CARD_KEY_HOME_TEL, STR_CONST("home-tel") },
	{ CARD_KEY_TEL, STR_CONST("tel") },
	{ CARD_KEY_EMAIL, STR_CONST("email") },
	{ CARD_KEY_WORK_ADDRESS, STR_CONST("work-address") },
	{ CARD_KEY_HOME_ADDRESS, STR_CONST("home-address") },
	{ CARD_KEY_ADDRESS, STR_CONST("address") },
	{ CARD_KEY_QQ, STR_CONST("qq") },
	{ CARD_KEY_WECHAT, STR_CONST("wechat") },
	{ CARD_KEY_WEIBO, STR_CONST("weibo") },
	{ CARD_KEY_IM, STR_CONST("im") },
	{ CARD_KEY_URL, STR_CONST("url") },
	{ CARD_KEY_GROUP, STR_CONST("group") },
	{ CARD_KEY_MEMBER, STR_CONST("member") },
	{ CARD_KEY_CATEGORY, STR_CONST("category") },
};

str
card_key_word(enum card_key_kind kind)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i].kind == kind)
			return words[i].word;
	return (str){ 0 };
}

static const struct {
	enum card_field field;
	enum card_key_kind kind;
} kinds[] = {
	{ CARD_F_MOBILE, CARD_KEY_MOBILE },
	{ CARD_F_WORK_TEL, CARD_KEY_WORK_TEL },
	{ CARD_F_HOME_TEL, CARD_KEY_HOME_TEL },
	{ CARD_F_TEL, CARD_KEY_TEL },
	{ CARD_F_FAX, CARD_KEY_TEL },
	{ CARD_F_EMAIL, CARD_KEY_EMAIL },
	{ CARD_F_WORK_EMAIL, CARD_KEY_EMAIL },
	{ CARD_F_WORK_ADDRESS, CARD_KEY_WORK_ADDRESS },
	{ CARD_F_HOME_ADDRESS, CARD_KEY_HOME_ADDRESS },
	{ CARD_F_QQ, CARD_KEY_QQ },
	{ CARD_F_WECHAT, CARD_KEY_WECHAT },
	{ CARD_F_WEIBO, CARD_KEY_WEIBO },
	{ CARD_F_URL, CARD_KEY_URL },
};

static void
add(struct card_keys *keys, enum card_key_kind kind, str value)
{
	if (value.len && keys->count < CARD_MAX_KEYS)
		keys->list[keys->count++] = (struct card_key){ kind, value };
}

/* N in both orders, so that 李四 is found however the name was put together. */
static void
add_names(struct arena *arena, struct card_keys *keys, const struct card *card)
{
	const struct card_property *n = card_first(card, CARD_N, 0);
	str rest;
	str family;
	str given;

	add(keys, CARD_KEY_NAME, key_of_words(arena, card_unescape(arena, card->fn)));
	if (!n)
		return;
	rest = n->value;
	family =
	    key_of_words(arena, card_unescape(arena, card_component_cut(&rest, ';')));
	given =
	    key_of_words(arena, card_unescape(arena, card_component_cut(&rest, ';')));
	add(keys, CARD_KEY_NAME,
	    arena_printf(arena, STR_FMT STR_FMT, STR_ARG(family), STR_ARG(given)));
	if (family.len && given.len)
		add(keys, CARD_KEY_NAME,
		    arena_printf(
			arena, STR_FMT STR_FMT, STR_ARG(given), STR_ARG(family)));
}

/* Services that are no field of the catalogue are found by "skype:handle". */
static void
add_others(struct arena *arena, struct card_keys *keys, const struct card *card)
{
	for (size_t i = 0; i < card->count; i++) {
		struct profile profile =
		    card_profile(arena, card, &card->properties[i]);

		if (profile.service == SERVICE_OTHER)
			add(keys, CARD_KEY_IM,
			    arena_printf(arena, STR_FMT ":" STR_FMT,
				STR_ARG(profile.name),
				STR_ARG(key_of_words(arena, profile.handle))));
	}
}

static int
in_order(const void *a, const void *b)
{
	const struct card_key *x = a;
	const struct card_key *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return str_compare(x->value, y->value);
}

static void
sort_without_twins(struct card_keys *keys)
{
	size_t kept = 0;

	if (keys->count)
		qsort(keys->list, keys->count, sizeof *keys->list, in_order);
	for (size_t i = 0; i < keys->count; i++)
		if (!kept || in_order(&keys->list[kept - 1], &keys->list[i]) != 0)
			keys->list[kept++] = keys->list[i];
	keys->count = kept;
}

/* A group is no person: it has no name to be found by but its own. */
static struct card_keys
group_keys(struct arena *arena, const struct card *card)
{
	struct card_names members = card_members(arena, card);
	struct card_keys keys = {
		ARENA_ARRAY(arena, struct card_key, members.count + 1), 0
	};

	add(&keys, CARD_KEY_GROUP, str_trim(card_unescape(arena, card->fn)));
	for (size_t i = 0; i < members.count; i++)
		if (members.list[i].len)
			keys.list[keys.count++] =
			    (struct card_key){ CARD_KEY_MEMBER, members.list[i] };
	sort_without_twins(&keys);
	return keys;
}

static void
add_categories(struct arena *arena, struct card_keys *keys, const struct card *card)
{
	struct card_names names = card_categories(arena, card);

	for (size_t i = 0; i < names.count; i++)
		add(keys, CARD_KEY_CATEGORY, names.list[i]);
}

static void
add_addresses(struct arena *arena, struct card_keys *keys, const struct card *card)
{
	for (size_t i = 0; i < card->count; i++) {
		const struct card_property *p = &card->properties[i];
		struct address_names names;

		if (p->is != CARD_ADR)
			continue;
		address_names(arena, p->value, &names);
		for (size_t k = 0; k < names.count; k++)
			add(keys, CARD_KEY_ADDRESS, names.list[k]);
	}
}

static struct card_keys
person_keys(struct arena *arena, const struct card *card, str region)
{
	struct card_items items = card_items(arena, card, region);
	struct card_keys keys = { ARENA_ARRAY(arena, struct card_key, CARD_MAX_KEYS),
		0 };

	add_names(arena, &keys, card);
	for (size_t i = 0; i < items.count; i++)
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
			if (kinds[k].field == items.list[i].field)
				add(&keys, kinds[k].kind, items.list[i].key);
	add_others(arena, &keys, card);
	add_categories(arena, &keys, card);
	add_addresses(arena, &keys, card);
	sort_without_twins(&keys);
	return keys;
}

struct card_keys
card_keys(struct arena *arena, const struct card *card, str region)
{
	return card_is_group(card) ? group_keys(arena, card)
				   : person_keys(arena, card, region);
}
