/* twins.c - cards that are likely of one person. */
#include "book/twins.h"

#include <stdlib.h>

#include "book/twins_int.h"
#include "card/unite.h"

#define HITS_MAX (BOOK_TWINS_SHARED_MAX + 1) /* of one key: one more says "too many" */

/* --- all of them --- */

static int
nodes_in_order(const void *a, const void *b)
{
	int64_t x = ((const struct node *)a)->id;
	int64_t y = ((const struct node *)b)->id;

	return x < y ? -1 : x > y;
}

static size_t
book_at(const struct looking *l, int64_t id)
{
	size_t at = 0;

	while (at < l->book_count && l->books[at].id != id)
		at++;
	return at;
}

/* Only of books that are there: a removed one keeps its rows. */
static size_t
drop_gone(const struct looking *l, struct store_hit *hits, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (book_at(l, hits[i].book) < l->book_count)
			hits[kept++] = hits[i];
	return kept;
}

static void
make_nodes(struct looking *l, const struct store_hit *hits, size_t count)
{
	size_t kept = 0;

	l->nodes = ARENA_ARRAY(l->call->arena, struct node, count + 1);
	for (size_t i = 0; i < count; i++)
		l->nodes[i] = (struct node){ .id = hits[i].card,
			.book = book_at(l, hits[i].book) };
	if (count)
		qsort(l->nodes, count, sizeof *l->nodes, nodes_in_order);
	for (size_t i = 0; i < count; i++)
		if (!kept || l->nodes[kept - 1].id != l->nodes[i].id)
			l->nodes[kept++] = l->nodes[i];
	l->node_count = kept;
	for (size_t i = 0; i < kept; i++) {
		l->nodes[i].root = i;
		l->nodes[i].size = 1;
	}
}

static size_t
node_of(const struct looking *l, int64_t id)
{
	struct node key = { .id = id };
	const struct node *found =
	    bsearch(&key, l->nodes, l->node_count, sizeof *l->nodes, nodes_in_order);

	return (size_t)(found - l->nodes);
}

static size_t
root_of(const struct looking *l, size_t n)
{
	while (l->nodes[n].root != n)
		n = l->nodes[n].root = l->nodes[l->nodes[n].root].root;
	return n;
}

static void
say(struct looking *l, size_t node, enum book_same by, str value)
{
	if (l->said_count < l->said_room)
		l->said[l->said_count++] = (struct said){ node, { by, value } };
}

static enum err
link_pair(struct looking *l, size_t a, size_t b, enum book_same by, str value)
{
	size_t x = root_of(l, a);
	size_t y = root_of(l, b);
	bool one;

	TRY(twin_may_be(l, &l->nodes[a], &l->nodes[b], by, &one));
	if (!one || (x != y && l->nodes[x].size + l->nodes[y].size > CARD_UNITE_MAX))
		return OK;
	if (x != y) {
		l->nodes[y].root = x;
		l->nodes[x].size += l->nodes[y].size;
	}
	say(l, a, by, value);
	return OK;
}

/* All cards of one value, in one sense of it. */
static enum err
link_run(
    struct looking *l, const struct store_hit *hits, size_t count, enum book_same by)
{
	size_t cards[BOOK_TWINS_SHARED_MAX];
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		enum book_same same;
		size_t node = node_of(l, hits[i].card);
		bool twice = false;

		if (!twin_same(hits[i].kind, &same) || same != by)
			continue;
		for (size_t k = 0; k < n; k++)
			twice |= cards[k] == node;
		if (twice)
			continue;
		if (n == BOOK_TWINS_SHARED_MAX)
			return OK;
		cards[n++] = node;
	}
	for (size_t a = 0; a < n; a++)
		for (size_t b = a + 1; b < n; b++)
			TRY(link_pair(l, cards[a], cards[b], by, hits[0].value));
	return OK;
}

static enum err
link_all(struct looking *l, const struct store_hit *hits, size_t count)
{
	static const enum book_same senses[] = { BOOK_SAME_PHONE, BOOK_SAME_MAIL,
		BOOK_SAME_NAME };

	/* A number or an address says more than a name: they come first. */
	for (size_t s = 0; s < sizeof senses / sizeof *senses; s++)
		for (size_t from = 0, until; from < count; from = until) {
			for (until = from + 1;
			     until < count &&
			     str_same(hits[until].value, hits[from].value);
			     until++)
				;
			TRY(link_run(l, hits + from, until - from, senses[s]));
		}
	return OK;
}

