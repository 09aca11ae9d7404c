/*
 * fixture_int.h - a server's store in a temporary folder: 张三, who asks, and his book.
 *
 * Included by the tests of this room only; every one of them is a program of its own.
 */
#ifndef KITH_ASK_FIXTURE_INT_H
#define KITH_ASK_FIXTURE_INT_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ask/ask_int.h"
#include "base/check.h"
#include "base/when.h"
#include "seal/seal.h"
#include "store/account.h"
#include "store/letter.h"

#define ZHANG       ((int64_t)11)
#define MORNING_MS  ((int64_t)1790000000000)
#define LI_NUMBER   "+8618988888888"
#define LEASE_MS    (1000 * WHEN_DAY_MS) /* what was looked at is gone */
#define LETTERS_MAX 100

struct house {
	struct arena *arena;
	struct store *store;
	char folder[64];
	struct ask_rules rules;
	int64_t now_ms; /* a step later with every call */
};

[[maybe_unused]] static struct call
call_of(struct house *h, int64_t who)
{
	h->now_ms += 1000;
	return (struct call){
		.store = h->store, .arena = h->arena, .who = who, .now_ms = h->now_ms
	};
}

static enum err
settle_in(struct store_tx *tx, void *arg)
{
	static const struct store_account zhang = {
		.id = ZHANG,
		.login = STR_CONST("zhang"),
		.name = STR_CONST("张三"),
		.lang = STR_CONST("zh"),
		.region = STR_CONST("CN"),
		.policy = STR_CONST("fill"),
		.made_ms = 1,
	};
	static const struct store_identifier shown[] = {
		{ ZHANG, STR_CONST("tel"), STR_CONST("+8613800000000"),
		    STR_CONST("operator"), 1 },
		{ ZHANG, STR_CONST("email"), STR_CONST("zhang@example.com"),
		    STR_CONST("operator"), 1 },
	};

	(void)arg;
	TRY(store_account_add(tx, &zhang));
	TRY(store_identifier_add(tx, &shown[0]));
	return store_identifier_add(tx, &shown[1]);
}

[[maybe_unused]] static struct house
house_open(void)
{
	struct house h = { .arena = arena_open(),
		.folder = "/tmp/kith-ask-XXXXXX",
		.now_ms = MORNING_MS,
		.rules = { .origin = STR("https://kith.example"),
		    .server_name = STR("Kith"),
		    .lang = STR("zh"),
		    .expire_ms = 14 * WHEN_DAY_MS,
		    .sms = true,
		    .mail = true,
		    .block_key = STR("0123456789abcdef0123456789abcdef") } };
	struct why why = { 0 };

	seal_start();
	must(mkdtemp(h.folder));
	must(store_open(str_of(h.folder), &h.store, &why) == OK);
	must(store_write(h.store, settle_in, NULL) == OK);
	return h;
}

[[maybe_unused]] static void
house_close(struct house *h)
{
	static const char *const files[] = { "kith.db", "kith.db-wal", "kith.db-shm" };
	char path[128];

	store_close(&h->store);
	arena_close(&h->arena);
	for (size_t i = 0; i < ASK_COUNT(files); i++) {
		(void)snprintf(path, sizeof path, "%s/%s", h->folder, files[i]);
		(void)unlink(path);
	}
	(void)rmdir(h->folder);
}

/* --- the book --- */

[[maybe_unused]] static struct book
book_of(struct house *h)
{
	struct call call = call_of(h, ZHANG);
	struct books books;

	must(book_list(&call, ZHANG, &books) == OK && books.count);
	return books.list[0];
}

[[maybe_unused]] static void
put_card(struct house *h, const char *name, str bytes)
{
	struct book book = book_of(h);
	struct call call = call_of(h, ZHANG);
	struct book_put put = {
		.name = str_of(name), .bytes = bytes, .by = BOOK_BY_DAV
	};
	struct book_put_done done;
	struct why why = { 0 };

	must(book_put(&call, &book, &put, &done, &why) == OK);
}

[[maybe_unused]] static str
card_bytes(struct house *h, const char *name)
{
	struct book book = book_of(h);
	struct call call = call_of(h, ZHANG);
	struct book_card card;

	must(book_card(&call, &book, str_of(name), BOOK_WHOLE, &card) == OK);
	return card.bytes;
}

[[maybe_unused]] static void
remove_card(struct house *h, const char *name)
{
	struct book book = book_of(h);
	struct call call = call_of(h, ZHANG);
	struct book_when always = { 0 };

	must(book_card_remove(&call, &book, str_of(name), &always, BOOK_BY_DAV) == OK);
}

