/*
 * server.c - kith-server: what `kith serve` runs.
 *
 * A program of its own: it listens, so it has nothing to connect out with, and is not
 * charged for libraries it never calls.
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include "api/api.h"
#include "auth/auth.h"
#include "auth/invite.h"
#include "base/confine.h"
#include "base/log.h"
#include "base/program.h"
#include "base/when.h"
#include "book/search.h"
#include "book/seen.h"
#include "dav/dav.h"
#include "inbox/inbox.h"
#include "serve/serve.h"
#include "server/keeper_int.h"
#include "store/store.h"
#include "verb/gates.h"
#include "verb/verb.h"
#include "web/web.h"

/* All that one server has, for as long as it runs. */
struct house {
	struct arena *arena;
	struct place place;
	struct keeper keeper;
	struct store *store;
	struct auth *auth;
	struct trace *trace;
	struct ask_rules rules;
	struct inbox inbox;
	struct dav_service dav;
	struct api_listeners listeners;
	struct api api;
	struct web web;
	struct web_stage *stage;
};

/* One heap for every thread would keep, in each, what a single large request once took. */
#define HEAPS 1

/* What a page of an answer takes is kept for the next one, not given back and got again, each
 * of its pages by a fault; the last worker to go gives back all of it. */
#define KEPT_BYTES     (1 << 20)
#define OWN_PAGES_FROM (1 << 20)

static void
settle_memory(void)
{
	(void)mallopt(M_ARENA_MAX, HEAPS);
	(void)mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
	(void)mallopt(M_MMAP_THRESHOLD, OWN_PAGES_FROM);
}

/* The courier of this server: the same verb a second node would run by hand. */
static enum err
start_keeper(struct house *house)
{
	static char name[] = "kith", verb[] = "courier", data[] = "--data",
		    conf[] = "--conf";
	char *argv[8] = { name, verb, data };
	str program = program_beside(house->arena, STR("kith"));
	size_t n = 3;

	if (!house->place.conf.server_courier)
		return OK;
	if (!program.len)
		return ERR_IO;
	argv[n++] =
	    (char *)(uintptr_t)arena_copy(house->arena, house->place.conf.server_data)
		.at;
	if (house->place.conf_file.len) {
		argv[n++] = conf;
		argv[n++] =
		    (char *)(uintptr_t)arena_copy(house->arena, house->place.conf_file)
			.at;
	}
	return keeper_start(
	    &house->keeper, program.at, argv, house->place.conf.server_data);
}

/* Opened once and closed again before the fork: a store that cannot be opened should be
 * said in one line, and no thread may stand when the keeper is forked. */
static bool
store_can_be_opened(const struct place *place)
{
	SCOPED(store) store = NULL;

	return place_store(place, &store);
}

static struct serve_setup
setup_of(struct house *house, const struct route *routes, size_t count)
{
	const struct conf *conf = &house->place.conf;

	return (struct serve_setup){
		.listen = conf->server_listen,
		.loops = (unsigned)conf->server_loops,
		.workers = (unsigned)conf->server_workers,
		.trusted_proxy = conf->server_proxy,
		.realm = conf->server_name,
		.access_log = conf->server_access_log,
		.store = house->store,
		.auth = house->auth,
		.trace = house->trace,
		.routes = routes,
		.route_count = count,
	};
}

static struct seal_signer
signer_of(const struct conf *conf)
{
	return (struct seal_signer){ conf->server_profile_key,
		conf->server_profile_certificate };
}

/* Said now, and not to somebody who sets his phone up. */
static bool
can_sign(const struct house *house)
{
	const struct seal_signer signer = signer_of(&house->place.conf);
	struct why why = { 0 };
	str signed_der;
	enum err e;

	if (!signer.key_file.len && !signer.certificate_file.len)
		return true;
	if (signer.key_file.len && signer.certificate_file.len)
		e = seal_sign(house->arena, &signer, STR("kith"), &signed_der, &why);
	else
		e = ERR_BAD_INPUT, why.what = "server.profile_key and "
					      "server.profile_certificate are set "
					      "together or not at all";
	return e == OK || refused(e, &why, "kith serve") == EXIT_DONE;
}

