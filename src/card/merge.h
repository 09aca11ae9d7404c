/*
 * merge.h - an answer merged three-way: what the target saw, what he said, what the card
 * is now.
 *
 * card_merge() only judges; which of its verdicts are carried out at once and which wait
 * for the owner is policy (ask/policy.h); card_merge_write() carries out those chosen.
 * Item by item: the owner's newer edits, private notes and everything outside the
 * catalogue are never touched.
 *
 *	op         unchanged since        changed by owner to w       gone since
 *	confirm    verified               review: "the old one holds" review: restore?
 *	change v   replace in place       w = v: verified; else keep  review: add v
 *	                                  w, add v under review
 *	gone       remove                 review                      nothing
 *	insert v   already there: verified (TYPE united); else append; for a single field
 *	           that is filled: as change of it
 *	forgotten  nothing
 */
#ifndef KITH_CARD_MERGE_H
#define KITH_CARD_MERGE_H

#include "card/ops.h"

enum card_cell {
	CARD_CELL_VERIFIED,     /* the value stands; no byte changes */
	CARD_CELL_FILL,         /* an addition where the field is empty */
	CARD_CELL_APPEND,       /* a second value of a field that has one */
	CARD_CELL_REPLACE,      /* the value in place, its line's other parts kept */
	CARD_CELL_REMOVE,       /* the line goes, and a label only it had */
	CARD_CELL_NOTHING,      /* gone already */
	CARD_CELL_OLD_HOLDS,    /* review: he confirms what the owner has replaced */
	CARD_CELL_RESTORE,      /* review: he confirms what the owner has removed */
	CARD_CELL_CONFLICT,     /* review: both changed it; w stays, v comes second */
	CARD_CELL_ADD_BACK,     /* review: he changes what the owner has removed */
	CARD_CELL_REMOVE_OTHER, /* review: he drops what the owner has replaced */
};

/* Whether the cell's own nature asks for the owner, whatever the policy. */
bool card_cell_needs_review(enum card_cell cell);

struct card_verdict {
	enum card_cell cell;
	struct card_op op;
	size_t at;  /* the property of `now` concerned, or SIZE_MAX */
	str before; /* its text now, empty when there is none */
	str after;  /* the text it would have, empty for a removal */
	bool last; /* it is the card's last TEL or last EMAIL that would change or go */
	bool
	    class_new; /* a telephone of a premium class or another country than before */
};

struct card_verdicts {
	struct card_verdict *list; /* one per operation, in their order */
	size_t count;
};

/* ERR_BAD_INPUT  an operation names no item of `base`, or a value its field refuses;
 *                why->name is the field */
enum err card_merge(struct arena *arena, const struct card *base,
    const struct card_ops *ops, const struct card *now, str region,
    struct card_verdicts *out, struct why *why);

/*
 * Carries out the chosen verdicts on `now`, which must be the card they were judged
 * against.  `chosen[i]` says so for verdict i.  REV, where there is one, is set to
 * `now_ms`.  When nothing changes *out is now->text itself: no new revision is needed.
 */
enum err card_merge_write(struct arena *arena, const struct card *now,
    const struct card_verdicts *verdicts, const bool *chosen, int64_t now_ms, str *out);

#endif
