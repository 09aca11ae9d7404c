/* unite.c - cards of one person made one, and taken apart. */
#include "book/unite.h"

#include "book/book_in.h"
#include "book/group_int.h"
#include "card/group.h"
#include "store/ask.h"
#include "store/said.h"

#define UNITED        STR("united") /* how the note of such a version begins */
#define VERSIONS_SEEN 20            /* among which the one before it is looked for */
#define GROUPS_MAX    1000
#define APART         STR("taken apart")

static enum err
refuse(struct why *why, const char *what, str name)
{
	*why = (struct why){ .what = what, .name = name };
	return ERR_BAD_INPUT;
}

/* --- what is to be one --- */

static bool
is_twice(const struct book_unite *unite, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (unite->list[i].book.id == unite->list[at].book.id &&
		    str_same(unite->list[i].name, unite->list[at].name))
			return true;
	return false;
}

/* In a book that is lent only within that book: taking apart looks into all of them. */
static enum err
may_unite(const struct call *call, const struct book_unite *unite, struct why *why)
{
	if (unite->count < 2 || unite->count > CARD_UNITE_MAX)
		return refuse(why, "two to ten cards", (str){ 0 });
	for (size_t i = 0; i < unite->count; i++) {
		const struct book *book = &unite->list[i].book;

		TRY(may_write(call, book));
		if (book->id != unite->list[0].book.id)
			TRY(may_rule(call, book));
		if (is_twice(unite, i))
			return refuse(why, "one card twice", unite->list[i].name);
	}
	return unite->list[0].book.account == unite->list[unite->count - 1].book.account
		   ? OK
		   : ERR_FORBIDDEN;
}

static enum err
read_all(struct store_tx *tx, const struct call *call, const struct book_unite *unite,
    struct store_card *rows, struct card **cards, struct why *why)
{
	for (size_t i = 0; i < unite->count; i++) {
		const struct book_unite_one *one = &unite->list[i];
		struct store_book book = row_of_book(&one->book);

		TRY(store_card_find(
		    tx, call->arena, &book, one->name, STORE_WHOLE, &rows[i]));
		if (one->etag.len && !str_same(one->etag, rows[i].etag))
			return ERR_CONDITION;
		TRY(card_read(call->arena, rows[i].bytes, &cards[i], why));
	}
	return OK;
}

enum err
book_unite_look(const struct call *call, const struct book_unite *unite,
    struct book_card *list, struct card_unite_fields *out, struct why *why)
{
	SCOPED(store_tx) tx = NULL;
	struct store_card rows[CARD_UNITE_MAX];
	struct card *cards[CARD_UNITE_MAX];
	struct card_unite of = { cards, unite->count, unite->list[0].book.region,
		call->now_ms };

	TRY(may_unite(call, unite, why));
	TRY(store_look(call->store, &tx));
	TRY(read_all(tx, call, unite, rows, cards, why));
	for (size_t i = 0; i < unite->count; i++)
		list[i] = card_of_row(&rows[i]);
	return card_unite_look(call->arena, &of, out, why);
}

/* --- groups --- */

static struct regrouping
regrouping_of(struct store_tx *tx, const struct call *call, const struct book *book,
    const struct store_book *row, const struct store_origin *origin)
{
	return (struct regrouping){ .tx = tx,
		.call = call,
		.book = row,
		.region = book->region,
		.origin = origin };
}

/* The book's groups that list that UID. */
static enum err
groups_with(const struct regrouping *r, str uid, struct store_card **out, size_t *count)
{
	struct arena *arena = r->call->arena;
	struct store_key key = { CARD_KEY_MEMBER, card_uid_key(arena, uid) };
	struct store_hit *hits;
	size_t found = 0;

	*count = 0;
	if (key.value.len)
		TRY(store_key_find(r->tx, arena, r->book->account, &key, 1, GROUPS_MAX,
		    &hits, &found));
	*out = ARENA_ARRAY(arena, struct store_card, found);
	for (size_t i = 0; i < found; i++)
		if (hits[i].book == r->book->id)
			TRY(store_card_by_id(r->tx, arena, r->book->account,
			    hits[i].card, STORE_WHOLE, &(*out)[(*count)++]));
	return OK;
}

/* Before the cards themselves change, so that those of the members stay untouched. */
static enum err
hand_over(const struct regrouping *r, const struct card *gone, const struct card *kept)
{
	struct arena *arena = r->call->arena;
	struct store_card *groups;
	size_t count;

	TRY(groups_with(r, gone->uid, &groups, &count));
	for (size_t i = 0; i < count; i++) {
		struct card *group;
		struct why why;
		str text;

		TRY(card_read(arena, groups[i].bytes, &group, &why));
		TRY(card_member_set(arena, group, str_trim(gone->uid), false, &text));
		TRY(card_read(arena, text, &group, &why));
		if (kept->uid.len)
			TRY(card_member_set(
			    arena, group, str_trim(kept->uid), true, &text));
		TRY(regroup_rewrite(r, &groups[i], text));
	}
	return OK;
}

