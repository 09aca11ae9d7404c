/*
 * fold.h - Unicode: what is the same word, what comes first, what sounds alike.
 *
 * ICU behind a few calls.  Input is UTF-8; broken bytes are taken as U+FFFD.  Results live
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

/* How Chinese characters are read, a blank between syllables, as in names: "张三 Bob" gives
 * "zhang san bob".  Folded like fold_key(); empty for text without any. */
str fold_pinyin(struct arena *arena, str text);

/* The letter a name is filed under, 'A' to 'Z', by its first character's reading too; '#'
 * for all others. */
char fold_letter(struct arena *arena, str text);

/* Where a letter's names begin in the order of fold_sort_key(): those in Latin letters, or
 * those in Chinese characters, which stand behind them.  `letter` 'A' to 'Z', or the
 * character after 'Z' for the end. */
str fold_letter_key(struct arena *arena, char letter, bool chinese);

#endif
