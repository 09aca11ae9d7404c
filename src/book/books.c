/* books.c - the books of a home. */
#include "book/book_in.h"
#include "book/book_int.h"
#include "book/place_int.h"

#define DEFAULT_TITLE STR("Contacts")

enum err
book_find(const struct call *call, int64_t account, str name, struct book *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book row;
	enum err e;

	TRY(may_read(call, account));
	TRY(store_look(call->store, &tx));
	e = store_book_find(tx, call->arena, account, name, &row);
	if (e == ERR_NOT_FOUND && str_same(name, STR(BOOK_DEFAULT_NAME))) {
		struct books books;

		store_tx_close(&tx);
		TRY(book_list(
		    call, account, &books)); /* makes it, if it is the first */
		*out = books.list[0];
		return str_same(out->name, name) ? OK : ERR_NOT_FOUND;
	}
	if (e == ERR_NOT_FOUND)
		e = find_shared(tx, call, name, out);
	else if (e == OK)
		*out = book_of_row(call, &row);
	TRY(e);
	return store_lock_any(tx, out->account, call->now_ms, &out->locked);
}

struct making {
	const struct call *call;
	struct store_book row;
};

static enum err
make_default(struct store_tx *tx, void *arg)
{
	struct making *m = arg;
	enum err e = store_book_add(tx, m->call->arena, &m->row);

	if (e == ERR_EXISTS) /* somebody was quicker, or a device made it */
		e = store_book_find(
		    tx, m->call->arena, m->row.account, m->row.name, &m->row);
	TRY(e);
	return store_book_set_first(tx, m->row.account, m->row.id);
}

static enum err
list_rows(
    const struct call *call, int64_t account, struct store_book **rows, size_t *count)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	return store_book_list(tx, call->arena, account, rows, count);
}

/* The default book leads the list: macOS shows the first one only. */
static size_t
default_first(struct store_book *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct store_book found = rows[i];

		if (!found.first)
			continue;
		for (; i > 0; i--)
			rows[i] = rows[i - 1];
		rows[0] = found;
		return count;
	}
	return 0;
}

/* The account's own, then those others share with it. */
static enum err
add_shared(const struct call *call, const struct store_book *rows, struct books *out)
{
	SCOPED(store_tx) tx = NULL;
	struct book *shared;
	size_t own = out->count;
	size_t count;

	TRY(store_look(call->store, &tx));
	TRY(list_shared(tx, call, &shared, &count));
	out->count = own + count;
	out->list = ARENA_ARRAY(call->arena, struct book, out->count);
	for (size_t i = 0; i < own; i++)
		out->list[i] = book_of_row(call, &rows[i]);
	for (size_t i = 0; i < count; i++)
		out->list[own + i] = shared[i];
	return OK;
}

enum err
book_stamp(const struct call *call, uint64_t *out)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	*out = store_tx_stamp(tx);
	return OK;
}

enum err
book_list(const struct call *call, int64_t account, struct books *out)
{
	struct store_book *rows;

	TRY(may_read(call, account));
	TRY(list_rows(call, account, &rows, &out->count));
	if (!default_first(rows, out->count)) {
		struct making m = { call, { .account = account,
					      .name = STR(BOOK_DEFAULT_NAME),
					      .title = DEFAULT_TITLE,
					      .made_ms = call->now_ms } };

		TRY(store_write(call->store, make_default, &m));
		TRY(list_rows(call, account, &rows, &out->count));
		if (!default_first(rows, out->count))
			return ERR_STORE;
	}
	return add_shared(call, rows, out);
}

static enum err
refuse(struct why *why, enum err outcome, const char *what, str name)
{
	*why = (struct why){ .what = what, .name = name };
	return outcome;
}

static enum err
name_is_good(str name, struct why *why)
{
	if (!name.len || name.len > BOOK_NAME_MAX_BYTES || name.at[0] == '.')
		return refuse(
		    why, ERR_BAD_INPUT, "a book's name has 1 to 255 bytes", name);
	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.at[i] < ' ' || name.at[i] == '/' ||
		    name.at[i] == 0x7F)
			return refuse(why, ERR_BAD_INPUT,
			    "a book's name has no '/' or control characters", name);
	if (is_shared_name(name))
		return refuse(why, ERR_BAD_INPUT, "shared books have such names", name);
	return OK;
}

static enum err
make_rows(struct store_tx *tx, void *arg)
{
	struct making *m = arg;
	struct store_book *rows;
	size_t count;

	TRY(store_book_list(tx, m->call->arena, m->row.account, &rows, &count));
	if (count >= BOOK_MAX_PER_ACCOUNT)
		return ERR_LIMIT;
	return store_book_add(tx, m->call->arena, &m->row);
}

/* The rules that need no look at the store. */
static enum err
may_make(const struct call *call, int64_t account, const struct book_new *fresh,
    struct why *why)
{
	if (account != call->who)
		return ERR_FORBIDDEN;
	TRY(name_is_good(fresh->name, why));
	if (fresh->title.len > BOOK_TITLE_MAX_BYTES ||
	    fresh->description.len > BOOK_TITLE_MAX_BYTES)
		return refuse(
		    why, ERR_TOO_LARGE, "a title of over 1024 bytes", fresh->name);
	return OK;
}

