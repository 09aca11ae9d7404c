/*
 * colour.h - the colour of a book, as its owner chose it here or on a device.
 *
 * It is kept as the property that programs keep it in, {http://inf-it.com/ns/ab/}
 * addressbook-color, so that there is one value and not two.  Who is lent a book sees its
 * owner's colour.
 */
#ifndef KITH_BOOK_COLOUR_H
#define KITH_BOOK_COLOUR_H

#include "book/book.h"

#define BOOK_COLOUR_CHARS 7 /* "#17655a" */

/* "#" and six digits in lower case, also where a program wrote how transparent it is behind
 * them; empty where there is none, or nothing of that form. */
enum err book_colour(const struct call *call, const struct book *book, str *out);

/* Empty: it has none any more.  ERR_BAD_INPUT: no such text; ERR_FORBIDDEN. */
enum err book_colour_set(const struct call *call, const struct book *book, str colour);

#endif
