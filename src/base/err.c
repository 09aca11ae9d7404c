#include "base/err.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const words[ERR_COUNT] = {
	[OK] = "ok",
	[ERR_NOT_FOUND] = "not-found",
	[ERR_SEVERAL] = "several",
	[ERR_WHO] = "who",
	[ERR_FORBIDDEN] = "forbidden",
	[ERR_CONDITION] = "condition",
	[ERR_LOCKED] = "locked",
	[ERR_UID_TAKEN] = "uid-taken",
	[ERR_EXISTS] = "exists",
	[ERR_BAD_INPUT] = "bad-input",
	[ERR_UNSUPPORTED] = "unsupported",
	[ERR_TOO_LARGE] = "too-large",
	[ERR_TOKEN] = "token",
	[ERR_GONE] = "gone",
	[ERR_LIMIT] = "limit",
	[ERR_FULL] = "full",
	[ERR_BUSY] = "busy",
	[ERR_NEWER] = "newer",
	[ERR_STORE] = "store",
	[ERR_IO] = "io",
};

const char *
err_word(enum err outcome)
{
	return words[outcome];
}

void
must_fail(const char *truth, const char *file, int line)
{
	(void)fprintf(stderr, "kith: %s:%d: must hold: %s\n", file, line, truth);
	abort();
}
