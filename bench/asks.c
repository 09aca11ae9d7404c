/*
 * asks FOLDER [CARDS] - the limits of asking, in one process on a fresh store: cards put in,
 * 10,000 asks opened by eight callers, their answers merged, and a card looked up by
 * its number, or its street, among CARDS (100,000) of 2,000 accounts.  Half of the answers are merged by
 * eight callers and half by 64.  The disk's own measure, one durable append after another,
 * is made in the same run.  Prints JSON; bench/asking reads it.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "ask/ask.h"
#include "base/when.h"
#include "book/book.h"
#include "book/import.h"
#include "seal/seal.h"
#include "store/account.h"
#include "store/store.h"

#define CALLERS    8
#define MANY       64
#define ASKS       10000
#define ACCOUNTS   2000
#define LOOKS      20000
#define APPENDS_MS 2000
#define TOKEN_ROOM 32

static struct bench {
	struct store *store;
	struct ask_rules rules;
	int cards_each;
	atomic_int next;
	int end; /* of the answers, for now */
	char (*tokens)[TOKEN_ROOM];
} bench;

static struct call
call_of(struct arena *arena, int64_t who)
{
	return (struct call){ .store = bench.store,
		.arena = arena,
		.who = who,
		.now_ms = when_now_ms() };
}

/* --- what there is --- */

static enum err
add_accounts(struct store_tx *tx, void *arg)
{
	SCOPED(arena) arena = arena_open();

	(void)arg;
	for (int64_t id = 1; id <= ACCOUNTS; id++) {
		struct store_account account = { .id = id,
			.login = arena_printf(arena, "user%lld", (long long)id),
			.name = STR("张三"),
			.lang = STR("zh"),
			.region = STR("CN"),
			.policy = STR("fill"),
			.made_ms = 1 };

		TRY(store_account_add(tx, &account));
	}
	return OK;
}

static str
number_of(struct arena *arena, int64_t account, int n)
{
	return arena_printf(arena, "1%02lld%08d", 30 + (long long)account % 60,
	    (int)(account * 100000 + n) % 100000000);
}

static str
card(struct arena *arena, int64_t account, int n)
{
	return arena_printf(arena,
	    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:a%lld-%d\r\nFN:人 %d\r\n"
	    "TEL;TYPE=CELL:" STR_FMT "\r\n"
	    "ADR;TYPE=HOME:;;人民路%d号;北京市;;;\r\nEND:VCARD\r\n",
	    (long long)account, n, n, STR_ARG(number_of(arena, account, n)), n);
}

static void
fill(int64_t account)
{
	for (int first = 0; first < bench.cards_each; first += BOOK_PUT_MANY) {
		SCOPED(arena) arena = arena_open();
		struct call call = call_of(arena, account);
		struct book_put puts[BOOK_PUT_MANY] = { 0 };
		struct book_put_done done[BOOK_PUT_MANY];
		struct books books;
		struct why why;
		size_t at;
		size_t count = 0;

		must(book_list(&call, account, &books) == OK);
		for (; count < BOOK_PUT_MANY && first + (int)count < bench.cards_each;
		     count++) {
			int n = first + (int)count;

			puts[count].name = arena_printf(arena, "%d.vcf", n);
			puts[count].bytes = card(arena, account, n);
			puts[count].by = BOOK_BY_IMPORT;
		}
		must(book_put_many(
			 &call, &books.list[0], puts, count, done, &at, &why) == OK);
	}
}

/* --- eight callers --- */

static double
by_all(void *(*work)(void *), int callers, int first)
{
	pthread_t threads[MANY];
	int64_t start_ms = when_steady_ms();

	bench.next = first;
	for (int i = 0; i < callers; i++)
		must(pthread_create(&threads[i], NULL, work, NULL) == 0);
	for (int i = 0; i < callers; i++)
		must(pthread_join(threads[i], NULL) == 0);
	return (double)(when_steady_ms() - start_ms) / 1000;
}

/* The owner sends these himself: only so is the link ours to answer with. */
static void *
ask_some(void *arg)
{
	int n;

	while ((n = atomic_fetch_add(&bench.next, 1)) < ASKS) {
		SCOPED(arena) arena = arena_open();
		struct call call = call_of(arena, 1 + n % ACCOUNTS);
		struct ask_draft draft = { .book = STR(BOOK_DEFAULT_NAME),
			.card = arena_printf(arena, "%d.vcf", n / ACCOUNTS),
			.by = n % 2 ? ASK_BY_SELF : ASK_BY_SMS };
		struct ask_opened out;
		struct why why;

		must(ask_open(&call, &bench.rules, &draft, &out, &why) == OK);
		if (n % 2)
			(void)snprintf(bench.tokens[n / 2], TOKEN_ROOM, STR_FMT,
			    STR_ARG(str_part(out.link, out.link.len - SEAL_TOKEN_CHARS,
				SEAL_TOKEN_CHARS)));
	}
	return arg;
}

