/* asking.c - the owner at a terminal: find, ask, asks, review, accept, refuse, revoke. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "main/remote_int.h"
#include "wire/wire.h"

#define BODY_MAX_BYTES ((size_t)64 * 1024)

static void
print_pair(const struct json *from, const char *label, const char *name)
{
	str text = json_text(from, str_of(name));

	if (text.len)
		printf("%-8s " STR_FMT "\n", label, STR_ARG(text));
}

/* --- find --- */

static int
find_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	const struct option_row options[] = { { "--json", OPTION_FLAG, &remote.json } };
	const struct json *list;
	int operands;

	if (!options_read(argc, argv, options, 1, &operands))
		return EXIT_USAGE;
	if (operands != 1)
		return usage_error(&verb_find, "whom?");
	if (!remote_open(arena, &remote) ||
	    !remote_call(&remote, "GET",
		arena_printf(arena, "/api/v1/find?q=" STR_FMT,
		    STR_ARG(wire_encode(arena, str_of(argv[1])))),
		(str){ 0 }))
		return EXIT_REFUSED;
	list = json_member(remote.said, STR("cards"));
	if (!remote_printed(&remote))
		for (const struct json *c = list->first; c; c = c->next)
			printf(STR_FMT "\t" STR_FMT "/" STR_FMT "\tby " STR_FMT "\n",
			    STR_ARG(json_text(c, STR("name"))),
			    STR_ARG(json_text(c, STR("book"))),
			    STR_ARG(json_text(c, STR("card"))),
			    STR_ARG(json_text(c, STR("by"))));
	if (list->first)
		return EXIT_DONE;
	(void)fprintf(stderr, "kith: nobody has %s\n", argv[1]);
	return EXIT_REFUSED;
}

const struct verb verb_find = {
	"find",
	"WHO [--json]",
	"find a contact by any identifier",
	"WHO is a number, an address, a QQ number, a Weibo name, a mail address or a "
	"name;\n"
	"qq:, weibo:, wechat:, tel:, mailto: and name: say which where it could be "
	"several.",
	find_verb,
};

/* --- ask --- */

struct asking {
	str kind, by, fields, say, mode;
	bool open;
};

static void
write_fields(struct buf *body, str fields)
{
	json_key(body, STR("for"));
	json_open(body, '[');
	while (fields.len)
		json_add_text(body, str_trim(str_cut(&fields, ',')));
	json_close(body, ']');
}

static str
ask_body(struct arena *arena, str whom, const struct asking *asking)
{
	struct buf body = buf_in(arena, BODY_MAX_BYTES);

	json_open(&body, '{');
	json_pair(&body, STR("whom"), whom);
	json_pair(&body, STR("kind"), asking->kind);
	json_pair(&body, STR("by"), asking->by);
	json_pair(&body, STR("say"), asking->say);
	json_pair(&body, STR("mode"), asking->mode);
	json_pair_truth(&body, STR("open"), asking->open);
	write_fields(&body, asking->fields);
	json_close(&body, '}');
	return buf_str(&body);
}

static int
ask_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	struct asking asking = { 0 };
	const struct option_row options[] = {
		{ "--kind", OPTION_TEXT, &asking.kind },
		{ "--by", OPTION_TEXT, &asking.by },
		{ "--for", OPTION_TEXT, &asking.fields },
		{ "--say", OPTION_TEXT, &asking.say },
		{ "--mode", OPTION_TEXT, &asking.mode },
		{ "--open", OPTION_FLAG, &asking.open },
		{ "--json", OPTION_FLAG, &remote.json },
	};
	int operands;

	if (!options_read(
		argc, argv, options, sizeof options / sizeof *options, &operands))
		return EXIT_USAGE;
	if (operands != 1)
		return usage_error(&verb_ask, "whom?");
	if (!remote_open(arena, &remote) ||
	    !remote_call(&remote, "POST", STR("/api/v1/asks"),
		ask_body(arena, str_of(argv[1]), &asking)))
		return EXIT_REFUSED;
	if (remote_printed(&remote))
		return EXIT_DONE;
	printf("%-8s %lld\n", "ask", (long long)json_number(remote.said, STR("ask")));
	print_pair(remote.said, "of", "name");
	print_pair(remote.said, "to", "to");
	print_pair(remote.said, "state", "state");
	print_pair(remote.said, "link", "link");
	print_pair(remote.said, "text", "text");
	return EXIT_DONE;
}

const struct verb verb_ask = {
	"ask",
	"WHO [--kind id|link|form] [--by sms|mms|email|self] [--for FIELD,...] [--say "
	"TEXT]\n"
	"       [--mode fill|review|auto] [--open] [--json]",
	"ask a contact to check and complete his entry",
	"--by self sends nothing and prints the link for you to send.  Without --for "
	"the\n"
	"contact is asked for whatever the entry lacks.  --open shows him whole "
	"values\n"
	"instead of hidden ones.",
	ask_verb,
};

/* --- asks, review --- */

static void
print_items(const struct json *ask)
{
	const struct json *list = json_member(ask, STR("items"));

	for (const struct json *i = list ? list->first : NULL; i; i = i->next)
		printf("  %lld " STR_FMT ": " STR_FMT " -> " STR_FMT " (" STR_FMT
		       "%s)\n",
		    (long long)json_number(i, STR("item")),
		    STR_ARG(json_text(i, STR("field"))),
		    STR_ARG(json_text(i, STR("before"))),
		    STR_ARG(json_text(i, STR("after"))),
		    STR_ARG(json_text(i, STR("decision"))),
		    json_truth(i, STR("forgotten")) ? ", no longer kept" : "");
}

