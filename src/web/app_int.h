/* app_int.h - what the owner's own pages share: contacts, their history, files, devices. */
#ifndef KITH_WEB_APP_INT_H
#define KITH_WEB_APP_INT_H

#include "web/page_int.h"

#define APP_ROWS_PER_PAGE 100

/* --- one function per page; `rest` is the path behind the first segment --- */

void page_book_get(struct page *p, str rest);
void page_find_get(struct page *p, str rest);
void page_card_get(struct page *p, str rest);
void page_photo_get(struct page *p, str rest);
void page_vcf_get(struct page *p, str rest);
void page_edit_get(struct page *p, str rest);
void page_edit_post(struct page *p, str rest);
void page_new_get(struct page *p, str rest);
void page_new_post(struct page *p, str rest);
void page_remove_get(struct page *p, str rest);
void page_remove_post(struct page *p, str rest);
void page_history_get(struct page *p, str rest);
void page_history_post(struct page *p, str rest);
void page_trash_get(struct page *p, str rest);
void page_trash_post(struct page *p, str rest);
void page_files_get(struct page *p, str rest);
void page_files_post(struct page *p, str rest);
void page_export_get(struct page *p, str rest);
void page_setup_get(struct page *p, str rest);
void page_setup_post(struct page *p, str rest);
void page_account_get(struct page *p, str rest);
void page_account_post(struct page *p, str rest);

/* --- what was removed, and a book back to a moment (trash.c, moment.c) --- */

void trash_show(struct page *p, unsigned status, str wrong);
str moment_write(const struct page *p, int64_t at_ms);
void moment_preview(struct page *p);
enum err moment_restore(struct page *p, const struct http_form *form, struct why *why);

/* --- shared --- */

/* A number as text. */
str app_number(const struct page *p, long long number);

/* Whether a book of that name is the caller's default one. */
bool app_is_default(const struct page *p, str book);

/* "/?book=BOOK&key=value"; without the book where it is the default one, without the value
 * where it is empty. */
str app_book_href(const struct page *p, str book, const char *key, str value);

/* The address of a card's picture as it is now. */
str app_photo_href(const struct page *p, str book, const struct book_card *card);

/* Reads "<book>/<card>" off the path and finds both; false, and answered, otherwise. */
bool app_card_read(struct page *p, str rest, struct book *book, struct book_card *card);

/* The book the query or form names, or the caller's default one. */
enum err app_book_named(const struct page *p, str name, struct book *out);

/* A file to be kept, not shown. */
void app_file(struct page *p, str name, str media_type, str body);

/* --- the lines of a card (shown.c) --- */

struct app_line {
	enum card_name is; /* CARD_OTHER: some program's own */
	size_t at;         /* the property */
	str label, text, href;
	str same; /* two lines are the same when label and this are */
};

struct app_lines {
	struct app_line *list;
	size_t count;
};

/* All but bookkeeping (UID, REV, PRODID ...), in the order of an address book. */
struct app_lines app_lines_of(
    const struct page *p, const struct card *card, str region);

/* What differs between two versions, line by line (diff.c); empty bytes: no card. */
struct diff_view app_diff(const struct page *p, str before, str after, str region);

/* A moment as people write it, to the minute, in the server's own time. */
str app_moment(const struct page *p, int64_t at_ms);

/* --- lists (rows.c) --- */

/* Rows of these cards, with their pictures; with a heading for each letter when they are in
 * reading order. */
enum err app_rows_fill(const struct page *p, const struct book *book,
    const struct book_page *cards, bool letters, struct rows_view *out);

#endif