/* --- done --- */

struct uniting {
	const struct call *call;
	const struct book_unite *unite;
	struct book_put_done *out;
	struct why *why;
};

/* What was asked and said about a gone card goes with it; *note: those asks' ids. */
static enum err
move_asks(struct store_tx *tx, const struct uniting *u, const struct store_card *kept,
    const struct store_card *gone, const struct book_unite_one *one, struct buf *note)
{
	const struct book_unite_one *to = &u->unite->list[0];
	struct store_ask *asks;
	size_t count;

	TRY(store_said_copy(tx, to->book.account, gone->id, kept->id));
	TRY(store_ask_of_card(tx, u->call->arena, one->book.account, one->book.id,
	    one->name, BOOK_UNITE_ASKS, &asks, &count));
	for (size_t i = 0; i < count; i++) {
		buf_addf(note, "%s%lld", i ? "," : "", (long long)asks[i].id);
		TRY(store_ask_place(tx, to->book.account, asks[i].id, to->book.id,
		    to->name, kept->uid));
	}
	return OK;
}

/* "united/BOOK/NAME/ASK,ASK/BOOK/NAME/...": no name has a slash. */
static enum err
note_of(struct store_tx *tx, const struct uniting *u, const struct store_card *rows,
    str *out)
{
	struct buf note = buf_in(u->call->arena, SIZE_MAX);

	buf_add(&note, UNITED);
	for (size_t i = 1; i < u->unite->count; i++) {
		const struct book_unite_one *one = &u->unite->list[i];

		buf_addf(&note, "/%lld/", (long long)one->book.id);
		buf_add(&note, one->name);
		buf_add_char(&note, '/');
		TRY(move_asks(tx, u, &rows[0], &rows[i], one, &note));
	}
	*out = buf_str(&note);
	return OK;
}

static enum err
hand_over_all(struct store_tx *tx, const struct uniting *u, struct card *const *cards)
{
	const struct book *book = &u->unite->list[0].book;
	struct store_book row = row_of_book(book);
	struct store_origin origin = origin_of(u->call, u->unite->by, (str){ 0 });
	struct regrouping r = regrouping_of(tx, u->call, book, &row, &origin);

	for (size_t i = 1; i < u->unite->count; i++)
		if (u->unite->list[i].book.id == book->id)
			TRY(hand_over(&r, cards[i], cards[0]));
	return OK;
}

static enum err
remove_others(struct store_tx *tx, const struct uniting *u)
{
	static const struct book_when always = { .kind = BOOK_ALWAYS };

	for (size_t i = 1; i < u->unite->count; i++)
		TRY(book_card_remove_in(tx, u->call, &u->unite->list[i].book,
		    u->unite->list[i].name, &always, u->unite->by));
	return OK;
}

static enum err
unite_rows(struct store_tx *tx, void *arg)
{
	struct uniting *u = arg;
	const struct book_unite *unite = u->unite;
	struct store_card rows[CARD_UNITE_MAX];
	struct card *cards[CARD_UNITE_MAX];
	struct card_unite of = { cards, unite->count, unite->list[0].book.region,
		u->call->now_ms };
	struct book_put put = {
		.name = unite->list[0].name, .by = unite->by, .anew = true
	};

	TRY(read_all(tx, u->call, unite, rows, cards, u->why));
	TRY(card_unite(
	    u->call->arena, &of, unite->picks, unite->pick_count, &put.bytes, u->why));
	TRY(note_of(tx, u, rows, &put.note));
	TRY(hand_over_all(tx, u, cards));
	TRY(book_put_in(tx, u->call, &unite->list[0].book, &put, u->out, u->why));
	return remove_others(tx, u);
}

enum err
book_unite(const struct call *call, const struct book_unite *unite,
    struct book_put_done *out, struct why *why)
{
	struct uniting u = { call, unite, out, why };

	TRY(may_unite(call, unite, why));
	return store_write(call->store, unite_rows, &u);
}

/* --- taken apart --- */

enum err
book_is_united(const struct call *call, const struct book *book, str name, bool *out)
{
	struct book_version now;

	TRY(book_version_now(call, book, name, &now));
	*out = str_starts(now.note, UNITED);
	return OK;
}

struct parting {
	struct store_tx *tx;
	const struct call *call;
	const struct book *book;
	str name;
	int64_t at_ms; /* when the cards were united */
	struct why *why;
};

