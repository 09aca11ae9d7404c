#include "base/check.h"
#include "card/picture_int.h"

#define START "\xFF\xD8"
#define JFIF  "\xFF\xE0\0\x07JFIF\0"
#define EXIF             \
	"\xFF\xE1\0\x0A" \
	"Exif\0\0G!"
#define ICC              \
	"\xFF\xE2\0\x06" \
	"ICC!"
#define ADOBE            \
	"\xFF\xEE\0\x0E" \
	"Adobe\0d\0\0\0\0\0"
#define TABLE "\xFF\xC4\0\x04hh"
#define FRAME "\xFF\xC0\0\x0B\x08\0\x40\0\x40\x01\x01\x11\0"
#define SCAN  "\xFF\xDA\0\x08\x01\x01\0\0\x3F\0data\xFF\0more\xFF\xD0rest"
#define END   "\xFF\xD9"
#define WHOLE START TABLE FRAME SCAN END

static str
bare(struct arena *arena, str jpeg)
{
	str out = picture_bare(arena, jpeg);

	CHECK(
	    str_same(picture_bare(arena, out), out)); /* nothing is left to take away */
	return out;
}

static void
taken_away(void)
{
	static const struct {
		const char *why;
		str in, out;
	} rows[] = {
		{ "nothing", STR_CONST(WHOLE), STR_CONST(WHOLE) },
		{ "where it was taken", STR_CONST(START EXIF TABLE FRAME SCAN END),
		    STR_CONST(WHOLE) },
		{ "all of them", STR_CONST(START JFIF EXIF ICC TABLE FRAME SCAN END),
		    STR_CONST(WHOLE) },
		{ "how colours are read stays",
		    STR_CONST(START ADOBE TABLE FRAME SCAN END),
		    STR_CONST(START ADOBE TABLE FRAME SCAN END) },
		{ "somebody's words",
		    STR_CONST(START "\xFF\xFE\0\x08secret" TABLE FRAME SCAN END),
		    STR_CONST(WHOLE) },
		{ "between two scans", STR_CONST(START TABLE FRAME SCAN EXIF SCAN END),
		    STR_CONST(START TABLE FRAME SCAN SCAN END) },
		{ "behind the end", STR_CONST(WHOLE "<script>" WHOLE),
		    STR_CONST(WHOLE) },
		{ "fill bytes", STR_CONST(START "\xFF\xFF" TABLE FRAME SCAN END),
		    STR_CONST(WHOLE) },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_about(rows[i].why);
		CHECK(str_same(bare(arena, rows[i].in), rows[i].out));
	}
	check_about(NULL);
}

/* Cut anywhere, it is no JPEG any more, and nothing behind the cut is read. */
static void
cut_off(void)
{
	static const str whole = STR_CONST(START EXIF TABLE FRAME SCAN END);
	SCOPED(arena) arena = arena_open();

	for (size_t len = 0; len < whole.len; len++) {
		char *copy = arena_get(arena, len + 1);

		for (size_t i = 0; i < len; i++)
			copy[i] = whole.at[i];
		CHECK_INT(picture_bare(arena, (str){ copy, len }).len, 0);
	}
}

static void
refused(void)
{
	static const struct {
		const char *why;
		str in;
	} rows[] = {
		{ "a first marker only", STR_CONST("\xFF\xD8\xFF") },
		{ "markup behind it", STR_CONST(START "\xFF<script>" END) },
		{ "no picture in it", STR_CONST(START TABLE END) },
		{ "a length of nothing",
		    STR_CONST(START "\xFF\xE1\0\0" TABLE FRAME SCAN END) },
		{ "too wide",
		    STR_CONST(START
			"\xFF\xC0\0\x0B\x08\0\x40\xFF\xFF\x01\x01\x11\0" SCAN END) },
		{ "too high, progressive",
		    STR_CONST(START
			"\xFF\xC2\0\x0B\x08\x20\x01\0\x40\x01\x01\x11\0" SCAN END) },
		{ "a restart marker where no scan goes on",
		    STR_CONST(START TABLE FRAME SCAN EXIF "\xFF\xD0\0\x04hh" END) },
		{ "of no height",
		    STR_CONST(
			START "\xFF\xC0\0\x0B\x08\0\0\0\x40\x01\x01\x11\0" SCAN END) },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_about(rows[i].why);
		CHECK_INT(picture_bare(arena, rows[i].in).len, 0);
	}
	check_about(NULL);
}

int
main(void)
{
	return CHECK_RUN({ "what is taken away", taken_away }, { "cut off", cut_off },
	    { "refused", refused });
}
