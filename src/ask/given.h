/*
 * given.h - a card of his own that the target hands over on the page.
 */
#ifndef KITH_ASK_GIVEN_H
#define KITH_ASK_GIVEN_H

#include "ask/ask.h"

#define ASK_GIVEN_NAME "own-card" /* why->name of what is wrong with it */

/*
 * Adds to the reply what the card says, as a card returned by mail says it: the same values
 * confirmed, the only one of a field changed, others added.  What the reply says already
 * stays; a value that its field refuses goes into the note.  Not its picture, which the
 * caller has to make safe first.  reply->ops becomes a new list.
 *
 * ERR_NOT_FOUND, ERR_GONE  as ask_see()'s
 * ERR_BAD_INPUT            there is nothing in it, nor in the reply
 */
enum err ask_give_card(const struct call *call, str token, const struct card *card,
    struct ask_reply *reply, struct why *why);

#endif
