/* test_contract.c - what every driver must keep; runs over a table of them. */
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"
#include "store/account.h"
#include "store/ask.h"
#include "store/campaign.h"
#include "store/card.h"
#include "store/driver_int.h"
#include "store/follow.h"
#include "store/kept.h"
#include "store/letter.h"
#include "store/push.h"
#include "store/watch.h"
#include "store/wish.h"

static const struct driver *const drivers[] = { &driver_sqlite };
static const struct driver *driver; /* the one under test */

#define ACCOUNT ((int64_t)77)

static str
fresh_place(struct arena *arena)
{
	char path[] = "/tmp/kith-store-XXXXXX";

	must(mkdtemp(path));
	return arena_copy(arena, str_of(path));
}

static void
remove_place(str place)
{
	static const char *const files[] = { "kith.db", "kith.db-wal", "kith.db-shm" };
	char path[200];

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		(void)snprintf(
		    path, sizeof path, STR_FMT "/%s", STR_ARG(place), files[i]);
		(void)unlink(path);
	}
	(void)snprintf(path, sizeof path, STR_FMT, STR_ARG(place));
	(void)rmdir(path);
}

struct bench {
	struct arena *arena;
	struct store *store;
	str place;
	struct store_book book;
};

/* --- one write each, as functions to hand over --- */

struct put {
	struct bench *b;
	const char *name, *uid, *bytes;
	const struct store_key *keys;
	size_t key_count;
	const struct store_cut *cuts;
	size_t cut_count;
	bool refused;           /* kept as an upload that was */
	struct store_card card; /* out */
	enum err fail;          /* after the write: to see it undone */
};

static enum err
put_fn(struct store_tx *tx, void *arg)
{
	struct put *p = arg;
	struct store_origin origin = { .who = ACCOUNT, .door = STR("dav"), .at_ms = 5 };
	struct store_card old;
	struct store_book book;
	SCOPED(arena) arena = arena_open();
	enum err e;

	TRY(store_book_by_id(tx, arena, ACCOUNT, p->b->book.id, &book));
	e = store_card_find(tx, arena, &book, str_of(p->name), STORE_WHOLE, &old);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	p->card = (struct store_card){ .name = str_of(p->name),
		.uid = str_of(p->uid),
		.etag = STR("\"e\""),
		.fn = STR("fn"),
		.sort_key = str_of(p->uid),
		.size = (int64_t)strlen(p->bytes),
		.modified_ms = 5,
		.bytes = str_of(p->bytes),
		.cuts = p->cuts,
		.cut_count = p->cut_count };
	if (p->refused)
		return store_version_refused(tx, &book, &p->card, &origin);
	TRY(store_card_put(tx, &book, &p->card, e == OK ? &old : NULL, p->keys,
	    p->key_count, &origin));
	return p->fail;
}

struct drop {
	struct bench *b;
	const char *name;
};

static enum err
drop_fn(struct store_tx *tx, void *arg)
{
	struct drop *d = arg;
	struct store_origin origin = { .door = STR("dav"), .at_ms = 6 };
	struct store_card old;
	struct store_book book;
	SCOPED(arena) arena = arena_open();

	TRY(store_book_by_id(tx, arena, ACCOUNT, d->b->book.id, &book));
	TRY(store_card_find(tx, arena, &book, str_of(d->name), STORE_WHOLE, &old));
	return store_card_remove(tx, &book, &old, STORE_REMOVED, &origin);
}

static enum err
put(struct bench *b, const char *name, const char *bytes)
{
	struct put p = { .b = b, .name = name, .uid = name, .bytes = bytes };

	return store_write(b->store, put_fn, &p);
}

static enum err
drop(struct bench *b, const char *name)
{
	struct drop d = { b, name };

	return store_write(b->store, drop_fn, &d);
}

static enum err
set_up_fn(struct store_tx *tx, void *arg)
{
	struct bench *b = arg;
	struct store_account account = { ACCOUNT, STR("ada"), STR("Ada"), STR("en"),
		STR("GB"), STR("fill"), 1 };

	TRY(store_account_add(tx, &account));
	b->book = (struct store_book){
		.account = ACCOUNT, .name = STR("contacts"), .made_ms = 1
	};
	return store_book_add(tx, b->arena, &b->book);
}

static struct bench
set_up(void)
{
	struct bench b = { .arena = arena_open() };
	struct why why = { 0 };

	b.place = fresh_place(b.arena);
	must(store_open_with(driver, b.place, &b.store, &why) == OK);
	must(store_write(b.store, set_up_fn, &b) == OK);
	return b;
}

static void
tear_down(struct bench *b)
{
	store_close(&b->store);
	remove_place(b->place);
	arena_close(&b->arena);
}

static struct store_book
book_now(struct bench *b)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book book = { 0 };

	CHECK_OK(store_look(b->store, &tx));
	CHECK_OK(store_book_find(tx, b->arena, ACCOUNT, STR("contacts"), &book));
	return book;
}

/* --- tests --- */

static void
cards(void)
{
	struct bench b = set_up();
	struct store_book book;
	struct store_card card;
	struct store_version *versions;
	size_t count = 0;

	CHECK_OK(put(&b, "a.vcf", "one"));
	CHECK_OK(put(&b, "a.vcf", "three"));
	book = book_now(&b);
	CHECK_INT(book.rev, 3);
	CHECK_INT(book.cards, 1);
	CHECK_INT(book.bytes, 5);
	CHECK_STR(book.region, STR("GB"));
	{
		SCOPED(store_tx) tx = NULL;

		CHECK_OK(store_look(b.store, &tx));
		CHECK_OK(store_card_find(
		    tx, b.arena, &book, STR("a.vcf"), STORE_WHOLE, &card));
		CHECK_STR(card.bytes, STR("three"));
		CHECK_INT(card.rev, 3);
		CHECK_OK(store_card_by_uid(
		    tx, b.arena, &book, STR("a.vcf"), STORE_HEAD, &card));
		CHECK_INT(card.bytes.len, 0);
		CHECK_ERR(store_card_find(
			      tx, b.arena, &book, STR("b.vcf"), STORE_HEAD, &card),
		    ERR_NOT_FOUND);
	}
	CHECK_OK(drop(&b, "a.vcf"));
	CHECK_ERR(drop(&b, "a.vcf"), ERR_NOT_FOUND);
	book = book_now(&b);
	CHECK_INT(book.cards, 0);
	CHECK_INT(book.bytes, 0);
	{
		SCOPED(store_tx) tx = NULL;
		struct store_version whole;

		CHECK_OK(store_look(b.store, &tx));
		CHECK_OK(store_version_list(
		    tx, b.arena, &book, STR("a.vcf"), 10, &versions, &count));
		CHECK_INT(count, 2);
		if (count == 2) {
			CHECK_INT(versions[0].rev, 3);
			CHECK(versions[0].removed);
			CHECK_STR(versions[1].origin.door, STR("dav"));
		}
		CHECK_OK(
		    store_version_find(tx, b.arena, &book, STR("a.vcf"), 2, &whole));
		CHECK_STR(whole.bytes, STR("one"));
	}
	tear_down(&b);
}

