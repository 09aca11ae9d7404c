/* people.c - duplicates, and cards made one, at a terminal. */
#include <stdio.h>

#include "base/buf.h"
#include "main/remote_int.h"

#define BODY_MAX_BYTES ((size_t)64 << 10)

static void
print_twins(const struct json *twins)
{
	const struct json *cards = json_member(twins, STR("cards"));
	const struct json *reasons = json_member(twins, STR("reasons"));

	for (const struct json *c = cards->first; c; c = c->next)
		printf(STR_FMT "/" STR_FMT "\t" STR_FMT "\n",
		    STR_ARG(json_text(c, STR("book"))),
		    STR_ARG(json_text(c, STR("card"))),
		    STR_ARG(json_text(c, STR("name"))));
	for (const struct json *r = reasons->first; r; r = r->next)
		printf("\tsame " STR_FMT " " STR_FMT "\n",
		    STR_ARG(json_text(r, STR("same"))),
		    STR_ARG(json_text(r, STR("value"))));
}

static bool
list(struct remote *remote)
{
	const struct json *all;

	if (!remote_call(remote, "GET", STR("/api/v1/twins"), (str){ 0 }))
		return false;
	if (remote_printed(remote))
		return true;
	all = json_member(remote->said, STR("twins"));
	for (const struct json *t = all->first; t; t = t->next)
		print_twins(t);
	return true;
}

static void
add_cards(struct buf *body, int count, char **cards)
{
	json_key(body, STR("cards"));
	json_open(body, '[');
	for (int i = 0; i < count; i++)
		json_add_text(body, str_of(cards[i]));
	json_close(body, ']');
}

static int
twins_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	bool apart = false;
	const struct option_row options[] = { { "--json", OPTION_FLAG, &remote.json },
		{ "--apart", OPTION_FLAG, &apart } };
	struct buf body = buf_in(arena, BODY_MAX_BYTES);
	int operands;

	if (!options_read(argc, argv, options, 2, &operands))
		return EXIT_USAGE;
	if (apart ? operands < 2 : operands > 0)
		return usage_error(&verb_twins, "--apart goes with two cards or more");
	if (!remote_open(arena, &remote))
		return EXIT_REFUSED;
	if (!apart)
		return list(&remote) ? EXIT_DONE : EXIT_REFUSED;
	json_open(&body, '{');
	add_cards(&body, operands, argv + 1);
	json_close(&body, '}');
	if (!remote_call(&remote, "POST", STR("/api/v1/twins/apart"), buf_str(&body)))
		return EXIT_REFUSED;
	if (!remote_printed(&remote))
		printf("they are not the same person\n");
	return EXIT_DONE;
}

const struct verb verb_twins = {
	"twins",
	"[--apart CARD CARD ...] [--json]",
	"list cards that are likely of one person",
	"Each with its reasons: the same telephone number, mail address or name.  "
	"--apart says\nthat these cards (BOOK/CARD, as they are listed) are of "
	"different "
	"people; that is\nremembered.",
	twins_verb,
};

/* --- merge --- */

static int
take_apart(struct remote *remote, str whom)
{
	struct buf body = buf_in(remote->arena, BODY_MAX_BYTES);

	json_open(&body, '{');
	json_pair(&body, STR("whom"), whom);
	json_close(&body, '}');
	if (!remote_call(remote, "POST", STR("/api/v1/merge/undo"), buf_str(&body)))
		return EXIT_REFUSED;
	if (!remote_printed(remote))
		printf("they are as they were\n");
	return EXIT_DONE;
}

static void
add_take(struct buf *body, str take)
{
	json_key(body, STR("take"));
	json_open(body, '[');
	while (take.len)
		json_add_text(body, str_trim(str_cut(&take, ',')));
	json_close(body, ']');
}

static int
merge_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	bool undo = false;
	str take = { 0 };
	const struct option_row options[] = { { "--json", OPTION_FLAG, &remote.json },
		{ "--undo", OPTION_FLAG, &undo }, { "--take", OPTION_TEXT, &take } };
	struct buf body = buf_in(arena, BODY_MAX_BYTES);
	int operands;

	if (!options_read(argc, argv, options, 3, &operands))
		return EXIT_USAGE;
	if (undo ? operands != 1 : operands < 2)
		return usage_error(&verb_merge, "which card stays, and which others?");
	if (!remote_open(arena, &remote))
		return EXIT_REFUSED;
	if (undo)
		return take_apart(&remote, str_of(argv[1]));
	json_open(&body, '{');
	add_cards(&body, operands, argv + 1);
	if (take.len)
		add_take(&body, take);
	json_close(&body, '}');
	if (!remote_call(&remote, "POST", STR("/api/v1/merge"), buf_str(&body)))
		return EXIT_REFUSED;
	if (!remote_printed(&remote))
		printf(STR_FMT "/" STR_FMT " has it all\n",
		    STR_ARG(json_text(remote.said, STR("book"))),
		    STR_ARG(json_text(remote.said, STR("card"))));
	return EXIT_DONE;
}

const struct verb verb_merge = {
	"merge",
	"CARD CARD ... [--take FIELD,...] | --undo CARD [--json]",
	"make one card of several",
	"The first card stays and gets what only the others have; they go to the "
	"trash.  "
	"Of a\nfield with one value (FN, TITLE, BDAY ...) its own stays, but for those "
	"named with --take.\n--undo takes a merge back, as long as the card has not "
	"been "
	"changed since.",
	merge_verb,
};
