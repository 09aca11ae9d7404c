/* cards.c - one card: look at it, remove it. */
#include "book/book_in.h"
#include "book/group_int.h"
#include "card/group.h"
#include "store/place.h"

enum err
book_card(const struct call *call, const struct book *book, str name,
    enum book_part part, struct book_card *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book row = row_of_book(book);
	struct store_card card;

	TRY(may_see(call, book));
	TRY(store_look(call->store, &tx));
	TRY(store_card_find(tx, call->arena, &row, name, store_part_of(part), &card));
	*out = card_of_row(&card);
	return OK;
}

enum err
book_card_by_id(const struct call *call, const struct book *book, int64_t id,
    enum book_part part, struct book_card *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_card card;

	TRY(may_see(call, book));
	if (!store_card_is_of(id, book->id))
		return ERR_NOT_FOUND;
	TRY(store_look(call->store, &tx));
	TRY(store_card_by_id(
	    tx, call->arena, book->account, id, store_part_of(part), &card));
	*out = card_of_row(&card);
	return OK;
}

enum err
book_card_by_uid(const struct call *call, const struct book *book, str uid,
    enum book_part part, struct book_card *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book row = row_of_book(book);
	struct store_card card;

	TRY(may_see(call, book));
	TRY(store_look(call->store, &tx));
	TRY(store_card_by_uid(tx, call->arena, &row, card_uid_key(call->arena, uid),
	    store_part_of(part), &card));
	*out = card_of_row(&card);
	return OK;
}

enum err
remove_rows(struct store_tx *tx, void *arg)
{
	const struct removing *r = arg;
	struct store_book book = row_of_book(r->book);
	struct store_origin origin = origin_of(r->call, r->by, r->note);
	enum store_end end = r->moved ? STORE_MOVED : STORE_REMOVED;
	struct store_place place = { book.account, book.id, r->name };
	struct regrouping groups = { .tx = tx,
		.call = r->call,
		.book = &book,
		.region = r->book->region,
		.origin = &origin };
	struct store_card old;

	TRY(store_card_find(tx, r->call->arena, &book, r->name, STORE_HEAD, &old));
	if (r->when)
		TRY(when_holds(r->when, &old));
	TRY(store_place_drop(tx, &place));
	if (!old.is_group)
		return store_card_remove(tx, &book, &old, end, &origin);
	TRY(regroup_begin(&groups, &old));
	TRY(store_card_remove(tx, &book, &old, end, &origin));
	return regroup_others(&groups);
}

enum err
book_card_remove_in(struct store_tx *tx, const struct call *call,
    const struct book *book, str name, const struct book_when *when, enum book_door by)
{
	struct removing r = {
		.call = call, .book = book, .name = name, .when = when, .by = by
	};

	return remove_rows(tx, &r);
}

enum err
book_card_remove(const struct call *call, const struct book *book, str name,
    const struct book_when *when, enum book_door by)
{
	struct removing r = {
		.call = call, .book = book, .name = name, .when = when, .by = by
	};

	TRY(may_write(call, book));
	return change_book(call, book, NULL, remove_rows, &r);
}