static void
undone(void)
{
	struct bench b = set_up();
	struct put p = { .b = &b,
		.name = "a.vcf",
		.uid = "a",
		.bytes = "x",
		.fail = ERR_CONDITION };

	CHECK_ERR(store_write(b.store, put_fn, &p), ERR_CONDITION);
	CHECK_INT(book_now(&b).rev, 1);
	CHECK_INT(book_now(&b).cards, 0);
	tear_down(&b);
}

static void
keys(void)
{
	struct bench b = set_up();
	static const struct store_key first[] = { { 2, STR_CONST("+86189") },
		{ 6, STR_CONST("a@b.cn") } };
	static const struct store_key second[] = { { 6, STR_CONST("c@d.cn") } };
	struct put p = { .b = &b,
		.name = "a.vcf",
		.uid = "a",
		.bytes = "x",
		.keys = first,
		.key_count = 2 };
	struct store_key wanted[] = { { 2, STR("+86189") }, { 10, STR("+86189") },
		{ 6, STR("a@b.cn") }, { 6, STR("c@d.cn") } };
	struct store_hit *hits;
	size_t count = 0;

	CHECK_OK(store_write(b.store, put_fn, &p));
	{
		SCOPED(store_tx) tx = NULL;

		CHECK_OK(store_look(b.store, &tx));
		CHECK_OK(
		    store_key_find(tx, b.arena, ACCOUNT, wanted, 4, 10, &hits, &count));
		CHECK_INT(count, 2);
		CHECK_INT(hits[0].book, b.book.id);
		CHECK_OK(store_key_find(
		    tx, b.arena, ACCOUNT + 1, wanted, 4, 10, &hits, &count));
		CHECK_INT(count, 0);
	}
	p.keys = second;
	p.key_count = 1;
	CHECK_OK(store_write(b.store, put_fn, &p));
	{
		SCOPED(store_tx) tx = NULL;

		CHECK_OK(store_look(b.store, &tx));
		CHECK_OK(
		    store_key_find(tx, b.arena, ACCOUNT, wanted, 4, 10, &hits, &count));
		CHECK_INT(count, 1);
		CHECK_STR(hits[0].value, STR("c@d.cn"));
	}
	CHECK_OK(drop(&b, "a.vcf"));
	{
		SCOPED(store_tx) tx = NULL;

		CHECK_OK(store_look(b.store, &tx));
		CHECK_OK(
		    store_key_find(tx, b.arena, ACCOUNT, wanted, 4, 10, &hits, &count));
		CHECK_INT(count, 0);
	}
	tear_down(&b);
}

/* Random puts and removes; replaying the changes from any rev gives the listing. */
#define NAMES 30
#define STEPS 400

struct listing {
	int rev[NAMES]; /* 0: not there */
};

static void
replay(struct bench *b, int64_t since, struct listing *from)
{
	struct store_book book = book_now(b);
	bool more = true;

	while (more) {
		SCOPED(store_tx) tx = NULL;
		struct store_change_page page;

		if (!CHECK_OK(store_look(b->store, &tx)) ||
		    !CHECK_OK(store_changes(
			tx, b->arena, &book, since, book.rev, 7, STORE_HEAD, &page)))
			return;
		for (size_t i = 0; i < page.count; i++) {
			const struct store_change *c = &page.list[i];
			int64_t at = 0;

			CHECK(str_number(c->card.name, &at) && at < NAMES);

			CHECK(c->card.rev > since);
			since = c->card.rev;
			from->rev[at] = c->gone ? 0 : (int)c->card.rev;
		}
		more = page.more;
	}
}

static void
changes(void)
{
	struct bench b = set_up();
	struct listing now = { 0 };
	static struct listing at_rev[STEPS + 2];
	unsigned seed = 7;

	for (int i = 0; i < STEPS; i++) {
		int name = rand_r(&seed) % NAMES;
		char text[16];

		(void)snprintf(text, sizeof text, "%d", name);
		if (rand_r(&seed) % 3 == 0 && now.rev[name]) {
			CHECK_OK(drop(&b, text));
			now.rev[name] = 0;
		} else {
			CHECK_OK(put(&b, text, "x"));
			now.rev[name] = i + 2;
		}
		if (book_now(&b).rev != i + 2)
			i--; /* nothing was written: no rev was taken */
		else
			at_rev[i + 2] = now;
	}
	for (int since = 0; since <= STEPS + 1; since += 13) {
		struct listing replayed = { 0 };

		if (since > 1)
			replayed = at_rev[since];
		replay(&b, since, &replayed);
		CHECK(memcmp(&replayed, &now, sizeof now) == 0);
	}
	tear_down(&b);
}

/* --- many at once --- */

#define THREADS 8
#define EACH    50

struct worker {
	struct bench *b;
	int number;
	int good;
};

static void *
work(void *arg)
{
	struct worker *w = arg;

	for (int i = 0; i < EACH; i++) {
		char name[32];
		struct put p = { .b = w->b,
			.name = name,
			.uid = name,
			.bytes = "x",
			.fail = i % 5 == 4 ? ERR_CONDITION : OK };

		(void)snprintf(name, sizeof name, "%d-%d", w->number, i);
		w->good += store_write(w->b->store, put_fn, &p) == p.fail;
	}
	return NULL;
}

static void
groups(void)
{
	struct bench b = set_up();
	struct worker workers[THREADS];
	pthread_t threads[THREADS];

	for (int i = 0; i < THREADS; i++) {
		workers[i] = (struct worker){ &b, i, 0 };
		must(pthread_create(&threads[i], NULL, work, &workers[i]) == 0);
	}
	for (int i = 0; i < THREADS; i++) {
		(void)pthread_join(threads[i], NULL);
		CHECK_INT(workers[i].good, EACH);
	}
	CHECK_INT(book_now(&b).cards, THREADS * EACH * 4 / 5);
	CHECK_INT(book_now(&b).rev, 1 + THREADS * EACH * 4 / 5);
	tear_down(&b);
}

