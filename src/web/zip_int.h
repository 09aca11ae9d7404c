/*
 * zip_int.h - files one behind the other as a .zip, while they are written.
 *
 * PKWARE's APPNOTE 6.3.10: stored as they are, sizes behind the data (4.4.4, bit 3), names in
 * UTF-8 (bit 11).  Knows what it wrote, not where it goes.
 */
#ifndef KITH_WEB_ZIP_INT_H
#define KITH_WEB_ZIP_INT_H

#include "base/buf.h"

#define ZIP_MAX_BYTES UINT32_MAX /* past it, the format is another one */
#define ZIP_MAX_FILES 4096

struct zip {
	struct arena *arena; /* lives until zip_finish() */
	struct buf index;    /* what stands at the end */
	uint64_t written;    /* bytes */
	unsigned files;
	str name; /* of the file under way, and ... */
	uint64_t at, size;
	uint32_t sum;
};

struct zip zip_begin(struct arena *arena);
void zip_file(struct zip *zip, struct buf *out, str name); /* begins one */
void zip_add(struct zip *zip, struct buf *out, str bytes);
void zip_file_end(struct zip *zip, struct buf *out);

/* The index.  ERR_TOO_LARGE past one of the limits. */
enum err zip_finish(struct zip *zip, struct buf *out);

#endif
