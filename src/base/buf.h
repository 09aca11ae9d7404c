/*
 * buf.h - text under construction, with a ceiling.
 *
 * Grows in its arena up to `limit` bytes.  A write past the ceiling is dropped and
 * remembered: write as often as you like, ask buf_text() once.
 */
#ifndef KITH_BASE_BUF_H
#define KITH_BASE_BUF_H

#include "base/arena.h"
#include "base/err.h"

struct buf {
	struct arena *arena;
	char *at;
	size_t len, room, limit; /* bytes */
	bool overflowed;
};

struct buf buf_in(struct arena *arena, size_t limit_bytes);
void buf_add(struct buf *buf, str text);
void buf_add_char(struct buf *buf, char c);
void buf_add_int(struct buf *buf, long long number);
void buf_add_hex(
    struct buf *buf, unsigned long long number); /* "1f", no zeros before */
void buf_addf(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Room for `bytes` more, to be written by the caller, who then adds what he used to
 * buf->len; NULL when that would cross the ceiling. */
char *buf_room(struct buf *buf, size_t bytes);

/* Empties it, keeps its memory. */
void buf_clear(struct buf *buf);

/* What was written, in the buffer's own memory.  ERR_TOO_LARGE if anything was dropped. */
enum err buf_text(const struct buf *buf, str *out);

/* The same, for text that cannot cross the ceiling by construction. */
str buf_str(const struct buf *buf);

#endif