static void
print_ask_line(const struct json *ask)
{
	printf("%lld\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\n",
	    (long long)json_number(ask, STR("ask")),
	    STR_ARG(json_text(ask, STR("state"))), STR_ARG(json_text(ask, STR("name"))),
	    STR_ARG(json_text(ask, STR("made"))));
}

static void
print_list(const struct json *said)
{
	const struct json *list = json_member(said, STR("asks"));

	for (const struct json *a = list ? list->first : NULL; a; a = a->next)
		print_ask_line(a);
}

/* "proof    3 of 4, by web, until 2026-12-31T23:59:59Z" */
static void
print_proof(const struct json *ask)
{
	str until = json_text(ask, STR("until"));

	if (json_text(ask, STR("door")).len)
		printf("%-8s %lld of 4, by " STR_FMT "%s" STR_FMT "\n", "proof",
		    (long long)json_number(ask, STR("evidence")),
		    STR_ARG(json_text(ask, STR("door"))), until.len ? ", until " : "",
		    STR_ARG(until));
}

static void
print_one(const struct json *ask)
{
	const struct json *events = json_member(ask, STR("events"));

	print_ask_line(ask);
	print_proof(ask);
	print_items(ask);
	print_pair(ask, "note", "note");
	for (const struct json *e = events ? events->first : NULL; e; e = e->next)
		printf("  " STR_FMT " " STR_FMT " " STR_FMT "\n",
		    STR_ARG(json_text(e, STR("at"))),
		    STR_ARG(json_text(e, STR("state"))),
		    STR_ARG(json_text(e, STR("note"))));
}

static int
asks_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	const struct option_row options[] = { { "--json", OPTION_FLAG, &remote.json } };
	str path = STR("/api/v1/asks");
	int operands;

	if (!options_read(argc, argv, options, 1, &operands))
		return EXIT_USAGE;
	if (operands > 1)
		return usage_error(&verb_asks, "one ask, or all");
	if (!remote_open(arena, &remote))
		return EXIT_REFUSED;
	if (operands)
		path = remote_path(&remote, "asks", str_of(argv[1]), "");
	if (!remote_call(&remote, "GET", path, (str){ 0 }))
		return EXIT_REFUSED;
	if (remote_printed(&remote))
		return EXIT_DONE;
	if (operands)
		print_one(remote.said);
	else
		print_list(remote.said);
	return EXIT_DONE;
}

const struct verb verb_asks = {
	"asks",
	"[ASK] [--json]",
	"list the asks, or show one with its answer",
	"An ask is named by its number.",
	asks_verb,
};

/* --- the owner's word: accept, refuse, revoke --- */

static int
decide(struct arena *arena, int argc, char **argv, const struct verb *verb, bool accept)
{
	struct remote remote = { 0 };
	str value = { 0 };
	const struct option_row options[] = { { "--json", OPTION_FLAG, &remote.json },
		{ "--as", OPTION_TEXT, &value } };
	struct buf body = buf_in(arena, BODY_MAX_BYTES);
	int64_t item = 0;
	int operands;

	if (!options_read(argc, argv, options, accept ? 2 : 1, &operands))
		return EXIT_USAGE;
	if (operands < 1 || operands > 2 || (value.at && operands != 2) ||
	    (operands == 2 && !str_number(str_of(argv[2]), &item)))
		return usage_error(verb, "which ask, and which of its items?");
	json_open(&body, '{');
	json_pair_truth(&body, STR("accept"), accept);
	if (operands == 2)
		json_pair_number(&body, STR("item"), item);
	if (value.at)
		json_pair(&body, STR("value"), value);
	json_close(&body, '}');
	if (!remote_open(arena, &remote) ||
	    !remote_call(&remote, "POST",
		remote_path(&remote, "asks", str_of(argv[1]), "/decide"),
		buf_str(&body)))
		return EXIT_REFUSED;
	if (!remote_printed(&remote))
		printf("%s\n", accept ? "accepted" : "refused");
	return EXIT_DONE;
}

static int
accept_verb(struct arena *arena, int argc, char **argv)
{
	return decide(arena, argc, argv, &verb_accept, true);
}

static int
refuse_verb(struct arena *arena, int argc, char **argv)
{
	return decide(arena, argc, argv, &verb_refuse, false);
}

const struct verb verb_accept = {
	"accept",
	"ASK [ITEM [--as VALUE]] [--json]",
	"take in what waits of an answer",
	"All that waits, or the one item of that number (kith asks ASK shows them);\n"
	"--as takes it in with your own wording.",
	accept_verb,
};

const struct verb verb_refuse = {
	"refuse",
	"ASK [ITEM] [--json]",
	"refuse what waits of an answer",
	"All that waits, or the one item of that number (kith asks ASK shows them).",
	refuse_verb,
};

static int
revoke_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	const struct option_row options[] = { { "--json", OPTION_FLAG, &remote.json } };
	int operands;

	if (!options_read(argc, argv, options, 1, &operands))
		return EXIT_USAGE;
	if (operands != 1)
		return usage_error(&verb_revoke, "which ask?");
	if (!remote_open(arena, &remote) ||
	    !remote_call(&remote, "DELETE",
		remote_path(&remote, "asks", str_of(argv[1]), ""), (str){ 0 }))
		return EXIT_REFUSED;
	if (!remote_printed(&remote))
		printf("revoked\n");
	return EXIT_DONE;
}

const struct verb verb_revoke = {
	"revoke",
	"ASK [--json]",
	"take an ask back",
	"Its link opens nothing from now on; a notice that has not left is not sent.",
	revoke_verb,
};
