/*
 * group.h - groups, in the two ways cards tell of them: a card of KIND group lists its
 * members by UID; a person's card names its groups in CATEGORIES.
 *
 * MEMBER and KIND are RFC 6350 6.6.5 and 6.1.4, in 3.0 Apple's X-ADDRESSBOOKSERVER-*.
 * Pure; results live in the arena.
 */
#ifndef KITH_CARD_GROUP_H
#define KITH_CARD_GROUP_H

#include "card/card.h"

#define CARD_MAX_MEMBERS \
	5000 /* of a group; further ones are in the card, but not counted */

bool card_is_group(const struct card *card);

struct card_names {
	str *list;
	size_t count;
};

/* The UIDs of a group's members, lower case and without "urn:uuid:". */
struct card_names card_members(struct arena *arena, const struct card *card);

/* What CATEGORIES name, unescaped and trimmed, each once. */
struct card_names card_categories(struct arena *arena, const struct card *card);
bool card_names_have(const struct card_names *names, str name);

/* The card with that category or without it; the same bytes where it is so already. */
enum err card_category_set(
    struct arena *arena, const struct card *card, str name, bool in, str *out);

/* The group with that member or without it (`uid` as its card writes it). */
enum err card_member_set(
    struct arena *arena, const struct card *card, str uid, bool in, str *out);

/* With all of those or without them, in one go. */
enum err card_members_set(struct arena *arena, const struct card *card, const str *uids,
    size_t count, bool in, str *out);

/* The group under another name. */
enum err card_group_rename(
    struct arena *arena, const struct card *card, str name, str *out);

/* A group of one member; of none where `member` is empty. */
str card_new_group(
    struct arena *arena, enum card_version version, str uid, str name, str member);

/* A UID as groups compare it: lower case, without "urn:uuid:". */
str card_uid_key(struct arena *arena, str uid);

#endif
