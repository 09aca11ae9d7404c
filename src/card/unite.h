/*
 * unite.h - several cards of one person made one.
 *
 * The first card stays as it is, byte for byte; what only the others have is added to it.
 * "The same value" is what card/field.h says: a number written in another way, an address in
 * other letters, a Weibo profile and its URL are one.  What the others call a value that all
 * have (TYPE, a label) is not taken.
 *
 * Of a field with one value (FN, N, BDAY, PHOTO, ORG ...) the first card's stays; where
 * others have another, the caller may pick that.  CATEGORIES become those of all.  VERSION,
 * UID, REV and PRODID are the first card's; REV, where there is one, says now_ms when
 * something came in.  Pure; results live in the arena.  Any thread.
 */
#ifndef KITH_CARD_UNITE_H
#define KITH_CARD_UNITE_H

#include "card/card.h"

#define CARD_UNITE_MAX 10 /* cards at once */

struct card_unite {
	struct card *const *cards; /* the first is kept; CARD_UNITE_MAX at most */
	size_t count;
	str region; /* for reading telephone numbers */
	int64_t now_ms;
};

struct card_unite_value {
	size_t card; /* whose */
	size_t at;   /* the property in it */
	str text;    /* for people; of a picture its media type */
};

/* A field with one value, of which the cards have several. */
struct card_unite_field {
	enum card_name is;
	str name; /* "BDAY", as the card has it that is first to have it */
	struct card_unite_value *list; /* that which stays first */
	size_t count;
};

struct card_unite_fields {
	struct card_unite_field *list;
	size_t count;
};

/* What is to be chosen, in the order of the cards; nothing where all agree.  Outcomes as
 * card_unite()'s. */
enum err card_unite_look(struct arena *arena, const struct card_unite *unite,
    struct card_unite_fields *out, struct why *why);

/* Of the field of that name that card's value, not the first one. */
struct card_unite_pick {
	str name;
	size_t card;
};

/*
 * The one card; the first one's own bytes (cards[0]->text itself) when the others have
 * nothing new.
 *
 * ERR_BAD_INPUT  a group and a person are no one; a pick of a card without that field; more
 *                cards than CARD_UNITE_MAX; *why
 * ERR_TOO_LARGE  CARD_MAX_BYTES, CARD_MAX_PROPERTIES
 */
enum err card_unite(struct arena *arena, const struct card_unite *unite,
    const struct card_unite_pick *picks, size_t pick_count, str *out, struct why *why);

#endif
