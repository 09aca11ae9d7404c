/*
 * charset_int.h - what old address books wrote, as UTF-8.
 */
#ifndef KITH_CARD_CHARSET_INT_H
#define KITH_CARD_CHARSET_INT_H

#include "card/card.h"

#define CHARSET_UTF8    "UTF-8"
#define CHARSET_CHINESE "GB18030"      /* holds GB2312 and GBK */
#define CHARSET_LATIN   "WINDOWS-1252" /* holds Latin-1, but for its controls */

/* The charset a CHARSET parameter means, or NULL. */
const char *charset_find(str name);

/* UTF-8 if it is that; else Chinese or Latin, by how the bytes pair. */
const char *charset_guess(str text);

/* As UTF-8; U+FFFD for what cannot be read.  ERR_UNSUPPORTED when this host's libc lacks
 * the charset. */
enum err charset_read(struct arena *arena, str text, const char *charset, str *out);

#endif
