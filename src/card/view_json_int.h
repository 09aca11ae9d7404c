/*
 * view_json_int.h - jCard (RFC 7095): the words a 4.0 card and its JSON share.
 *
 * Not the room json: a card with its picture is larger than any message that room reads,
 * and a number must come back with the digits it had.
 */
#ifndef KITH_CARD_VIEW_JSON_INT_H
#define KITH_CARD_VIEW_JSON_INT_H

#include "card/card.h"

enum view_json_kind {
	VIEW_JSON_TEXT,
	VIEW_JSON_LITERAL, /* a number, true, false, null: as written */
	VIEW_JSON_LIST,
	VIEW_JSON_OBJECT
};

struct view_json {
	enum view_json_kind kind;
	str name; /* as a member */
	str text; /* decoded; a literal as written */
	struct view_json *first, *last, *next;
	size_t count;
};

#define VIEW_JSON_MAX_DEPTH   16
#define VIEW_JSON_MAX_VALUES  300000 /* of a text; 30 MB of memory */
#define VIEW_JSON_MAX_MEMBERS 10000  /* of an object */

/* Strictly RFC 8259, no name twice in an object.  ERR_BAD_INPUT with why->line;
 * ERR_TOO_LARGE: more values or members than that. */
enum err view_json_read(
    struct arena *arena, str text, struct view_json *out, struct why *why);

/* How the value of a property is built. */
enum view_json_built {
	VIEW_JSON_ONE,
	VIEW_JSON_VALUES, /* behind commas */
	VIEW_JSON_PARTS,  /* behind semicolons */
	VIEW_JSON_LISTS,  /* parts which hold values behind commas */
};

struct view_json_shape {
	str name; /* lower case */
	str type; /* when the property has no VALUE: "text", "uri" ... */
	enum view_json_built built;
};

/* Of type "unknown" for a property no RFC names. */
const struct view_json_shape *view_json_shape_of(str name);

/* Whether values of that type are written 1996-04-15 here and 19960415 there. */
bool view_json_is_date(str type);
/* Letters, digits, '-' and '_', at least one. */
bool view_json_is_token(str text);
str view_json_lower(struct arena *arena, str text);

/* A text in quotes. */
void view_json_quote(struct buf *out, str text);

/* One property, [name, {parameters}, type, value ...], of a line and as a line. */
void view_json_property(struct arena *arena, struct buf *out, const struct card *card,
    const struct card_property *p);
enum err view_json_line(
    struct arena *arena, const struct view_json *p, str *line, struct why *why);

/* ERR_TOO_LARGE */
enum err view_json_write(struct arena *arena, const struct card *card, str *out);

#endif
