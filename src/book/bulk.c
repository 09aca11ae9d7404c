/* bulk.c - one act on many cards. */
#include "book/bulk.h"

#include "book/book_in.h"
#include "book/book_int.h"
#include "store/place.h"

#define REMOVED_SEEN 2000 /* among which those of one moment are looked for */

struct acting {
	const struct call *call;
	const struct book *book, *to;
	const str *cards;
	size_t count;
	bool move;
	enum book_door by;
	struct book_bulk_done *out;
	struct why *why;
};

static const struct book_when always = { .kind = BOOK_ALWAYS };

/* --- to the trash, and back --- */

static enum err
remove_all(struct store_tx *tx, void *arg)
{
	const struct acting *a = arg;

	*a->out = (struct book_bulk_done){ .at_ms = a->call->now_ms };
	for (size_t i = 0; i < a->count; i++) {
		enum err e = book_card_remove_in(
		    tx, a->call, a->book, a->cards[i], &always, a->by);

		if (e != OK && e != ERR_NOT_FOUND)
			return e;
		a->out->changed += e == OK;
	}
	return OK;
}

enum err
book_bulk_remove(const struct call *call, const struct book *book, const str *cards,
    size_t count, enum book_door by, struct book_bulk_done *out)
{
	struct acting a = { .call = call,
		.book = book,
		.cards = cards,
		.count = count,
		.by = by,
		.out = out };

	TRY(may_write(call, book));
	return count > BOOK_BULK_MAX ? ERR_LIMIT
				     : store_write(call->store, remove_all, &a);
}

static enum err
put_back(struct store_tx *tx, const struct acting *a, const struct store_version *then)
{
	struct book_put put = { .name = then->name,
		.when = { .kind = BOOK_IF_NEW },
		.bytes = then->bytes,
		.by = BOOK_BY_UNDO,
		.note = STR("restored") };
	struct book_put_done done;
	enum err e = book_put_in(tx, a->call, a->book, &put, &done, a->why);

	if (e == ERR_CONDITION || e == ERR_UID_TAKEN) {
		a->out->left++;
		return OK;
	}
	a->out->changed += e == OK;
	return e;
}

static enum err
undo_rows(struct store_tx *tx, void *arg)
{
	const struct acting *a = arg;
	struct store_book row = row_of_book(a->book);
	int64_t at_ms = a->out->at_ms;
	struct store_version *list;
	size_t count;

	*a->out = (struct book_bulk_done){ .at_ms = at_ms };
	TRY(store_version_removed(
	    tx, a->call->arena, &row, REMOVED_SEEN, &list, &count));
	for (size_t i = 0; i < count; i++)
		if (list[i].until_ms == at_ms)
			TRY(put_back(tx, a, &list[i]));
	return a->out->changed ? OK : ERR_NOT_FOUND;
}

enum err
book_bulk_undo(const struct call *call, const struct book *book, int64_t at_ms,
    struct book_bulk_done *out, struct why *why)
{
	struct acting a = { .call = call, .book = book, .out = out, .why = why };

	out->at_ms = at_ms;
	TRY(may_write(call, book));
	return store_write(call->store, undo_rows, &a);
}

/* --- into another book --- */

static enum err
free_name(struct store_tx *tx, const struct acting *a, str name, str *out)
{
	struct store_book row = row_of_book(a->to);
	struct store_card there;
	enum err e =
	    store_card_find(tx, a->call->arena, &row, name, STORE_HEAD, &there);

	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	*out = e == OK ? ARENA_JOIN(a->call->arena, book_fresh_uid(a->call->arena),
			     STR(".vcf"))
		       : name;
	return OK;
}

static enum err
shift_one(struct store_tx *tx, const struct acting *a, str card)
{
	struct book_shift shift = {
		.from = a->book, .to = a->to, .name = card, .move = a->move, .by = a->by
	};
	bool created;
	enum err e;

	TRY(free_name(tx, a, card, &shift.new_name));
	e = book_card_shift_in(tx, a->call, &shift, &created, a->why);
	if (e == ERR_NOT_FOUND)
		return OK;
	*(e == ERR_UID_TAKEN ? &a->out->left : &a->out->changed) += 1;
	return e == ERR_UID_TAKEN ? OK : e;
}

static enum err
shift_rows(struct store_tx *tx, void *arg)
{
	const struct acting *a = arg;

	*a->out = (struct book_bulk_done){ .at_ms = a->call->now_ms };
	for (size_t i = 0; i < a->count; i++)
		TRY(shift_one(tx, a, a->cards[i]));
	return OK;
}

enum err
book_bulk_shift(const struct call *call, const struct book *from, const struct book *to,
    const str *cards, size_t count, bool move, enum book_door by,
    struct book_bulk_done *out, struct why *why)
{
	struct acting a = { call, from, to, cards, count, move, by, out, why };

	TRY(may_see(call, from));
	TRY(may_write(call, to));
	if (move)
		TRY(may_write(call, from));
	if (from->id == to->id) {
		*why = (struct why){ .what = "it is in that book", .name = to->name };
		return ERR_BAD_INPUT;
	}
	return count > BOOK_BULK_MAX ? ERR_LIMIT
				     : store_write(call->store, shift_rows, &a);
}
