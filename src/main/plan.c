/* plan.c - `kith plan`, `kith said`, `kith remind`: whom to ask next, who said what, and a
 * second try. */
#include <stdio.h>

#include "base/buf.h"
#include "main/remote_int.h"
#include "wire/wire.h"

static void
print_person(const struct json *p)
{
	const struct json *missing = json_member(p, STR("missing"));

	printf(STR_FMT "/" STR_FMT "\t" STR_FMT "\t%s",
	    STR_ARG(json_text(p, STR("book"))), STR_ARG(json_text(p, STR("card"))),
	    STR_ARG(json_text(p, STR("name"))),
	    json_truth(p, STR("stale")) ? "old; " : "");
	for (const struct json *m = missing ? missing->first : NULL; m; m = m->next)
		printf(STR_FMT "%s", STR_ARG(m->text), m->next ? ", " : "");
	printf("\n");
}

static int
plan_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	str limit = STR("5");
	const struct option_row options[] = { { "--json", OPTION_FLAG, &remote.json },
		{ "--limit", OPTION_TEXT, &limit } };
	const struct json *people;
	int operands;

	if (!options_read(argc, argv, options, 2, &operands) || operands)
		return EXIT_USAGE;
	if (!remote_open(arena, &remote) ||
	    !remote_call(&remote, "GET",
		arena_printf(arena, "/api/v1/plan?limit=" STR_FMT,
		    STR_ARG(wire_encode(arena, limit))),
		(str){ 0 }))
		return EXIT_REFUSED;
	if (remote_printed(&remote))
		return EXIT_DONE;
	people = json_member(remote.said, STR("people"));
	for (const struct json *p = people ? people->first : NULL; p; p = p->next)
		print_person(p);
	return EXIT_DONE;
}

const struct verb verb_plan = {
	"plan",
	"[--limit N] [--json]",
	"propose whom to ask next",
	"People who can be reached, were not asked lately, and whose entries lack most "
	"or "
	"were\nnot confirmed for two years.",
	plan_verb,
};

static void
print_value(const struct json *v)
{
	str said = json_text(v, STR("said"));

	printf(STR_FMT "\t" STR_FMT "\t", STR_ARG(json_text(v, STR("field"))),
	    STR_ARG(json_text(v, STR("text"))));
	if (said.len)
		printf("he said so " STR_FMT ", by " STR_FMT " " STR_FMT
		       ", evidence %lld\n",
		    STR_ARG(said), STR_ARG(json_text(v, STR("by"))),
		    STR_ARG(json_text(v, STR("to"))),
		    (long long)json_number(v, STR("evidence")));
	else
		printf("-\n");
}

static int
said_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	const struct option_row options[] = { { "--json", OPTION_FLAG, &remote.json } };
	const struct json *card;
	const struct json *values;
	int operands;

	if (!options_read(argc, argv, options, 1, &operands))
		return EXIT_USAGE;
	if (operands != 1)
		return usage_error(&verb_said, "of whom?");
	if (!remote_open(arena, &remote) ||
	    !remote_call(&remote, "GET",
		arena_printf(arena, "/api/v1/find?q=" STR_FMT,
		    STR_ARG(wire_encode(arena, str_of(argv[1])))),
		(str){ 0 }))
		return EXIT_REFUSED;
	card = json_member(remote.said, STR("cards"));
	card = card ? card->first : NULL;
	if (!card || card->next) {
		(void)fprintf(stderr, "kith: %s is %s\n", argv[1],
		    card ? "several contacts" : "nobody here");
		return EXIT_REFUSED;
	}
	if (!remote_call(&remote, "GET",
		arena_printf(arena, "/api/v1/said?book=" STR_FMT "&card=" STR_FMT,
		    STR_ARG(wire_encode(arena, json_text(card, STR("book")))),
		    STR_ARG(wire_encode(arena, json_text(card, STR("card"))))),
		(str){ 0 }))
		return EXIT_REFUSED;
	if (remote_printed(&remote))
		return EXIT_DONE;
	values = json_member(remote.said, STR("values"));
	for (const struct json *v = values ? values->first : NULL; v; v = v->next)
		print_value(v);
	return EXIT_DONE;
}

const struct verb verb_said = {
	"said",
	"WHO [--json]",
	"show who said each value of a contact, by which proof, and when",
	"Evidence: 4 logged in, 3 by a link sent to an address known for a day, 2 by "
	"another "
	"link\nor a code, 1 by a message alone.",
	said_verb,
};

static int
remind_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	const struct option_row options[] = { { "--json", OPTION_FLAG, &remote.json } };
	int operands;

	if (!options_read(argc, argv, options, 1, &operands))
		return EXIT_USAGE;
	if (operands != 1)
		return usage_error(&verb_remind, "which ask?");
	if (!remote_open(arena, &remote) ||
	    !remote_call(&remote, "POST",
		remote_path(&remote, "asks", str_of(argv[1]), "/remind"), STR("{}")))
		return EXIT_REFUSED;
	if (!remote_printed(&remote))
		printf("he is reminded\n");
	return EXIT_DONE;
}

const struct verb verb_remind = {
	"remind",
	"ASK [--json]",
	"send a notice once more",
	"Once for each ask, a week after it at the earliest, and never by itself.",
	remind_verb,
};
