/* test_zip.c - limits of the format; that it can be read is shown end to end. */
#include "base/check.h"
#include "web/zip_int.h"

#define OUT_BYTES ((size_t)4 << 20)

static enum err
with_files(unsigned count)
{
	SCOPED(arena) arena = arena_open();
	struct zip zip = zip_begin(arena);
	struct buf out = buf_in(arena, OUT_BYTES);

	for (unsigned i = 0; i < count; i++) {
		zip_file(&zip, &out, STR("books/x.vcf"));
		zip_add(&zip, &out, STR("x"));
		zip_file_end(&zip, &out);
	}
	return zip_finish(&zip, &out);
}

static void
files(void)
{
	CHECK_OK(with_files(0));
	CHECK_OK(with_files(ZIP_MAX_FILES));
	CHECK_ERR(with_files(ZIP_MAX_FILES + 1), ERR_TOO_LARGE);
}

/* CRC-32's published check value stands behind the data. */
static void
sums(void)
{
	SCOPED(arena) arena = arena_open();
	struct zip zip = zip_begin(arena);
	struct buf out = buf_in(arena, OUT_BYTES);

	zip_file(&zip, &out, STR("a"));
	zip_add(&zip, &out, STR("1234"));
	zip_add(&zip, &out, STR("56789"));
	zip_file_end(&zip, &out);
	CHECK(str_ends(
	    buf_str(&out), STR("123456789PK\7\10\x26\x39\xF4\xCB\11\0\0\0\11\0\0\0")));
}

static void
too_long(void)
{
	SCOPED(arena) arena = arena_open();
	struct zip zip = zip_begin(arena);
	struct buf out = buf_in(arena, OUT_BYTES);

	zip_file(&zip, &out, STR("a"));
	zip.written = ZIP_MAX_BYTES;
	zip_file_end(&zip, &out);
	CHECK_ERR(zip_finish(&zip, &out), ERR_TOO_LARGE);
}

int
main(void)
{
	return CHECK_RUN({ "ZIP_MAX_FILES", files }, { "sums", sums },
	    { "ZIP_MAX_BYTES", too_long });
}
