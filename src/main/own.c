/* own.c - the target with an account at a terminal: `kith me`, `kith notices`. */
#include <stdio.h>

#include "base/buf.h"
#include "main/remote_int.h"

#define BODY_MAX_BYTES ((size_t)64 * 1024)

/* --- me: the own card, and what was given of it --- */

static void
print_items(const struct json *said)
{
	const struct json *items = json_member(said, STR("items"));

	for (const struct json *i = items ? items->first : NULL; i; i = i->next)
		printf("%3lld %s" STR_FMT ": " STR_FMT "\n",
		    (long long)json_number(i, STR("item")),
		    json_truth(i, STR("wanted")) ? "* " : "",
		    STR_ARG(json_text(i, STR("field"))),
		    STR_ARG(json_text(i, STR("text"))));
}

/* "email=a@b.cn" adds or replaces, "3=..." changes an item, "3=" takes it away. */
static bool
add_change(struct buf *body, str word)
{
	str value = word;
	str name = str_cut(&value, '=');
	int64_t item;

	if (name.len == word.len)
		return false;
	json_open(body, '{');
	if (str_number(name, &item))
		json_pair_number(body, STR("item"), item);
	else
		json_pair(body, STR("field"), name);
	json_pair(body, STR("value"), value);
	json_close(body, '}');
	return true;
}

static bool
change_card(struct remote *remote, int operands, char **argv)
{
	struct buf body = buf_in(remote->arena, BODY_MAX_BYTES);

	json_open(&body, '{');
	json_key(&body, STR("changes"));
	json_open(&body, '[');
	for (int i = 1; i <= operands; i++)
		if (!add_change(&body, str_of(argv[i]))) {
			(void)usage_error(&verb_me, "FIELD=VALUE or ITEM=VALUE");
			return false;
		}
	json_close(&body, ']');
	json_close(&body, '}');
	return remote_call(remote, "POST", STR("/api/v1/me/card"), buf_str(&body));
}

static bool
print_me(struct remote *remote)
{
	if (!remote_call(remote, "GET", STR("/api/v1/me"), (str){ 0 }))
		return false;
	if (remote_printed(remote))
		return true;
	printf(STR_FMT " " STR_FMT " " STR_FMT "\n",
	    STR_ARG(json_text(remote->said, STR("name"))),
	    STR_ARG(json_text(remote->said, STR("phone"))),
	    STR_ARG(json_text(remote->said, STR("email"))));
	if (json_text(remote->said, STR("ask_address")).len)
		printf("asks by mail, from that address, go to " STR_FMT "\n",
		    STR_ARG(json_text(remote->said, STR("ask_address"))));
	if (!remote_call(remote, "GET", STR("/api/v1/me/card"), (str){ 0 }))
		return false;
	print_items(remote->said);
	return true;
}

static bool
print_given(struct remote *remote)
{
	const struct json *given;

	if (!remote_call(remote, "GET", STR("/api/v1/given"), (str){ 0 }))
		return false;
	if (remote_printed(remote))
		return true;
	given = json_member(remote->said, STR("given"));
	for (const struct json *g = given ? given->first : NULL; g; g = g->next)
		printf("%lld\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "%s\n",
		    (long long)json_number(g, STR("owner")),
		    STR_ARG(json_text(g, STR("name"))),
		    STR_ARG(json_text(g, STR("field"))),
		    STR_ARG(json_text(g, STR("at"))),
		    json_truth(g, STR("follows")) ? "\tfollows" : "");
	return true;
}

static bool
set_followed(struct remote *remote, str owner, int count, char **fields)
{
	struct buf body = buf_in(remote->arena, BODY_MAX_BYTES);

	json_open(&body, '{');
	json_key(&body, STR("follow"));
	json_open(&body, '[');
	for (int i = 0; i < count; i++)
		json_add_text(&body, str_of(fields[i]));
	json_close(&body, ']');
	json_close(&body, '}');
	return remote_call(
	    remote, "POST", remote_path(remote, "given", owner, ""), buf_str(&body));
}