static enum err
furnish(struct house *house, str origin)
{
	const struct conf *conf = &house->place.conf;

	TRY(rules_from_conf(house->arena, conf, house->store, origin, &house->rules));
	TRY(gates_secret(house->arena, conf, house->store, &house->inbox.secret));
	house->dav.push_inner = conf->push_inner;
	house->inbox.rules = &house->rules;
	house->inbox.region = conf->people_region;
	house->api = (struct api){ .auth = house->auth,
		.listeners = &house->listeners,
		.rules = &house->rules };
	house->web = (struct web){ .auth = house->auth,
		.rules = &house->rules,
		.search = house->dav.search,
		.stage = house->stage,
		.trace = house->trace,
		.region = conf->people_region,
		.data = conf->server_data,
		.signer = signer_of(conf),
		.tray = tray_is_on(conf) };
	return OK;
}

static enum err
open_house(struct house *house)
{
	TRY(start_keeper(house));
	confine("serve", CONFINE_LISTEN | CONFINE_EXEC | CONFINE_FILES);
	if (!place_store(&house->place, &house->store))
		return ERR_STORE;
	house->dav.search = book_search_open();
	house->dav.seen = book_seen_open();
	house->stage = web_stage_open();
	house->trace = trace_open();
	return auth_open(house->store, &house->auth);
}

/* --- the first start --- */

static bool
speaks_chinese(void)
{
	static const char *const names[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return str_starts(str_of(value), STR("zh"));
	}
	return false;
}

/* To the terminal, not to the log: whoever reads this may make the first account. */
static void
say_how_to_start(const struct house *house, str origin)
{
	struct call call = {
		.store = house->store, .arena = house->arena, .now_ms = when_now_ms()
	};
	str code;

	if (auth_start_code(&call, &code) != OK || !code.len)
		return;
	(void)fprintf(stderr,
	    speaks_chinese() ? "还没有账户。请打开 " STR_FMT "/start，用启动码 " STR_FMT
			       " 创建第一个账户。\n"
			     : "There is no account yet.  Open " STR_FMT
			       "/start and make the first one with the code " STR_FMT
			       "\n",
	    STR_ARG(origin), STR_ARG(code));
}

#define PAGES(prefix, access, kind)                                        \
	{                                                                  \
		STR_CONST(prefix), access, WEB_BODY_MAX_BYTES, web_answer, \
		    &house->web, kind, web_refuse                          \
	}

