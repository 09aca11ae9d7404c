/* exif.c - the one thing in a picture's metadata that is of use: which way is up. */
#include "picture/picture_int.h"

#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT      3
#define ENTRY_BYTES     12 /* TIFF 6.0, section 2: tag, type, count, value */
#define ENTRIES_MAX     64
#define TURNS           8

struct tiff {
	str bytes;
	bool big_endian;
};

/* 0 past the end: no tag, type or offset of use to us is 0. */
static unsigned
byte_at(const struct tiff *tiff, size_t at)
{
	return at < tiff->bytes.len ? (unsigned char)tiff->bytes.at[at] : 0;
}

static unsigned
short_at(const struct tiff *tiff, size_t at)
{
	unsigned first = byte_at(tiff, at);
	unsigned second = byte_at(tiff, at + 1);

	return tiff->big_endian ? first << 8 | second : second << 8 | first;
}

static size_t
long_at(const struct tiff *tiff, size_t at)
{
	size_t first = short_at(tiff, at);
	size_t second = short_at(tiff, at + 2);

	return tiff->big_endian ? first << 16 | second : second << 16 | first;
}

unsigned
exif_orientation(str exif)
{
	struct tiff tiff = { exif, str_starts(exif, STR("MM")) };
	size_t entry = long_at(&tiff, 4);
	unsigned count = short_at(&tiff, entry);

	if (!tiff.big_endian && !str_starts(exif, STR("II")))
		return 0;
	entry += 2;
	for (unsigned i = 0; i < count && i < ENTRIES_MAX; i++, entry += ENTRY_BYTES) {
		unsigned turn = short_at(&tiff, entry + 8);

		if (short_at(&tiff, entry) == TAG_ORIENTATION &&
		    short_at(&tiff, entry + 2) == TYPE_SHORT)
			return turn <= TURNS ? turn : 0;
	}
	return 0;
}
