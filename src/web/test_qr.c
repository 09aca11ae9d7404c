/* test_qr.c - the square has its three eyes, and its edge. */
#include <string.h>

#include "base/check.h"
#include "web/qr_int.h"

static void
square(void)
{
	SCOPED(arena) arena = arena_open();
	char *large = arena_get(arena, QR_TEXT_MAX_BYTES + 1);
	str path = { 0 };
	str box = { 0 };

	CHECK_OK(qr_path(arena, STR("https://kith.example"), &path, &box));
	CHECK_STR(box, STR("0 0 33 33"));             /* 25 fields and twice four */
	CHECK(str_starts(path, STR("M4 4h7v1h-7z"))); /* the first eye's upper side */
	CHECK(str_find(path, STR("M22 4h7v1h-7z")) != SIZE_MAX);
	CHECK(str_find(path, STR("M4 28h7v1h-7z")) != SIZE_MAX);
	memset(large, 'a', QR_TEXT_MAX_BYTES + 1);
	CHECK_OK(qr_path(arena, (str){ large, QR_TEXT_MAX_BYTES }, &path, &box));
	CHECK_ERR(qr_path(arena, (str){ large, QR_TEXT_MAX_BYTES + 1 }, &path, &box),
	    ERR_TOO_LARGE);
}

int
main(void)
{
	return CHECK_RUN({ "a square", square });
}
