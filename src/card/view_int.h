/*
 * view_int.h - a content line taken apart, to be said in another version's words.
 *
 * A rule (view_rules.c) says a line in the other version, whatever the way back makes of
 * it; view_carry.c tries the way back, and where it would not lead home, the line carries
 * what it was in a parameter.  So no rule has to be reversible, and none can lose a thing.
 */
#ifndef KITH_CARD_VIEW_INT_H
#define KITH_CARD_VIEW_INT_H

#include "card/card.h"

/* What kith puts into lines of the other version, and takes out on the way home. */
#define VIEW_WAS         "X-KITH-WAS"  /* the line as it was, or its head alone */
#define VIEW_MADE        "X-KITH-MADE" /* the line was made up, the version needs it */
#define VIEW_KEPT        "X-KITH-KEPT" /* no line is to be made of LABEL, SORT-AS */
#define VIEW_ANNIVERSARY "_$!<Anniversary>!$_" /* Apple's label of an X-ABDATE */

/* A line with more goes as it stands: its parameters are looked through one by one, and a
 * card of nothing else would keep a reader busy for minutes.  What a line of fewer is given
 * on the way, it still has on the way home. */
#define VIEW_MAX_PARAMS  64
#define VIEW_MORE_PARAMS 8

struct view_param {
	str name, values; /* as written; a bare 2.1 type has the name TYPE */
};

struct view_line {
	struct arena *arena;
	const struct card_property *property;
	str group, name, value;
	struct view_param *params;
	size_t count;
	bool changed; /* it no longer is the property's own bytes */
	bool gone;
	bool
	    opaque; /* a quote is left open, so that nothing can be put behind it; or it
			     has more than VIEW_MAX_PARAMS */
	bool anniversary; /* the label of its group says so */
	bool has_aside;
	bool kept; /* what is aside was a parameter in 3.0, too */
	str aside; /* an ADR's label or an N's sort key, decoded, out of the parameters */
	str after; /* one line more behind this one; empty: none */
};

/* --- view_line.c --- */

struct view_line view_line_of(
    struct arena *arena, const struct card *card, const struct card_property *property);

/* "item1.TEL;TYPE=HOME:1"; the head is all before the ':', without the group. */
str view_line_head(const struct view_line *line);
str view_line_text(const struct view_line *line);

/* Whether two lines of one version mean the same to the letter: parameters in any order,
 * names and types without case, in quotes or not. */
bool view_same(const struct view_line *a, const struct view_line *b, enum card_version);

/* The first parameter of that name, or SIZE_MAX. */
size_t view_param_find(const struct view_line *line, str name);
size_t view_param_count(const struct view_line *line, str name);
bool view_param_is(const struct view_line *line, str name, str value);

/* The parameter's first value, unquoted and RFC 6868-decoded; empty when there is none. */
str view_param_text(const struct view_line *line, str name);
void view_param_put(struct view_line *line, size_t at, str name, str values);
void view_param_add(struct view_line *line, str name, str values);
void view_param_remove(struct view_line *line, size_t at);

/* Takes a value out of the TYPE parameters; *at is where it stood.  False: not there, or
 * its parameter is too odd to be taken apart. */
bool view_type_remove(struct view_line *line, str type, size_t *at);
void view_value_put(struct view_line *line, str value);
void view_name_put(struct view_line *line, str name);

/* --- the rules, and the way with a carried line --- */

void view_to_4(struct view_line *line);
void view_to_3(struct view_line *line);
struct view_line view_convert(const struct view_line *source, enum card_version from);

/* Dates (view_date.c); false: not of that form, *out untouched. */
bool view_date_to_4(struct arena *arena, str value, str *out);
bool view_date_to_3(struct arena *arena, str value, str *out);
bool view_offset_to_4(struct arena *arena, str value, str *out); /* +08:00, +0800 */
bool view_offset_to_3(struct arena *arena, str value, str *out);

/* PHOTO, LOGO, SOUND, KEY (view_photo.c) */
void view_binary_to_4(struct view_line *line);
void view_binary_to_3(struct view_line *line);

/* Properties that are one line in 4.0 and two in 3.0 (view_pair.c). */
struct view_lines {
	struct arena *arena;
	struct view_line *list;
	size_t count;
};
void view_pairs_join(struct view_lines *lines); /* of 3.0, before they are converted */
void view_pairs_set_aside(struct view_lines *lines);
void view_pairs_split(struct view_lines *lines); /* of 3.0, after */
void view_pairs_put_back(struct view_lines *lines, bool to_3);

/* --- view_clean.c --- */

bool view_is_clean(str bytes);
str view_cleaned(struct arena *arena, str text);

/* An FN of what the card has, and an N of an FN, as values. */
str view_made_fn(struct arena *arena, const struct card *card);
str view_made_n(struct arena *arena, str fn);

#endif