/* --- the worst --- */

/* The child puts cards and says so; it is killed at any moment; what it said is there. */
static void
child_puts(struct bench *b, int tell)
{
	for (int i = 0;; i++) {
		char name[32];

		(void)snprintf(name, sizeof name, "%d", i);
		if (put(b, name, "x") != OK || write(tell, &i, sizeof i) != sizeof i)
			_exit(1);
	}
}

static int
killed_child(str place)
{
	int ends[2];
	int told = -1;
	int number;
	pid_t pid;

	must(pipe(ends) == 0);
	pid = fork();
	if (pid == 0) {
		struct bench b = { .arena = arena_open(), .place = place };
		struct why why;

		(void)close(ends[0]);
		if (store_open_with(driver, place, &b.store, &why) != OK)
			_exit(1);
		if (store_write(b.store, set_up_fn, &b) == ERR_EXISTS)
			b.book = book_now(&b);
		child_puts(&b, ends[1]);
	}
	(void)close(ends[1]);
	while (told < 20 && read(ends[0], &number, sizeof number) == sizeof number)
		told = number;
	(void)kill(pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
	while (read(ends[0], &number, sizeof number) == sizeof number)
		told = number;
	(void)close(ends[0]);
	return told;
}

static void
kill_nine(void)
{
	for (int round = 0; round < 5; round++) {
		SCOPED(arena) arena = arena_open();
		str place = fresh_place(arena);
		int told = killed_child(place);
		struct bench b = { .arena = arena, .place = place };
		struct why why = { 0 };

		CHECK(told >= 20);
		if (!CHECK_OK(store_open_with(driver, place, &b.store, &why)))
			return;
		CHECK_OK(store_verify(b.store, &why));
		CHECK(book_now(&b).cards > told);
		CHECK(book_now(&b).rev == book_now(&b).cards + 1);
		store_close(&b.store);
		remove_place(place);
	}
}

static void
full_disk(void)
{
	struct bench b = set_up();
	struct rlimit before;
	struct rlimit small = { 3 << 20, RLIM_INFINITY };
	char *large = malloc((8 << 20) + 1);
	enum err e;

	must(large && getrlimit(RLIMIT_FSIZE, &before) == 0);
	small.rlim_max = before.rlim_max;
	memset(large, 'x', 8 << 20);
	large[8 << 20] = '\0';
	(void)signal(SIGXFSZ, SIG_IGN);
	CHECK_OK(put(&b, "small", "x"));
	(void)setrlimit(RLIMIT_FSIZE, &small);
	e = put(&b, "large", large);
	CHECK(e == ERR_FULL || e == ERR_STORE);
	(void)setrlimit(RLIMIT_FSIZE, &before);
	CHECK_INT(book_now(&b).cards, 1);
	CHECK_OK(put(&b, "after", "x"));
	CHECK_INT(book_now(&b).cards, 2);
	free(large);
	tear_down(&b);
}

static void
newer_data(void)
{
	struct bench b = set_up();
	struct why why = { 0 };
	char command[300];
	struct store *again = NULL;

	store_close(&b.store);
	(void)snprintf(command, sizeof command, STR_FMT "/kith.db", STR_ARG(b.place));
	{
		/* user_version stands in bytes 60 to 63 of the file's head. */
		FILE *file = fopen(command, "r+b");
		static const unsigned char version[] = { 0, 0, 0, 99 };

		must(file && fseek(file, 60, SEEK_SET) == 0);
		must(fwrite(version, 1, 4, file) == 4 && fclose(file) == 0);
	}
	CHECK_ERR(store_open_with(driver, b.place, &again, &why), ERR_NEWER);
	CHECK(why.what != NULL);
	remove_place(b.place);
	arena_close(&b.arena);
}

static void
not_a_store(void)
{
	SCOPED(arena) arena = arena_open();
	str place = fresh_place(arena);
	char path[300];
	struct why why = { 0 };
	struct store *store = NULL;
	FILE *file;

	(void)snprintf(path, sizeof path, STR_FMT "/kith.db", STR_ARG(place));
	file = fopen(path, "wb");
	must(
	    file &&
	    fputs("this is a text of somebody's, long enough to be looked at\n", file));
	must(fclose(file) == 0);
	CHECK_ERR(store_open_with(driver, place, &store, &why), ERR_STORE);
	remove_place(place);
	CHECK_ERR(
	    store_open_with(driver, STR("/nowhere/at/all"), &store, &why), ERR_IO);
}

/* --- accounts, letters, secrets --- */

static enum err
twins_fn(struct store_tx *tx, void *arg)
{
	struct store_account twin = { 78, STR("ada"), STR("Ada"), STR("en"), STR("GB"),
		STR("fill"), 1 };
	struct store_identifier first = { ACCOUNT, STR("tel"), STR("+44"),
		STR("operator"), 1 };
	struct store_identifier second = { 78, STR("tel"), STR("+44"), STR("operator"),
		1 };

	(void)arg;
	CHECK_ERR(store_account_add(tx, &twin), ERR_EXISTS);
	CHECK_OK(store_identifier_add(tx, &first));
	CHECK_ERR(store_identifier_add(tx, &second), ERR_EXISTS);
	return OK;
}

static void
taken_names(void)
{
	struct bench b = set_up();
	SCOPED(store_tx) tx = NULL;
	struct store_identifier found;

	CHECK_OK(store_write(b.store, twins_fn, NULL));
	CHECK_OK(store_look(b.store, &tx));
	CHECK_OK(store_identifier_find(tx, b.arena, STR("tel"), STR("+44"), &found));
	CHECK_INT(found.account, ACCOUNT);
	store_tx_close(&tx);
	tear_down(&b);
}

static enum err
removal_fn(struct store_tx *tx, void *arg)
{
	(void)arg;
	return store_account_remove(tx, ACCOUNT);
}

static void
removed_account(void)
{
	struct bench b = set_up();
	SCOPED(store_tx) tx = NULL;
	struct store_book book;
	struct store_card card;

	CHECK_OK(put(&b, "a", "x"));
	CHECK_OK(store_write(b.store, removal_fn, NULL));
	CHECK_ERR(store_write(b.store, removal_fn, NULL), ERR_NOT_FOUND);
	CHECK_OK(store_look(b.store, &tx));
	CHECK_ERR(store_book_find(tx, b.arena, ACCOUNT, STR("contacts"), &book),
	    ERR_NOT_FOUND);
	CHECK_ERR(store_card_find(tx, b.arena, &b.book, STR("a"), STORE_HEAD, &card),
	    ERR_NOT_FOUND);
	store_tx_close(&tx);
	tear_down(&b);
}

struct claim {
	struct arena *arena;
	int64_t now_ms;
	str spared[STORE_LETTER_SPARED_MAX];
	size_t spared_count;
	struct store_letter *list;
	size_t count;
};

static enum err
post_fn(struct store_tx *tx, void *arg)
{
	struct store_letter letter = { .channel = STR("sms"),
		.state = STR("due"),
		.due_ms = 100,
		.body = STR("hello") };

	(void)arg;
	return store_letter_add(tx, &letter);
}

static enum err
claim_fn(struct store_tx *tx, void *arg)
{
	struct claim *c = arg;

	return store_letter_claim(tx, c->arena, c->now_ms, c->now_ms + 50, c->spared,
	    c->spared_count, 10, &c->list, &c->count);
}

static enum err
shorten_fn(struct store_tx *tx, void *arg)
{
	(void)arg;
	return store_letter_shorten(tx, 160);
}

static enum err
receipt_fn(struct store_tx *tx, void *arg)
{
	static const struct {
		int64_t id, made_ms;
		str gate, receipt;
	} rows[] = {
		{ 11, 1, STR_CONST("mm7"), STR_CONST("a") },
		{ 12, 2, STR_CONST("mm7"), STR_CONST("a") },
		{ 13, 3, STR_CONST("http"), STR_CONST("a") },
		{ 14, 4, STR_CONST("mm7"), STR_CONST("") },
	};

	(void)arg;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct store_letter letter = { .id = rows[i].id,
			.channel = STR("mms"),
			.state = STR("taken"),
			.made_ms = rows[i].made_ms,
			.gate = rows[i].gate,
			.parts = STR("\1\0\xff"),
			.receipt = rows[i].receipt };

		TRY(store_letter_add(tx, &letter));
	}
	return OK;
}

