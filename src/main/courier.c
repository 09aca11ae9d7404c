/* courier.c - `kith courier`: what leaves the house, put together; and the housekeeping
 * that needs no caller. */
#include "courier/courier.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "ask/ask.h"
#include "ask/campaign.h"
#include "ask/tell.h"
#include "base/confine.h"
#include "base/log.h"
#include "base/when.h"
#include "book/book.h"
#include "book/undo.h"
#include "courier/push.h"
#include "main/verbs_int.h"
#include "mime/mime.h"
#include "store/store.h"
#include "verb/gates.h"
#include "wire/wire.h"

#define SWEEP_EVERY_MS  (60 * WHEN_SECOND_MS)
#define SWEEP_ASKS      200
#define WISHES_EVERY_MS (2 * WHEN_SECOND_MS)
#define FORGET_EVERY_MS WHEN_HOUR_MS

static volatile sig_atomic_t ending;

static void
on_end(int number)
{
	(void)number;
	ending = 1;
}

static void
listen_for_the_end(void)
{
	struct sigaction action = { .sa_handler = on_end };

	(void)sigaction(SIGTERM, &action, NULL);
	(void)sigaction(SIGINT, &action, NULL);
	action.sa_handler = SIG_IGN;
	(void)sigaction(SIGPIPE, &action, NULL);
	(void)prctl(PR_SET_NAME, "kith-courier");
}

/* One courier at a time; a second one waits for the first to go. */
static enum err
wait_for_turn(str folder, struct arena *arena, struct store *store)
{
	static int lock = -1; /* as long as the process */
	enum err e;

	while ((e = courier_lock(folder, &lock)) == ERR_BUSY && !ending)
		(void)usleep(COURIER_LOOK_MS * 1000);
	if (e != OK || ending)
		return e;
	return courier_take_over(
	    &(struct call){ .store = store, .arena = arena, .now_ms = when_now_ms() });
}

static enum err
tell_the_ask(
    struct store_tx *tx, const struct call *call, const struct courier_news *news)
{
	static const enum ask_state states[] = {
		[COURIER_TAKEN] = ASK_SENT,
		[COURIER_DELIVERED] = ASK_DELIVERED,
		[COURIER_LOST] = ASK_BOUNCED,
	};

	if (!news->ask)
		return OK;
	return ask_travelled_in(
	    tx, call, news->account, news->ask, states[news->fate], news->words);
}

static void
note(const char *doing, enum err outcome)
{
	if (outcome != OK)
		log_line(LOG_WARNING, "%s: %s %s", doing, err_word(outcome),
		    outcome == ERR_STORE ? store_message() : "");
}

static void
nap(int64_t until_ms)
{
	int64_t left_ms = until_ms - when_now_ms();

	if (left_ms > COURIER_LOOK_MS)
		left_ms = COURIER_LOOK_MS;
	if (left_ms > 0 && !ending)
		(void)usleep((useconds_t)left_ms * 1000);
}

static void
work(struct courier *courier, struct courier_push *push, struct store *store,
    const struct conf *conf, const struct ask_rules *rules)
{
	SCOPED(arena) arena = arena_open();
	int64_t next_sweep_ms = 0;
	int64_t next_forget_ms = 0;
	int64_t next_wishes_ms = 0;

	while (!ending) {
		struct call call = {
			.store = store, .arena = arena, .now_ms = when_now_ms()
		};
		int64_t next_ms = call.now_ms + COURIER_LOOK_MS;

		note("letters", courier_round(courier, &call, &next_ms));
		note("pushes", courier_push_round(push, &call, &next_ms));
		if (call.now_ms >= next_sweep_ms) {
			note("expiring asks", ask_sweep(&call, SWEEP_ASKS));
			note("what held for a time", ask_revert(&call, SWEEP_ASKS));
			next_sweep_ms = call.now_ms + SWEEP_EVERY_MS;
		}
		if (call.now_ms >= next_wishes_ms) {
			note("asks from devices", ask_wishes(&call, rules));
			note("telling of answers", ask_tell(&call, rules));
			note("campaigns", ask_campaigns(&call, rules));
			next_wishes_ms = call.now_ms + WISHES_EVERY_MS;
		}
		if (call.now_ms >= next_forget_ms) {
			note("forgetting versions",
			    book_forget(
				&call, conf->history_days, conf->history_versions));
			next_forget_ms = call.now_ms + FORGET_EVERY_MS;
		}
		arena_reset(arena);
		nap(next_ms);
	}
}

