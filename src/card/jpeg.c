/*
 * jpeg.c - a JPEG that somebody else sent, without what it tells of him: where and when it
 * was taken, with what, and whatever stands behind its end (ITU-T T.81, annex B).
 *
 * Segments are walked and copied, nothing is decoded; what is no chain of segments up to
 * its end is no JPEG.
 */
#include "base/buf.h"
#include "card/picture_int.h"

enum {
	MARK = 0xFF,
	TEM = 0x01,
	SOF_FIRST = 0xC0,
	DHT = 0xC4,
	JPG = 0xC8,
	DAC = 0xCC,
	SOF_LAST = 0xCF,
	RST_FIRST = 0xD0,
	RST_LAST = 0xD7,
	SOI = 0xD8,
	EOI = 0xD9,
	SOS = 0xDA,
	APP_FIRST = 0xE0,
	APP_LAST = 0xEF,
	COM = 0xFE
};

#define LENGTH_BYTES 2
#define HEIGHT_AT    4 /* of a frame: code, length, precision, height, width (B.2.2) */
#define WIDTH_AT     6

/* Adobe's tells how the colours are to be read: without it they would be wrong. */
static const str adobe = STR_CONST("\xEE\0\x0E"
				   "Adobe");

static unsigned
byte_at(str text, size_t at)
{
	return at < text.len ? (unsigned char)text.at[at] : 0;
}

static size_t
short_at(str text, size_t at)
{
	return (size_t)byte_at(text, at) << 8 | byte_at(text, at + 1);
}

static bool
is_frame(unsigned code)
{
	return code >= SOF_FIRST && code <= SOF_LAST && code != DHT && code != JPG &&
	       code != DAC;
}

static bool
is_told(str segment) /* its marker's code, its length, its bytes */
{
	unsigned code = byte_at(segment, 0);

	if (code == COM)
		return false;
	return code < APP_FIRST || code > APP_LAST || str_starts(segment, adobe);
}

static bool
is_small(str segment)
{
	size_t height = short_at(segment, HEIGHT_AT);
	size_t width = short_at(segment, WIDTH_AT);

	return !is_frame(byte_at(segment, 0)) ||
	       (height && width && height <= PICTURE_CARD_SIDE &&
		   width <= PICTURE_CARD_SIDE);
}

/* How much of a scan stands there: up to a marker that is none of its own. */
static size_t
scan_bytes(str rest)
{
	for (size_t i = 0; i + 1 < rest.len; i++) {
		unsigned code = byte_at(rest, i + 1);

		if (byte_at(rest, i) == MARK && code && code != MARK &&
		    (code < RST_FIRST || code > RST_LAST))
			return i;
	}
	return rest.len;
}

/* Outside a scan these begin nothing; taken for segments, they would be read as a part of
 * the scan before them once what stood between is gone. */
static bool
stands_alone(unsigned code)
{
	return code <= TEM || (code >= RST_FIRST && code <= SOI);
}

/* One segment, from the code of its marker; false when it is none, or cut off. */
static bool
take_segment(str *rest, str *out)
{
	size_t len = 1 + short_at(*rest, 1);

	if (stands_alone(byte_at(*rest, 0)) || len < 1 + LENGTH_BYTES ||
	    len > rest->len)
		return false;
	*out = str_part(*rest, 0, len);
	*rest = str_part(*rest, len, rest->len);
	return true;
}

static void
copy_scan(struct buf *out, str *rest)
{
	size_t len = scan_bytes(*rest);

	buf_add(out, str_part(*rest, 0, len));
	*rest = str_part(*rest, len, rest->len);
}

str
picture_bare(struct arena *arena, str jpeg)
{
	struct buf out = buf_in(arena, jpeg.len);
	str rest = str_part(jpeg, 2, jpeg.len);
	bool scanned = false;

	if (byte_at(jpeg, 0) != MARK || byte_at(jpeg, 1) != SOI)
		return (str){ 0 };
	buf_add(&out, str_part(jpeg, 0, 2));
	while (byte_at(rest, 0) == MARK) {
		str segment;

		rest = str_part(rest, 1, rest.len);
		if (byte_at(rest, 0) == MARK) /* fill bytes, B.1.1.2 */
			continue;
		if (byte_at(rest, 0) == EOI) {
			buf_add(&out, STR("\xFF\xD9"));
			return scanned ? buf_str(&out) : (str){ 0 };
		}
		if (!take_segment(&rest, &segment) || !is_small(segment))
			break;
		if (is_told(segment)) {
			buf_add_char(&out, (char)MARK);
			buf_add(&out, segment);
		}
		if (byte_at(segment, 0) == SOS) {
			copy_scan(&out, &rest);
			scanned = true;
		}
	}
	return (str){ 0 };
}
