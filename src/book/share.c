/* share.c - books lent, and how they look from the other side. */
#include "book/share.h"

#include "book/book_int.h"
#include "store/account.h"
#include "store/place.h"

#define SHARED_HEAD "shared-"

str
shared_name(struct arena *arena, int64_t book)
{
	struct buf name = buf_in(arena, BOOK_NAME_MAX_BYTES);

	buf_add(&name, STR(SHARED_HEAD));
	buf_add_hex(&name, (uint64_t)book);
	return buf_str(&name);
}

bool
is_shared_name(str name)
{
	return str_starts(name, STR(SHARED_HEAD));
}

static enum err
book_of_share(struct store_tx *tx, const struct call *call,
    const struct store_share *share, struct book *out)
{
	struct store_book row;

	TRY(store_book_by_id(tx, call->arena, share->account, share->book, &row));
	*out = book_of_row(call, &row);
	if (!out->title.len) /* as its owner sees it named */
		out->title = out->name;
	out->name = shared_name(call->arena, share->book);
	out->shared = true;
	out->may_write = share->may_write;
	return OK;
}

enum err
find_shared(struct store_tx *tx, const struct call *call, str name, struct book *out)
{
	struct store_share *list;
	size_t count;

	if (!is_shared_name(name))
		return ERR_NOT_FOUND;
	TRY(store_shared_with(tx, call->arena, call->who, &list, &count));
	for (size_t i = 0; i < count; i++)
		if (str_same(shared_name(call->arena, list[i].book), name))
			return book_of_share(tx, call, &list[i], out);
	return ERR_NOT_FOUND;
}

enum err
list_shared(
    struct store_tx *tx, const struct call *call, struct book **out, size_t *count)
{
	struct store_share *list;
	size_t shares;

	*count = 0;
	TRY(store_shared_with(tx, call->arena, call->who, &list, &shares));
	*out = ARENA_ARRAY(call->arena, struct book, shares);
	for (size_t i = 0; i < shares; i++) {
		enum err e = book_of_share(tx, call, &list[i], &(*out)[*count]);

		if (e == OK)
			(*count)++;
		else if (e != ERR_NOT_FOUND) /* its owner removed it: not there */
			return e;
	}
	return OK;
}

/* Whether the one lent the other a book. */
static enum err
lent(const struct call *call, int64_t owner, int64_t grantee, bool *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_share *list;
	size_t count;

	TRY(store_look(call->store, &tx));
	TRY(store_shared_with(tx, call->arena, grantee, &list, &count));
	for (size_t i = 0; i < count && !*out; i++)
		*out = list[i].account == owner;
	return OK;
}

enum err
book_shares_with(const struct call *call, int64_t account, bool *out)
{
	*out = false;
	TRY(lent(call, account, call->who, out));
	return *out ? OK : lent(call, call->who, account, out);
}

/* --- the owner's side --- */

enum err
book_shares(const struct call *call, const struct book *book, struct book_share **out,
    size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_share *list;

	TRY(may_rule(call, book));
	TRY(store_look(call->store, &tx));
	TRY(store_share_list(tx, call->arena, book->account, book->id, &list, count));
	*out = ARENA_ARRAY(call->arena, struct book_share, *count);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct book_share){ list[i].grantee, list[i].may_write };
	return OK;
}

struct sharing {
	const struct call *call;
	const struct book *book;
	const struct book_share *list;
	size_t count;
};

static enum err
share_rows(struct store_tx *tx, void *arg)
{
	const struct sharing *s = arg;

	TRY(store_share_drop(tx, s->book->account, s->book->id));
	for (size_t i = 0; i < s->count; i++) {
		struct store_share row = { s->book->account, s->book->id,
			s->list[i].account, s->list[i].may_write };
		struct store_account grantee;

		TRY(store_account_find(tx, s->call->arena, row.grantee, &grantee));
		TRY(store_share_put(tx, &row, s->call->now_ms));
	}
	return OK;
}

enum err
book_shares_set(const struct call *call, const struct book *book,
    const struct book_share *list, size_t count)
{
	struct sharing s = { call, book, list, count };

	TRY(may_rule(call, book));
	if (count > BOOK_MAX_SHARES)
		return ERR_LIMIT;
	for (size_t i = 0; i < count; i++)
		if (list[i].account == book->account)
			return ERR_NOT_FOUND;
	return store_write(call->store, share_rows, &s);
}

/* --- whom to lend to --- */

enum err
book_account_named(const struct call *call, str login, int64_t *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_account row;

	TRY(store_look(call->store, &tx));
	TRY(store_account_by_login(tx, call->arena, login, &row));
	*out = row.id;
	return OK;
}

enum err
book_account_name(const struct call *call, int64_t account, str *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_account row;

	TRY(store_look(call->store, &tx));
	TRY(store_account_find(tx, call->arena, account, &row));
	*out = row.name.len ? row.name : row.login;
	return OK;
}
