/* campaign.c - `kith campaign`: many people asked, one after another. */
#include <stdio.h>

#include "base/buf.h"
#include "main/remote_int.h"

#define BODY_MAX_BYTES ((size_t)16 * 1024)

struct campaign {
	str title, group, missing, kind, by, fields, say, cancel;
	bool stale, preview;
};

static str
body_of(struct arena *arena, const struct campaign *c)
{
	struct buf body = buf_in(arena, BODY_MAX_BYTES);
	str fields = c->fields;

	json_open(&body, '{');
	json_pair(&body, STR("title"), c->title);
	json_pair(&body, STR("group"), c->group);
	json_pair(&body, STR("missing"), c->missing);
	json_pair_truth(&body, STR("stale"), c->stale);
	json_pair(&body, STR("kind"), c->kind);
	json_pair(&body, STR("by"), c->by);
	json_pair(&body, STR("say"), c->say);
	json_key(&body, STR("for"));
	json_open(&body, '[');
	while (fields.len)
		json_add_text(&body, str_trim(str_cut(&fields, ',')));
	json_close(&body, ']');
	json_close(&body, '}');
	return buf_str(&body);
}

static void
print_one(const struct json *c)
{
	printf("%lld\t" STR_FMT
	       "\t%lld people: %lld wait, %lld asked, %lld answered, %lld "
	       "could not be%s\n",
	    (long long)json_number(c, STR("id")), STR_ARG(json_text(c, STR("title"))),
	    (long long)json_number(c, STR("people")),
	    (long long)json_number(c, STR("waiting")),
	    (long long)json_number(c, STR("asked")),
	    (long long)json_number(c, STR("answered")),
	    (long long)json_number(c, STR("failed")),
	    json_truth(c, STR("over")) ? "; over" : "");
}

static void
print_people(const struct json *said)
{
	const struct json *list = json_member(said, STR("list"));

	for (const struct json *p = list ? list->first : NULL; p; p = p->next)
		printf("  " STR_FMT "\t" STR_FMT STR_FMT "\n",
		    STR_ARG(json_text(p, STR("name"))),
		    STR_ARG(json_text(p, STR("state"))),
		    STR_ARG(json_text(p, STR("outcome"))));
	if (json_text(said, STR("text")).len)
		printf("\n" STR_FMT "\n", STR_ARG(json_text(said, STR("text"))));
	if (json_number(said, STR("sms_parts")))
		printf("%lld SMS\n", (long long)json_number(said, STR("sms_parts")));
}

static bool
list_all(struct remote *remote)
{
	const struct json *list;

	if (!remote_call(remote, "GET", STR("/api/v1/campaigns"), (str){ 0 }))
		return false;
	if (remote_printed(remote))
		return true;
	list = json_member(remote->said, STR("campaigns"));
	for (const struct json *c = list ? list->first : NULL; c; c = c->next)
		print_one(c);
	return true;
}

static bool
show(struct remote *remote, const char *method, str path, str body)
{
	if (!remote_call(remote, method, path, body))
		return false;
	if (!remote_printed(remote)) {
		print_one(remote->said);
		print_people(remote->said);
	}
	return true;
}

static bool
run(struct remote *remote, const struct campaign *c, int operands, char **argv)
{
	if (c->cancel.len)
		return remote_call(remote, "DELETE",
		    remote_path(remote, "campaigns", c->cancel, ""), (str){ 0 });
	if (operands)
		return show(remote, "GET",
		    remote_path(remote, "campaigns", str_of(argv[1]), ""), (str){ 0 });
	if (!c->group.len && !c->missing.len && !c->stale)
		return list_all(remote);
	return show(remote, "POST",
	    c->preview ? STR("/api/v1/campaigns/preview") : STR("/api/v1/campaigns"),
	    body_of(remote->arena, c));
}

static int
campaign_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	struct campaign c = { 0 };
	const struct option_row options[] = {
		{ "--title", OPTION_TEXT, &c.title },
		{ "--group", OPTION_TEXT, &c.group },
		{ "--missing", OPTION_TEXT, &c.missing },
		{ "--stale", OPTION_FLAG, &c.stale },
		{ "--kind", OPTION_TEXT, &c.kind },
		{ "--by", OPTION_TEXT, &c.by },
		{ "--for", OPTION_TEXT, &c.fields },
		{ "--say", OPTION_TEXT, &c.say },
		{ "--preview", OPTION_FLAG, &c.preview },
		{ "--cancel", OPTION_TEXT, &c.cancel },
		{ "--json", OPTION_FLAG, &remote.json },
	};
	int operands;

	if (!options_read(
		argc, argv, options, sizeof options / sizeof *options, &operands) ||
	    operands > 1)
		return EXIT_USAGE;
	if (!remote_open(arena, &remote))
		return EXIT_REFUSED;
	return run(&remote, &c, operands, argv) ? EXIT_DONE : EXIT_REFUSED;
}

const struct verb verb_campaign = {
	"campaign",
	"[ID | --cancel ID | --title TEXT [--group G] [--missing FIELD] [--stale]\n"
	"       [--preview] [--kind K] [--by WAY] [--for FIELD,...] [--say TEXT]] "
	"[--json]",
	"ask many people, one after another",
	"Of the default book all that hold: in the group, without the field, not heard "
	"of for "
	"two\nyears.  --preview asks nobody and shows whom it would be, and the text.  "
	"Each is "
	"held to\nthe same limits as any ask, so it takes as many days as it takes.  "
	"Without "
	"options it\nlists the campaigns; with an ID, how far that one is.",
	campaign_verb,
};
