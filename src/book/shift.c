/* shift.c - a card to another name or another book; a book's cards into another. */
#include "book/book_in.h"
#include "book/book_int.h"
#include "store/place.h"

#define PAGE_CARDS 100

struct shifting {
	const struct call *call;
	const struct book_shift *shift;
	bool *created;
	struct why *why;
};

/* What stands at the new name goes first, so that its UID is free. */
static enum err
clear_place(
    struct store_tx *tx, const struct shifting *s, const struct store_origin *origin)
{
	struct store_book to = row_of_book(s->shift->to);
	struct store_place place = { to.account, to.id, s->shift->new_name };
	struct store_card there;
	enum err e = store_card_find(
	    tx, s->call->arena, &to, s->shift->new_name, STORE_HEAD, &there);

	*s->created = e == ERR_NOT_FOUND;
	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	if (!s->shift->overwrite)
		return ERR_CONDITION;
	TRY(store_place_drop(tx, &place));
	return store_card_remove(tx, &to, &there, origin);
}

static enum err
shift_rows(struct store_tx *tx, void *arg)
{
	const struct shifting *s = arg;
	const struct book_shift *shift = s->shift;
	struct arena *arena = s->call->arena;
	struct store_book from = row_of_book(shift->from);
	struct store_origin origin =
	    origin_of(s->call, shift->by, shift->move ? STR("moved") : STR("copied"));
	struct store_place old = { from.account, from.id, shift->name };
	struct store_place new = { shift->to->account, shift->to->id, shift->new_name };
	struct book_put put = {
		.name = shift->new_name, .by = shift->by, .note = origin.note
	};
	struct book_put_done done;
	struct store_card card;

	TRY(store_card_find(tx, arena, &from, shift->name, STORE_WHOLE, &card));
	TRY(clear_place(tx, s, &origin));
	if (shift->move)
		TRY(store_card_remove(tx, &from, &card, &origin));
	put.bytes = card.bytes;
	TRY(book_put_in(tx, s->call, shift->to, &put, &done, s->why));
	TRY(store_prop_copy(tx, &old, &new));
	return shift->move ? store_place_drop(tx, &old) : OK;
}

enum err
book_card_shift(const struct call *call, const struct book_shift *shift, bool *created,
    struct why *why)
{
	struct shifting s = { call, shift, created, why };

	TRY(may_see(call, shift->from));
	TRY(may_write(call, shift->to));
	if (shift->move)
		TRY(may_write(call, shift->from));
	return store_write(call->store, shift_rows, &s);
}

struct filling {
	const struct call *call;
	const struct book *to;
	enum book_door by;
	struct book_page page;
	struct why *why;
};

static enum err
fill_rows(struct store_tx *tx, void *arg)
{
	const struct filling *f = arg;

	for (size_t i = 0; i < f->page.count; i++) {
		struct book_put put = { .name = f->page.list[i].name,
			.bytes = f->page.list[i].bytes,
			.by = f->by,
			.note = STR("copied") };
		struct book_put_done done;

		TRY(book_put_in(tx, f->call, f->to, &put, &done, f->why));
	}
	return OK;
}

enum err
book_fill(const struct call *call, const struct book *from, const struct book *to,
    enum book_door by, struct why *why)
{
	int64_t after = 0;
	bool more = true;

	TRY(may_write(call, to));
	while (more) {
		SCOPED(arena) arena = arena_open();
		struct call page_call = *call;
		struct filling f = { &page_call, to, by, { 0 }, why };

		page_call.arena = arena;
		TRY(book_scan(
		    &page_call, from, after, PAGE_CARDS, BOOK_WHOLE, &f.page));
		TRY(store_write(call->store, fill_rows, &f));
		more = f.page.more;
		if (f.page.count)
			after = f.page.list[f.page.count - 1].id;
	}
	return OK;
}
