/* download.c - all that an account has, as one file, piece by piece. */
#include "ask/own.h"
#include "ask/said.h"
#include "ask/tell.h"
#include "base/when.h"
#include "json/json.h"
#include "web/security_int.h"
#include "web/zip_int.h"

#define PAGE_CARDS      100
#define PAGE_ASKS       100
#define PIECE_MAX_BYTES ((size_t)64 << 20)

struct download {
	struct call call;   /* with an arena of its own, emptied for each piece */
	struct arena *kept; /* what lasts longer */
	struct zip zip;
	struct buf *out;
	size_t step; /* of the table below */
	struct books books;
	size_t book;   /* of them */
	int64_t after; /* the last card, or ask, there was */
	bool begun;    /* the file under way has something in it */
};

static struct buf
piece(const struct download *d)
{
	return buf_in(d->call.arena, PIECE_MAX_BYTES);
}

static enum err
add_piece(struct download *d, const struct buf *text)
{
	str bytes;

	TRY(buf_text(text, &bytes));
	zip_add(&d->zip, d->out, bytes);
	return OK;
}

static void
pair_time(struct download *d, struct buf *out, const char *name, int64_t at_ms)
{
	if (at_ms)
		json_pair(out, str_of(name), when_rfc3339(d->call.arena, at_ms));
}

/* --- account.json --- */

static enum err
write_identifiers(struct download *d, struct buf *out)
{
	struct auth_identifier *list;
	size_t count;

	TRY(auth_identifier_list(&d->call, d->call.who, &list, &count));
	json_key(out, STR("identifiers"));
	json_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		json_open(out, '{');
		json_pair(out, STR("kind"), list[i].kind);
		json_pair(out, STR("value"), list[i].value);
		json_pair(out, STR("shown_by"), list[i].how);
		pair_time(d, out, "shown", list[i].verified_ms);
		json_close(out, '}');
	}
	json_close(out, ']');
	return OK;
}

static enum err
write_devices(struct download *d, struct buf *out)
{
	struct auth_device *list;
	size_t count;

	TRY(auth_device_list(&d->call, d->call.who, &list, &count));
	json_key(out, STR("devices"));
	json_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		json_open(out, '{');
		json_pair(out, STR("label"), list[i].label);
		json_pair(out, STR("groups"), list[i].groups);
		pair_time(d, out, "made", list[i].made_ms);
		pair_time(d, out, "seen", list[i].seen_ms);
		json_close(out, '}');
	}
	json_close(out, ']');
	return OK;
}

static enum err
write_passkeys(struct download *d, struct buf *out)
{
	struct auth_passkey *list;
	size_t count;

	TRY(auth_passkey_list(&d->call, &list, &count));
	json_key(out, STR("passkeys"));
	json_open(out, '[');
	for (size_t i = 0; i < count; i++) {
		json_open(out, '{');
		json_pair(out, STR("label"), list[i].label);
		pair_time(d, out, "made", list[i].made_ms);
		pair_time(d, out, "seen", list[i].seen_ms);
		json_close(out, '}');
	}
	json_close(out, ']');
	return OK;
}

static enum err
write_telling(struct download *d, struct buf *out)
{
	struct ask_telling telling;

	TRY(ask_telling_find(&d->call, &telling));
	json_key(out, STR("telling"));
	json_open(out, '{');
	json_pair(out, STR("by"), telling.by);
	json_pair(out, STR("hook"), telling.hook);
	json_close(out, '}');
	return OK;
}

static void
write_books(const struct download *d, struct buf *out)
{
	json_key(out, STR("books"));
	json_open(out, '[');
	for (size_t i = 0; i < d->books.count; i++) {
		const struct book *book = &d->books.list[i];

		json_open(out, '{');
		json_pair(out, STR("name"), book->name);
		json_pair(out, STR("title"), book->title);
		json_pair(out, STR("description"), book->description);
		json_close(out, '}');
	}
	json_close(out, ']');
}

static enum err
add_account(struct download *d, bool *done)
{
	struct buf out = piece(d);
	struct auth_account me;

	TRY(auth_account_find(&d->call, d->call.who, &me));
	json_open(&out, '{');
	json_pair(&out, STR("login"), me.login);
	json_pair(&out, STR("name"), me.name);
	json_pair(&out, STR("language"), me.lang);
	json_pair(&out, STR("region"), me.region);
	json_pair(&out, STR("answers"), me.policy);
	TRY(write_identifiers(d, &out));
	TRY(write_devices(d, &out));
	TRY(write_passkeys(d, &out));
	TRY(write_telling(d, &out));
	write_books(d, &out);
	json_close(&out, '}');
	buf_add_char(&out, '\n');
	*done = true;
	return add_piece(d, &out);
}

