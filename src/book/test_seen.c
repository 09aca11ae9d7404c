/* test_seen.c - what devices have seen, in memory and written down. */
#include "book/fixture_int.h"
#include "book/seen.h"

struct watch {
	struct home h;
	struct book_seen *seen;
};

static struct watch
begin(void)
{
	struct watch w = { .h = set_up(), .seen = book_seen_open() };

	w.h.call.device = (struct call_device){ 7, STR("bird") };
	return w;
}

static void
end(struct watch *w)
{
	book_seen_close(&w->seen);
	tear_down(&w->h);
}

static int64_t
known(struct watch *w, const char *card)
{
	return book_seen_rev(w->seen, &w->h.call, &w->h.book, str_of(card));
}

static void
saw(struct watch *w, const char *card, int64_t rev)
{
	book_seen_card(w->seen, &w->h.call, &w->h.book, str_of(card), rev);
}

/* A token covers what came before it; what came after counts beside it. */
static void
cards_and_tokens(void)
{
	struct watch w = begin();

	CHECK_INT(known(&w, "a"), 0);
	saw(&w, "a", 3);
	saw(&w, "b", 9);
	CHECK_INT(known(&w, "a"), 3);
	CHECK_INT(known(&w, "c"), 0);
	book_seen_all(w.seen, &w.h.call, &w.h.book, 5);
	CHECK_INT(known(&w, "a"), 5);
	CHECK_INT(known(&w, "b"), 9);
	CHECK_INT(known(&w, "c"), 5);
	saw(&w, "b", 8); /* an answer that was long on its way */
	CHECK_INT(known(&w, "b"), 9);
	end(&w);
}

static void
devices_are_apart(void)
{
	struct watch w = begin();

	saw(&w, "a", 3);
	w.h.call.device.name = STR("phone");
	CHECK_INT(known(&w, "a"), 0);
	w.h.call.device = (struct call_device){ 8, STR("bird") };
	CHECK_INT(known(&w, "a"), 0);
	w.h.call.device = (struct call_device){ 0, STR("bird") };
	saw(&w, "a", 3); /* without a credential it is no device */
	CHECK_INT(known(&w, "a"), 0);
	end(&w);
}

static void
crash(struct watch *w)
{
	book_seen_close(&w->seen);
	w->seen = book_seen_open();
}

static void
written_down(void)
{
	struct watch w = begin();

	saw(&w, "a", 3);
	book_seen_all(w.seen, &w.h.call, &w.h.book, 2); /* too early */
	crash(&w);
	CHECK_INT(known(&w, "a"), 0);
	saw(&w, "a", 3);
	w.h.call.now_ms += BOOK_SEEN_KEEP_MS;
	book_seen_all(w.seen, &w.h.call, &w.h.book, 2);
	saw(&w, "b", 4);
	crash(&w);
	CHECK_INT(known(&w, "a"), 3);
	CHECK_INT(known(&w, "b"), 2);
	saw(&w, "b", 4);
	CHECK_OK(book_seen_keep(w.seen, &w.h.call));
	crash(&w);
	CHECK_INT(known(&w, "b"), 4);
	end(&w);
}

/* Beyond the limit a device looks older than it is: its last token. */
static void
too_many_cards(void)
{
	struct watch w = begin();
	char name[16];

	book_seen_all(w.seen, &w.h.call, &w.h.book, 2);
	for (int i = 0; i <= BOOK_SEEN_CARDS; i++) {
		(void)snprintf(name, sizeof name, "c%d", i);
		saw(&w, name, 10 + i);
	}
	CHECK_INT(known(&w, "c0"), 10);
	CHECK_INT(known(&w, name), 2);
	end(&w);
}

/* The one that was silent longest makes place, and is found again where it was written down. */
static void
too_many_devices(void)
{
	struct watch w = begin();

	saw(&w, "a", 3);
	CHECK_OK(book_seen_keep(w.seen, &w.h.call));
	for (int64_t i = 1; i <= BOOK_SEEN_DEVICES; i++) {
		w.h.call.device.id = 100 + i;
		saw(&w, "a", 3);
	}
	w.h.call.device.id = 7;
	CHECK_INT(known(&w, "a"), 3); /* from its row */
	w.h.call.device.id = 101;
	CHECK_INT(known(&w, "a"), 0); /* it had none */
	end(&w);
}

int
main(void)
{
	return CHECK_RUN({ "cards and tokens", cards_and_tokens },
	    { "devices are apart", devices_are_apart },
	    { "written down", written_down }, { "too many cards", too_many_cards },
	    { "too many devices", too_many_devices });
}
