/* undo.c - ways back. */
#include "book/undo.h"

#include "base/when.h"
#include "book/book_in.h"
#include "book/book_int.h"
#include "store/seen.h"
#include "store/store.h"

#define PAGE_NAMES     100
#define FORGET_AT_ONCE 500
#define SILENT_MS      (365 * WHEN_DAY_MS)

enum err
book_undo(const struct call *call, const struct book *book, str name, int64_t rev,
    struct book_put_done *out, struct why *why)
{
	struct book_version version;
	struct book_put put = { .name = name, .by = BOOK_BY_UNDO };

	TRY(book_version(call, book, name, rev, &version));
	put.bytes = version.bytes;
	put.note = arena_printf(call->arena, "%lld", (long long)rev);
	return book_put(call, book, &put, out, why);
}

/* --- what was removed --- */

static str
name_in(struct arena *arena, str bytes)
{
	struct card *card;
	struct why why;

	if (card_read(arena, bytes, &card, &why) != OK)
		return (str){ 0 };
	return card_unescape(arena, card->fn);
}

enum err
book_removed_cards(const struct call *call, const struct book *book,
    struct book_removed_card **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book row = row_of_book(book);
	struct store_version *list;

	TRY(may_see(call, book));
	TRY(store_look(call->store, &tx));
	TRY(store_version_removed(
	    tx, call->arena, &row, BOOK_MAX_REMOVED, &list, count));
	*out = ARENA_ARRAY(call->arena, struct book_removed_card, *count);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct book_removed_card){ list[i].name,
			name_in(call->arena, list[i].bytes), list[i].rev,
			list[i].until_ms };
	return OK;
}

enum err
book_removed_books(const struct call *call, struct book_removed **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book *list;

	TRY(store_look(call->store, &tx));
	TRY(store_book_removed(tx, call->arena, call->who, &list, count));
	*out = ARENA_ARRAY(call->arena, struct book_removed, *count);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct book_removed){ list[i].id, list[i].name,
			list[i].title, list[i].cards, list[i].gone_ms };
	return OK;
}

struct reviving {
	const struct call *call;
	int64_t id;
	struct book *out;
};

/* Its own name, or that with its id behind it. */
static enum err
revive_rows(struct store_tx *tx, void *arg)
{
	struct reviving *r = arg;
	struct arena *arena = r->call->arena;
	struct store_book *list;
	struct store_book *found = NULL;
	struct store_book twin;
	size_t count;
	enum err e;

	TRY(store_book_removed(tx, arena, r->call->who, &list, &count));
	for (size_t i = 0; i < count; i++)
		if (list[i].id == r->id)
			found = &list[i];
	if (!found)
		return ERR_NOT_FOUND;
	e = store_book_find(tx, arena, r->call->who, found->name, &twin);
	if (e == OK)
		found->name = arena_printf(arena, STR_FMT "-%llx", STR_ARG(found->name),
		    (unsigned long long)found->id);
	else if (e != ERR_NOT_FOUND)
		return e;
	TRY(store_book_revive(tx, r->call->who, r->id, found->name));
	*r->out = book_of_row(r->call, found);
	return OK;
}

enum err
book_revive(const struct call *call, int64_t id, struct book *out)
{
	struct reviving r = { call, id, out };

	return store_write(call->store, revive_rows, &r);
}

/* --- to a moment --- */

struct restoring {
	const struct call *call; /* with the page's arena */
	const struct book *book;
	int64_t at_ms;
	bool preview;
	str after; /* the last name done */
	bool more;
	struct arena *arena; /* of what is listed */
	struct book_restored *out;
	struct why *why;
};

/* Counts, and lists what only may happen. */
static void
note(const struct restoring *r, enum book_restored_kind kind, str name, str fn,
    int64_t rev)
{
	int64_t at = r->out->counts[kind]++;

	if (!r->preview || at >= BOOK_RESTORED_LISTED)
		return;
	r->out->cards[kind][at] =
	    (struct book_restored_card){ arena_copy(r->arena, name),
		    arena_copy(r->arena, fn), rev };
}

static enum err
put_back(struct store_tx *tx, const struct restoring *r,
    const struct store_version *then, const struct store_card *now)
{
	struct book_put put = { .name = then->name,
		.bytes = then->bytes,
		.by = BOOK_BY_UNDO,
		.note = STR("restored") };
	struct book_put_done done;

	if (now)
		note(r, BOOK_RESTORED_CHANGED, now->name, now->fn, then->rev);
	else
		note(r, BOOK_RESTORED_BACK, then->name,
		    name_in(r->call->arena, then->bytes), then->rev);
	return r->preview ? OK : book_put_in(tx, r->call, r->book, &put, &done, r->why);
}

