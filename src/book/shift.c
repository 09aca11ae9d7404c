/* shift.c - a card to another name or another book; a book's cards into another. */
#include "book/book_in.h"
#include "book/book_int.h"
#include "store/ask.h"
#include "store/place.h"
#include "store/said.h"

#define PAGE_CARDS    100
#define BOOK_MAX_ASKS 1000 /* that go along with a card */

struct shifting {
	const struct call *call;
	const struct book_shift *shift;
	bool *created;
	struct why *why;
};

/* What stands at the new name goes first, so that its UID is free. */
static enum err
clear_place(struct store_tx *tx, const struct shifting *s)
{
	const struct book_shift *shift = s->shift;
	struct removing there = { .call = s->call,
		.book = shift->to,
		.name = shift->new_name,
		.by = shift->by };
	struct store_book to = row_of_book(shift->to);
	struct store_card card;
	enum err e = store_card_find(
	    tx, s->call->arena, &to, shift->new_name, STORE_HEAD, &card);

	*s->created = e == ERR_NOT_FOUND;
	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	return shift->overwrite ? remove_rows(tx, &there) : ERR_CONDITION;
}

static enum err
leave_old(struct store_tx *tx, const struct shifting *s)
{
	const struct book_shift *shift = s->shift;
	struct store_place old = { shift->from->account, shift->from->id, shift->name };
	struct store_place new = { shift->to->account, shift->to->id, shift->new_name };
	struct removing removing = { .call = s->call,
		.book = shift->from,
		.name = shift->name,
		.by = shift->by,
		.note = STR("moved"),
		.moved = true };

	TRY(store_prop_copy(tx, &old, &new));
	return shift->move ? remove_rows(tx, &removing) : OK;
}

/* A moved card takes along what was asked and said about it and its former versions; another
 * account's have no place where it goes. */
static enum err
bring_along(struct store_tx *tx, const struct shifting *s, const struct store_card *old)
{
	const struct book_shift *shift = s->shift;
	struct store_book from = row_of_book(shift->from);
	struct store_book to;
	struct store_card card;
	struct store_ask *asks;
	size_t count;

	if (from.account != shift->to->account)
		return OK;
	TRY(store_book_by_id(tx, s->call->arena, from.account, shift->to->id, &to));
	TRY(store_card_find(
	    tx, s->call->arena, &to, shift->new_name, STORE_HEAD, &card));
	TRY(store_version_carry(tx, &from, shift->name, &to, shift->new_name));
	TRY(store_said_copy(tx, from.account, old->id, card.id));
	TRY(store_ask_of_card(tx, s->call->arena, from.account, from.id, shift->name,
	    BOOK_MAX_ASKS, &asks, &count));
	for (size_t i = 0; i < count; i++)
		TRY(store_ask_place(
		    tx, from.account, asks[i].id, to.id, shift->new_name, card.uid));
	return OK;
}

/* In one book the old one makes room for the new one's UID; from one to another it goes when
 * the new one is sure to stand. */
static enum err
shift_rows(struct store_tx *tx, void *arg)
{
	const struct shifting *s = arg;
	const struct book_shift *shift = s->shift;
	struct store_book from = row_of_book(shift->from);
	bool within = from.id == shift->to->id;
	struct book_put put = { .name = shift->new_name,
		.by = shift->by,
		.note = shift->move ? STR("moved") : STR("copied"),
		.from = from.account };
	struct book_put_done done;
	struct store_card card;

	TRY(store_card_find(
	    tx, s->call->arena, &from, shift->name, STORE_WHOLE, &card));
	TRY(clear_place(tx, s));
	if (within)
		TRY(leave_old(tx, s));
	put.bytes = card.bytes;
	TRY(book_put_in(tx, s->call, shift->to, &put, &done, s->why));
	if (!within)
		TRY(leave_old(tx, s));
	return shift->move ? bring_along(tx, s, &card) : OK;
}

enum err
book_card_shift_in(struct store_tx *tx, const struct call *call,
    const struct book_shift *shift, bool *created, struct why *why)
{
	struct shifting s = { call, shift, created, why };

	return shift_rows(tx, &s);
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
	return change_book(call, shift->from, shift->to, shift_rows, &s);
}

struct filling {
	const struct call *call;
	int64_t from; /* an account */
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
			.note = STR("copied"),
			.from = f->from };
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
		struct filling f = { &page_call, from->account, to, by, { 0 }, why };

		page_call.arena = arena;
		TRY(book_scan(
		    &page_call, from, after, PAGE_CARDS, BOOK_WHOLE, &f.page));
		TRY(change_book(call, to, NULL, fill_rows, &f));
		more = f.page.more;
		if (f.page.count)
			after = f.page.list[f.page.count - 1].id;
	}
	return OK;
}
