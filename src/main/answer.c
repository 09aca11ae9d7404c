/* answer.c - `kith answer`: the target at a terminal. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/base64.h"
#include "base/buf.h"
#include "main/remote_int.h"
#include "wire/wire.h"

#define BODY_MAX_BYTES ((size_t)1 << 20)
#define FILE_MAX_BYTES ((size_t)200 * 1024)

struct answering {
	struct remote remote;
	str token;
	str note, leave, until;
	struct buf body;
	bool said;
};

static void
show(const struct json *said)
{
	const struct json *items = json_member(said, STR("items"));
	const struct json *wanted = json_member(said, STR("wanted"));

	printf(STR_FMT " " STR_FMT " " STR_FMT " asks you to check your entry.\n",
	    STR_ARG(json_text(said, STR("asker"))),
	    STR_ARG(json_text(said, STR("phone"))),
	    STR_ARG(json_text(said, STR("email"))));
	for (const struct json *i = items ? items->first : NULL; i; i = i->next)
		printf("  %lld " STR_FMT ": " STR_FMT "\n",
		    (long long)json_number(i, STR("item")),
		    STR_ARG(json_text(i, STR("field"))),
		    STR_ARG(json_text(i, STR("shown"))));
	printf("asked for:");
	for (const struct json *w = wanted ? wanted->first : NULL; w; w = w->next)
		printf(" " STR_FMT, STR_ARG(w->text));
	printf("\n");
}

static bool
read_file(struct arena *arena, str path, str *out)
{
	char *bytes = arena_get_raw(arena, FILE_MAX_BYTES + 1);
	FILE *file = fopen(arena_copy(arena, path).at, "re");
	size_t len;

	if (!file) {
		(void)fprintf(
		    stderr, "kith: " STR_FMT ": %s\n", STR_ARG(path), strerror(errno));
		return false;
	}
	len = fread(bytes, 1, FILE_MAX_BYTES + 1, file);
	(void)fclose(file);
	*out = (str){ bytes, len };
	if (len > FILE_MAX_BYTES)
		(void)fprintf(stderr, "kith: " STR_FMT ": larger than %zu bytes\n",
		    STR_ARG(path), FILE_MAX_BYTES);
	return len <= FILE_MAX_BYTES;
}

/* "qq=12345", "photo=FILE", "3=confirm", "3=gone", "3=+86 10 ...": what a person says. */
static bool
say(struct answering *a, str word)
{
	str value = word;
	str name = str_cut(&value, '=');
	struct buf *body = &a->body;
	int64_t item;

	if (name.len == word.len)
		return false;
	json_open(body, '{');
	if (str_number(name, &item)) {
		bool plain =
		    str_same(value, STR("confirm")) || str_same(value, STR("gone"));

		json_pair(body, STR("op"), plain ? value : STR("change"));
		json_pair_number(body, STR("item"), item);
		json_pair(body, STR("value"), plain ? (str){ 0 } : value);
	} else {
		json_pair(body, STR("op"), STR("insert"));
		json_pair(body, STR("field"), name);
		if (str_same(name, STR("photo"))) {
			struct buf letters = buf_in(a->remote.arena, BODY_MAX_BYTES);

			if (!read_file(a->remote.arena, value, &value))
				return false;
			base64_add(&letters, value);
			value = buf_str(&letters);
		}
		json_pair(body, STR("value"), value);
	}
	json_close(body, '}');
	a->said = true;
	return true;
}

static int
leave(struct answering *a)
{
	struct buf body = buf_in(a->remote.arena, BODY_MAX_BYTES);

	json_open(&body, '{');
	json_pair(&body, STR("how"), a->leave);
	json_close(&body, '}');
	if (!remote_call(&a->remote, "POST",
		remote_path(&a->remote, "answers", a->token, "/leave"), buf_str(&body)))
		return EXIT_REFUSED;
	if (!remote_printed(&a->remote))
		printf("done\n");
	return EXIT_DONE;
}

static int
send_answer(struct answering *a, int operands, char **argv)
{
	a->body = buf_in(a->remote.arena, BODY_MAX_BYTES);
	json_open(&a->body, '{');
	json_pair(&a->body, STR("note"), a->note);
	json_pair(&a->body, STR("until"), a->until);
	json_key(&a->body, STR("ops"));
	json_open(&a->body, '[');
	for (int i = 2; i <= operands; i++)
		if (!say(a, str_of(argv[i])))
			return usage_error(&verb_answer, argv[i]);
	json_close(&a->body, ']');
	json_close(&a->body, '}');
	if (a->body.overflowed)
		return refused(ERR_TOO_LARGE, NULL, "the answer");
	if (!remote_call(&a->remote, "POST",
		remote_path(&a->remote, "answers", a->token, ""), buf_str(&a->body)))
		return EXIT_REFUSED;
	if (!remote_printed(&a->remote))
		printf("sent: %lld taken in, %lld confirmed, %lld wait for the owner\n",
		    (long long)json_number(a->remote.said, STR("applied")),
		    (long long)json_number(a->remote.said, STR("verified")),
		    (long long)json_number(a->remote.said, STR("waiting")));
	return EXIT_DONE;
}

static int
look(struct answering *a)
{
	if (!remote_call(&a->remote, "POST",
		remote_path(&a->remote, "answers", a->token, "/open"), STR("{}")))
		return EXIT_REFUSED;
	if (!remote_printed(&a->remote))
		show(a->remote.said);
	return EXIT_DONE;
}

static int
answer_verb(struct arena *arena, int argc, char **argv)
{
	struct answering a = { .remote = {
				   .arena = arena, .term = { .arena = arena } } };
	const struct option_row options[] = {
		{ "--note", OPTION_TEXT, &a.note },
		{ "--leave", OPTION_TEXT, &a.leave },
		{ "--until", OPTION_TEXT, &a.until },
		{ "--json", OPTION_FLAG, &a.remote.json },
	};
	int operands;

	if (!options_read(
		argc, argv, options, sizeof options / sizeof *options, &operands))
		return EXIT_USAGE;
	if (operands < 1 ||
	    !remote_link(str_of(argv[1]), &a.remote.term.url, &a.token) ||
	    !a.remote.term.url.len)
		return usage_error(&verb_answer, "it takes the link of a notice");
	wire_start();
	if (a.leave.len)
		return leave(&a);
	return operands > 1 ? send_answer(&a, operands, argv) : look(&a);
}

const struct verb verb_answer = {
	"answer",
	"LINK [FIELD=VALUE | ITEM=confirm | ITEM=gone | ITEM=VALUE ...] [--note TEXT]\n"
	"       [--until YYYY-MM-DD] [--leave decline|not-me|block-owner|block-all] "
	"[--json]",
	"answer somebody who asks, by the link he sent",
	"With the link alone it shows who asks and what he has, partly hidden.  "
	"photo=FILE\n"
	"sends a JPEG.  --until: it holds through that day, and is taken back by "
	"itself.",
	answer_verb,
};