static enum err
take_away(struct store_tx *tx, const struct restoring *r, const struct store_card *now)
{
	struct removing removing = { .call = r->call,
		.book = r->book,
		.name = now->name,
		.by = BOOK_BY_UNDO,
		.note = STR("restored") };

	note(r, BOOK_RESTORED_REMOVED, now->name, now->fn, 0);
	return r->preview ? OK : remove_rows(tx, &removing);
}

/* One name: as it was, if it was. */
static enum err
restore_name(struct store_tx *tx, const struct restoring *r, str name)
{
	struct arena *arena = r->call->arena;
	struct store_book book = row_of_book(r->book);
	struct store_version then;
	struct store_card now;
	enum err was = store_version_at(tx, arena, &book, name, r->at_ms, &then);
	enum err is = store_card_find(tx, arena, &book, name, STORE_HEAD, &now);

	if ((was != OK && was != ERR_NOT_FOUND) || (is != OK && is != ERR_NOT_FOUND))
		return was != OK && was != ERR_NOT_FOUND ? was : is;
	if (is == OK && now.modified_ms <= r->at_ms)
		return OK; /* it stands since before */
	if (was == OK && is == OK && str_same(then.etag, now.etag))
		return OK;
	if (was == OK)
		return put_back(tx, r, &then, is == OK ? &now : NULL);
	return is == OK ? take_away(tx, r, &now) : OK;
}

static enum err
restore_page(struct store_tx *tx, void *arg)
{
	struct restoring *r = arg;
	struct store_book book = row_of_book(r->book);
	str *names;
	size_t count;

	TRY(store_names_touched(
	    tx, r->call->arena, &book, r->at_ms, r->after, PAGE_NAMES, &names, &count));
	for (size_t i = 0; i < count; i++)
		TRY(restore_name(tx, r, names[i]));
	r->more = count == PAGE_NAMES;
	if (count)
		r->after = names[count - 1];
	return OK;
}

/* A preview does no write: it looks. */
static enum err
one_page(struct restoring *r)
{
	SCOPED(store_tx) tx = NULL;

	if (!r->preview)
		return store_write(r->call->store, restore_page, r);
	TRY(store_look(r->call->store, &tx));
	return restore_page(tx, r);
}

enum err
book_restore(const struct call *call, const struct book *book, int64_t at_ms,
    bool preview, struct book_restored *out, struct why *why)
{
	struct restoring r = { .book = book,
		.at_ms = at_ms,
		.preview = preview,
		.more = true,
		.arena = call->arena,
		.out = out,
		.why = why };
	SCOPED(arena) names = arena_open();

	*out = (struct book_restored){ 0 };
	for (size_t i = 0; preview && i < BOOK_RESTORED_KINDS; i++)
		out->cards[i] = ARENA_ARRAY(
		    call->arena, struct book_restored_card, BOOK_RESTORED_LISTED);
	TRY(may_write(call, book));
	while (r.more) {
		SCOPED(arena) arena = arena_open();
		struct call page_call = *call;
		struct book_restored before = *out;
		enum err e;

		page_call.arena = arena;
		r.call = &page_call;
		e = one_page(&r);
		if (e != OK) {
			*out = before;
			return e;
		}
		r.after = arena_copy(names, r.after);
	}
	return OK;
}

/* --- what is kept --- */

struct forgetting {
	int64_t before_ms, keep;
	int64_t silent_ms; /* devices not heard of since then */
	int64_t count;
};

static enum err
forget_some(struct store_tx *tx, void *arg)
{
	struct forgetting *f = arg;

	TRY(store_seen_sweep(tx, f->silent_ms));
	return store_version_prune(
	    tx, f->before_ms, f->keep, FORGET_AT_ONCE, &f->count);
}

enum err
book_forget(const struct call *call, int64_t keep_days, int64_t keep_versions)
{
	struct forgetting f = {
		.before_ms =
		    keep_days ? call->now_ms - keep_days * 24 * WHEN_HOUR_MS : 0,
		.keep = keep_versions,
		.silent_ms = call->now_ms - SILENT_MS,
	};

	do
		TRY(store_write(call->store, forget_some, &f));
	while (f.count > 0);
	return OK;
}
