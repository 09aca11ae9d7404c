/*
 * commits FOLDER - one-by-one commits: the cards a PUT brings, written into a book of the
 * same store by one caller, each on the disk before the next.  What a server that does not
 * group its commits could do at the most.
 */
#include <stdio.h>
#include <time.h>

#include "base/when.h"
#include "book/book.h"
#include "store/account.h"
#include "store/store.h"

#define MEASURED_MS 4000

static enum err
add_account(struct store_tx *tx, void *arg)
{
	return store_account_add(tx, arg);
}

static str
card(struct arena *arena, int n)
{
	return arena_printf(arena,
	    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:one-%d\r\nN:联系人;0;;;\r\n"
	    "FN:联系人 0\r\nTEL;TYPE=CELL:13800000000\r\n"
	    "TEL;TYPE=WORK:010-65521234\r\n"
	    "EMAIL;TYPE=INTERNET:person0@example.com\r\n"
	    "ORG:北京示例科技有限公司;研发部\r\n"
	    "ADR;TYPE=WORK:;;北京市朝阳区建国路 88 号;;;100022;中国\r\n"
	    "NOTE:一二三四五六七八九十\r\nEND:VCARD\r\n",
	    n);
}

static void
put(const struct call *call, int64_t account, int n)
{
	struct book_put put = { .name = arena_printf(call->arena, "one-%d.vcf", n),
		.bytes = card(call->arena, n),
		.by = BOOK_BY_DAV };
	struct book_put_done done;
	struct book book;
	struct why why;

	must(book_find(call, account, STR(BOOK_DEFAULT_NAME), &book) == OK);
	must(book_put(call, &book, &put, &done, &why) == OK);
}

int
main(int argc, char **argv)
{
	SCOPED(store) store = NULL;
	struct why why = { 0 };
	struct store_account ada = { .id = 1,
		.login = STR("ada"),
		.name = STR("ada"),
		.lang = STR("en"),
		.region = STR("CN"),
		.policy = STR("fill") };
	int64_t start;
	int n = 0;

	must(argc == 2 && store_open(str_of(argv[1]), &store, &why) == OK);
	must(store_write(store, add_account, &ada) == OK);
	start = when_now_ms();
	while (when_now_ms() - start < MEASURED_MS) {
		SCOPED(arena) arena = arena_open();
		struct call call = {
			.store = store, .arena = arena, .who = 1, .now_ms = start
		};

		put(&call, 1, n++);
	}
	(void)printf("%.0f\n", n * 1000.0 / (double)(when_now_ms() - start));
	return 0;
}
