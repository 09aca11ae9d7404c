/* reply_own.c - what of a text its writer wrote himself. */
#include "mime/reply_lines_int.h"

struct cutting {
	struct mime_lines lines;
	struct buf out;
	bool gap;          /* an empty line stands before what comes next */
	bool in_signature; /* until the next quote */
};

/* The end of the line at the start, whichever way it is marked; *rest moves on. */
static str
cut_line(str *rest)
{
	size_t end = 0;
	str line;

	while (end < rest->len && rest->at[end] != '\n' && rest->at[end] != '\r')
		end++;
	line = str_part(*rest, 0, end);
	if (str_starts(str_part(*rest, end, 2), STR("\r\n")))
		end++;
	*rest = str_part(*rest, end + 1, rest->len);
	return line;
}

static size_t
count_lines(str text)
{
	size_t count = 0;

	for (; text.len; count++)
		(void)cut_line(&text);
	return count;
}

static struct mime_lines
lines_of(struct arena *arena, str text)
{
	size_t count = count_lines(text);
	str *at = ARENA_ARRAY(arena, str, count + 1);

	for (size_t i = 0; i < count; i++)
		at[i] = mime_trim(cut_line(&text));
	return (struct mime_lines){ at, count };
}

static void
keep(struct cutting *cutting, str line)
{
	if (!line.len) {
		cutting->gap = true;
		return;
	}
	if (cutting->out.len)
		buf_add(&cutting->out, cutting->gap ? STR("\n\n") : STR("\n"));
	cutting->gap = false;
	buf_add(&cutting->out, line);
}

/* From the next quote on: somebody who wrote nothing above may have written below it. */
static size_t
next_quote(const struct cutting *cutting, size_t at)
{
	if (cutting->out.len)
		return cutting->lines.count;
	while (at < cutting->lines.count && !mime_line_is_quote(cutting->lines.at[at]))
		at++;
	return at;
}

static size_t
behind_attribution(const struct cutting *cutting, size_t at)
{
	size_t next = mime_line_next(&cutting->lines, at);

	if (next < cutting->lines.count && mime_line_is_quote(cutting->lines.at[next]))
		return next;
	return next_quote(cutting, at);
}

/* Looks at the line and says which is next. */
static size_t
step(struct cutting *cutting, size_t at)
{
	const struct mime_lines *lines = &cutting->lines;
	str line = lines->at[at];
	size_t attribution = mime_line_attribution(lines, at);

	if (mime_line_is_quote(line) || attribution) {
		cutting->gap = true;
		cutting->in_signature = false;
		return attribution ? behind_attribution(cutting, at + attribution)
				   : at + 1;
	}
	if (mime_line_ends_all(lines, at))
		return next_quote(cutting, at);
	cutting->in_signature |= mime_line_is_signature(line);
	if (!cutting->in_signature && !mime_line_is_added(lines, at))
		keep(cutting, line);
	return at + 1;
}

str
mime_own(struct arena *arena, str text)
{
	struct cutting cutting = {
		.lines = lines_of(arena, text),
		.out = buf_in(arena, 2 * text.len + 2),
	};

	for (size_t at = 0; at < cutting.lines.count;)
		at = step(&cutting, at);
	return buf_str(&cutting.out);
}
