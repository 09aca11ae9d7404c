/* courier.c - `kith courier`: what leaves the house, put together; and the housekeeping
 * that needs no caller. */
#include "courier/courier.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "ask/ask.h"
#include "ask/campaign.h"
#include "ask/follow.h"
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
#define REST_AFTER_MS   (10 * WHEN_SECOND_MS)

static volatile sig_atomic_t ending;
static int lock = -1; /* as long as the process */

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

/* Notices stop at a shut door; codes and news go to who wants them. */
static enum err
is_shut(struct store_tx *tx, const struct call *call, void *self,
    const struct courier_leaving *leaving, bool *out)
{
	*out = false;
	if (!leaving->ask)
		return OK;
	return ask_block_has(tx, call, self, leaving->account, leaving->to, out);
}

static void
note(const char *doing, enum err outcome)
{
	if (outcome != OK)
		log_line(LOG_WARNING, "%s: %s %s", doing, err_word(outcome),
		    outcome == ERR_STORE ? store_message() : "");
}

/* --- resting --- */

/*
 * A courier that a keeper started goes when it has had nothing to do for a while, and says
 * in one line what the keeper must know: the store as it left it, when to come back at the
 * latest, and what the next courier must know (server/keeper.c).
 */
struct rest {
	bool wanted;
	uint64_t seen;    /* the store's stamp when it last changed for us */
	int64_t since_ms; /* when that was; 0 when the last courier had left it so */
	int64_t forget_ms;
	int64_t back_ms;
};

static bool
rest_read(str line, struct rest *out)
{
	str seen = str_cut(&line, ' ');

	if (!seen.len)
		return true;
	out->seen = strtoull(seen.at, NULL, 16);
	return str_number(line, &out->forget_ms);
}

static enum err
stamp_of(const struct call *call, uint64_t *out)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	*out = store_tx_stamp(tx);
	return OK;
}

/* `seen` was read before everything was looked at, so nothing can come between. */
static bool
may_go(struct rest *rest, const struct call *call, uint64_t seen, int64_t next_ms)
{
	int64_t asks_ms;

	if (!seen || seen != rest->seen) {
		rest->seen = seen;
		rest->since_ms = call->now_ms;
	}
	if (!rest->wanted || !seen || call->now_ms - rest->since_ms < REST_AFTER_MS ||
	    ask_next(call, &asks_ms) != OK)
		return false;
	if (asks_ms < next_ms)
		next_ms = asks_ms;
	rest->back_ms = next_ms;
	return next_ms - call->now_ms > REST_AFTER_MS;
}

static void
say_when_to_come(const struct rest *rest, int64_t sweep_ms)
{
	int64_t back_ms = rest->back_ms < sweep_ms ? rest->back_ms : sweep_ms;

	if (rest->forget_ms < back_ms)
		back_ms = rest->forget_ms;
	(void)printf("%lld %llx %lld\n", (long long)back_ms,
	    (unsigned long long)rest->seen, (long long)rest->forget_ms);
	(void)fflush(stdout);
}

/* --- working --- */

struct work {
	struct courier *courier;
	struct courier_push *push;
	struct store *store;
	const struct conf *conf;
	const struct ask_rules *rules;
	struct rest rest;
	int64_t next_sweep_ms, next_wishes_ms;
};

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
keep_house(struct work *w, const struct call *call)
{
	if (call->now_ms >= w->next_sweep_ms) {
		courier_seen(lock);
		note("expiring asks", ask_sweep(call, SWEEP_ASKS));
		note("what held for a time", ask_revert(call, SWEEP_ASKS));
		w->next_sweep_ms = call->now_ms + SWEEP_EVERY_MS;
	}
	if (call->now_ms >= w->rest.forget_ms) {
		note("forgetting versions", book_forget(call, w->conf->history_days,
						w->conf->history_versions));
		note("forgetting what was refused", ask_forget(call, w->rules));
		w->rest.forget_ms = call->now_ms + FORGET_EVERY_MS;
	}
}

/* Whether all of it was looked at. */
static bool
look_at_asks(struct work *w, const struct call *call)
{
	if (call->now_ms < w->next_wishes_ms)
		return false;
	note("asks from devices", ask_wishes(call, w->rules));
	note("changes that are followed", ask_follow_round(call, w->rules));
	note("telling of answers", ask_tell(call, w->rules));
	note("campaigns", ask_campaigns(call, w->rules));
	w->next_wishes_ms = call->now_ms + WISHES_EVERY_MS;
	return true;
}

static void
work(struct work *w)
{
	SCOPED(arena) arena = arena_open();

	while (!ending) {
		struct call call = {
			.store = w->store, .arena = arena, .now_ms = when_now_ms()
		};
		int64_t next_ms = call.now_ms + COURIER_LOOK_MS;
		uint64_t seen = 0;

		note("the store", stamp_of(&call, &seen));
		note("letters", courier_round(w->courier, &call, &next_ms));
		note("pushes", courier_push_round(w->push, &call, &next_ms));
		keep_house(w, &call);
		if (look_at_asks(w, &call) && may_go(&w->rest, &call, seen, next_ms)) {
			say_when_to_come(&w->rest, w->next_sweep_ms);
			return;
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
open_and_work(
    struct arena *arena, const struct place *place, str url, const struct rest *rest)
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
	setup.shut = is_shut;
	setup.self = &rules;
	e = courier_open(&setup, &courier, &why);
	if (e != OK)
		return refused(e, &why, "kith courier");
	e = courier_push_open(&pushing, store, &push);
	if (e == OK)
		e = rules_from_conf(arena, &place->conf, store, url, &rules);
	if (e != OK)
		return refused(e, NULL, "kith courier");
	work(&(struct work){ .courier = courier,
	    .push = push,
	    .store = store,
	    .conf = &place->conf,
	    .rules = &rules,
	    .rest = *rest });
	return EXIT_DONE;
}

static int
courier_verb(struct arena *arena, int argc, char **argv)
{
	struct place place = { 0 };
	str url = { 0 };
	str left = { 0 };
	struct rest rest = { 0 };
	const struct option_row options[] = { PLACE_OPTIONS(place),
		{ "--url", OPTION_TEXT, &url }, { "--rest", OPTION_FLAG, &rest.wanted },
		{ "--left", OPTION_TEXT, &left } };
	int operands;

	if (!options_read(
		argc, argv, options, sizeof options / sizeof *options, &operands))
		return EXIT_USAGE;
	if (operands)
		return usage_error(&verb_courier, "it takes no operands");
	if (!rest_read(left, &rest))
		return usage_error(&verb_courier, "--left is what a courier leaves");
	if (!place_read(arena, &place))
		return EXIT_REFUSED;
	if (!url.len)
		url = place.conf.server_url;
	log_start("kith courier", LOG_NOTICE);
	listen_for_the_end();
	wire_start();
	mime_start();
	confine("courier", CONFINE_CONNECT | CONFINE_FILES);
	return open_and_work(arena, &place, url, &rest);
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
