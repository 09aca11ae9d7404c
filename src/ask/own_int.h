/* own_int.h - the own card as it stands, for the files that answer from it and change it. */
#ifndef KITH_ASK_OWN_INT_H
#define KITH_ASK_OWN_INT_H

#include "ask/ask_int.h"
#include "ask/own.h"

struct ask_own {
	struct book book;
	struct book_card stands; /* id 0: there is none */
	struct card *card;
	struct card_items items;
};

enum err ask_own_read(const struct call *call, struct ask_own *out);

#endif
