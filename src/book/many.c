/* many.c - cards by the page: all of them, in reading order, what changed. */
#include "book/book_int.h"
#include "store/store.h"

static void
take_page(
    struct arena *arena, const struct store_card_page *rows, struct book_page *out)
{
	out->list = ARENA_ARRAY(arena, struct book_card, rows->count);
	out->count = rows->count;
	out->more = rows->more;
	for (size_t i = 0; i < rows->count; i++)
		out->list[i] = card_of_row(&rows->list[i]);
}

enum err
book_scan(const struct call *call, const struct book *book, int64_t after_id,
    size_t limit, enum book_part part, struct book_page *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book row = row_of_book(book);
	struct store_card_page rows;

	TRY(may_see(call, book));
	TRY(store_look(call->store, &tx));
	TRY(store_card_scan(
	    tx, call->arena, &row, after_id, limit, store_part_of(part), &rows));
	take_page(call->arena, &rows, out);
	return OK;
}

enum err
book_sorted(const struct call *call, const struct book *book,
    const struct book_card *after, size_t limit, struct book_page *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book row = row_of_book(book);
	struct store_card last = { 0 };
	struct store_card_page rows;

	TRY(may_see(call, book));
	TRY(store_look(call->store, &tx));
	if (after)
		TRY(store_card_find(
		    tx, call->arena, &row, after->name, STORE_HEAD, &last));
	TRY(store_card_sorted(
	    tx, call->arena, &row, last.sort_key, last.id, limit, &rows));
	take_page(call->arena, &rows, out);
	return OK;
}

/* Ids begin at 1: with none before it, a key equal to `from` is in. */
enum err
book_sorted_between(const struct call *call, const struct book *book,
    const struct book_card *after, str from, str until, size_t limit,
    struct book_page *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book row = row_of_book(book);
	struct store_card last = { .sort_key = from };
	struct store_card_page rows;
	size_t fit = 0;

	TRY(may_see(call, book));
	TRY(store_look(call->store, &tx));
	if (after)
		TRY(store_card_find(
		    tx, call->arena, &row, after->name, STORE_HEAD, &last));
	TRY(store_card_sorted(
	    tx, call->arena, &row, last.sort_key, last.id, limit, &rows));
	while (fit < rows.count && str_compare(rows.list[fit].sort_key, until) < 0)
		fit++;
	rows.more = rows.more && fit == rows.count;
	rows.count = fit;
	take_page(call->arena, &rows, out);
	return OK;
}

enum err
book_changes(const struct call *call, const struct book *book, int64_t since,
    int64_t until, size_t limit, enum book_part part, struct book_changes *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book row = row_of_book(book);
	struct store_change_page rows;

	TRY(may_see(call, book));
	if (since > book->rev)
		return ERR_TOKEN;
	TRY(store_look(call->store, &tx));
	TRY(store_changes(
	    tx, call->arena, &row, since, until, limit, store_part_of(part), &rows));
	out->list = ARENA_ARRAY(call->arena, struct book_change, rows.count);
	out->count = rows.count;
	out->more = rows.more;
	for (size_t i = 0; i < rows.count; i++)
		out->list[i] = (struct book_change){ card_of_row(&rows.list[i].card),
			rows.list[i].gone };
	return OK;
}
