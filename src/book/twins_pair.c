/* twins_pair.c - whether two cards that share a value may be of one person. */
#include <stdlib.h>

#include "book/twins_int.h"
#include "card/field.h"

/* --- what keys say --- */

bool
twin_same(int64_t kind, enum book_same *out)
{
	switch ((int)kind) {
	case CARD_KEY_NAME: *out = BOOK_SAME_NAME; return true;
	case CARD_KEY_MOBILE:
	case CARD_KEY_WORK_TEL:
	case CARD_KEY_HOME_TEL:
	case CARD_KEY_TEL: *out = BOOK_SAME_PHONE; return true;
	case CARD_KEY_EMAIL: *out = BOOK_SAME_MAIL; return true;
	default: return false;
	}
}

static bool
has_key(const struct node *n, int64_t kind, str value)
{
	for (size_t i = 0; i < n->key_count; i++)
		if (n->keys[i].kind == kind && str_same(n->keys[i].value, value))
			return true;
	return false;
}

/* Both have some of that kind, and none in common. */
static bool
differ_in(const struct node *a, const struct node *b, int64_t kind)
{
	bool some = false;
	bool others = false;

	for (size_t i = 0; i < b->key_count; i++)
		others |= b->keys[i].kind == kind;
	for (size_t i = 0; i < a->key_count; i++) {
		if (a->keys[i].kind != kind)
			continue;
		some = true;
		if (has_key(b, kind, a->keys[i].value))
			return false;
	}
	return some && others;
}

/* --- a card --- */

enum err
twin_look(const struct looking *l, struct node *n)
{
	if (n->looked)
		return OK;
	n->looked = true;
	TRY(store_card_by_id(
	    l->tx, l->call->arena, l->call->who, n->id, STORE_HEAD, &n->card));
	return store_card_keys(
	    l->tx, l->call->arena, l->call->who, n->id, &n->keys, &n->key_count);
}

static enum err
birthday(const struct looking *l, const struct node *n, struct arena *arena, str *out)
{
	struct store_card whole;
	struct card_items items;
	struct card *card;
	struct why why;

	*out = (str){ 0 };
	TRY(store_card_by_id(l->tx, arena, l->call->who, n->id, STORE_WHOLE, &whole));
	if (card_read(arena, whole.bytes, &card, &why) != OK)
		return OK;
	items = card_items(arena, card, l->books[n->book].region);
	for (size_t i = 0; i < items.count; i++)
		if (items.list[i].field == CARD_F_BDAY)
			*out = items.list[i].key;
	return OK;
}

static enum err
contradict(
    const struct looking *l, const struct node *a, const struct node *b, bool *out)
{
	SCOPED(arena) arena = arena_open();
	str one;
	str other;

	*out = differ_in(a, b, CARD_KEY_MOBILE) || differ_in(a, b, CARD_KEY_EMAIL);
	if (*out)
		return OK;
	TRY(birthday(l, a, arena, &one));
	if (!one.len)
		return OK;
	TRY(birthday(l, b, arena, &other));
	*out = other.len && !str_same(one, other);
	return OK;
}

/* --- what the owner said --- */

/* What a card goes by: its UID, or its id where it has none. */
static str
name_of(struct arena *arena, const struct store_card *card)
{
	return card->uid.len ? card->uid
			     : arena_printf(arena, "#%lld", (long long)card->id);
}

struct store_apart
twin_pair(struct arena *arena, const struct store_card *a, const struct store_card *b)
{
	str one = name_of(arena, a);
	str other = name_of(arena, b);

	return str_compare(one, other) < 0 ? (struct store_apart){ one, other }
					   : (struct store_apart){ other, one };
}

static int
pairs_in_order(const void *a, const void *b)
{
	const struct store_apart *x = a;
	const struct store_apart *y = b;
	int first = str_compare(x->one, y->one);

	return first ? first : str_compare(x->other, y->other);
}

static bool
are_apart(const struct looking *l, const struct node *a, const struct node *b)
{
	struct store_apart pair = twin_pair(l->call->arena, &a->card, &b->card);

	return l->apart_count && bsearch(&pair, l->apart, l->apart_count,
				     sizeof *l->apart, pairs_in_order);
}

/* Whether two cards that share a value may be of one person. */
enum err
twin_may_be(const struct looking *l, struct node *a, struct node *b, enum book_same by,
    bool *out)
{
	bool no = false;

	*out = false;
	TRY(twin_look(l, a));
	TRY(twin_look(l, b));
	if (a->id == b->id || are_apart(l, a, b) ||
	    (a->card.uid.len && str_same(a->card.uid, b->card.uid)))
		return OK;
	if (by == BOOK_SAME_NAME)
		TRY(contradict(l, a, b, &no));
	*out = !no;
	return OK;
}
