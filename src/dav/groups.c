/* groups.c - how the caller sees groups: as cards, as categories, as both. */
#include "dav/dav_int.h"

static const struct {
	str word;
	enum book_groups groups;
} words[] = {
	{ STR_CONST("both"), BOOK_GROUPS_BOTH },
	{ STR_CONST("cards"), BOOK_GROUPS_CARDS },
	{ STR_CONST("categories"), BOOK_GROUPS_CATEGORIES },
};

enum book_groups
dav_groups(const struct call *call, const struct dav_client *client)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_same(call->device.groups, words[i].word))
			return words[i].groups;
	return client->groups;
}

bool
dav_hides(const struct dav *d, const struct book_card *card)
{
	return card->is_group && d->groups == BOOK_GROUPS_CATEGORIES;
}