/* The version of that name that ended when they were united. */
static enum err
version_before(const struct parting *p, const struct store_book *book, str name,
    bool removed, struct store_version *out)
{
	struct store_version *list;
	size_t count;

	TRY(store_version_list(
	    p->tx, p->call->arena, book, name, VERSIONS_SEEN, &list, &count));
	for (size_t i = 0; i < count; i++)
		if (list[i].until_ms == p->at_ms && list[i].removed == removed &&
		    !list[i].refused)
			return store_version_find(
			    p->tx, p->call->arena, book, name, list[i].rev, out);
	return ERR_NOT_FOUND;
}

/* A group as it was; one that has changed since gets its member back. */
static enum err
give_back(const struct parting *p, const struct regrouping *r,
    const struct store_card *group, str uid)
{
	struct store_version then;
	struct card *card;
	struct why why;
	enum err e = version_before(p, r->book, group->name, false, &then);
	str text = then.bytes;

	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(card_read(p->call->arena, then.bytes, &card, &why));
	if (group->modified_ms != p->at_ms) {
		struct card_names had = card_members(p->call->arena, card);

		if (!card_names_have(&had, card_uid_key(p->call->arena, uid)))
			return OK;
		TRY(card_read(p->call->arena, group->bytes, &card, &why));
		TRY(card_member_set(p->call->arena, card, uid, true, &text));
	}
	return regroup_rewrite(r, group, text);
}

static enum err
give_back_all(const struct parting *p, str kept_uid, str gone_uid)
{
	struct store_book row = row_of_book(p->book);
	struct store_origin origin = origin_of(p->call, BOOK_BY_UNDO, (str){ 0 });
	struct regrouping r = regrouping_of(p->tx, p->call, p->book, &row, &origin);
	struct store_card *groups;
	size_t count;

	TRY(groups_with(&r, kept_uid, &groups, &count));
	for (size_t i = 0; gone_uid.len && i < count; i++)
		TRY(give_back(p, &r, &groups[i], gone_uid));
	return OK;
}

static enum err
put_back(const struct parting *p, const struct book *book,
    const struct store_version *then, enum book_when_kind when)
{
	struct book_put put = { .name = then->name,
		.when = { .kind = when },
		.bytes = then->bytes,
		.by = BOOK_BY_UNDO,
		.note = APART,
		.anew = true };
	struct book_put_done done;

	return book_put_in(p->tx, p->call, book, &put, &done, p->why);
}

/* The asks that came with it go back to it. */
static enum err
asks_back(
    const struct parting *p, const struct store_version *then, int64_t book, str asks)
{
	while (asks.len) {
		int64_t id;

		if (!str_number(str_cut(&asks, ','), &id))
			return ERR_CONDITION;
		TRY(store_ask_place(
		    p->tx, p->book->account, id, book, then->name, then->uid));
	}
	return OK;
}

/* The next one of the note, as it was. */
static enum err
read_gone(
    const struct parting *p, str *note, struct book *book, struct store_version *then)
{
	struct store_book row;
	int64_t id;

	if (!str_number(str_cut(note, '/'), &id))
		return ERR_CONDITION;
	TRY(store_book_by_id(p->tx, p->call->arena, p->book->account, id, &row));
	*book = id == p->book->id ? *p->book : book_of_row(p->call, &row);
	TRY(may_write(p->call, book));
	TRY(version_before(p, &row, str_cut(note, '/'), true, then));
	return asks_back(p, then, id, str_cut(note, '/'));
}

static enum err
part(const struct parting *p, str note)
{
	struct store_book row = row_of_book(p->book);
	struct book books[CARD_UNITE_MAX];
	struct store_version gone[CARD_UNITE_MAX];
	struct store_version kept;
	size_t count = 0;

	TRY(version_before(p, &row, p->name, false, &kept));
	for (; note.len && count < CARD_UNITE_MAX; count++)
		TRY(read_gone(p, &note, &books[count], &gone[count]));
	for (size_t i = 0; i < count; i++)
		if (books[i].id == p->book->id)
			TRY(give_back_all(p, kept.uid, gone[i].uid));
	TRY(put_back(p, p->book, &kept, BOOK_IF_EXISTS));
	for (size_t i = 0; i < count; i++)
		TRY(put_back(p, &books[i], &gone[i], BOOK_IF_NEW));
	return OK;
}

static enum err
part_rows(struct store_tx *tx, void *arg)
{
	struct parting *p = arg;
	struct store_book row = row_of_book(p->book);
	struct store_version now;
	str note;

	p->tx = tx;
	TRY(store_version_now(tx, p->call->arena, &row, p->name, &now));
	note = now.origin.note;
	if (!str_same(str_cut(&note, '/'), UNITED))
		return ERR_CONDITION;
	p->at_ms = now.origin.at_ms;
	return part(p, note);
}

enum err
book_unite_undo(
    const struct call *call, const struct book *book, str name, struct why *why)
{
	struct parting p = { .call = call, .book = book, .name = name, .why = why };

	TRY(may_write(call, book));
	return store_write(call->store, part_rows, &p);
}