static enum err
wipe_fn(struct store_tx *tx, void *arg)
{
	struct store_letter *letter = arg;

	letter->parts = STR("");
	return store_letter_update(tx, letter);
}

static void
receipts(void)
{
	struct bench b = set_up();
	SCOPED(store_tx) tx = NULL;
	struct store_letter found = { 0 };

	CHECK_OK(store_write(b.store, receipt_fn, NULL));
	CHECK_OK(store_look(b.store, &tx));
	CHECK_OK(store_letter_by_receipt(tx, b.arena, STR("mm7"), STR("a"), &found));
	CHECK_INT(found.id, 12);
	CHECK_STR(found.parts, STR("\1\0\xff"));
	CHECK_ERR(store_letter_by_receipt(tx, b.arena, STR("mm7"), STR(""), &found),
	    ERR_NOT_FOUND);
	CHECK_ERR(store_letter_by_receipt(tx, b.arena, STR("mm7"), STR("b"), &found),
	    ERR_NOT_FOUND);
	store_tx_close(&tx);
	CHECK_OK(store_write(b.store, wipe_fn, &found));
	CHECK_OK(store_look(b.store, &tx));
	CHECK_OK(store_letter_find(tx, b.arena, 12, &found));
	CHECK_INT(found.parts.len, 0);
	store_tx_close(&tx);
	tear_down(&b);
}

/* --- who follows which field --- */

struct following {
	const struct store_follow *put, *done; /* or NULL */
	str changed, dropped; /* fields of account 1; dropped of owner 7 */
	bool drop_all;
	int64_t now_ms, removed, account; /* made before all else */
	str login;
};

static enum err
follow_fn(struct store_tx *tx, void *arg)
{
	const struct following *f = arg;

	if (f->account)
		TRY(store_account_add(tx,
		    &(struct store_account){ .id = f->account, .login = f->login }));
	if (f->put)
		TRY(store_follow_put(tx, f->put));
	if (f->changed.len)
		TRY(store_follow_changed(tx, 1, f->changed, f->now_ms));
	if (f->dropped.len || f->drop_all)
		TRY(store_follow_drop(tx, 1, 7, f->dropped));
	if (f->removed)
		TRY(store_account_remove(tx, f->removed));
	return f->done ? store_follow_done(tx, f->done) : OK;
}

static enum err
follow(struct bench *b, struct following f)
{
	return store_write(b->store, follow_fn, &f);
}

static size_t
follows_of(struct bench *b, int64_t account, struct store_follow **out)
{
	SCOPED(store_tx) tx = NULL;
	size_t count;

	must(store_look(b->store, &tx) == OK);
	must(store_follow_list(tx, b->arena, account, out, &count) == OK);
	return count;
}

static size_t
follows_due(struct bench *b, size_t limit, struct store_follow **out)
{
	SCOPED(store_tx) tx = NULL;
	size_t count;

	must(store_look(b->store, &tx) == OK);
	must(store_follow_due(tx, b->arena, limit, out, &count) == OK);
	return count;
}

static void
put_follows(struct bench *b)
{
	const struct store_follow rows[] = { { 1, 7, STR("email"), STR("Li"), 3, 10,
						 0 },
		{ 1, 7, STR("adr"), STR("Li"), 3, 10, 0 },
		{ 1, 8, STR("email"), STR("Wu"), 4, 11, 0 },
		{ 2, 7, STR("email"), STR("Li"), 5, 12, 0 } };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		CHECK_OK(follow(b, (struct following){ .put = &rows[i] }));
}

/* Each change comes to each follower once, however often it is tried. */
static void
followed(void)
{
	struct bench b = set_up();
	struct store_follow *list, *later, again;

	put_follows(&b);
	CHECK_INT(follows_due(&b, 9, &list), 0);
	CHECK_OK(
	    follow(&b, (struct following){ .changed = STR("email"), .now_ms = 20 }));
	CHECK_INT(follows_due(&b, 1, &list), 1);
	CHECK_INT(follows_due(&b, 9, &list), 2); /* not the address, not of account 2 */
	CHECK_INT(list[0].owner, 7);
	CHECK_INT(list[1].owner, 8);
	CHECK_OK(follow(&b, (struct following){ .done = &list[0] }));
	CHECK_ERR(follow(&b, (struct following){ .done = &list[0] }), ERR_NOT_FOUND);
	CHECK_OK(/* once more before it was delivered */
	    follow(&b, (struct following){ .changed = STR("email"), .now_ms = 21 }));
	CHECK_ERR(follow(&b, (struct following){ .done = &list[1] }), ERR_NOT_FOUND);
	CHECK_INT(follows_due(&b, 9, &later), 2);
	again = later[0];
	again.owner_name = STR("Li Si");
	CHECK_OK(follow(&b, (struct following){ .put = &again }));
	CHECK_INT(follows_due(&b, 9, &later), 2); /* what is coming still comes */
	CHECK_STR(later[0].owner_name, STR("Li Si"));
	CHECK_INT(later[0].made_ms, 10);
	tear_down(&b);
}

