/*
 * check.h - what a unit test says.
 *
 * A test program is a list of functions that CHECK things, named in a table:
 *
 *	int main(void) { return CHECK_RUN({ "folding", folding }, { "limits", limits }); }
 *
 * A failed check prints its place and goes on; each listed function counts as one test.
 * The output is TAP, which meson reads and counts.
 */
#ifndef KITH_BASE_CHECK_H
#define KITH_BASE_CHECK_H

#include "base/arena.h"
#include "base/err.h"

struct check_case {
	const char *name;
	void (*run)(void);
};

#define CHECK(truth)            check_that((truth), #truth, __FILE__, __LINE__)
#define CHECK_STR(got, wanted)  check_str((got), (wanted), __FILE__, __LINE__)
#define CHECK_ERR(call, wanted) check_err((call), (wanted), #call, __FILE__, __LINE__)
#define CHECK_OK(call)          CHECK_ERR(call, OK)
#define CHECK_INT(got, wanted) \
	check_int((long long)(got), (long long)(wanted), #got, __FILE__, __LINE__)
#define CHECK_RUN(...)                                           \
	check_run((const struct check_case[]){ __VA_ARGS__ },    \
	    sizeof((const struct check_case[]){ __VA_ARGS__ }) / \
		sizeof(struct check_case))

/* Says which row of a table the checks to come are about; NULL ends it. */
void check_about(const char *row);

/* Each returns whether the check held, for tests that cannot go on otherwise. */
bool check_that(bool truth, const char *text, const char *file, int line);
bool check_str(str got, str wanted, const char *file, int line);
bool check_err(
    enum err got, enum err wanted, const char *text, const char *file, int line);
bool check_int(
    long long got, long long wanted, const char *text, const char *file, int line);
int check_run(const struct check_case *cases, size_t count);

#endif
