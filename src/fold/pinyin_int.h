/* pinyin_int.h - how Chinese characters are read: a table made by tools/pinyin.c. */
#ifndef KITH_FOLD_PINYIN_INT_H
#define KITH_FOLD_PINYIN_INT_H

#define PINYIN_FIRST 0x4E00U
#define PINYIN_LAST  0x9FFFU

extern const unsigned short fold_readings[]; /* by character: which syllable; 0: none */
extern const char fold_syllables[][8];

#endif