static void
unfollowed(void)
{
	struct bench b = set_up();
	struct store_follow *list, *due;

	put_follows(&b);
	CHECK_OK(
	    follow(&b, (struct following){ .changed = STR("email"), .now_ms = 20 }));
	CHECK_INT(follows_due(&b, 9, &due), 2);
	CHECK_OK(follow(&b, (struct following){ .dropped = STR("email") }));
	CHECK_ERR(follow(&b, (struct following){ .done = &due[0] }), ERR_NOT_FOUND);
	CHECK_INT(follows_of(&b, 1, &list), 2);
	CHECK_STR(list[0].field, STR("adr"));
	CHECK_OK(follow(&b, (struct following){ .drop_all = true }));
	CHECK_INT(follows_of(&b, 1, &list), 1);
	CHECK_INT(list[0].owner, 8);
	CHECK_OK(follow(&b, (struct following){ .account = 8, .login = STR("wu") }));
	CHECK_OK(follow(&b, (struct following){ .account = 2, .login = STR("bo") }));
	CHECK_OK(
	    follow(&b, (struct following){ .removed = 8 })); /* the follower goes */
	CHECK_INT(follows_of(&b, 1, &list), 0);
	CHECK_INT(follows_due(&b, 9, &due), 0);
	CHECK_INT(follows_of(&b, 2, &list), 1);
	CHECK_OK(follow(&b, (struct following){ .removed = 2 })); /* the followed */
	CHECK_INT(follows_of(&b, 2, &list), 0);
	tear_down(&b);
}

static enum err
keep_fn(struct store_tx *tx, void *arg)
{
	return store_kept_put(tx, arg);
}

static enum err
unkeep_fn(struct store_tx *tx, void *arg)
{
	const int64_t *now_ms = arg;

	return *now_ms ? store_kept_sweep(tx, *now_ms) : store_kept_drop(tx, STR("b"));
}

static bool
is_kept(struct bench *b, const char *hash, struct store_kept *out)
{
	SCOPED(store_tx) tx = NULL;

	must(store_look(b->store, &tx) == OK);
	return store_kept_find(tx, b->arena, str_of(hash), out) == OK;
}

static void
sealed(void)
{
	struct bench b = set_up();
	struct store_kept rows[] = { { STR("a"), STR("\1\0\xff"), 100 },
		{ STR("a"), STR("\0two"), 200 }, { STR("b"), STR("b"), 300 },
		{ STR("c"), STR("c"), 201 } };
	struct store_kept found;
	int64_t now_ms = 200, none = 0;

	CHECK_OK(store_write(b.store, keep_fn, &rows[0]));
	CHECK(is_kept(&b, "a", &found));
	CHECK_STR(found.box, rows[0].box);
	for (size_t i = 1; i < 4; i++)
		CHECK_OK(store_write(b.store, keep_fn, &rows[i]));
	CHECK(is_kept(&b, "a", &found));
	CHECK_STR(found.box, rows[1].box);
	CHECK_INT(found.until_ms, 200);
	CHECK_OK(store_write(b.store, unkeep_fn, &now_ms));
	CHECK(!is_kept(&b, "a", &found));
	CHECK(is_kept(&b, "b", &found) && is_kept(&b, "c", &found));
	CHECK_OK(store_write(b.store, unkeep_fn, &none));
	CHECK(!is_kept(&b, "b", &found) && is_kept(&b, "c", &found));
	tear_down(&b);
}

static void
letters(void)
{
	struct bench b = set_up();
	struct claim c = { .arena = b.arena, .now_ms = 99 };
	int64_t next_ms = 0;

	for (int i = 0; i < 3; i++)
		CHECK_OK(store_write(b.store, post_fn, NULL));
	{
		SCOPED(store_tx) tx = NULL;

		CHECK_OK(store_look(b.store, &tx));
		CHECK_OK(store_letter_next(tx, &next_ms));
		CHECK_INT(next_ms, 100);
	}
	CHECK_OK(store_write(b.store, claim_fn, &c));
	CHECK_INT(c.count, 0); /* not due yet */
	c.now_ms = 100;
	CHECK_OK(store_write(b.store, claim_fn, &c));
	CHECK_INT(c.count, 3);
	CHECK_OK(store_write(b.store, claim_fn, &c));
	CHECK_INT(c.count, 0); /* leased to the first */
	c.now_ms = 150;
	CHECK_OK(store_write(b.store, claim_fn, &c));
	CHECK_INT(c.count, 3); /* whose lease is over */
	CHECK_INT(c.list[0].attempts, 2);
	CHECK_OK(store_write(b.store, shorten_fn, NULL));
	c.now_ms = 159;
	CHECK_OK(store_write(b.store, claim_fn, &c));
	CHECK_INT(c.count, 0);
	c.now_ms = 160; /* where it was 200 */
	c.spared[2] = STR("sms");
	c.spared_count = 3;
	CHECK_OK(store_write(b.store, claim_fn, &c));
	CHECK_INT(c.count, 0); /* spared */
	c.spared_count = 2;
	CHECK_OK(store_write(b.store, claim_fn, &c));
	CHECK_INT(c.count, 3);
	tear_down(&b);
}

/* The watcher is another process, as it must be. */
static uint64_t
seen_from_outside(const struct bench *b)
{
	uint64_t stamp = 0;
	int ends[2];
	pid_t child;

	must(pipe(ends) == 0);
	child = fork();
	must(child >= 0);
	if (child == 0) {
		struct store_watch watch = { 0 };

		stamp = store_watch_stamp(&watch, b->place);
		must(stamp == store_watch_stamp(&watch, b->place));
		must(write(ends[1], &stamp, sizeof stamp) == sizeof stamp);
		store_watch_close(&watch);
		_exit(0);
	}
	must(read(ends[0], &stamp, sizeof stamp) == sizeof stamp);
	must(waitpid(child, NULL, 0) == child);
	(void)close(ends[0]);
	(void)close(ends[1]);
	return stamp;
}

