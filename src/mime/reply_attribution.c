/* reply_attribution.c - "On Friday, Ada wrote:" in English and Chinese. */
#include "mime/reply_lines_int.h"

#define ATTRIBUTION_LINES     4
#define ATTRIBUTION_MAX_BYTES 300

bool
mime_line_is_quote(str line)
{
	return str_starts(line, STR(">"));
}

size_t
mime_line_next(const struct mime_lines *lines, size_t from)
{
	while (from < lines->count && !lines->at[from].len)
		from++;
	return from;
}

bool
mime_line_begins(str text, str head)
{
	return str_same_nocase(str_part(text, 0, head.len), head);
}

static bool
has_digit(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] >= '0' && text.at[i] <= '9')
			return true;
	return false;
}

static const str attribution_heads[] = {
	STR_CONST("On "),
	STR_CONST("At "),
	STR_CONST("在"),
	STR_CONST("于"),
	STR_CONST("於"),
	STR_CONST("20"),
};

/* Behind the sender's name: "张三 <zhang@example.com> 于2026年11月20日周五 09:12写道：". */
static const str attribution_marks[] = {
	STR_CONST("于2"),
	STR_CONST("于 2"),
	STR_CONST("於2"),
	STR_CONST("於 2"),
};

static const str attribution_tails[] = {
	STR_CONST("wrote:"),
	STR_CONST("wrote："),
	STR_CONST("writes:"),
	STR_CONST("写道："),
	STR_CONST("写道:"),
	STR_CONST("写道"),
	STR_CONST("寫道："),
	STR_CONST("寫道:"),
};

static bool
starts_attribution(str line)
{
	for (size_t i = 0; i < sizeof attribution_heads / sizeof *attribution_heads;
	     i++)
		if (mime_line_begins(line, attribution_heads[i]))
			return true;
	for (size_t i = 0; i < sizeof attribution_marks / sizeof *attribution_marks;
	     i++)
		if (str_find(line, attribution_marks[i]) != SIZE_MAX)
			return true;
	return false;
}

static bool
ends_attribution(str line)
{
	for (size_t i = 0; i < sizeof attribution_tails / sizeof *attribution_tails;
	     i++)
		if (str_ends(line, attribution_tails[i]))
			return true;
	return false;
}

/* "Ada wrote:" and "2026-11-20 9:12 GMT+08:00 张三 <zhang@example.com>:" are one only right
 * above a quote. */
static bool
is_short_attribution(const struct mime_lines *lines, size_t from)
{
	str line = lines->at[from];
	size_t next;

	if (line.len > ATTRIBUTION_MAX_BYTES ||
	    !(ends_attribution(line) ||
		(has_digit(line) &&
		    (str_ends(line, STR(">:")) || str_ends(line, STR(">："))))))
		return false;
	next = mime_line_next(lines, from + 1);
	return next < lines->count && mime_line_is_quote(lines->at[next]);
}

size_t
mime_line_attribution(const struct mime_lines *lines, size_t from)
{
	size_t bytes = 0;
	bool dated = false;

	if (!lines->at[from].len)
		return 0;
	if (is_short_attribution(lines, from))
		return 1;
	if (!starts_attribution(lines->at[from]))
		return 0;
	for (size_t i = 0; i < ATTRIBUTION_LINES && from + i < lines->count; i++) {
		str line = lines->at[from + i];

		bytes += line.len;
		dated |= has_digit(line);
		if (!line.len || mime_line_is_quote(line) ||
		    bytes > ATTRIBUTION_MAX_BYTES)
			return 0;
		if (ends_attribution(line))
			return dated ? i + 1 : 0;
	}
	return 0;
}
