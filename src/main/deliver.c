/* deliver.c - `kith deliver`: one mail from the mail server, on standard input. */
#include <stdio.h>
#include <sysexits.h>

#include "base/when.h"
#include "inbox/mail.h"
#include "main/verbs_int.h"
#include "mime/mime.h"
#include "mime/reply.h"
#include "store/store.h"
#include "verb/gates.h"

/* One byte more than a mail may have: then it is too large. */
static str
read_mail(struct arena *arena)
{
	char *at = arena_get_raw(arena, MIME_READ_MAX_BYTES + 1);

	return (str){ at, fread(at, 1, MIME_READ_MAX_BYTES + 1, stdin) };
}

/* What a mail server understands (sysexits.h): it is done, it goes back, it is tried again. */
static int
status_of(enum err outcome)
{
	switch ((int)outcome) {
	case OK: return EX_OK;
	case ERR_BAD_INPUT:
	case ERR_TOO_LARGE: return EX_DATAERR;
	default: return EX_TEMPFAIL;
	}
}

/* What links in notices begin with, as the server itself would have it. */
static str
origin_of(struct arena *arena, const struct conf *conf)
{
	if (conf->server_url.len)
		return conf->server_url;
	return arena_printf(arena, "http://" STR_FMT, STR_ARG(conf->server_listen));
}

static int
deliver(struct arena *arena, const struct place *place)
{
	struct ask_rules rules;
	struct inbox inbox = { .rules = &rules, .region = place->conf.people_region };
	struct why why = { 0 };
	SCOPED(store) store = NULL;
	struct call call = { .arena = arena, .now_ms = when_now_ms() };
	enum err e;

	if (!place_store(place, &store))
		return EX_TEMPFAIL;
	call.store = store;
	e = rules_from_conf(
	    arena, &place->conf, store, origin_of(arena, &place->conf), &rules);
	if (e == OK)
		e = inbox_mail_take(
		    &inbox, &call, place->conf.mail_trusted, read_mail(arena), &why);
	if (e != OK)
		(void)refused(e, &why, "kith deliver");
	return status_of(e);
}

static int
deliver_verb(struct arena *arena, int argc, char **argv)
{
	struct place place = { 0 };
	const struct option_row options[] = { PLACE_OPTIONS(place) };
	int operands;

	if (!options_read(
		argc, argv, options, sizeof options / sizeof *options, &operands) ||
	    operands)
		return EX_USAGE;
	if (!place_read(arena, &place))
		return EX_TEMPFAIL;
	if (!place.conf.mail_address.len) {
		(void)fprintf(stderr, "kith deliver: [mail] address is not set\n");
		return EX_CONFIG;
	}
	mime_start();
	return deliver(arena, &place);
}

const struct verb verb_deliver = {
	"deliver",
	"[--conf FILE] [--data DIR]",
	"take one incoming mail on standard input",
	"The mail server pipes what comes to [mail] address into it, as the user the "
	"data\n"
	"belongs to.  Exit status as in sysexits.h: 0 taken, 65 no mail, 75 try again.",
	deliver_verb,
};
