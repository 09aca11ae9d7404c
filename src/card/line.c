#include <string.h>

#include "card/line_int.h"
#include "card/name_int.h"

#define FOLD_BYTES 75 /* RFC 6350 3.2, not counting the line end */

static bool
inside_character(char c)
{
	return ((unsigned char)c & 0xC0U) == 0x80;
}

/* How much of the text fits in so many bytes. */
static size_t
fitting(str text, size_t bytes)
{
	size_t len = bytes;

	if (text.len <= bytes)
		return text.len;
	while (len && inside_character(text.at[len]))
		len--;
	return len ? len : bytes; /* no UTF-8: cut anywhere */
}

static void
fold(struct buf *out, str line, str line_end)
{
	size_t len = fitting(line, FOLD_BYTES);

	buf_add(out, str_part(line, 0, len));
	buf_add(out, line_end);
	for (line = str_part(line, len, line.len); line.len;
	     line = str_part(line, len, line.len)) {
		len = fitting(line, FOLD_BYTES - 1);
		buf_add_char(out, ' ');
		buf_add(out, str_part(line, 0, len));
		buf_add(out, line_end);
	}
}

static bool
printable(char c)
{
	return (unsigned char)c >= ' ' || c == '\t';
}

static str
without_controls(struct arena *arena, str line)
{
	size_t i = 0;
	char *to, *copy;

	while (i < line.len && printable(line.at[i]))
		i++;
	if (i == line.len)
		return line;
	copy = to = arena_get_raw(arena, line.len);
	for (i = 0; i < line.len; i++)
		if (printable(line.at[i]))
			*to++ = line.at[i];
	return (str){ copy, (size_t)(to - copy) };
}

void
card_line_add(struct buf *out, str line, str line_end)
{
	fold(out, without_controls(out->arena, line), line_end);
}

static str
name_cut(str *line)
{
	size_t len = 0;
	str name;

	while (len < line->len && card_name_char(line->at[len]))
		len++;
	name = str_part(*line, 0, len);
	*line = str_part(*line, len, line->len);
	return name;
}

struct card_line_head
card_line_head(str line)
{
	struct card_line_head head = { .name = name_cut(&line) };

	if (line.len && line.at[0] == '.') {
		head.group = head.name;
		line = str_part(line, 1, line.len);
		head.name = name_cut(&line);
	}
	return head;
}