static uint64_t
seen_from_inside(const struct bench *b)
{
	SCOPED(store_tx) tx = NULL;

	must(store_look(b->store, &tx) == OK);
	return store_tx_stamp(tx);
}

static void
watching(void)
{
	struct bench b = set_up();
	struct store *again = NULL;
	struct why why = { 0 };
	uint64_t before = seen_from_inside(&b);

	CHECK(before != 0);
	CHECK(seen_from_outside(&b) == before);
	CHECK_OK(put(&b, "a", "one"));
	CHECK(seen_from_outside(&b) != before);
	before = seen_from_inside(&b);
	CHECK(seen_from_outside(&b) == before);
	check_about("opening what is ready writes nothing");
	CHECK_OK(store_open(b.place, &again, &why));
	CHECK(seen_from_outside(&b) == before);
	store_close(&again);
	CHECK(seen_from_outside(&b) == before);
	tear_down(&b);
}

static enum err
look_fn(struct store_tx *tx, void *arg)
{
	const struct bench *b = arg;
	struct store_book book;
	SCOPED(arena) arena = arena_open();

	TRY(store_book_by_id(tx, arena, ACCOUNT, b->book.id, &book));
	return store_wish_put(tx, ACCOUNT, book.id, book.rev, 1234);
}

static enum err
plan_fn(struct store_tx *tx, void *arg)
{
	struct store_campaign campaign = { .account = ACCOUNT, .id = 3, .next_ms = 77 };

	(void)arg;
	return store_campaign_add(tx, &campaign);
}

static enum err
plan_over_fn(struct store_tx *tx, void *arg)
{
	(void)arg;
	return store_campaign_set(tx, ACCOUNT, 3, 88, true);
}

static void
check_next(const struct bench *b, int64_t wish_ms, int64_t campaign_ms)
{
	SCOPED(store_tx) tx = NULL;
	int64_t next_ms = 0;

	CHECK_OK(store_look(b->store, &tx));
	CHECK_OK(store_wish_next(tx, &next_ms));
	CHECK_INT(next_ms, wish_ms);
	CHECK_OK(store_campaign_next(tx, &next_ms));
	CHECK_INT(next_ms, campaign_ms);
}

static void
next_times(void)
{
	struct bench b = set_up();

	check_next(&b, 0, INT64_MAX); /* a book nobody has looked at */
	CHECK_OK(store_write(b.store, look_fn, &b));
	check_next(&b, INT64_MAX, INT64_MAX);
	CHECK_OK(put(&b, "a", "one"));
	CHECK_OK(store_write(b.store, plan_fn, &b));
	check_next(&b, 1234, 77);
	CHECK_OK(store_write(b.store, plan_over_fn, &b));
	check_next(&b, 1234, INT64_MAX);
	tear_down(&b);
}

static void
secrets(void)
{
	struct bench b = set_up();
	str first, again, other;
	struct why why = { 0 };

	CHECK_OK(store_secret(b.store, b.arena, STR("a"), 32, &first));
	CHECK_OK(store_secret(b.store, b.arena, STR("a"), 32, &again));
	CHECK_OK(store_secret(b.store, b.arena, STR("b"), 32, &other));
	CHECK_INT(first.len, 32);
	CHECK_STR(again, first);
	CHECK(!str_same(first, other));
	store_close(&b.store);
	CHECK_OK(store_open_with(driver, b.place, &b.store, &why));
	CHECK_OK(store_secret(b.store, b.arena, STR("a"), 32, &again));
	CHECK_STR(again, first);
	tear_down(&b);
}

/* --- push registrations --- */

struct registering {
	struct store_push push;
	bool created;
};

static enum err
register_fn(struct store_tx *tx, void *arg)
{
	struct registering *r = arg;

	return store_push_put(tx, &r->push, &r->created);
}

static struct registering
register_at(struct bench *b, int64_t book, const char *resource)
{
	struct registering r = { { .account = ACCOUNT,
				     .book = book,
				     .topic = STR("topic"),
				     .resource = str_of(resource),
				     .key = STR("key"),
				     .auth = STR("auth"),
				     .content = true,
				     .expires_ms = 1000 },
		false };

	CHECK_OK(store_write(b->store, register_fn, &r));
	return r;
}

struct hushing {
	int64_t book, id, before, after;
};

static enum err
hush_fn(struct store_tx *tx, void *arg)
{
	struct hushing *h = arg;

	return store_push_hush(tx, ACCOUNT, h->book, h->id, h->before, h->after);
}

static enum err
told_fn(struct store_tx *tx, void *arg)
{
	const struct store_push_due *due = arg;
	struct store_push push = due->push;

	push.pushed_rev = due->rev;
	return store_push_update(tx, &push);
}

static enum err
describe_fn(struct store_tx *tx, void *arg)
{
	struct bench *b = arg;

	return store_book_update(tx, &b->book);
}

static enum err
remove_book_fn(struct store_tx *tx, void *arg)
{
	struct bench *b = arg;

	return store_book_remove(tx, &b->book, 7);
}

static enum err
sweep_fn(struct store_tx *tx, void *arg)
{
	return store_push_sweep(tx, *(int64_t *)arg);
}

struct leasing {
	struct store_push push;
	bool taken;
};

static enum err
lease_fn(struct store_tx *tx, void *arg)
{
	struct leasing *l = arg;

	return store_push_lease(tx, &l->push, 500, &l->taken);
}

static size_t
due(struct bench *b, int64_t now_ms, struct store_push_due **out)
{
	SCOPED(store_tx) tx = NULL;
	size_t count = 0;

	CHECK_OK(store_look(b->store, &tx));
	CHECK_OK(store_push_list_due(tx, b->arena, now_ms, 10, out, &count));
	return count;
}