enum err
book_make_in(struct store_tx *tx, const struct call *call, int64_t account,
    const struct book_new *fresh, struct book *out, struct why *why)
{
	struct making m = { call, { .account = account,
				      .name = fresh->name,
				      .title = fresh->title,
				      .description = fresh->description,
				      .made_ms = call->now_ms } };
	struct book_place place = { .account = account };
	enum err e;

	TRY(may_make(call, account, fresh, why));
	if (fresh->over)
		TRY(book_remove_in(tx, call, fresh->over, why));
	e = make_rows(tx, &m);
	if (e == ERR_EXISTS)
		return refuse(why, e, "a book of that name is there", fresh->name);
	if (e == ERR_LIMIT)
		return refuse(why, e, "too many books", fresh->name);
	TRY(e);
	*out = book_of_row(call, &m.row);
	place.book = out->id;
	return props_change_in(tx, call, &place, fresh->props, fresh->prop_count);
}

struct book_making {
	const struct call *call;
	int64_t account;
	const struct book_new *fresh;
	struct book *out;
	struct why *why;
};

static enum err
make_one(struct store_tx *tx, void *arg)
{
	const struct book_making *m = arg;

	return book_make_in(tx, m->call, m->account, m->fresh, m->out, m->why);
}

enum err
book_make(const struct call *call, int64_t account, const struct book_new *fresh,
    struct book *out, struct why *why)
{
	struct book_making m = { call, account, fresh, out, why };

	return change_home(call, account, make_one, &m);
}

enum err
book_describe_in(struct store_tx *tx, const struct call *call, const struct book *book,
    const struct book_words *words)
{
	struct store_book row = row_of_book(book);
	struct book_place place = { book->account, book->id, { 0 } };

	TRY(may_rule(call, book));
	if (words->title)
		row.title = *words->title;
	if (words->description)
		row.description = *words->description;
	if (row.title.len > BOOK_TITLE_MAX_BYTES ||
	    row.description.len > BOOK_TITLE_MAX_BYTES)
		return ERR_TOO_LARGE;
	TRY(props_change_in(tx, call, &place, words->props, words->prop_count));
	return store_book_update(tx, &row);
}

struct renaming {
	const struct call *call;
	const struct book *book, *over;
	str name;
	struct why *why;
};

static enum err
rename_rows(struct store_tx *tx, void *arg)
{
	struct renaming *r = arg;
	struct store_book twin;
	enum err e;

	if (r->over)
		TRY(book_remove_in(tx, r->call, r->over, r->why));
	e = store_book_find(tx, r->call->arena, r->book->account, r->name, &twin);
	if (e == OK)
		return ERR_EXISTS;
	if (e != ERR_NOT_FOUND)
		return e;
	return store_book_rename(tx, r->book->account, r->book->id, r->name);
}

enum err
book_rename(const struct call *call, const struct book *book, str name,
    const struct book *over, struct why *why)
{
	struct renaming r = { call, book, over, name, why };

	TRY(may_rule(call, book));
	TRY(name_is_good(name, why));
	if (book->first)
		return refuse(why, ERR_FORBIDDEN, "the default book stays", book->name);
	return change_home(call, book->account, rename_rows, &r);
}

struct describing {
	const struct call *call;
	const struct book *book;
	const struct book_words *words;
};

static enum err
describe(struct store_tx *tx, void *arg)
{
	const struct describing *d = arg;

	return book_describe_in(tx, d->call, d->book, d->words);
}

enum err
book_describe(
    const struct call *call, const struct book *book, const struct book_words *words)
{
	struct describing d = { call, book, words };

	return change_book(call, book, NULL, describe, &d);
}

static enum err
set_first(struct store_tx *tx, void *arg)
{
	const struct book *book = arg;

	return store_book_set_first(tx, book->account, book->id);
}

enum err
book_set_first(const struct call *call, const struct book *book)
{
	struct book chosen = *book;

	TRY(may_rule(call, book));
	return store_write(call->store, set_first, &chosen);
}

struct plain_setting {
	const struct book *book;
	bool plain;
};

static enum err
set_plain(struct store_tx *tx, void *arg)
{
	const struct plain_setting *s = arg;

	return store_book_set_plain(tx, s->book->account, s->book->id, s->plain);
}

enum err
book_set_plain(const struct call *call, const struct book *book, bool plain)
{
	struct plain_setting setting = { book, plain };

	TRY(may_rule(call, book));
	return store_write(call->store, set_plain, &setting);
}

enum err
book_remove_in(struct store_tx *tx, const struct call *call, const struct book *book,
    struct why *why)
{
	struct store_book row = row_of_book(book);
	struct store_place place = { row.account, row.id, { 0 } };

	if (book->shared)
		return store_share_leave(tx, book->id, call->who);
	TRY(may_rule(call, book));
	if (book->first)
		return refuse(why, ERR_FORBIDDEN, "the default book stays", book->name);
	TRY(store_lock_drop(tx, &place));
	return store_book_remove(tx, &row, call->now_ms);
}

struct book_removing {
	const struct call *call;
	const struct book *book;
	struct why *why;
};

static enum err
remove_one(struct store_tx *tx, void *arg)
{
	const struct book_removing *r = arg;

	TRY(book_remove_in(tx, r->call, r->book, r->why));
	return drop_quiet(tx, r->call, r->book);
}

enum err
book_remove(const struct call *call, const struct book *book, struct why *why)
{
	struct book_removing r = { call, book, why };

	return change_home(call, book->account, remove_one, &r);
}

int64_t
book_bytes_used(const struct call *call, int64_t account)
{
	SCOPED(store_tx) tx = NULL;
	int64_t used = 0;

	if (store_look(call->store, &tx) != OK ||
	    store_book_bytes(tx, account, &used) != OK)
		return 0;
	return used;
}
