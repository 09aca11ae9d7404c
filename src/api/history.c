/* history.c - what was, and the ways back to it. */
#include "api/api_int.h"
#include "base/when.h"
#include "book/undo.h"

/* --- which card --- */

/* "BOOK/CARD" as other answers name it, also of a card that is gone; or any identifier. */
enum err
api_card_find(struct exchange *x, str whom, struct book *book, str *card)
{
	struct book_hits hits = { 0 };
	str rest = whom;
	str first = str_cut(&rest, '/');

	if (rest.len && book_find(x->call, x->call->who, first, book) == OK) {
		*card = rest;
		return OK;
	}
	TRY(book_look_up(x->call, whom, &hits));
	*book = hits.list[0].book;
	*card = hits.list[0].card.name;
	return OK;
}

static const char *
state_of(const struct book_version *version)
{
	return version->refused ? "refused" : version->removed ? "removed" : "former";
}

/* Where a version came from; what is left open is the caller's to close. */
static void
write_origin(struct exchange *x, const struct book_version *version)
{
	struct buf *out = &x->out;

	json_open(out, '{');
	json_pair_number(out, STR("rev"), version->rev);
	json_pair(out, STR("by"), version->door);
	json_pair(out, STR("device"), version->device);
	json_pair(out, STR("at"), when_rfc3339(x->call->arena, version->at_ms));
}

static void
write_version(struct exchange *x, const struct book_version *version)
{
	struct buf *out = &x->out;

	write_origin(x, version);
	json_pair(out, STR("state"), str_of(state_of(version)));
	json_pair(out, STR("until"), when_rfc3339(x->call->arena, version->until_ms));
	json_close(out, '}');
}

enum err
api_history(struct exchange *x, str place, struct why *why)
{
	struct http_form query;
	struct book book;
	struct book_version now;
	struct book_version *list;
	str card;
	size_t count;

	(void)place;
	(void)why;
	TRY(http_query_read(x->call->arena, x->req->query, &query));
	TRY(api_card_find(x, http_form_get(&query, STR("q")), &book, &card));
	TRY(book_history(x->call, &book, card, &list, &count));
	json_pair(&x->out, STR("book"), book.name);
	json_pair(&x->out, STR("card"), card);
	if (book_version_now(x->call, &book, card, &now) == OK) {
		json_key(&x->out, STR("now"));
		write_origin(x, &now);
		json_close(&x->out, '}');
	}
	json_key(&x->out, STR("versions"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < count; i++)
		write_version(x, &list[i]);
	json_close(&x->out, ']');
	return OK;
}

/* --- back --- */

/* Without a rev: the version before the one that stands, or the last one of a card that is
 * gone. */
static enum err
latest_rev(struct exchange *x, const struct book *book, str card, int64_t *rev)
{
	struct book_version *list;
	size_t count;

	TRY(book_history(x->call, book, card, &list, &count));
	for (size_t i = 0; i < count; i++)
		if (!list[i].refused) {
			*rev = list[i].rev;
			return OK;
		}
	return ERR_NOT_FOUND;
}

enum err
api_undo(struct exchange *x, str place, struct why *why)
{
	int64_t rev = json_number(x->body, STR("rev"));
	struct book_put_done done;
	struct book book;
	str card;

	(void)place;
	TRY(api_card_find(x, json_text(x->body, STR("whom")), &book, &card));
	if (!rev)
		TRY(latest_rev(x, &book, card, &rev));
	TRY(book_undo(x->call, &book, card, rev, &done, why));
	json_pair(&x->out, STR("book"), book.name);
	json_pair(&x->out, STR("card"), card);
	json_pair_number(&x->out, STR("rev"), done.rev);
	return OK;
}

static void
write_removed_book(struct exchange *x, const struct book_removed *book)
{
	json_open(&x->out, '{');
	json_pair_number(&x->out, STR("id"), book->id);
	json_pair(&x->out, STR("name"), book->name);
	json_pair(&x->out, STR("title"), book->title);
	json_pair_number(&x->out, STR("cards"), book->cards);
	json_pair(
	    &x->out, STR("removed"), when_rfc3339(x->call->arena, book->removed_ms));
	json_close(&x->out, '}');
}

static void
write_removed_card(
    struct exchange *x, const struct book *book, const struct book_removed_card *card)
{
	json_open(&x->out, '{');
	json_pair(&x->out, STR("book"), book->name);
	json_pair(&x->out, STR("card"), card->name);
	json_pair(&x->out, STR("name"), card->fn);
	json_pair_number(&x->out, STR("rev"), card->rev);
	json_pair(
	    &x->out, STR("removed"), when_rfc3339(x->call->arena, card->removed_ms));
	json_close(&x->out, '}');
}

/* Of all books of the home. */
enum err
api_removed(struct exchange *x, str place, struct why *why)
{
	struct books books;
	struct book_removed *gone;
	size_t gone_count;

	(void)place;
	(void)why;
	TRY(book_list(x->call, x->call->who, &books));
	TRY(book_removed_books(x->call, &gone, &gone_count));
	json_key(&x->out, STR("cards"));
	json_open(&x->out, '[');
	for (size_t b = 0; b < books.count; b++) {
		struct book_removed_card *list;
		size_t count;

		TRY(book_removed_cards(x->call, &books.list[b], &list, &count));
		for (size_t i = 0; i < count; i++)
			write_removed_card(x, &books.list[b], &list[i]);
	}
	json_close(&x->out, ']');
	json_key(&x->out, STR("books"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < gone_count; i++)
		write_removed_book(x, &gone[i]);
	json_close(&x->out, ']');
	return OK;
}

enum err
api_revive(struct exchange *x, str place, struct why *why)
{
	struct book book;

	(void)place;
	(void)why;
	TRY(book_revive(x->call, json_number(x->body, STR("id")), &book));
	json_pair(&x->out, STR("book"), book.name);
	json_pair_number(&x->out, STR("cards"), book.cards);
	return OK;
}

/* "at": milliseconds since 1970. */
enum err
api_restore(struct exchange *x, str place, struct why *why)
{
	int64_t at_ms = json_number(x->body, STR("at"));
	struct book_restored done;
	struct book book;

	(void)place;
	if (at_ms <= 0 || at_ms > x->call->now_ms) {
		*why = (struct why){ .what = "a moment in the past, in milliseconds" };
		return ERR_BAD_INPUT;
	}
	TRY(book_find(x->call, x->call->who, json_text(x->body, STR("book")), &book));
	TRY(book_restore(
	    x->call, &book, at_ms, json_truth(x->body, STR("preview")), &done, why));
	json_pair_number(&x->out, STR("changed"), done.counts[BOOK_RESTORED_CHANGED]);
	json_pair_number(&x->out, STR("back"), done.counts[BOOK_RESTORED_BACK]);
	json_pair_number(&x->out, STR("removed"), done.counts[BOOK_RESTORED_REMOVED]);
	return OK;
}