static void
pushes(void)
{
	struct bench b = set_up();
	struct registering first = register_at(&b, b.book.id, "https://a/1");
	struct registering again = register_at(&b, b.book.id, "https://a/1");
	struct registering other = register_at(&b, b.book.id, "https://a/2");
	struct leasing lease;
	struct store_push_due *list;
	int64_t rev;

	CHECK(first.created && !again.created && other.created);
	CHECK_INT(again.push.id, first.push.id);
	CHECK_INT(due(&b, 1, &list), 0); /* what was before is not told */
	CHECK_OK(put(&b, "a", "x"));
	CHECK_INT(due(&b, 1, &list), 2);
	CHECK_INT(due(&b, 1000, &list), 0); /* expired */
	CHECK_INT(due(&b, 999, &list), 2);
	CHECK_STR(list[0].push.topic, STR("topic"));
	CHECK_STR(list[0].push.key, STR("key"));
	CHECK(list[0].epoch.len > 0 && !list[0].gone && !list[0].described);
	CHECK_OK(store_write(b.store, told_fn, &list[0]));
	CHECK_OK(store_write(b.store, told_fn, &list[1]));
	CHECK_INT(due(&b, 1, &list), 0);

	/* Hushed for the one who made it, and only for that change. */
	rev = first.push.pushed_rev + 1;
	CHECK_OK(put(&b, "b", "x"));
	CHECK_OK(store_write(b.store, hush_fn,
	    &(struct hushing){ b.book.id, first.push.id, rev, rev + 1 }));
	CHECK_INT(due(&b, 1, &list), 1);
	CHECK_INT(list[0].push.id, other.push.id);
	CHECK_OK(put(&b, "c", "x"));
	CHECK_OK(store_write(b.store, hush_fn,
	    &(struct hushing){ b.book.id, other.push.id, rev + 1, rev + 2 }));
	CHECK_INT(due(&b, 1, &list), 2); /* the other one still has not heard of b */

	lease = (struct leasing){ .push = list[0].push };
	CHECK_OK(store_write(b.store, lease_fn, &lease));
	CHECK(lease.taken);
	CHECK_OK(store_write(b.store, lease_fn, &lease));
	CHECK(!lease.taken); /* somebody has it */
	CHECK_INT(due(&b, 1, &list), 2);
	CHECK_INT(list[1].push.next_ms, 500);

	rev = 1000;
	CHECK_OK(store_write(b.store, sweep_fn, &rev));
	CHECK_INT(due(&b, 1, &list), 0);
	tear_down(&b);
}

static void
push_properties(void)
{
	struct bench b = set_up();
	struct registering r = register_at(&b, b.book.id, "https://a/1");
	struct registering home = register_at(&b, 0, "https://a/1");
	struct store_push_due *list;

	r.push.content = false;
	r.push.property = true;
	CHECK_OK(store_write(b.store, register_fn, &r));
	CHECK_OK(put(&b, "a", "x"));
	CHECK_INT(due(&b, 1, &list), 0); /* cards were not asked for */
	CHECK_OK(store_write(b.store, describe_fn, &b));
	CHECK_INT(due(&b, 1, &list), 1);
	CHECK_INT(list[0].described, list[0].rev);
	CHECK_OK(store_write(b.store, told_fn, &list[0]));
	CHECK_INT(due(&b, 1, &list), 0);
	CHECK_OK(store_write(b.store, remove_book_fn, &b));
	CHECK_INT(due(&b, 1, &list), 2); /* the book's and the home's */
	CHECK(list[0].gone != list[1].gone);
	CHECK_OK(store_write(b.store, removal_fn, NULL));
	CHECK_INT(due(&b, 1, &list), 0);
	CHECK(home.created);
	tear_down(&b);
}

/* --- what is kept of former versions --- */

struct prune {
	int64_t before_ms, keep, count;
};

static enum err
prune_fn(struct store_tx *tx, void *arg)
{
	struct prune *p = arg;

	return store_version_prune(tx, p->before_ms, p->keep, 100, &p->count);
}

static int64_t
pruned(struct bench *b, int64_t before_ms, int64_t keep)
{
	struct prune p = { before_ms, keep, -1 };

	CHECK_OK(store_write(b->store, prune_fn, &p));
	return p.count;
}

static void
pruning(void)
{
	struct bench b = set_up();

	for (int i = 0; i < 5; i++)
		CHECK_OK(put(&b, "a", "x")); /* four former ones, that ended at 5 */
	CHECK_OK(put(&b, "b", "y"));
	CHECK_OK(put(&b, "b", "y"));
	CHECK_INT(pruned(&b, 0, 0), 0);
	CHECK_INT(pruned(&b, 5, 0), 0); /* not before 5 */
	CHECK_INT(pruned(&b, 0, 3), 1); /* of "a" */
	CHECK_INT(pruned(&b, 0, 3), 0);
	CHECK_INT(pruned(&b, 6, 0), 4);
	CHECK_INT(pruned(&b, 6, 1), 0);
	tear_down(&b);
}

/* --- stretches kept by their content --- */

static const struct store_cut cuts[] = { { 2, 3, STR_CONST("d1"), STR_CONST("s") },
	{ 6, 2, STR_CONST("d2"), { 0 } } };

static void
cut_put(
    struct bench *b, const char *name, const char *bytes, size_t count, bool refused)
{
	struct put p = { .b = b,
		.name = name,
		.uid = name,
		.bytes = bytes,
		.cuts = cuts,
		.cut_count = count,
		.refused = refused };

	CHECK_OK(store_write(b->store, put_fn, &p));
}

static enum err
kept(struct bench *b, const char *digest, bool *shown)
{
	SCOPED(store_tx) tx = NULL;

	must(store_look(b->store, &tx) == OK);
	return store_cut_find(tx, ACCOUNT, str_of(digest), shown);
}

static void
reads(struct bench *b, const char *name, enum store_part part, const char *wanted)
{
	SCOPED(store_tx) tx = NULL;
	SCOPED(arena) arena = arena_open();
	struct store_card_page page;
	struct store_card card;

	must(store_look(b->store, &tx) == OK);
	CHECK_OK(store_card_find(tx, arena, &b->book, str_of(name), part, &card));
	CHECK_STR(card.bytes, str_of(wanted));
	CHECK_OK(store_card_scan(tx, arena, &b->book, 0, 1, part, &page));
	CHECK_STR(page.list[0].bytes, str_of(wanted));
}

