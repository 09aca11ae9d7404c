/* history.c - former versions of a card. */
#include "book/book_int.h"
#include "store/store.h"

#define VERSIONS_LISTED 500

static struct book_version
version_of_row(const struct store_version *row)
{
	return (struct book_version){
		.rev = row->rev,
		.at_ms = row->origin.at_ms,
		.until_ms = row->until_ms,
		.door = row->origin.door,
		.note = row->origin.note,
		.device = row->origin.device,
		.etag = row->etag,
		.removed = row->removed,
		.refused = row->refused,
		.bytes = row->bytes,
	};
}

enum err
book_history(const struct call *call, const struct book *book, str name,
    struct book_version **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book row = row_of_book(book);
	struct store_version *rows;

	TRY(may_see(call, book));
	TRY(store_look(call->store, &tx));
	TRY(store_version_list(
	    tx, call->arena, &row, name, VERSIONS_LISTED, &rows, count));
	*out = ARENA_ARRAY(call->arena, struct book_version, *count);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = version_of_row(&rows[i]);
	return OK;
}

enum err
book_version_now(const struct call *call, const struct book *book, str name,
    struct book_version *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book row = row_of_book(book);
	struct store_version found;

	TRY(may_see(call, book));
	TRY(store_look(call->store, &tx));
	TRY(store_version_now(tx, call->arena, &row, name, &found));
	*out = version_of_row(&found);
	return OK;
}

enum err
book_version(const struct call *call, const struct book *book, str name, int64_t rev,
    struct book_version *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book row = row_of_book(book);
	struct store_version found;

	TRY(may_see(call, book));
	TRY(store_look(call->store, &tx));
	TRY(store_version_find(tx, call->arena, &row, name, rev, &found));
	*out = version_of_row(&found);
	return OK;
}
