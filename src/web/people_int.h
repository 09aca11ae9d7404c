/* people_int.h - duplicates, groups, books, acts on many contacts, print. */
#ifndef KITH_WEB_PEOPLE_INT_H
#define KITH_WEB_PEOPLE_INT_H

#include "web/app_int.h"

void page_twins_get(struct page *p, str rest);
void page_twins_post(struct page *p, str rest);
void page_unite_get(struct page *p, str rest);
void page_unite_post(struct page *p, str rest);
void page_groups_get(struct page *p, str rest);
void page_groups_post(struct page *p, str rest);
void page_bulk_get(struct page *p, str rest);
void page_bulk_post(struct page *p, str rest);
void page_books_get(struct page *p, str rest);
void page_books_post(struct page *p, str rest);
void page_print_get(struct page *p, str rest);

/* GET /square/BOOK/CARD. */
void page_square_get(struct page *p, str rest);

/* A book's title, or its name. */
str people_title(const struct book *book);

/* A book's colour, empty where it has none; all it may have; and what a form says of it
 * (colour.c). */
str people_colour(const struct page *p, const struct book *book);
void people_colours_fill(const struct page *p, str now, struct colours_view *out);
enum err people_colour_take(
    const struct page *p, const struct book *book, const struct http_form *form);

/* Whose a book is that somebody lent, and what one may do in it. */
str people_lent_note(const struct page *p, const struct book *book);

/* "BOOK/CARD" as forms and queries name a card, and back.  ERR_NOT_FOUND. */
str people_id(const struct page *p, const struct book *book, str card);
enum err people_id_read(const struct page *p, str id, struct book *book, str *card);

/* "/groups/NAME?book=BOOK". */
str people_group_href(const struct page *p, str book, str name);

#define PEOPLE_PAGE_BYTES \
	((size_t)350 << 10)              /* of what a page lists; then it says so */
#define PEOPLE_TEXT_BYTES ((size_t)1000) /* of one value, where many stand */

/* What a text takes on a page, escaped, and with `around` bytes of markup. */
size_t people_bytes(str text, size_t around);

/* The text, or its beginning and an ellipsis. */
str people_clipped(const struct page *p, str text);

/* All fields of that name; *count of them. */
str *people_fields(
    const struct page *p, const struct http_form *form, str name, size_t *count);

struct ticked_book {
	struct book book;
	str *cards;
	size_t count;
};

struct ticked {
	struct ticked_book *list;
	size_t count;
};

/* What a form's "card" fields name as "BOOK/CARD", book by book (ticked.c). */
enum err ticked_read(
    const struct page *p, const struct http_form *form, struct ticked *out);

/* Of which of several books, since one act is one write in one book. */
void ticked_show(struct page *p, const struct http_form *form,
    const struct ticked *ticked, str back);

/* Who else a contact may be, for his page. */
void people_twins_of(const struct page *p, const struct book *book,
    const struct book_card *card, struct contact_view *view);

/* The page of contacts on paper, of those cards' heads. */
void people_print(struct page *p, const struct book *book,
    const struct book_page *cards, str title, str back);

#endif
