/*
 * groups.h - the groups of a book, by name: each is a card that lists members, or a category
 * its people's cards name, or both (book.h says how they are kept in step).
 *
 * Every change is one write, so that a group is changed whole or not at all.
 */
#ifndef KITH_BOOK_GROUPS_H
#define KITH_BOOK_GROUPS_H

#include "book/book.h"

#define BOOK_MAX_GROUPS     2000 /* listed */
#define BOOK_GROUP_NAME_MAX 255  /* bytes */
#define BOOK_MAX_OF_GROUP   5000 /* people whose cards one write changes */

struct book_group {
	str name;
	int64_t people;
	bool has_card;
};

/* In reading order. */
enum err book_group_list(const struct call *call, const struct book *book,
    struct book_group **out, size_t *count);
enum err book_group_find(
    const struct call *call, const struct book *book, str name, struct book_group *out);

/* Who is in it, in reading order; `after` NULL: from the start. */
enum err book_group_people(const struct call *call, const struct book *book, str name,
    const struct book_card *after, size_t limit, struct book_page *out);

/* ERR_EXISTS, ERR_BAD_INPUT (a name of 1 to BOOK_GROUP_NAME_MAX bytes), ERR_FORBIDDEN. */
enum err book_group_make(const struct call *call, const struct book *book, str name,
    enum book_door by, struct why *why);

/* The same, and ERR_NOT_FOUND, ERR_LIMIT (BOOK_MAX_OF_GROUP). */
enum err book_group_rename(const struct call *call, const struct book *book, str name,
    str new_name, enum book_door by, struct why *why);

/* Its people stay. */
enum err book_group_remove(const struct call *call, const struct book *book, str name,
    enum book_door by, struct why *why);

/* These cards in or out; ones that are gone or groups themselves are passed over.  A group
 * that was a category only gets a card.  *changed: how many. */
enum err book_group_change(const struct call *call, const struct book *book, str name,
    const str *cards, size_t count, bool in, enum book_door by, size_t *changed,
    struct why *why);

#endif
