/*
 * fold.h - Unicode: what is the same word, what comes first, what sounds alike.
 *
 * ICU behind four calls.  Input is UTF-8; broken bytes are taken as U+FFFD.  Results live
 * in the arena.  Any thread.
 */
#ifndef KITH_FOLD_FOLD_H
#define KITH_FOLD_FOLD_H

#include "base/arena.h"

/* i;unicode-casemap (RFC 5051): titlecase each code point, then NFKD. */
str fold_casemap(struct arena *arena, str text);

/* For identity keys: NFKC, case folded, white space runs to one space, trimmed. */
str fold_key(struct arena *arena, str text);

/* NFKC alone: full-width digits to ASCII and the like. */
str fold_nfkc(struct arena *arena, str text);

/* A key whose byte order is the reading order of names: pinyin for Chinese, the root
 * collation for the rest, Latin before Chinese letters interleaved by ICU's zh tailoring. */
str fold_sort_key(struct arena *arena, str text);

#endif
