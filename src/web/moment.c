/* moment.c - a whole book back to a moment: what would become of whom, and then it is done. */
#include <stdio.h>
#include <time.h>

#include "base/when.h"
#include "book/undo.h"
#include "web/people_int.h"

#define DIFFS_MAX_BYTES \
	((size_t)24 * 1024) /* of what is shown line by line; names follow */
#define DIFF_BYTES 200      /* of markup around a line */

/* --- moments, as <input type="datetime-local"> has them: the server's own time --- */

str
moment_write(const struct page *p, int64_t at_ms)
{
	time_t seconds = (time_t)(at_ms / WHEN_SECOND_MS);
	struct tm t = { 0 };

	(void)localtime_r(&seconds, &t);
	return arena_printf(p->call.arena, "%04d-%02d-%02dT%02d:%02d:%02d",
	    t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec);
}

/* With seconds or without; a blank for the T as well. */
static bool
moment_read(const struct page *p, str text, int64_t *out_ms)
{
	static const char *const forms[] = { "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M",
		"%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M" };
	const char *typed = arena_copy(p->call.arena, text).at;

	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct tm t = { .tm_isdst = -1 };
		const char *end = strptime(typed, forms[i], &t);

		t.tm_isdst = -1;
		if (!end || *end)
			continue;
		*out_ms = (int64_t)mktime(&t) * WHEN_SECOND_MS;
		return *out_ms > 0 && *out_ms <= p->call.now_ms;
	}
	return false;
}

/* --- to a moment --- */

struct wish {
	struct book book;
	int64_t at_ms;
};

/* ERR_BAD_INPUT: no moment in the past. */
static enum err
read_wish(const struct page *p, const struct http_form *form, struct wish *out)
{
	TRY(app_book_named(p, http_form_get(form, STR("book")), &out->book));
	if (!moment_read(p, str_trim(http_form_get(form, STR("at"))), &out->at_ms))
		return ERR_BAD_INPUT;
	return OK;
}

/* --- what would become of whom --- */

static size_t
bytes_of(const struct diff_view *diff)
{
	size_t bytes = 0;

	for (size_t i = 0; i < diff->list.count; i++)
		bytes += people_bytes(diff->list.list[i].before, DIFF_BYTES) +
			 people_bytes(diff->list.list[i].after, 0);
	return bytes;
}

/* As it stands beside as it was; nothing where one of them cannot be read any more. */
static enum err
diff_of(const struct page *p, const struct book *book,
    const struct book_restored_card *card, struct diff_view *out)
{
	struct book_version then;
	struct book_card now;

	TRY(book_card(&p->call, book, card->name, BOOK_SHOWN, &now));
	TRY(book_version(&p->call, book, card->name, card->rev, &then));
	*out = app_diff(p, now.bytes, then.bytes, book->region);
	return OK;
}

static struct moment_row
row_of(const struct page *p, const struct wish *wish, enum book_restored_kind kind,
    const struct book_restored_card *card, size_t *room)
{
	struct moment_row row = {
		.name = card->fn.len ? card->fn : web_text(p->lang, T_o_unnamed)
	};
	size_t bytes;

	if (kind != BOOK_RESTORED_CHANGED || !*room ||
	    diff_of(p, &wish->book, card, &row.diff) != OK)
		return row;
	bytes = bytes_of(&row.diff);
	row.shown = bytes <= *room;
	*room -= row.shown ? bytes : *room;
	return row;
}

static void
fill_kind(const struct page *p, const struct wish *wish,
    const struct book_restored *done, enum book_restored_kind kind, size_t *room,
    struct moment_kind *out)
{
	static const enum web_text_key titles[BOOK_RESTORED_KINDS] = {
		[BOOK_RESTORED_CHANGED] = T_m_changed,
		[BOOK_RESTORED_BACK] = T_m_back,
		[BOOK_RESTORED_REMOVED] = T_m_removed,
	};
	int64_t count = done->counts[kind];
	int64_t listed = count < BOOK_RESTORED_LISTED ? count : BOOK_RESTORED_LISTED;

	out->title = web_words(p, titles[kind], "count", app_number(p, count));
	out->rows.list = ARENA_ARRAY(p->call.arena, struct moment_row, (size_t)listed);
	for (int64_t i = 0; i < listed; i++)
		out->rows.list[out->rows.count++] =
		    row_of(p, wish, kind, &done->cards[kind][i], room);
	if (count > listed)
		out->more =
		    web_words(p, T_mo_more, "count", app_number(p, count - listed));
}

static void
show_preview(struct page *p, const struct wish *wish, const struct book_restored *done)
{
	struct buf html = page_buf(p);
	size_t room = DIFFS_MAX_BYTES;
	struct moment_view view = {
		.head = page_head(p, web_text(p->lang, T_m_title)),
		.question =
		    web_words(p, T_m_sure, "moment", app_moment(p, wish->at_ms)),
		.title = people_title(&wish->book),
		.book = wish->book.name,
		.at = moment_write(p, wish->at_ms),
	};

	view.kinds.list =
	    ARENA_ARRAY(p->call.arena, struct moment_kind, BOOK_RESTORED_KINDS);
	for (enum book_restored_kind kind = 0; kind < BOOK_RESTORED_KINDS; kind++)
		if (done->counts[kind])
			fill_kind(p, wish, done, kind, &room,
			    &view.kinds.list[view.kinds.count++]);
	html_moment(&html, p, &view);
	page_send(p, 200, &html);
}

/* /trash/moment?book=...&at=... */
void
moment_preview(struct page *p)
{
	struct http_form query;
	struct book_restored done;
	struct why why = { 0 };
	struct wish wish;
	enum err e = http_query_read(p->call.arena, p->req->query, &query);

	if (e == OK)
		e = read_wish(p, &query, &wish);
	if (e == OK)
		e = book_restore(&p->call, &wish.book, wish.at_ms, true, &done, &why);
	if (e == OK)
		show_preview(p, &wish, &done);
	else if (e == ERR_BAD_INPUT)
		trash_show(p, 422, web_text(p->lang, T_m_wrong));
	else
		page_refuse(p, e, why.what);
}

enum err
moment_restore(struct page *p, const struct http_form *form, struct why *why)
{
	struct book_restored done;
	struct wish wish;

	TRY(read_wish(p, form, &wish));
	TRY(book_restore(&p->call, &wish.book, wish.at_ms, false, &done, why));
	page_go(p, app_book_href(p, wish.book.name, "", (str){ 0 }));
	return OK;
}