static void *
answer_some(void *arg)
{
	int n;

	while ((n = atomic_fetch_add(&bench.next, 1)) < bench.end) {
		SCOPED(arena) arena = arena_open();
		struct call call = call_of(arena, CALL_NOBODY);
		struct card_op ops[] = { { .kind = CARD_INSERT,
					     .field = CARD_F_ORG,
					     .value = STR("示例公司") },
			{ .kind = CARD_INSERT,
			    .field = CARD_F_EMAIL,
			    .value = arena_printf(arena, "p%d@example.com", n) } };
		struct ask_reply reply = { .ops = { ops, 2 }, .by = ASK_DOOR_WEB };
		struct ask_answered out;
		struct why why;

		must(ask_answer(&call, str_of(bench.tokens[n]), &reply, &out, &why) ==
		     OK);
	}
	return arg;
}

static double
merge(int callers, int first, int end)
{
	bench.end = end;
	return (end - first) / by_all(answer_some, callers, first);
}

/* --- one look-up after another --- */

static int
by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a;
	int64_t y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int64_t
now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static str
street_of(struct arena *arena, int64_t account, int n)
{
	(void)account;
	return arena_printf(arena, "北京市人民路 %d 号", n);
}

static void
look_up(const char *what, str (*typed_of)(struct arena *arena, int64_t account, int n))
{
	static int64_t took_ns[LOOKS];

	for (int i = 0; i < LOOKS; i++) {
		SCOPED(arena) arena = arena_open();
		int64_t account = 1 + (i * 7919) % ACCOUNTS;
		struct call call = call_of(arena, account);
		str typed = typed_of(arena, account, (i * 104729) % bench.cards_each);
		struct book_hits hits;
		int64_t start_ns = now_ns();

		must(book_look_up(&call, typed, &hits) == OK && hits.count == 1);
		took_ns[i] = now_ns() - start_ns;
	}
	qsort(took_ns, LOOKS, sizeof *took_ns, by_size);
	(void)printf(", \"%s_us\": %.1f, \"%s_p99_us\": %.1f", what,
	    (double)took_ns[LOOKS / 2] / 1000, what,
	    (double)took_ns[LOOKS * 99 / 100] / 1000);
}

static double
appends(str folder)
{
	SCOPED(arena) arena = arena_open();
	str path = arena_printf(arena, STR_FMT "/appends", STR_ARG(folder));
	int file = open(path.at, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
	static const char block[4096];
	int64_t start_ms = when_steady_ms();
	int count = 0;

	must(file >= 0);
	while (when_steady_ms() - start_ms < APPENDS_MS) {
		must(write(file, block, sizeof block) == sizeof block);
		must(fdatasync(file) == 0);
		count++;
	}
	(void)close(file);
	(void)unlink(path.at);
	return count * 1000.0 / APPENDS_MS;
}

int
main(int argc, char **argv)
{
	struct why why = { 0 };
	double disk;
	double took_s;

	must(argc == 2 || argc == 3);
	seal_start();
	bench.cards_each = (argc == 3 ? atoi(argv[2]) : 100000) / ACCOUNTS;
	bench.tokens = calloc(ASKS / 2, sizeof *bench.tokens);
	bench.rules = (struct ask_rules){ .origin = STR("https://kith.example"),
		.server_name = STR("Kith"),
		.lang = STR("zh"),
		.expire_ms = 14 * WHEN_DAY_MS,
		.sms = true,
		.block_key = STR("0123456789abcdef0123456789abcdef") };
	must(bench.tokens && bench.cards_each * ACCOUNTS >= ASKS);
	must(store_open(str_of(argv[1]), &bench.store, &why) == OK);
	must(store_write(bench.store, add_accounts, NULL) == OK);
	disk = appends(str_of(argv[1]));
	took_s = (double)when_steady_ms() / 1000;
	for (int64_t account = 1; account <= ACCOUNTS; account++)
		fill(account);
	(void)printf("{\"appends\": %.1f, \"cards_s\": %.1f", disk,
	    bench.cards_each * ACCOUNTS / ((double)when_steady_ms() / 1000 - took_s));
	(void)printf(", \"queued_s\": %.3f", by_all(ask_some, CALLERS, 0));
	(void)printf(", \"merged_8\": %.1f", merge(CALLERS, 0, ASKS / 4));
	(void)printf(", \"merged_64\": %.1f", merge(MANY, ASKS / 4, ASKS / 2));
	look_up("look_up", number_of);
	look_up("street", street_of);
	(void)printf("}\n");
	store_close(&bench.store);
	free(bench.tokens);
	return 0;
}