/* --- clusters --- */

static bool
has_reason(const struct book_cluster *c, const struct book_reason *reason)
{
	for (size_t i = 0; i < c->reason_count; i++)
		if (c->reasons[i].by == reason->by &&
		    str_same(c->reasons[i].value, reason->value))
			return true;
	return false;
}

/* A name is said once: N in two orders is two keys. */
static bool
is_said(const struct book_cluster *c, const struct book_reason *reason)
{
	for (size_t i = 0; i < c->reason_count; i++)
		if (reason->by == BOOK_SAME_NAME && c->reasons[i].by == reason->by)
			return true;
	return has_reason(c, reason);
}

static int
fullest_first(const void *a, const void *b)
{
	int64_t x = ((const struct book_alike *)a)->card.size;
	int64_t y = ((const struct book_alike *)b)->card.size;

	return x < y ? 1 : x > y ? -1 : 0;
}

static void
fill_cluster(struct looking *l, size_t root, struct book_cluster *out)
{
	struct arena *arena = l->call->arena;

	out->list = ARENA_ARRAY(arena, struct book_alike, l->nodes[root].size);
	for (size_t i = 0; i < l->node_count; i++)
		if (root_of(l, i) == root)
			out->list[out->count++] = (struct book_alike){
				.book =
				    book_of_row(l->call, &l->books[l->nodes[i].book]),
				.card = card_of_row(&l->nodes[i].card),
			};
	qsort(out->list, out->count, sizeof *out->list, fullest_first);
	out->reasons = ARENA_ARRAY(arena, struct book_reason, l->said_count);
	for (size_t i = 0; i < l->said_count; i++)
		if (root_of(l, l->said[i].node) == root &&
		    !is_said(out, &l->said[i].reason))
			out->reasons[out->reason_count++] = l->said[i].reason;
}

struct ranked {
	size_t root;
	str key;
};

static int
ranked_in_order(const void *a, const void *b)
{
	return str_compare(
	    ((const struct ranked *)a)->key, ((const struct ranked *)b)->key);
}

static void
fill_clusters(struct looking *l, struct book_clusters *out)
{
	struct ranked *ranked =
	    ARENA_ARRAY(l->call->arena, struct ranked, l->node_count + 1);
	size_t count = 0;

	for (size_t i = 0; i < l->node_count; i++)
		if (root_of(l, i) == i && l->nodes[i].size > 1)
			ranked[count++] =
			    (struct ranked){ i, l->nodes[i].card.sort_key };
	if (count)
		qsort(ranked, count, sizeof *ranked, ranked_in_order);
	out->count = count < BOOK_TWINS_MAX ? count : BOOK_TWINS_MAX;
	out->more = out->count < count;
	out->list = ARENA_ARRAY(l->call->arena, struct book_cluster, out->count);
	for (size_t i = 0; i < out->count; i++)
		fill_cluster(l, ranked[i].root, &out->list[i]);
}

static enum err
begin(struct looking *l)
{
	TRY(store_look(l->call->store, &l->tx));
	TRY(store_book_list(
	    l->tx, l->call->arena, l->call->who, &l->books, &l->book_count));
	return store_apart_list(
	    l->tx, l->call->arena, l->call->who, &l->apart, &l->apart_count);
}

static enum err
find_all(struct looking *l, struct book_clusters *out)
{
	struct store_hit *hits;
	size_t count;

	TRY(store_twin_keys(l->tx, l->call->arena, l->call->who, CARD_KEY_NAME,
	    CARD_KEY_EMAIL, BOOK_TWINS_ROWS_MAX, &hits, &count));
	out->more = count == BOOK_TWINS_ROWS_MAX;
	count = drop_gone(l, hits, count);
	make_nodes(l, hits, count);
	l->said_room = count * BOOK_TWINS_SHARED_MAX;
	l->said = ARENA_ARRAY(l->call->arena, struct said, l->said_room + 1);
	TRY(link_all(l, hits, count));
	fill_clusters(l, out);
	return OK;
}

