/* reply_lines_int.h - private to mime/: how mail programs mark what is not the writer's. */
#ifndef KITH_MIME_REPLY_LINES_INT_H
#define KITH_MIME_REPLY_LINES_INT_H

#include "mime/reply_int.h"

struct mime_lines {
	const str *at; /* each without blanks around it */
	size_t count;
};

bool mime_line_is_quote(str line);

/* Whether the line begins with these words, in letters of either case. */
bool mime_line_begins(str line, str head);

/* The next line from `from` on that is not empty, or lines->count. */
size_t mime_line_next(const struct mime_lines *lines, size_t from);

/* How many lines from here are "On ... wrote:"; 0: it is something else. */
size_t mime_line_attribution(const struct mime_lines *lines, size_t from);

/* Whether all from here on is quoted: "-----Original Message-----", a header block. */
bool mime_line_ends_all(const struct mime_lines *lines, size_t from);

/* Whether a signature begins with the next line. */
bool mime_line_is_signature(str line);

/* Whether a program added this line: "Sent from my ...". */
bool mime_line_is_added(const struct mime_lines *lines, size_t at);

#endif
