/*
 * fixture_int.h - a gateway's side of the inbox: messages in, and what is posted out.
 *
 * Included by the tests of this room only; every one of them is a program of its own.
 */
#ifndef KITH_INBOX_FIXTURE_INT_H
#define KITH_INBOX_FIXTURE_INT_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "auth/auth.h"
#include "base/check.h"
#include "base/when.h"
#include "inbox/inbox_int.h"
#include "store/account.h"
#include "store/letter.h"

#define ZHANG_NUMBER "+8613800000000"
#define MORNING_MS   ((int64_t)1790000000000)
#define LEASE_MS     (1000 * WHEN_DAY_MS) /* what was looked at is gone */
#define LETTERS_MAX  100

struct house {
	struct arena *arena;
	struct store *store;
	char folder[64];
	int64_t zhang, now_ms;
	struct ask_rules rules;
	struct inbox inbox;
};

[[maybe_unused]] static struct call
call_of(struct house *h, int64_t who)
{
	h->now_ms += 1000;
	return (struct call){
		.store = h->store, .arena = h->arena, .who = who, .now_ms = h->now_ms
	};
}

[[maybe_unused]] static void
house_open(struct house *h)
{
	const struct auth_new zhang = { .login = STR("zhang"),
		.name = STR("张三"),
		.phone = STR(ZHANG_NUMBER),
		.lang = STR("zh"),
		.region = STR("CN"),
		.how = STR("operator") };
	struct call call;
	struct why why = { 0 };

	*h = (struct house){ .arena = arena_open(),
		.folder = "/tmp/kith-inbox-XXXXXX",
		.now_ms = MORNING_MS,
		.rules = { .origin = STR("https://kith.example"),
		    .server_name = STR("Kith"),
		    .lang = STR("zh"),
		    .expire_ms = 14 * WHEN_DAY_MS,
		    .sms = true,
		    .block_key = STR("0123456789abcdef0123456789abcdef") },
		.inbox = { .secret = STR("gatesecret"), .region = STR("CN") } };
	h->inbox.rules = &h->rules;
	must(mkdtemp(h->folder));
	must(store_open(str_of(h->folder), &h->store, &why) == OK);
	call = call_of(h, CALL_NOBODY);
	must(auth_account_add(&call, &zhang, &h->zhang, &why) == OK);
}

[[maybe_unused]] static void
house_close(struct house *h)
{
	static const char *const files[] = { "kith.db", "kith.db-wal", "kith.db-shm" };
	char path[128];

	store_close(&h->store);
	arena_close(&h->arena);
	for (size_t i = 0; i < INBOX_COUNT(files); i++) {
		(void)snprintf(path, sizeof path, "%s/%s", h->folder, files[i]);
		(void)unlink(path);
	}
	(void)rmdir(h->folder);
}

/* --- the gateway's call: its status, and that it got nothing to send back --- */

[[maybe_unused]] static unsigned
gateway(struct house *h, const char *path, str query, str body)
{
	static const struct http_field plain = { STR_CONST("content-type"),
		STR_CONST("text/plain") };
	struct call call = call_of(h, CALL_NOBODY);
	struct http_req req = { .method = body.len ? HTTP_POST : HTTP_GET,
		.path = str_of(path),
		.query = query,
		.fields = &plain,
		.field_count = 1,
		.body = body,
		.route = sizeof "/gate/" - 1 };
	struct http_res res = { 0 };

	inbox_answer(&h->inbox, &call, &req, &res);
	CHECK_INT(res.body.len, 0);
	return res.status;
}

[[maybe_unused]] static unsigned
say(struct house *h, const char *from, const char *text)
{
	struct buf query = buf_in(h->arena, 1024);

	buf_add(&query, STR("charset=UTF-8&coding=2&to=10690000&from="));
	http_query_add(&query, str_of(from));
	return gateway(h, "/gate/sms/kannel/gatesecret", buf_str(&query), str_of(text));
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

/* The four digits of a challenge. */
[[maybe_unused]] static str
code_in(str text)
{
	for (size_t i = 0; i + 4 <= text.len; i++) {
		int64_t number;

		if (str_number(str_part(text, i, 4), &number))
			return str_part(text, i, 4);
	}
	return (str){ 0 };
}

[[maybe_unused]] static bool
has(str text, const char *needle)
{
	return str_find(text, str_of(needle)) != SIZE_MAX;
}

#endif
