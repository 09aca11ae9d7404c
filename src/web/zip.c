#include "web/zip_int.h"

#define FILE_MARK   0x04034B50U
#define SIZES_MARK  0x08074B50U
#define INDEX_MARK  0x02014B50U
#define END_MARK    0x06054B50U
#define NEEDS       20U     /* 2.0 */
#define FLAGS       0x0808U /* bits 3 and 11 */
#define DAY         0x0021U /* 1 January 1980: no date */
#define INDEX_BYTES ((size_t)ZIP_MAX_FILES * 512)

static void
add_number(struct buf *out, uint32_t number, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++)
		buf_add_char(out, (char)(number >> 8 * i));
}

/* CRC-32 of ISO 3309, bit by bit: a download is slower than this. */
static uint32_t
summed(uint32_t sum, str bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		sum ^= (unsigned char)bytes.at[i];
		for (int bit = 0; bit < 8; bit++)
			sum = sum >> 1 ^ (sum & 1 ? 0xEDB88320U : 0);
	}
	return sum;
}

struct zip
zip_begin(struct arena *arena)
{
	return (struct zip){ .arena = arena, .index = buf_in(arena, INDEX_BYTES) };
}

/* Version, flags, method, time and day, as they stand at both places. */
static void
add_common(struct buf *out)
{
	add_number(out, NEEDS, 2);
	add_number(out, FLAGS, 2);
	add_number(out, 0, 2);
	add_number(out, 0, 2);
	add_number(out, DAY, 2);
}

static void
add_sizes(struct buf *out, const struct zip *zip)
{
	add_number(out, ~zip->sum, 4);
	add_number(out, (uint32_t)zip->size, 4);
	add_number(out, (uint32_t)zip->size, 4);
}

void
zip_file(struct zip *zip, struct buf *out, str name)
{
	size_t from = out->len;

	zip->name = arena_copy(zip->arena, name);
	zip->at = zip->written;
	zip->size = 0;
	zip->sum = UINT32_MAX;
	add_number(out, FILE_MARK, 4);
	add_common(out);
	for (int i = 0; i < 3; i++)
		add_number(out, 0, 4);
	add_number(out, (uint32_t)name.len, 2);
	add_number(out, 0, 2);
	buf_add(out, name);
	zip->written += out->len - from;
}

void
zip_add(struct zip *zip, struct buf *out, str bytes)
{
	buf_add(out, bytes);
	zip->sum = summed(zip->sum, bytes);
	zip->size += bytes.len;
	zip->written += bytes.len;
}

void
zip_file_end(struct zip *zip, struct buf *out)
{
	size_t from = out->len;

	add_number(out, SIZES_MARK, 4);
	add_sizes(out, zip);
	zip->written += out->len - from;
	add_number(&zip->index, INDEX_MARK, 4);
	add_number(&zip->index, NEEDS, 2);
	add_common(&zip->index);
	add_sizes(&zip->index, zip);
	add_number(&zip->index, (uint32_t)zip->name.len, 2);
	for (int i = 0; i < 4; i++) /* nothing more, first disk, no kind */
		add_number(&zip->index, 0, 2);
	add_number(&zip->index, 0, 4);
	add_number(&zip->index, (uint32_t)zip->at, 4);
	buf_add(&zip->index, zip->name);
	zip->files++;
}

enum err
zip_finish(struct zip *zip, struct buf *out)
{
	str index = buf_str(&zip->index);

	if (zip->index.overflowed || zip->files > ZIP_MAX_FILES ||
	    zip->written + index.len > ZIP_MAX_BYTES)
		return ERR_TOO_LARGE;
	buf_add(out, index);
	add_number(out, END_MARK, 4);
	add_number(out, 0, 4);
	add_number(out, zip->files, 2);
	add_number(out, zip->files, 2);
	add_number(out, (uint32_t)index.len, 4);
	add_number(out, (uint32_t)zip->written, 4);
	add_number(out, 0, 2);
	return out->overflowed ? ERR_TOO_LARGE : OK;
}
