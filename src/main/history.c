/* history.c - the owner at a terminal: history, undo, removed, restore. */
#include <stdio.h>
#include <time.h>

#include "base/buf.h"
#include "main/remote_int.h"
#include "wire/wire.h"

#define BODY_MAX_BYTES ((size_t)4096)

static void
print_version(const struct json *v, str state)
{
	str device = json_text(v, STR("device"));

	printf("%-8lld " STR_FMT "  %-8.*s by " STR_FMT "%s" STR_FMT "\n",
	    (long long)json_number(v, STR("rev")), STR_ARG(json_text(v, STR("at"))),
	    STR_ARG(state), STR_ARG(json_text(v, STR("by"))), device.len ? ", " : "",
	    STR_ARG(device));
}

static int
history_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	const struct option_row options[] = { { "--json", OPTION_FLAG, &remote.json } };
	const struct json *list;
	int operands;

	if (!options_read(argc, argv, options, 1, &operands))
		return EXIT_USAGE;
	if (operands != 1)
		return usage_error(&verb_history, "whose?");
	if (!remote_open(arena, &remote) ||
	    !remote_call(&remote, "GET",
		arena_printf(arena, "/api/v1/history?q=" STR_FMT,
		    STR_ARG(wire_encode(arena, str_of(argv[1])))),
		(str){ 0 }))
		return EXIT_REFUSED;
	if (remote_printed(&remote))
		return EXIT_DONE;
	list = json_member(remote.said, STR("now"));
	if (list)
		print_version(list, STR("now"));
	list = json_member(remote.said, STR("versions"));
	for (const struct json *v = list->first; v; v = v->next)
		print_version(v, json_text(v, STR("state")));
	return EXIT_DONE;
}

const struct verb verb_history = {
	"history",
	"WHOM [--json]",
	"list a card's former versions",
	"WHOM is any identifier, or BOOK/CARD as other answers name it.  \"refused\" "
	"is an "
	"edit\nof a device that came too late: it is kept, and can be taken with kith "
	"undo.",
	history_verb,
};

/* --- undo --- */

/* What an answer made of a card, or one value of it. */
static int
undo_answer(struct arena *arena, bool json, str ask, int operands, char **argv)
{
	struct remote remote = { .json = json };
	struct buf body = buf_in(arena, BODY_MAX_BYTES);
	int64_t item;

	if (operands > 1 || (operands && !str_number(str_of(argv[1]), &item)))
		return usage_error(&verb_undo, "an item is a number");
	json_open(&body, '{');
	if (operands)
		json_pair_number(&body, STR("item"), item);
	json_close(&body, '}');
	if (!remote_open(arena, &remote) ||
	    !remote_call(&remote, "POST", remote_path(&remote, "asks", ask, "/undo"),
		buf_str(&body)))
		return EXIT_REFUSED;
	if (!remote_printed(&remote))
		printf("it is as it was\n");
	return EXIT_DONE;
}

static int
undo_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	str ask = { 0 };
	const struct option_row options[] = { { "--json", OPTION_FLAG, &remote.json },
		{ "--ask", OPTION_TEXT, &ask } };
	struct buf body = buf_in(arena, BODY_MAX_BYTES);
	int64_t rev = 0;
	int operands;

	if (!options_read(argc, argv, options, 2, &operands))
		return EXIT_USAGE;
	if (ask.len)
		return undo_answer(arena, remote.json, ask, operands, argv);
	if (operands < 1 || operands > 2)
		return usage_error(&verb_undo, "whom, and which version?");
	if (operands == 2 && !str_number(str_of(argv[2]), &rev) &&
	    !(argv[2][0] == '-' && str_number(str_of(argv[2] + 1), &rev)))
		return usage_error(&verb_undo, "a version is a number");
	if (operands == 2 && argv[2][0] == '-')
		rev = -rev;
	json_open(&body, '{');
	json_pair(&body, STR("whom"), str_of(argv[1]));
	if (rev)
		json_pair_number(&body, STR("rev"), rev);
	json_close(&body, '}');
	if (!remote_open(arena, &remote) ||
	    !remote_call(&remote, "POST", STR("/api/v1/undo"), buf_str(&body)))
		return EXIT_REFUSED;
	if (!remote_printed(&remote))
		printf(STR_FMT "/" STR_FMT " is as it was\n",
		    STR_ARG(json_text(remote.said, STR("book"))),
		    STR_ARG(json_text(remote.said, STR("card"))));
	return EXIT_DONE;
}