static int
run(struct house *house)
{
	struct why why = { 0 };
	SCOPED(serve) serve = NULL;
	const struct route routes[] = {
		{ STR_CONST("/dav/"), ROUTE_ACCOUNT, DAV_BODY_MAX_BYTES, dav_answer,
		    &house->dav, TRACE_DAV, dav_refuse_early },
		{ STR_CONST("/dav"), ROUTE_OPEN, DAV_BODY_MAX_BYTES, dav_well_known,
		    NULL, TRACE_WELL_KNOWN },
		/* Where DAVx5 looks after it was let in by browser (web/flow). */
		{ STR_CONST("/remote.php/dav"), ROUTE_OPEN, DAV_BODY_MAX_BYTES,
		    dav_well_known, NULL, TRACE_WELL_KNOWN },
		{ STR_CONST("/.well-known/carddav"), ROUTE_OPEN, DAV_BODY_MAX_BYTES,
		    dav_well_known, NULL, TRACE_WELL_KNOWN },
		{ STR_CONST("/api/v1/"), ROUTE_ACCOUNT, API_BODY_MAX_BYTES, api_answer,
		    &house->api, TRACE_API },
		{ STR_CONST("/api/v1/events"), ROUTE_LISTENER, API_BODY_MAX_BYTES,
		    api_answer, &house->api, TRACE_API },
		{ STR_CONST("/api/v1/answers/"), ROUTE_OPEN, API_BODY_MAX_BYTES,
		    api_target_answer, &house->api },
		{ STR_CONST("/gate/mms/"), ROUTE_OPEN, INBOX_MMS_MAX_BYTES,
		    inbox_mms_answer, &house->inbox },
		{ STR_CONST("/gate/"), ROUTE_OPEN, INBOX_BODY_MAX_BYTES, inbox_answer,
		    &house->inbox },
		PAGES("/", ROUTE_OPEN, TRACE_ELSEWHERE),
		/* Those that read many cards for one answer. */
		PAGES("/find", ROUTE_SLOW, TRACE_NONE),
		PAGES("/history/", ROUTE_SLOW, TRACE_NONE),
		PAGES("/trash", ROUTE_SLOW, TRACE_NONE),
		PAGES("/twins", ROUTE_SLOW, TRACE_NONE),
		PAGES("/groups", ROUTE_SLOW, TRACE_NONE),
		PAGES("/print", ROUTE_SLOW, TRACE_NONE),
		PAGES("/export/", ROUTE_SLOW, TRACE_NONE),
		PAGES("/plan", ROUTE_SLOW, TRACE_NONE),
		PAGES("/campaigns", ROUTE_SLOW, TRACE_NONE),
		PAGES("/review", ROUTE_SLOW, TRACE_NONE),
		/* A notice that is looked at is marked as seen. */
		PAGES("/inbox", ROUTE_SLOW, TRACE_NONE),
		PAGES("/admin", ROUTE_SLOW, TRACE_NONE),
		PAGES("/data/", ROUTE_SLOW, TRACE_NONE),
	};
	struct serve_setup setup =
	    setup_of(house, routes, sizeof routes / sizeof *routes);
	enum err e = serve_open(&setup, &serve, &why);
	str origin;

	if (e != OK) {
		why.name = house->place.conf.server_listen;
		return refused(e, &why, "kith serve");
	}
	origin = house->place.conf.server_url.len ? house->place.conf.server_url
						  : serve_url(serve);
	while (str_ends(origin, STR("/")))
		origin.len--;
	origin = arena_copy(house->arena, origin);
	e = furnish(house, origin);
	if (e != OK)
		return refused(e, NULL, "kith serve");
	keeper_go(&house->keeper, origin.at);
	say_how_to_start(house, origin);
	printf("Kith is ready at " STR_FMT "/\n", STR_ARG(serve_url(serve)));
	(void)fflush(stdout);
	serve_run(serve, NULL, NULL);
	(void)!book_seen_keep(house->dav.seen, &(struct call){ .store = house->store,
						   .arena = house->arena,
						   .now_ms = when_now_ms() });
	return EXIT_DONE;
}

static int
serve_verb(struct arena *arena, int argc, char **argv)
{
	struct house house = { .arena = arena,
		.listeners = { .lock = PTHREAD_MUTEX_INITIALIZER } };
	str listen = { 0 };
	const struct option_row options[] = { PLACE_OPTIONS(house.place),
		{ "--listen", OPTION_TEXT, &listen } };
	int operands;
	int status;

	if (!options_read(
		argc, argv, options, sizeof options / sizeof *options, &operands))
		return EXIT_USAGE;
	if (operands) {
		(void)fputs("kith serve: it takes no operands\n", stderr);
		return EXIT_USAGE;
	}
	if (!place_read(arena, &house.place))
		return EXIT_REFUSED;
	if (listen.len)
		house.place.conf.server_listen = listen;
	settle_memory();
	log_start("kith", house.place.conf.server_access_log ? LOG_INFO : LOG_NOTICE);
	if (!can_sign(&house) || !store_can_be_opened(&house.place))
		return EXIT_REFUSED;
	status = open_house(&house) == OK ? run(&house) : EXIT_REFUSED;
	keeper_stop(&house.keeper);
	auth_close(&house.auth);
	web_stage_close(&house.stage);
	trace_close(&house.trace);
	book_search_close(&house.dav.search);
	book_seen_close(&house.dav.seen);
	store_close(&house.store);
	return status;
}

int
main(int argc, char **argv)
{
	SCOPED(arena) arena = arena_open();

	return serve_verb(arena, argc, argv);
}
