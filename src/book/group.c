/* group.c - groups and categories, kept in step. */
#include "card/group.h"

#include "book/group_int.h"
#include "card/key.h"
#include "seal/seal.h"

#define GROUPS_MAX 1000 /* that have one person, or one name */

enum err
regroup_begin(struct regrouping *r, const struct store_card *old)
{
	struct store_key *keys;

	if (!old)
		return OK;
	r->was_group = old->is_group;
	TRY(store_card_keys(
	    r->tx, r->call->arena, r->book->account, old->id, &keys, &r->before_count));
	r->before = keys;
	return OK;
}

static bool
has(const struct store_key *keys, size_t count, enum card_key_kind kind, str value)
{
	for (size_t i = 0; i < count; i++)
		if (keys[i].kind == (int64_t)kind && str_same(keys[i].value, value))
			return true;
	return false;
}

/* The group's name among its keys. */
static str
name_in(const struct store_key *keys, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (keys[i].kind == CARD_KEY_GROUP)
			return keys[i].value;
	return (str){ 0 };
}

/* --- other cards of the book --- */

static enum err
with_key(const struct regrouping *r, enum card_key_kind kind, str value,
    struct store_card *list, size_t room, size_t *count)
{
	struct store_key key = { (int64_t)kind, value };
	struct store_hit *hits;
	size_t found;

	*count = 0;
	TRY(store_key_find(r->tx, r->call->arena, r->book->account, &key, 1, GROUPS_MAX,
	    &hits, &found));
	for (size_t i = 0; i < found && *count < room; i++)
		if (hits[i].book == r->book->id)
			TRY(store_card_by_id(r->tx, r->call->arena, r->book->account,
			    hits[i].card, STORE_WHOLE, &list[(*count)++]));
	return OK;
}

enum err
regroup_rewrite(const struct regrouping *r, const struct store_card *old, str text)
{
	struct store_book book = *r->book;
	struct store_origin origin = *r->origin;
	struct prepared fresh;
	struct why why;

	if (text.at == old->bytes.at)
		return OK;
	origin.note = STR("group");
	TRY(prepare_card(r->call->arena, r->region, text, &fresh, &why));
	fresh.row.name = old->name;
	fresh.row.modified_ms = r->call->now_ms;
	return store_card_put(
	    r->tx, &book, &fresh.row, old, fresh.keys, fresh.key_count, &origin);
}

/* The person of that UID gets or loses a category. */
static enum err
set_category(const struct regrouping *r, str uid, str name, bool in)
{
	struct store_card person;
	struct card *card;
	struct why why;
	str text;
	enum err e = store_card_by_uid(
	    r->tx, r->call->arena, r->book, uid, STORE_WHOLE, &person);

	if (e == ERR_NOT_FOUND || (e == OK && person.is_group))
		return OK; /* a member that is not here (yet) */
	TRY(e);
	TRY(card_read(r->call->arena, person.bytes, &card, &why));
	TRY(card_category_set(r->call->arena, card, name, in, &text));
	return regroup_rewrite(r, &person, text);
}

static enum err
set_member(const struct regrouping *r, const struct store_card *group, bool in)
{
	struct card *card;
	struct why why;
	str text;

	TRY(card_read(r->call->arena, group->bytes, &card, &why));
	TRY(card_member_set(r->call->arena, card, r->uid, in, &text));
	return regroup_rewrite(r, group, text);
}

static enum err
make_group(const struct regrouping *r, str name)
{
	struct arena *arena = r->call->arena;
	struct store_book book = *r->book;
	struct store_origin origin = *r->origin;
	struct prepared fresh;
	struct why why;
	str uid = seal_token(arena);

	origin.note = STR("group");
	TRY(prepare_card(arena, r->region,
	    card_new_group(arena, CARD_V3, uid, name, r->uid), &fresh, &why));
	fresh.row.name = arena_printf(arena, STR_FMT ".vcf", STR_ARG(uid));
	fresh.row.modified_ms = r->call->now_ms;
	return store_card_put(
	    r->tx, &book, &fresh.row, NULL, fresh.keys, fresh.key_count, &origin);
}