/* Cards may be large, each of them: a page ends with the one that fills it. */
static void
large_pages(void)
{
	struct bench b = set_up();
	SCOPED(arena) arena = arena_open();
	size_t len = STORE_PAGE_BYTES / 2;
	char *large = arena_get(arena, len + 1);
	struct store_card_page page;
	struct store_change_page changes;

	memset(large, 'x', len);
	for (int i = 0; i < 5; i++)
		CHECK_OK(
		    put(&b, (const char *[]){ "a", "b", "c", "d", "e" }[i], large));
	{
		SCOPED(store_tx) tx = NULL;

		must(store_look(b.store, &tx) == OK);
		CHECK_OK(
		    store_card_scan(tx, arena, &b.book, 0, 100, STORE_WHOLE, &page));
		CHECK(page.count == 2 && page.more);
		CHECK_OK(store_card_scan(
		    tx, arena, &b.book, page.list[1].id, 1, STORE_WHOLE, &page));
		CHECK(page.count == 1 && page.more);
		CHECK_OK(
		    store_card_scan(tx, arena, &b.book, 0, 100, STORE_HEAD, &page));
		CHECK(page.count == 5 && !page.more);
		CHECK_OK(store_changes(
		    tx, arena, &b.book, 0, INT64_MAX / 2, 100, STORE_WHOLE, &changes));
		CHECK(changes.count == 2 && changes.more);
	}
	tear_down(&b);
}

static void
cutting(void)
{
	struct bench b = set_up();
	SCOPED(arena) arena = arena_open();
	bool shown;

	cut_put(&b, "a", "ab123c45d", 2, false);
	reads(&b, "a", STORE_WHOLE, "ab123c45d");
	reads(&b, "a", STORE_SHOWN, "absc45d");
	reads(&b, "a", STORE_HEAD, "");
	cut_put(&b, "b", "xy123", 1, false);
	CHECK_OK(kept(&b, "d1", &shown));
	CHECK(shown);
	CHECK_OK(kept(&b, "d2", &shown));
	CHECK(!shown);
	cut_put(&b, "a", "plain", 0, false); /* its former version still has both */
	{
		SCOPED(store_tx) tx = NULL;
		struct store_version was;

		must(store_look(b.store, &tx) == OK);
		CHECK_OK(store_version_as_of(
		    tx, arena, &b.book, STR("a"), 99, STORE_WHOLE, &was));
		CHECK_STR(was.bytes, STR("ab123c45d"));
		CHECK_OK(store_version_by_etag(
		    tx, arena, &b.book, STR("a"), STR("\"e\""), STORE_SHOWN, &was));
		CHECK_STR(was.bytes, STR("absc45d"));
	}
	cut_put(&b, "a", "ab123c45d", 2, true);
	cut_put(&b, "a", "ab123c45d", 2, true); /* of the same moment: kept once */
	CHECK_INT(pruned(&b, 6, 0), 2);
	CHECK_OK(kept(&b, "d1", &shown));
	CHECK_ERR(kept(&b, "d2", &shown), ERR_NOT_FOUND);
	CHECK_OK(drop(&b, "b"));
	CHECK_OK(kept(&b, "d1", &shown));
	CHECK_INT(pruned(&b, 7, 0), 1);
	CHECK_ERR(kept(&b, "d1", &shown), ERR_NOT_FOUND);
	tear_down(&b);
}

/* --- pages are read in the order of an index --- */

static void
pages(void)
{
	static const enum statement paged[] = { SQL_CARD_SCAN_HEADS,
		SQL_CARD_SCAN_WHOLE, SQL_CARD_SORTED, SQL_CHANGES_HEADS,
		SQL_CHANGES_WHOLE, SQL_ALL_HEADS, SQL_ALL_WHOLE };
	struct bench b = set_up();
	SCOPED(arena) arena = arena_open();
	sqlite3 *db = NULL;

	must(sqlite3_open(
		 arena_printf(arena, "" STR_FMT "/kith.db", STR_ARG(b.place)).at,
		 &db) == SQLITE_OK);
	for (size_t i = 0; i < sizeof paged / sizeof *paged; i++) {
		sqlite3_stmt *stmt = NULL;
		str sql =
		    arena_printf(arena, "EXPLAIN QUERY PLAN %s", statements[paged[i]]);

		must(sqlite3_prepare_v2(db, sql.at, -1, &stmt, NULL) == SQLITE_OK);
		check_about(statements[paged[i]]);
		while (sqlite3_step(stmt) == SQLITE_ROW)
			CHECK(!strstr(
			    (const char *)sqlite3_column_text(stmt, 3), "TEMP B-TREE"));
		(void)sqlite3_finalize(stmt);
	}
	(void)sqlite3_close(db);
	tear_down(&b);
}

static void
each(void (*test)(void))
{
	for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++) {
		driver = drivers[i];
		check_about(driver->name);
		test();
	}
}

#define ON_EACH(test)               \
	static void on_##test(void) \
	{                           \
		each(test);         \
	}

ON_EACH(cards)
ON_EACH(pages)
ON_EACH(cutting)
ON_EACH(large_pages)
ON_EACH(undone)
ON_EACH(keys)
ON_EACH(changes)
ON_EACH(groups)
ON_EACH(kill_nine)
ON_EACH(full_disk)
ON_EACH(newer_data)
ON_EACH(not_a_store)
ON_EACH(taken_names)
ON_EACH(removed_account)
ON_EACH(letters)
ON_EACH(receipts)
ON_EACH(sealed)
ON_EACH(followed)
ON_EACH(unfollowed)
ON_EACH(watching)
ON_EACH(next_times)
ON_EACH(secrets)
ON_EACH(pushes)
ON_EACH(push_properties)
ON_EACH(pruning)

int
main(void)
{
	return CHECK_RUN({ "cards, versions, counters", on_cards },
	    { "a refused write is undone", on_undone },
	    { "keys follow the card", on_keys },
	    { "changes replay to the listing", on_changes },
	    { "groups of many threads", on_groups },
	    { "kill -9 loses nothing acknowledged", on_kill_nine },
	    { "a full disk", on_full_disk },
	    { "data of a newer version", on_newer_data },
	    { "not a store", on_not_a_store },
	    { "names are taken once", on_taken_names },
	    { "an account goes whole", on_removed_account },
	    { "letters are claimed once", on_letters },
	    { "letters by their receipts", on_receipts },
	    { "sealed answers come and go", on_sealed },
	    { "a change comes to its followers once", on_followed },
	    { "nothing comes to who follows no more", on_unfollowed },
	    { "a commit is seen from outside", on_watching },
	    { "when wishes and campaigns are due", on_next_times },
	    { "secrets stay", on_secrets }, { "pushes are due once", on_pushes },
	    { "pushes of properties, homes, gone books", on_push_properties },
	    { "former versions are kept as long as wished", on_pruning },
	    { "pictures are kept once", on_cutting },
	    { "a page of large cards", on_large_pages },
	    { "a page is read without sorting the book", on_pages });
}