const struct verb verb_undo = {
	"undo",
	"WHOM [VERSION] | --ask ASK [ITEM] [--json]",
	"bring a former version back, or take an answer back",
	"Without a VERSION the one before; of a removed card (BOOK/CARD, see kith "
	"removed) "
	"its\nlast one.  What stands now becomes a former version itself.  A refused "
	"one has "
	"a\nnumber below zero: kith undo -- WHOM -NUMBER.  --ask takes back what the "
	"answer to an\nask made of the card, or one item of it (from 0, as kith asks "
	"ASK "
	"lists them);\nwhat was changed since stays.",
	undo_verb,
};

/* --- removed --- */

static void
print_removed(const struct json *said)
{
	const struct json *cards = json_member(said, STR("cards"));
	const struct json *books = json_member(said, STR("books"));

	for (const struct json *c = cards->first; c; c = c->next)
		printf(STR_FMT "\t" STR_FMT "/" STR_FMT "\t" STR_FMT "\n",
		    STR_ARG(json_text(c, STR("removed"))),
		    STR_ARG(json_text(c, STR("book"))),
		    STR_ARG(json_text(c, STR("card"))),
		    STR_ARG(json_text(c, STR("name"))));
	for (const struct json *b = books->first; b; b = b->next)
		printf(STR_FMT "\tbook %lld\t" STR_FMT ", %lld cards\n",
		    STR_ARG(json_text(b, STR("removed"))),
		    (long long)json_number(b, STR("id")),
		    STR_ARG(json_text(b, STR("name"))),
		    (long long)json_number(b, STR("cards")));
}

static int
removed_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	str book = { 0 };
	const struct option_row options[] = { { "--json", OPTION_FLAG, &remote.json },
		{ "--book", OPTION_TEXT, &book } };
	int operands;

	if (!options_read(argc, argv, options, 2, &operands))
		return EXIT_USAGE;
	if (operands)
		return usage_error(&verb_removed, "it takes no operands");
	if (!remote_open(arena, &remote))
		return EXIT_REFUSED;
	if (!remote_call(&remote, book.len ? "POST" : "GET",
		book.len ? STR("/api/v1/revive") : STR("/api/v1/removed"),
		book.len ? arena_printf(arena, "{\"id\":" STR_FMT "}", STR_ARG(book))
			 : (str){ 0 }))
		return EXIT_REFUSED;
	if (remote_printed(&remote))
		return EXIT_DONE;
	if (book.len)
		printf(
		    STR_FMT " is back\n", STR_ARG(json_text(remote.said, STR("book"))));
	else
		print_removed(remote.said);
	return EXIT_DONE;
}

const struct verb verb_removed = {
	"removed",
	"[--book ID] [--json]",
	"list what was removed, or bring a book back",
	"A card comes back with kith undo BOOK/CARD, a book with --book and the number "
	"listed.",
	removed_verb,
};

/* --- restore --- */

/* "2026-11-23 14:05", in the terminal's own time. */
static bool
moment_read(const char *text, int64_t *out_ms)
{
	struct tm when = { .tm_isdst = -1 };
	const char *end = strptime(text, "%Y-%m-%d %H:%M", &when);

	if (end && *end == ':')
		end = strptime(end, ":%S", &when);
	if (!end || *end)
		return false;
	*out_ms = (int64_t)mktime(&when) * 1000;
	return *out_ms > 0;
}

static int
restore_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	bool preview = false;
	const struct option_row options[] = { { "--json", OPTION_FLAG, &remote.json },
		{ "--preview", OPTION_FLAG, &preview } };
	struct buf body = buf_in(arena, BODY_MAX_BYTES);
	int64_t at_ms;
	int operands;

	if (!options_read(argc, argv, options, 2, &operands))
		return EXIT_USAGE;
	if (operands != 2)
		return usage_error(&verb_restore, "which book, to when?");
	if (!moment_read(argv[2], &at_ms))
		return usage_error(&verb_restore, "a moment is \"2026-11-23 14:05\"");
	json_open(&body, '{');
	json_pair(&body, STR("book"), str_of(argv[1]));
	json_pair_number(&body, STR("at"), at_ms);
	json_pair_truth(&body, STR("preview"), preview);
	json_close(&body, '}');
	if (!remote_open(arena, &remote) ||
	    !remote_call(&remote, "POST", STR("/api/v1/restore"), buf_str(&body)))
		return EXIT_REFUSED;
	if (!remote_printed(&remote))
		printf("%s%lld as before, %lld back, %lld removed\n",
		    preview ? "would be: " : "",
		    (long long)json_number(remote.said, STR("changed")),
		    (long long)json_number(remote.said, STR("back")),
		    (long long)json_number(remote.said, STR("removed")));
	return EXIT_DONE;
}

const struct verb verb_restore = {
	"restore",
	"BOOK \"YYYY-MM-DD HH:MM\" [--preview] [--json]",
	"put a whole book back to a moment",
	"Cards changed since are as they were, removed ones are again, new ones go; "
	"each "
	"change\ncan itself be undone.  --preview only counts.",
	restore_verb,
};