/* --- a person's card --- */

/* Each group the person is in, by `each` with its name. */
struct group_list {
	struct store_card *list;
	size_t count;
};

static enum err
groups_of(const struct regrouping *r, struct group_list *out)
{
	struct store_key key = { CARD_KEY_MEMBER,
		card_uid_key(r->call->arena, r->uid) };
	struct store_hit *hits;
	size_t found;

	*out = (struct group_list){ 0 };
	if (!r->uid.len)
		return OK;
	TRY(store_key_find(r->tx, r->call->arena, r->book->account, &key, 1, GROUPS_MAX,
	    &hits, &found));
	if (!found)
		return OK;
	out->list = ARENA_ARRAY(r->call->arena, struct store_card, found);
	return with_key(r, CARD_KEY_MEMBER, key.value, out->list, found, &out->count);
}

enum err
regroup_join(struct regrouping *r, str *text)
{
	struct arena *arena = r->call->arena;
	struct group_list groups;
	struct card *card;
	struct why why;

	if (r->is_group)
		return OK;
	TRY(groups_of(r, &groups));
	for (size_t i = 0; i < groups.count; i++) {
		str name = str_trim(groups.list[i].fn);

		/* What its device took away on purpose stays away. */
		if (has(r->after, r->after_count, CARD_KEY_CATEGORY, name) ||
		    (r->groups != BOOK_GROUPS_CARDS &&
			has(r->before, r->before_count, CARD_KEY_CATEGORY, name)))
			continue;
		TRY(card_read(arena, *text, &card, &why));
		TRY(card_category_set(arena, card, name, true, text));
	}
	return OK;
}

static enum err
leave(const struct regrouping *r, str name)
{
	struct group_list groups;

	TRY(groups_of(r, &groups));
	for (size_t i = 0; i < groups.count; i++)
		if (str_same(str_trim(groups.list[i].fn), name))
			TRY(set_member(r, groups.list + i, false));
	return OK;
}

static enum err
join(const struct regrouping *r, str name)
{
	struct store_card group;
	size_t count;

	TRY(with_key(r, CARD_KEY_GROUP, name, &group, 1, &count));
	if (count)
		return set_member(r, &group, true);
	return r->groups == BOOK_GROUPS_CATEGORIES ? make_group(r, name) : OK;
}

static enum err
person_changed(const struct regrouping *r)
{
	if (r->groups == BOOK_GROUPS_CARDS || !r->uid.len)
		return OK;
	for (size_t i = 0; i < r->before_count; i++)
		if (r->before[i].kind == CARD_KEY_CATEGORY &&
		    !has(r->after, r->after_count, CARD_KEY_CATEGORY,
			r->before[i].value))
			TRY(leave(r, r->before[i].value));
	for (size_t i = 0; i < r->after_count; i++)
		if (r->after[i].kind == CARD_KEY_CATEGORY &&
		    !has(r->before, r->before_count, CARD_KEY_CATEGORY,
			r->after[i].value))
			TRY(join(r, r->after[i].value));
	return OK;
}

/* --- a group's card --- */

static enum err
members_changed(const struct regrouping *r, const struct store_key *of, size_t count,
    const struct store_key *other, size_t other_count, bool in)
{
	str name = name_in(of, count);
	bool renamed = !str_same(name, name_in(other, other_count));

	for (size_t i = 0; name.len && i < count; i++)
		if (of[i].kind == CARD_KEY_MEMBER &&
		    (renamed || !has(other, other_count, CARD_KEY_MEMBER, of[i].value)))
			TRY(set_category(r, of[i].value, name, in));
	return OK;
}

enum err
regroup_others(struct regrouping *r)
{
	if (!r->was_group && !r->is_group)
		return person_changed(r);
	TRY(members_changed(
	    r, r->before, r->before_count, r->after, r->after_count, false));
	return members_changed(
	    r, r->after, r->after_count, r->before, r->before_count, true);
}
