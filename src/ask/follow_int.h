/* follow_int.h - for the file that looks through what changed (wish.c). */
#ifndef KITH_ASK_FOLLOW_INT_H
#define KITH_ASK_FOLLOW_INT_H

#include "ask/follow.h"

/* The own card as it stands, changed since that rev of its book: who follows a field with a
 * new value has that coming. */
enum err ask_follow_look(const struct call *call, const struct book *book,
    int64_t since, const struct card *own);

#endif
