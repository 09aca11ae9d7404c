/* options.c - a verb's options, read by its own table. */
#include <stdio.h>
#include <string.h>

#include "verb/verb.h"

static const struct option_row *
row_named(const struct option_row *rows, size_t count, str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_same(str_of(rows[i].name), name))
			return &rows[i];
	return NULL;
}

static bool
complain(const char *verb, const char *what, str name)
{
	(void)fprintf(stderr, "kith %s: %s " STR_FMT "\n", verb, what, STR_ARG(name));
	return false;
}

/* Takes argv[*at], and the value behind it where it is not in "--name=value". */
static bool
take(char **argv, int argc, int *at, const struct option_row *rows, size_t count)
{
	str value = str_of(argv[*at]);
	bool joined = str_has(value, '=');
	str name = str_cut(&value, '=');
	const struct option_row *row = row_named(rows, count, name);

	if (!row)
		return complain(argv[0], "there is no option", name);
	if (row->kind == OPTION_FLAG) {
		*(bool *)row->out = true;
		return joined ? complain(argv[0], "no value goes with", name) : true;
	}
	if (!joined) {
		if (*at + 1 == argc)
			return complain(argv[0], "a value is missing behind", name);
		value = str_of(argv[++*at]);
	}
	*(str *)row->out = value;
	return true;
}

bool
options_read(
    int argc, char **argv, const struct option_row *rows, size_t count, int *operands)
{
	bool options = true;

	*operands = 0;
	for (int i = 1; i < argc; i++) {
		if (options && strcmp(argv[i], "--") == 0) {
			options = false;
			continue;
		}
		/* A lone "-" is standard input, an operand. */
		if (!options || argv[i][0] != '-' || !argv[i][1]) {
			argv[++*operands] = argv[i];
			continue;
		}
		if (!take(argv, argc, &i, rows, count))
			return false;
	}
	return true;
}

int
usage_error(const struct verb *verb, const char *what)
{
	(void)fprintf(stderr, "kith %s: %s\nusage: kith %s %s\n", verb->name, what,
	    verb->name, verb->usage);
	return EXIT_USAGE;
}
