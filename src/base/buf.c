#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FIRST_ROOM_BYTES ((size_t)256)
#define NUMBER_MAX_BYTES 24

struct buf
buf_in(struct arena *arena, size_t limit_bytes)
{
	return (struct buf){ .arena = arena, .limit = limit_bytes };
}

/* Makes room for `more` bytes; false when they would cross the ceiling.  Doubles, so what
 * is left behind in the arena sums to less than what is kept. */
static bool
has_room(struct buf *buf, size_t more)
{
	size_t room = buf->room ? buf->room : FIRST_ROOM_BYTES;
	char *moved;

	if (buf->overflowed || more > buf->limit - buf->len) {
		buf->overflowed = true;
		return false;
	}
	if (more <= buf->room - buf->len)
		return true;
	while (room - buf->len < more)
		room *= 2;
	moved = arena_get_raw(buf->arena, room);
	if (buf->len)
		memcpy(moved, buf->at, buf->len);
	buf->at = moved;
	buf->room = room;
	return true;
}

char *
buf_room(struct buf *buf, size_t bytes)
{
	if (!has_room(buf, bytes))
		return NULL;
	return buf->at ? buf->at + buf->len : arena_get_raw(buf->arena, 1);
}

void
buf_add(struct buf *buf, str text)
{
	if (!text.len || !has_room(buf, text.len))
		return;
	memcpy(buf->at + buf->len, text.at, text.len);
	buf->len += text.len;
}

void
buf_add_char(struct buf *buf, char c)
{
	if (has_room(buf, 1))
		buf->at[buf->len++] = c;
}

/* Written from the last digit on: numbers are in every answer, formats are slow. */
static void
add_number(struct buf *buf, unsigned long long number, unsigned base, bool negative)
{
	char digits[NUMBER_MAX_BYTES];
	size_t at = sizeof digits;

	do
		digits[--at] = "0123456789abcdef"[number % base];
	while (number /= base);
	if (negative)
		digits[--at] = '-';
	buf_add(buf, (str){ digits + at, sizeof digits - at });
}

void
buf_add_int(struct buf *buf, long long number)
{
	unsigned long long size = (unsigned long long)number;

	add_number(buf, number < 0 ? -size : size, 10, number < 0);
}

void
buf_add_hex(struct buf *buf, unsigned long long number)
{
	add_number(buf, number, 16, false);
}

void
buf_addf(struct buf *buf, const char *format, ...)
{
	va_list args;
	va_list again;
	int need;

	va_start(args, format);
	va_copy(again, args);
	need = vsnprintf(NULL, 0, format, args);
	va_end(args);
	must(need >= 0);
	/* vsnprintf insists on a NUL behind the text, for which there may be no room. */
	if (has_room(buf, (size_t)need)) {
		char *text = arena_get_raw(buf->arena, (size_t)need + 1);

		(void)vsnprintf(text, (size_t)need + 1, format, again);
		buf_add(buf, (str){ text, (size_t)need });
	}
	va_end(again);
}

void
buf_clear(struct buf *buf)
{
	buf->len = 0;
	buf->overflowed = false;
}

enum err
buf_text(const struct buf *buf, str *out)
{
	if (buf->overflowed)
		return ERR_TOO_LARGE;
	*out = (str){ buf->at, buf->len };
	return OK;
}

str
buf_str(const struct buf *buf)
{
	must(!buf->overflowed);
	return (str){ buf->at, buf->len };
}