/* --- a book's cards, as they came; and who said what in them --- */

typedef enum err (*card_writer)(
    struct download *d, struct buf *out, const struct book_card *card);

static enum err
each_card(struct download *d, card_writer write, bool *done)
{
	const struct book *book = &d->books.list[d->book];
	struct buf out = piece(d);
	struct book_page page;

	TRY(book_scan(&d->call, book, d->after, PAGE_CARDS, BOOK_WHOLE, &page));
	for (size_t i = 0; i < page.count; i++) {
		TRY(write(d, &out, &page.list[i]));
		d->after = page.list[i].id;
	}
	*done = !page.more;
	return add_piece(d, &out);
}

static enum err
write_card(struct download *d, struct buf *out, const struct book_card *card)
{
	(void)d;
	buf_add(out, card->bytes);
	if (!str_ends(card->bytes, STR("\n")))
		buf_add(out, STR("\r\n"));
	return OK;
}

static enum err
add_cards(struct download *d, bool *done)
{
	return each_card(d, write_card, done);
}

static void
write_said(struct download *d, struct buf *out, const struct ask_said *said)
{
	json_open(out, '{');
	json_pair(out, STR("field"), card_field_name(said->field));
	json_pair(out, STR("text"), said->text);
	pair_time(d, out, "said", said->at_ms);
	json_pair_number(out, STR("evidence"), said->evidence);
	json_pair(out, STR("by"), said->channel);
	json_pair(out, STR("to"), said->to);
	json_close(out, '}');
}

/* Before a list's next item.  At the start of a piece, json/ sees no further back. */
static void
next_item(struct download *d, struct buf *out)
{
	if (!d->begun)
		buf_add_char(out, '[');
	else if (!out->len)
		zip_add(&d->zip, d->out, STR(","));
	d->begun = true;
}

/* Cards of which nobody said anything are left out. */
static enum err
write_card_said(struct download *d, struct buf *out, const struct book_card *card)
{
	struct ask_said *said;
	size_t count;
	bool some = false;
	enum err e = ask_said_of_card(
	    &d->call, d->books.list[d->book].name, card->name, &said, &count);

	if (e != OK) /* gone since it was listed */
		return e == ERR_NOT_FOUND ? OK : e;
	for (size_t i = 0; i < count; i++) {
		if (!said[i].at_ms)
			continue;
		if (!some) {
			next_item(d, out);
			json_open(out, '{');
			json_pair(out, STR("card"), card->name);
			json_pair(out, STR("name"), card->fn);
			json_key(out, STR("values"));
			json_open(out, '[');
		}
		some = true;
		write_said(d, out, &said[i]);
	}
	if (some) {
		json_close(out, ']');
		json_close(out, '}');
	}
	return OK;
}

/* What ends a list, also one with nothing in it. */
static void
end_list(struct download *d, struct buf *out)
{
	buf_add(out, d->begun ? STR("\n]\n") : STR("[]\n"));
}

static enum err
add_said(struct download *d, bool *done)
{
	struct buf end = piece(d);

	TRY(each_card(d, write_card_said, done));
	if (*done)
		end_list(d, &end);
	return add_piece(d, &end);
}

/* --- asks.json --- */

static void
write_events(struct download *d, struct buf *out, const struct ask_view *ask)
{
	json_key(out, STR("events"));
	json_open(out, '[');
	for (size_t i = 0; i < ask->event_count; i++) {
		json_open(out, '{');
		pair_time(d, out, "at", ask->events[i].at_ms);
		json_pair(out, STR("state"), ask_state_word(ask->events[i].state));
		json_pair(out, STR("note"), ask->events[i].note);
		json_close(out, '}');
	}
	json_close(out, ']');
}

static void
write_items(struct buf *out, const struct ask_view *ask)
{
	json_key(out, STR("items"));
	json_open(out, '[');
	for (size_t i = 0; i < ask->item_count; i++) {
		json_open(out, '{');
		json_pair(out, STR("field"), card_field_name(ask->items[i].op.field));
		json_pair(out, STR("before"), ask->items[i].before);
		json_pair(out, STR("after"), ask->items[i].after);
		json_pair(out, STR("decision"), (str){ &ask->items[i].decision, 1 });
		json_close(out, '}');
	}
	json_close(out, ']');
}

