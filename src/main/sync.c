/* sync.c - `kith sync`: a folder of .vcf files kept equal to the book. */
#include <stdio.h>

#include "json/json.h"
#include "main/remote_int.h"
#include "term/term.h"
#include "wire/wire.h"

#define OUT_MAX_BYTES ((size_t)4096)

static void
print_sum(struct arena *arena, const struct term_synced *s, bool as_json)
{
	struct buf out = buf_in(arena, OUT_MAX_BYTES);

	if (!as_json) {
		printf(
		    "%u down, %u up, %u removed here, %u removed there, %u conflicts\n",
		    s->down, s->up, s->removed_here, s->removed_there, s->conflicts);
		return;
	}
	json_open(&out, '{');
	json_pair_number(&out, STR("down"), s->down);
	json_pair_number(&out, STR("up"), s->up);
	json_pair_number(&out, STR("removed_here"), s->removed_here);
	json_pair_number(&out, STR("removed_there"), s->removed_there);
	json_pair_number(&out, STR("conflicts"), s->conflicts);
	json_close(&out, '}');
	printf(STR_FMT "\n", STR_ARG(buf_str(&out)));
}

static int
sync_verb(struct arena *arena, int argc, char **argv)
{
	struct term term;
	struct term_synced synced = { 0 };
	struct why why = { 0 };
	bool as_json = false;
	const struct option_row options[] = { { "--json", OPTION_FLAG, &as_json } };
	int operands;
	enum err e;

	if (!options_read(argc, argv, options, 1, &operands))
		return EXIT_USAGE;
	if (operands != 1)
		return usage_error(&verb_sync, "which folder?");
	wire_start();
	e = term_load(arena, &term, &why);
	if (e == OK)
		e = term_sync(&term, str_of(argv[1]), &synced, &why);
	if (e != OK)
		return refused(e, &why, argv[1]);
	print_sum(arena, &synced, as_json);
	return EXIT_DONE;
}

const struct verb verb_sync = {
	"sync",
	"DIR [--json]",
	"keep a folder of .vcf files equal to the book, both ways",
	"A card changed on both sides stays as it is on the server; the file's version "
	"is\n"
	"kept beside it as NAME.conflict.vcf.",
	sync_verb,
};
