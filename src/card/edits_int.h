/* edits_int.h - edits of a card's lines being gathered for card_write(). */
#ifndef KITH_CARD_EDITS_INT_H
#define KITH_CARD_EDITS_INT_H

#include "card/card.h"

#define EDITS_LINE_MAX_BYTES ((size_t)256 * 1024)

struct edits {
	struct arena *arena;
	const struct card *card;
	struct card_edit *list;
	size_t count;
	bool *edited; /* per property: one edit at most, the first one counts */
};

/* With room for `fresh` edits beside one for each property. */
struct edits edits_of(struct arena *arena, const struct card *card, size_t fresh);

void edits_add(struct edits *e, str line);
void edits_replace(struct edits *e, size_t at, str line);

/* With the labels of its group, when nothing else had a use for them. */
void edits_remove(struct edits *e, size_t at);

/* The labels of a property's group go, whoever has them. */
void edits_remove_labels(struct edits *e, size_t at);

/* REV, where there is one, says `now_ms`. */
void edits_set_rev(struct edits *e, int64_t now_ms);

/* The part of a content line behind its first unquoted colon. */
str edits_value_of(str line);

/* Cuts the next parameter off, at an unquoted ';'. */
str edits_param_cut(str *params);

/* Whether a parameter speaks of the value: its label, its place, its being a URI. */
bool edits_is_stale(str param);

/* "group." of a property, if it has one. */
void edits_add_group(struct buf *line, const struct card_property *property);

#endif