static enum err
write_ask(struct download *d, struct buf *out, int64_t id)
{
	struct ask_view ask;

	TRY(ask_find(&d->call, id, &ask));
	next_item(d, out);
	json_open(out, '{');
	json_pair_number(out, STR("ask"), ask.id);
	json_pair(out, STR("state"), ask_state_word(ask.state));
	json_pair(out, STR("by"), ask_by_word(ask.by));
	json_pair(out, STR("name"), ask.fn);
	json_pair(out, STR("book"), ask.book);
	json_pair(out, STR("card"), ask.card);
	json_pair(out, STR("to"), ask.to);
	json_pair(out, STR("note"), ask.note);
	json_pair_number(out, STR("evidence"), ask.evidence);
	pair_time(d, out, "made", ask.made_ms);
	pair_time(d, out, "expires", ask.expires_ms);
	write_events(d, out, &ask);
	write_items(out, &ask);
	json_close(out, '}');
	return OK;
}

static enum err
add_asks(struct download *d, bool *done)
{
	struct buf out = piece(d);
	struct ask_view *list;
	size_t count;

	TRY(ask_list(&d->call, d->after, PAGE_ASKS, &list, &count));
	for (size_t i = 0; i < count; i++) {
		TRY(write_ask(d, &out, list[i].id));
		d->after = list[i].made_ms;
	}
	*done = count < PAGE_ASKS;
	if (*done)
		end_list(d, &out);
	return add_piece(d, &out);
}

/* --- given.json: what of his own card he gave to whom --- */

static enum err
add_given(struct download *d, bool *done)
{
	struct buf out = piece(d);
	struct ask_given *list;
	size_t count;

	TRY(ask_given_list(&d->call, &list, &count));
	for (size_t i = 0; i < count; i++) {
		next_item(d, &out);
		json_open(&out, '{');
		json_pair(&out, STR("to"), list[i].owner_name);
		json_pair(&out, STR("field"), card_field_name(list[i].field));
		pair_time(d, &out, "at", list[i].at_ms);
		json_close(&out, '}');
	}
	end_list(d, &out);
	*done = true;
	return add_piece(d, &out);
}

/* --- one behind the other --- */

static const struct {
	str name; /* of a book's: what follows the book's own */
	enum err (*add)(struct download *d, bool *done);
	bool of_book;
} steps[] = {
	{ STR_CONST("account.json"), add_account, false },
	{ STR_CONST(".vcf"), add_cards, true },
	{ STR_CONST(".said.json"), add_said, true },
	{ STR_CONST("asks.json"), add_asks, false },
	{ STR_CONST("given.json"), add_given, false },
};

#define STEPS (sizeof steps / sizeof *steps)

static void
begin_file(struct download *d)
{
	str name = steps[d->step].name;

	if (steps[d->step].of_book)
		name = ARENA_JOIN(
		    d->call.arena, STR("books/"), d->books.list[d->book].name, name);
	d->after = 0;
	d->begun = false;
	zip_file(&d->zip, d->out, name);
}

/* Both files of a book come before the next book's. */
static void
go_on(struct download *d)
{
	bool more_books = d->book + 1 < d->books.count;

	d->step++;
	if (d->step < STEPS && !steps[d->step].of_book && steps[d->step - 1].of_book &&
	    more_books) {
		d->book++;
		while (steps[d->step - 1].of_book)
			d->step--;
	}
}

static enum err
next(void *self, struct buf *out, bool *last)
{
	struct download *d = self;
	bool done = false;

	arena_reset(d->call.arena);
	d->out = out;
	if (!d->zip.name.len)
		begin_file(d);
	TRY(steps[d->step].add(d, &done));
	if (done) {
		zip_file_end(&d->zip, out);
		d->zip.name = (str){ 0 };
		go_on(d);
	}
	*last = d->step == STEPS;
	if (*last)
		return zip_finish(&d->zip, out);
	return out->overflowed ? ERR_TOO_LARGE : OK;
}

static void
close_download(void *self)
{
	struct download *d = self;

	arena_close(&d->call.arena);
	arena_close(&d->kept);
}

void
page_download(struct page *p)
{
	struct download *d = ARENA_NEW(p->call.arena, struct download);
	enum err e = book_list(&p->call, p->call.who, &d->books);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	d->call = p->call;
	d->call.arena = arena_open();
	d->kept = arena_open();
	d->zip = zip_begin(d->kept);
	p->res->stream = (struct http_stream){ next, close_download, d };
	app_file(p, STR("kith.zip"), STR("application/zip"), (str){ 0 });
}