/* --- what gates report --- */

struct travelling {
	struct call call;
	int64_t ask;
	enum ask_state state;
	str note;
};

static enum err
travel_in(struct store_tx *tx, void *arg)
{
	const struct travelling *t = arg;

	return ask_travelled_in(tx, &t->call, ZHANG, t->ask, t->state, t->note);
}

[[maybe_unused]] static enum err
travel(struct house *h, int64_t id, enum ask_state state, const char *note)
{
	struct travelling t = { call_of(h, CALL_NOBODY), id, state, str_of(note) };

	return store_write(h->store, travel_in, &t);
}

/* --- the outbox --- */

struct letters {
	struct house *h;
	struct store_letter *list;
	size_t count;
};

static enum err
claim_in(struct store_tx *tx, void *arg)
{
	struct letters *l = arg;

	return store_letter_claim(tx, l->h->arena, l->h->now_ms,
	    l->h->now_ms + LEASE_MS, NULL, 0, LETTERS_MAX, &l->list, &l->count);
}

/* What has been posted since the last look. */
[[maybe_unused]] static struct letters
posted(struct house *h)
{
	struct letters letters = { .h = h };

	must(store_write(h->store, claim_in, &letters) == OK);
	return letters;
}

/* How many of these leave the house: notices stop at a shut door. */
[[maybe_unused]] static size_t
leaving_letters(struct house *h)
{
	struct letters letters = posted(h);
	struct call call = call_of(h, CALL_NOBODY);
	SCOPED(store_tx) tx = NULL;
	size_t count = 0;

	must(store_look(h->store, &tx) == OK);
	for (size_t i = 0; i < letters.count; i++) {
		const struct store_letter *letter = &letters.list[i];
		bool shut = false;

		must(!letter->ask || ask_block_has(tx, &call, &h->rules,
					 letter->account, letter->to, &shut) == OK);
		count += !shut;
	}
	return count;
}

[[maybe_unused]] static str
token_in(str text)
{
	size_t at = str_find(text, STR("/a/"));

	return at == SIZE_MAX ? (str){ 0 } : str_part(text, at + 3, SEAL_TOKEN_CHARS);
}

/* --- asking and answering --- */

[[maybe_unused]] static enum err
ask_whom(struct house *h, const char *whom, enum ask_by by, struct ask_opened *out)
{
	struct call call = call_of(h, ZHANG);
	struct ask_draft draft = { .whom = str_of(whom), .by = by };
	struct why why = { 0 };

	return ask_open(&call, &h->rules, &draft, out, &why);
}

/* An ask the owner sends himself, in that mode; its token. */
[[maybe_unused]] static str
ask_self(struct house *h, const char *whom, enum ask_mode mode, int64_t *id)
{
	struct call call = call_of(h, ZHANG);
	struct ask_draft draft = {
		.whom = str_of(whom), .by = ASK_BY_SELF, .mode = mode
	};
	struct ask_opened opened;
	struct why why = { 0 };

	must(ask_open(&call, &h->rules, &draft, &opened, &why) == OK);
	*id = opened.id;
	return token_in(opened.link);
}

[[maybe_unused]] static enum err
answer_with(struct house *h, str token, struct card_op *ops, size_t count,
    struct ask_answered *out)
{
	struct call call = call_of(h, CALL_NOBODY);
	struct ask_reply reply = { .ops = { ops, count }, .by = ASK_DOOR_WEB };
	struct why why = { 0 };

	return ask_answer(&call, token, &reply, out, &why);
}

[[maybe_unused]] static struct card_op
insert(enum card_field field, const char *value)
{
	return (struct card_op){
		.kind = CARD_INSERT, .field = field, .value = str_of(value)
	};
}

/* The item of that field as the target is offered it. */
[[maybe_unused]] static struct ask_offer
offer_of(struct house *h, str token, enum card_field field)
{
	struct call call = call_of(h, CALL_NOBODY);
	struct ask_page page;

	must(ask_see(&call, token, &page) == OK);
	for (size_t i = 0; i < page.offer_count; i++)
		if (page.offers[i].field == field)
			return page.offers[i];
	return (struct ask_offer){ .item = SIZE_MAX };
}

[[maybe_unused]] static enum ask_state
state_of(struct house *h, int64_t id)
{
	struct call call = call_of(h, ZHANG);
	struct ask_view view;

	must(ask_find(&call, id, &view) == OK);
	return view.state;
}

[[maybe_unused]] static bool
has(str text, const char *needle)
{
	return str_find(text, str_of(needle)) != SIZE_MAX;
}

#endif
