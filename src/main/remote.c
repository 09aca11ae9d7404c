#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "main/remote_int.h"
#include "wire/wire.h"

bool
remote_open(struct arena *arena, struct remote *remote)
{
	struct why why = { 0 };
	enum err e = term_load(arena, &remote->term, &why);

	wire_start();
	remote->arena = arena;
	if (e != OK)
		(void)refused(e, &why, "the login");
	return e == OK;
}

/* "several": the server listed whom that fits. */
static void
print_candidates(const struct json *said)
{
	const struct json *list = json_member(said, STR("candidates"));

	for (const struct json *c = list ? list->first : NULL; c; c = c->next)
		(void)fprintf(stderr, "  " STR_FMT " (" STR_FMT "/" STR_FMT ")\n",
		    STR_ARG(json_text(c, STR("name"))),
		    STR_ARG(json_text(c, STR("book"))),
		    STR_ARG(json_text(c, STR("card"))));
}

static const struct {
	const char *word, *sentence;
} sentences[] = {
	{ "not-found", "there is no such thing" },
	{ "several", "that fits several contacts" },
	{ "who", "the login or the password is wrong" },
	{ "forbidden", "that is not allowed" },
	{ "condition", "that has been decided already" },
	{ "bad-input", "the server cannot read that" },
	{ "unsupported", "the server has no way to do that" },
	{ "too-large", "that is too large" },
	{ "gone", "that link is over" },
	{ "limit", "too often; try again later" },
};

static void
complain(const struct remote *remote, unsigned status)
{
	str word = json_text(remote->said, STR("error"));
	str what = json_text(remote->said, STR("what"));
	str name = json_text(remote->said, STR("name"));

	for (size_t i = 0; !what.len && i < sizeof sentences / sizeof *sentences; i++)
		if (str_same(word, str_of(sentences[i].word)))
			what = str_of(sentences[i].sentence);
	if (!what.len && status == 401)
		what = STR("the login or the password is wrong; an account with "
			   "codes wants an app password");
	if (what.len)
		(void)fprintf(stderr, "kith: " STR_FMT, STR_ARG(what));
	else
		(void)fprintf(stderr, "kith: the server answered %u", status);
	if (name.len)
		(void)fprintf(stderr, ": " STR_FMT, STR_ARG(name));
	(void)fputc('\n', stderr);
	print_candidates(remote->said);
	if (remote->json)
		(void)remote_printed(remote);
}

bool
remote_call(struct remote *remote, const char *method, str path, str body)
{
	struct term_answer answer;
	struct why why = { 0 };
	enum err e =
	    term_call(&remote->term, str_of(method), path, body, &answer, &why);

	if (e != OK) {
		(void)refused(e, &why, "the server");
		return false;
	}
	remote->text = answer.body;
	remote->said = NULL;
	if (answer.body.len &&
	    json_read(remote->arena, answer.body, &remote->said, &why) != OK)
		remote->said = NULL;
	if (answer.status / 100 == 2 && remote->said)
		return true;
	complain(remote, answer.status);
	return false;
}

bool
remote_link(str link, str *url, str *token)
{
	size_t at = str_find(link, STR("/a/"));

	*url = (str){ 0 };
	*token = link;
	if (at != SIZE_MAX) {
		*url = str_part(link, 0, at);
		*token = str_part(link, at + 3, link.len);
	}
	return token->len > 0 && !str_has(*token, '/');
}

bool
remote_printed(const struct remote *remote)
{
	if (remote->json)
		printf(STR_FMT "\n", STR_ARG(remote->text));
	return remote->json;
}

str
remote_path(struct remote *remote, const char *first, str id, const char *last)
{
	return arena_printf(
	    remote->arena, "/api/v1/%s/" STR_FMT "%s", first, STR_ARG(id), last);
}
