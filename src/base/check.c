#include "base/check.h"

#include <stdio.h>

static const char *about;
static bool failed;

void
check_about(const char *row)
{
	about = row;
}

static void
complain(const char *file, int line)
{
	failed = true;
	printf("# %s:%d: ", file, line);
	if (about)
		printf("[%s] ", about);
}

bool
check_that(bool truth, const char *text, const char *file, int line)
{
	if (!truth) {
		complain(file, line);
		printf("does not hold: %s\n", text);
	}
	return truth;
}

static void
print_quoted(const char *label, str text)
{
	printf("#   %s \"", label);
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if (c == '\n')
			printf("\\n");
		else if (c == '\r')
			printf("\\r");
		else if (c < ' ')
			printf("\\x%02x", c);
		else
			putchar(c);
	}
	printf("\"\n");
}

bool
check_str(str got, str wanted, const char *file, int line)
{
	bool same = str_same(got, wanted);

	if (!same) {
		complain(file, line);
		printf("texts differ\n");
		print_quoted("got   ", got);
		print_quoted("wanted", wanted);
	}
	return same;
}

bool
check_err(enum err got, enum err wanted, const char *text, const char *file, int line)
{
	if (got != wanted) {
		complain(file, line);
		printf(
		    "%s: got %s, wanted %s\n", text, err_word(got), err_word(wanted));
	}
	return got == wanted;
}

bool
check_int(long long got, long long wanted, const char *text, const char *file, int line)
{
	if (got != wanted) {
		complain(file, line);
		printf("%s: got %lld, wanted %lld\n", text, got, wanted);
	}
	return got == wanted;
}

int
check_run(const struct check_case *cases, size_t count)
{
	size_t wrong = 0;

	printf("1..%zu\n", count);
	for (size_t i = 0; i < count; i++) {
		failed = false;
		about = NULL;
		cases[i].run();
		printf("%sok %zu - %s\n", failed ? "not " : "", i + 1, cases[i].name);
		(void)fflush(stdout);
		wrong += failed;
	}
	return wrong ? 1 : 0;
}
