/* reply_int.h - the steps of mime_read(), private to mime/. */
#ifndef KITH_MIME_REPLY_INT_H
#define KITH_MIME_REPLY_INT_H

#include "base/buf.h"
#include "mime/reply.h"

/* --- header fields, as they stand (reply_head.c) --- */

struct mime_field {
	str name, value; /* the value still folded */
};

struct mime_head {
	const struct mime_field *at;
	size_t count;
	bool cut; /* there were more than MIME_FIELDS_MAX */
};

/* Takes the fields and the blank line behind them off *rest. */
struct mime_head mime_head_read(struct arena *arena, str *rest);

/* The first field of that name from *place on, which moves past it; NULL: no more. */
const struct mime_field *mime_head_next(
    const struct mime_head *head, str name, size_t *place);

/* The field's value unfolded, without control characters, cut at MIME_FIELD_MAX_BYTES; a C
 * string as well.  Empty when there is no such field. */
str mime_value(struct arena *arena, const struct mime_field *field);
str mime_head_value(struct arena *arena, const struct mime_head *head, str name);

/* Encoded words decoded; one clean line of at most limit_bytes. */
str mime_decoded_line(struct arena *arena, str value, size_t limit_bytes);

/* --- text (reply_charset.c) --- */

/* The bytes as UTF-8, by the charset's name if it is known and true, else by guess: UTF-8,
 * then GB18030.  What fits nothing becomes U+FFFD. */
str mime_utf8(struct arena *arena, str bytes, str charset);

/* Whether we know this name of a charset. */
bool mime_charset_is_known(str charset);

/* Without controls, direction marks and invisible spaces; line ends and tabs stay. */
str mime_clean(struct arena *arena, str text);

/* The same on one line: runs of blanks become one space; cut at limit_bytes. */
str mime_clean_line(struct arena *arena, str text, size_t limit_bytes);

/* At most limit_bytes, not inside a character. */
str mime_clipped(str text, size_t limit_bytes);

/* Without white space around it, that of CJK and HTML too. */
str mime_trim(str text);

/* ASCII letters in lower case. */
str mime_lower(struct arena *arena, str text);

/* --- the tree of parts (reply_tree.c) --- */

struct mime_node {
	struct mime_node *first,
	    *next; /* of a multipart's parts; the next one beside it */
	struct mime_head head;
	str body;              /* as it stands */
	str type;              /* "text/plain", lower case */
	str charset;           /* as named; may be empty */
	str name;              /* of the file; may be empty */
	str boundary;          /* of a multipart */
	bool attached;         /* Content-Disposition: attachment */
	bool flowed, joins_up; /* format=flowed, delsp=yes */
};

/* *cut: not all of it, for MIME_DEPTH_MAX, MIME_PARTS_MAX or MIME_FIELDS_MAX. */
struct mime_node *mime_tree_read(struct arena *arena, str bytes, bool *cut);

/* The body without its transfer encoding. */
str mime_node_bytes(struct arena *arena, const struct mime_node *node);

/* The next node in reading order, from the root down; NULL: no more. */
const struct mime_node *mime_node_find(
    const struct mime_node *root, bool (*fits)(const struct mime_node *node));

/* --- the header's values (reply_who.c, reply_auto.c, reply_proof.c) --- */

/* How many addresses stand in From; more than one proves nothing. */
size_t mime_who_read(
    struct arena *arena, const struct mime_head *head, struct mime_reply *out);

/* All addresses in a field's value, groups opened. */
struct mime_list mime_addresses(struct arena *arena, str value);

/* The first id between < and >, or the value itself; empty: it is none. */
str mime_id(str value);

/* A word saying why nobody wrote this, or NULL. */
const char *mime_automatic(
    struct arena *arena, const struct mime_node *root, const struct mime_reply *reply);

enum mime_proof mime_proof_read(
    struct arena *arena, const struct mime_head *head, str trusted, str from);

/* --- what the parts hold (reply_bounce.c, reply_text.c, reply_files.c) --- */

struct mime_bounce mime_bounce_read(
    struct arena *arena, const struct mime_node *root, str from);

void mime_text_read(
    struct arena *arena, const struct mime_node *root, struct mime_reply *out);

void mime_files_read(
    struct arena *arena, const struct mime_node *root, struct mime_reply *out);

/* --- text as people send it (reply_html.c, reply_flowed.c, reply_own.c) --- */

/* HTML as lines of text; a quote in it becomes the line ">". */
str mime_html_text(struct arena *arena, str html);

/* The character or characters of "amp", "#20320", "#x4f60"; empty: no such entity. */
str mime_entity(struct arena *arena, str name);

/* Lines put together again (RFC 3676 4). */
str mime_unflowed(struct arena *arena, str text, bool joins_up);

/* What is neither quoted nor signature nor a line a program added. */
str mime_own(struct arena *arena, str text);

#endif