enum err
book_twins(const struct call *call, struct book_clusters *out)
{
	struct looking l = { .call = call };
	enum err e = begin(&l);

	*out = (struct book_clusters){ 0 };
	if (e == OK)
		e = find_all(&l, out);
	store_tx_close(&l.tx);
	return e;
}

/* --- of one card --- */

static bool
is_listed(const struct book_alike *list, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].card.id == id)
			return true;
	return false;
}

static enum err
add_alike(struct looking *l, struct node *self, const struct store_hit *hit,
    struct book_reason reason, struct book_alike *list, size_t *count)
{
	struct node other = { .id = hit->card, .book = book_at(l, hit->book) };
	bool one;

	if (other.book == l->book_count || *count == BOOK_TWINS_OF_MAX ||
	    is_listed(list, *count, other.id))
		return OK;
	TRY(twin_may_be(l, self, &other, reason.by, &one));
	if (one)
		list[(*count)++] =
		    (struct book_alike){ book_of_row(l->call, &l->books[other.book]),
			    card_of_row(&other.card), reason };
	return OK;
}

/* A number is the same whatever the cards call it. */
static enum err
hits_of(const struct looking *l, const struct store_key *key, enum book_same by,
    struct store_hit **out, size_t *count)
{
	struct store_key keys[] = { { CARD_KEY_MOBILE, key->value },
		{ CARD_KEY_WORK_TEL, key->value }, { CARD_KEY_HOME_TEL, key->value },
		{ CARD_KEY_TEL, key->value } };

	return store_key_find(l->tx, l->call->arena, l->call->who,
	    by == BOOK_SAME_PHONE ? keys : key, by == BOOK_SAME_PHONE ? 4 : 1,
	    (size_t)HITS_MAX * 4, out, count);
}

static enum err
find_of(struct looking *l, struct node *self, struct book_alike *list, size_t *count)
{
	TRY(twin_look(l, self));
	for (size_t i = 0; i < self->key_count; i++) {
		struct book_reason reason = { .value = self->keys[i].value };
		struct store_hit *hits;
		size_t found;

		if (!twin_same(self->keys[i].kind, &reason.by))
			continue;
		TRY(hits_of(l, &self->keys[i], reason.by, &hits, &found));
		for (size_t h = 0; found <= BOOK_TWINS_SHARED_MAX && h < found; h++)
			TRY(add_alike(l, self, &hits[h], reason, list, count));
	}
	return OK;
}

enum err
book_twins_of(const struct call *call, const struct book *book,
    const struct book_card *card, struct book_alike **out, size_t *count)
{
	struct looking l = { .call = call };
	struct node self = { .id = card->id };
	enum err e;

	*count = 0;
	*out = ARENA_ARRAY(call->arena, struct book_alike, BOOK_TWINS_OF_MAX);
	if (book->account != call->who || card->is_group)
		return OK;
	e = begin(&l);
	self.book = book_at(&l, book->id);
	if (e == OK && self.book < l.book_count)
		e = find_of(&l, &self, *out, count);
	store_tx_close(&l.tx);
	return e;
}

/* --- not the same --- */

struct setting {
	const struct call *call;
	const struct book_alike *list;
	size_t count;
	bool apart;
};

static enum err
set_rows(struct store_tx *tx, void *arg)
{
	const struct setting *s = arg;

	for (size_t a = 0; a < s->count; a++)
		for (size_t b = a + 1; b < s->count; b++) {
			struct store_card x = { .id = s->list[a].card.id,
				.uid = s->list[a].card.uid };
			struct store_card y = { .id = s->list[b].card.id,
				.uid = s->list[b].card.uid };
			struct store_apart pair = twin_pair(s->call->arena, &x, &y);

			if (s->apart)
				TRY(store_apart_put(
				    tx, s->call->who, &pair, s->call->now_ms));
			else
				TRY(store_apart_remove(tx, s->call->who, &pair));
		}
	return OK;
}

enum err
book_set_apart(
    const struct call *call, const struct book_alike *list, size_t count, bool apart)
{
	struct setting s = { call, list, count, apart };

	for (size_t i = 0; i < count; i++)
		TRY(may_rule(call, &list[i].book));
	return store_write(call->store, set_rows, &s);
}