/* How answers are told: by which way, and to which webhook. */
static bool
set_telling(struct remote *remote, str by, str hook)
{
	struct buf body = buf_in(remote->arena, BODY_MAX_BYTES);

	json_open(&body, '{');
	if (by.len)
		json_pair(&body, STR("by"), by);
	if (hook.at)
		json_pair(&body, STR("hook"),
		    str_same(hook, STR("none")) ? (str){ 0 } : hook);
	json_close(&body, '}');
	if (!remote_call(remote, "POST", STR("/api/v1/me/telling"), buf_str(&body)))
		return false;
	if (!remote_printed(remote))
		printf("answers are told by " STR_FMT "%s" STR_FMT "%s" STR_FMT "\n",
		    STR_ARG(json_text(remote->said, STR("by"))),
		    json_text(remote->said, STR("hook")).len ? "; hook " : "",
		    STR_ARG(json_text(remote->said, STR("hook"))),
		    json_text(remote->said, STR("secret")).len ? " signed with " : "",
		    STR_ARG(json_text(remote->said, STR("secret"))));
	return true;
}

static int
me_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	bool given = false;
	str forget = { 0 };
	str follow = { 0 };
	str tell = { 0 };
	str hook = { 0 };
	const struct option_row options[] = { { "--json", OPTION_FLAG, &remote.json },
		{ "--tell", OPTION_TEXT, &tell }, { "--hook", OPTION_TEXT, &hook },
		{ "--given", OPTION_FLAG, &given },
		{ "--forget", OPTION_TEXT, &forget },
		{ "--follow", OPTION_TEXT, &follow } };
	int operands;
	bool done;

	if (!options_read(argc, argv, options, 6, &operands))
		return EXIT_USAGE;
	if (!remote_open(arena, &remote))
		return EXIT_REFUSED;
	if (tell.len || hook.at)
		done = set_telling(&remote, tell, hook);
	else if (forget.len)
		done = remote_call(&remote, "DELETE",
		    remote_path(&remote, "given", forget, ""), (str){ 0 });
	else if (follow.len)
		done = set_followed(&remote, follow, operands, argv + 1) &&
		       print_given(&remote);
	else if (given)
		done = print_given(&remote);
	else if (operands) {
		done = change_card(&remote, operands, argv);
		if (done && !remote_printed(&remote))
			print_items(remote.said);
	} else
		done = print_me(&remote);
	return done ? EXIT_DONE : EXIT_REFUSED;
}

const struct verb verb_me = {
	"me",
	"[FIELD=VALUE | ITEM=VALUE | ITEM= ...] [--given] [--forget OWNER]\n"
	"       [--follow OWNER [FIELD ...]]\n"
	"       [--tell auto|email|sms|mms|none] [--hook URL|none] [--json]",
	"show or change your own card, and what you gave of it to whom",
	"FIELD=VALUE adds to the card or replaces what it has one of; ITEM=VALUE "
	"changes, "
	"and\nITEM= takes away, what stands at that number.  --given lists who has "
	"what of "
	"it;\n--forget drops one of them from that list; --follow says which fields "
	"that one has\nby themselves when you change them, and no others.  --tell says "
	"how you hear of "
	"answers (auto: by\nmail or SMS where no device of yours syncs), --hook names "
	"a "
	"URL that is called with each.",
	me_verb,
};

/* --- notices --- */

static bool
list_notices(struct remote *remote)
{
	const struct json *list;

	if (!remote_call(remote, "GET", STR("/api/v1/notices"), (str){ 0 }))
		return false;
	if (remote_printed(remote))
		return true;
	list = json_member(remote->said, STR("notices"));
	for (const struct json *n = list ? list->first : NULL; n; n = n->next)
		printf("%lld\t" STR_FMT "\t" STR_FMT " " STR_FMT "\t" STR_FMT "\n",
		    (long long)json_number(n, STR("id")),
		    STR_ARG(json_text(n, STR("state"))),
		    STR_ARG(json_text(n, STR("asker"))),
		    STR_ARG(json_text(n, STR("phone"))),
		    STR_ARG(json_text(n, STR("say"))));
	return true;
}