static str
token_of(struct arena *arena, str epoch, int64_t book, int64_t rev)
{
	return book_token(arena, &(struct book){ .id = book, .epoch = epoch }, rev);
}

/* RFC 8292 2.1: where a push service can turn to. */
static struct courier_push_setup
push_setup(struct arena *arena, const struct conf *conf, str url)
{
	struct courier_push_setup setup = { .inner = conf->push_inner,
		.contact = conf->push_contact,
		.token = token_of };

	if (!setup.contact.len && conf->smtp_from.len)
		setup.contact =
		    arena_printf(arena, "mailto:" STR_FMT, STR_ARG(conf->smtp_from));
	if (!setup.contact.len)
		setup.contact = str_starts(url, STR("https://"))
				    ? url
				    : STR("mailto:postmaster@localhost");
	return setup;
}

static int
open_and_work(struct arena *arena, const struct place *place, str url)
{
	struct why why = { 0 };
	SCOPED(store) store = NULL;
	SCOPED(courier) courier = NULL;
	SCOPED(courier_push) push = NULL;
	struct courier_push_setup pushing = push_setup(arena, &place->conf, url);
	struct courier_setup setup;
	struct ask_rules rules;
	str secret;
	enum err e;

	if (!place_store(place, &store))
		return EXIT_REFUSED;
	e = wait_for_turn(place->conf.server_data, arena, store);
	if (ending)
		return EXIT_DONE;
	if (e == OK)
		e = gates_secret(arena, &place->conf, store, &secret);
	if (e != OK)
		return refused(e, NULL, "kith courier");
	setup = gates_from_conf(arena, &place->conf, url, secret);
	setup.told = tell_the_ask;
	e = courier_open(&setup, &courier, &why);
	if (e != OK)
		return refused(e, &why, "kith courier");
	e = courier_push_open(&pushing, store, &push);
	if (e == OK)
		e = rules_from_conf(arena, &place->conf, store, url, &rules);
	if (e != OK)
		return refused(e, NULL, "kith courier");
	work(courier, push, store, &place->conf, &rules);
	return EXIT_DONE;
}

static int
courier_verb(struct arena *arena, int argc, char **argv)
{
	struct place place = { 0 };
	str url = { 0 };
	const struct option_row options[] = { PLACE_OPTIONS(place),
		{ "--url", OPTION_TEXT, &url } };
	int operands;

	if (!options_read(
		argc, argv, options, sizeof options / sizeof *options, &operands))
		return EXIT_USAGE;
	if (operands)
		return usage_error(&verb_courier, "it takes no operands");
	if (!place_read(arena, &place))
		return EXIT_REFUSED;
	if (!url.len)
		url = place.conf.server_url;
	log_start("kith courier", LOG_NOTICE);
	listen_for_the_end();
	wire_start();
	mime_start();
	confine("courier", CONFINE_CONNECT | CONFINE_FILES);
	return open_and_work(arena, &place, url);
}

const struct verb verb_courier = {
	"courier",
	"[--conf FILE] [--data DIR] [--url URL]",
	"send what waits in the outbox (kith serve does it too)",
	"For another machine, or where [server] courier = no.  --url is the server's "
	"address\n"
	"as gateways call it back; [server] url where it is not given.",
	courier_verb,
};