static bool
show_notice(struct remote *remote, str id)
{
	if (!remote_call(
		remote, "POST", remote_path(remote, "notices", id, "/open"), STR("{}")))
		return false;
	if (remote_printed(remote))
		return true;
	printf(STR_FMT " " STR_FMT " asks for what is marked * of your card:\n",
	    STR_ARG(json_text(remote->said, STR("asker"))),
	    STR_ARG(json_text(remote->said, STR("phone"))));
	print_items(remote->said);
	return true;
}

struct giving {
	bool give, all;
	str note, leave;
};

static bool
give(struct remote *remote, str id, const struct giving *giving, int operands,
    char **argv)
{
	struct buf body = buf_in(remote->arena, BODY_MAX_BYTES);
	int64_t item;

	json_open(&body, '{');
	json_pair(&body, STR("note"), giving->note);
	json_pair_truth(&body, STR("all"), giving->all);
	if (operands > 1) {
		json_key(&body, STR("items"));
		json_open(&body, '[');
		for (int i = 2; i <= operands; i++) {
			if (!str_number(str_of(argv[i]), &item)) {
				(void)usage_error(&verb_notices, argv[i]);
				return false;
			}
			json_add_number(&body, item);
		}
		json_close(&body, ']');
	}
	json_close(&body, '}');
	if (!remote_call(
		remote, "POST", remote_path(remote, "notices", id, ""), buf_str(&body)))
		return false;
	if (!remote_printed(remote))
		printf("sent: %lld taken in, %lld confirmed, %lld wait for the owner\n",
		    (long long)json_number(remote->said, STR("applied")),
		    (long long)json_number(remote->said, STR("verified")),
		    (long long)json_number(remote->said, STR("waiting")));
	return true;
}

static bool
leave_notice(struct remote *remote, str id, str how)
{
	struct buf body = buf_in(remote->arena, BODY_MAX_BYTES);

	json_open(&body, '{');
	json_pair(&body, STR("how"), how);
	json_close(&body, '}');
	return remote_call(remote, "POST", remote_path(remote, "notices", id, "/leave"),
	    buf_str(&body));
}

static int
notices_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	struct giving giving = { 0 };
	const struct option_row options[] = { { "--json", OPTION_FLAG, &remote.json },
		{ "--give", OPTION_FLAG, &giving.give },
		{ "--all", OPTION_FLAG, &giving.all },
		{ "--note", OPTION_TEXT, &giving.note },
		{ "--leave", OPTION_TEXT, &giving.leave } };
	int operands;
	bool done;
	str id;

	if (!options_read(argc, argv, options, 6, &operands))
		return EXIT_USAGE;
	if (!remote_open(arena, &remote))
		return EXIT_REFUSED;
	if (!operands)
		return list_notices(&remote) ? EXIT_DONE : EXIT_REFUSED;
	id = str_of(argv[1]);
	if (giving.leave.len)
		done = leave_notice(&remote, id, giving.leave);
	else if (giving.give || giving.all || operands > 1)
		done = give(&remote, id, &giving, operands, argv);
	else
		done = show_notice(&remote, id);
	return done ? EXIT_DONE : EXIT_REFUSED;
}

const struct verb verb_notices = {
	"notices",
	"[ID [ITEM ...] [--give] [--all] [--note TEXT]\n"
	"       [--leave decline|not-me|block-owner|block-all]] [--json]",
	"list who asks you, and answer with items of your own card",
	"With an ID alone it shows what is asked for.  --give sends what is marked, "
	"--all the "
	"\nwhole card, ITEM ... just these.",
	notices_verb,
};
