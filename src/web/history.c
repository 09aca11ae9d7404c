/* history.c - what a contact was, by whom and when, and the way back. */
#include <stdint.h>
#include <time.h>

#include "ask/ask.h"
#include "base/when.h"
#include "book/undo.h"
#include "web/app_int.h"

#define VERSIONS_PER_PAGE 20

str
app_moment(const struct page *p, int64_t at_ms)
{
	time_t seconds = (time_t)(at_ms / WHEN_SECOND_MS);
	struct tm t = { 0 };

	(void)localtime_r(&seconds, &t);
	return arena_printf(p->call.arena, STR_FMT " %02d:%02d",
	    STR_ARG(web_day(p, at_ms)), t.tm_hour, t.tm_min);
}

static const struct {
	str door;
	enum web_text_key words;
} doors[] = {
	{ STR_CONST("dav"), T_h_dav },
	{ STR_CONST("web"), T_h_web },
	{ STR_CONST("api"), T_h_api },
	{ STR_CONST("answer"), T_h_answer },
	{ STR_CONST("import"), T_h_import },
	{ STR_CONST("undo"), T_h_undo },
	{ STR_CONST("rescue"), T_h_rescue },
};

static str
door_words(const struct page *p, str door)
{
	for (size_t i = 0; i < sizeof doors / sizeof *doors; i++)
		if (str_same(doors[i].door, door))
			return web_text(p->lang, doors[i].words);
	return door;
}

/* An answer's words may be the owner's. */
static str
version_door(const struct page *p, const struct book_version *version)
{
	if (str_same(version->door, STR("answer")) &&
	    str_ends(version->note, STR(" " ASK_NOTE_WORDED)))
		return web_text(p->lang, T_own_h_worded);
	return door_words(p, version->door);
}

/* --- which card: it may be gone --- */

struct past {
	struct page *p;
	struct book book;
	str name, region;
	bool stands;
	struct book_card now;
	struct book_version *list; /* former ones, latest first */
	size_t count;
};

static enum err
find_past(struct past *h, str rest)
{
	struct page *p = h->p;
	str book;
	enum err e;

	TRY(http_path_cut(p->call.arena, &rest, &book));
	TRY(http_path_cut(p->call.arena, &rest, &h->name));
	TRY(book_find(&p->call, p->call.who, book, &h->book));
	e = book_card(&p->call, &h->book, h->name, BOOK_WHOLE, &h->now);
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	h->stands = e == OK;
	TRY(book_history(&p->call, &h->book, h->name, &h->list, &h->count));
	return h->stands || h->count ? OK : ERR_NOT_FOUND;
}

/* --- the list --- */

static str
state_of(const struct page *p, const struct book_version *version, bool stands)
{
	if (stands)
		return web_text(p->lang, T_h_now);
	if (version->refused)
		return web_text(p->lang, T_h_refused);
	return version->removed ? web_text(p->lang, T_h_removed) : (str){ 0 };
}

static struct version_view
version_view(const struct past *h, const struct book_version *version, bool stands)
{
	const struct page *p = h->p;

	return (struct version_view){
		.when = app_moment(p, version->at_ms),
		.door = version_door(p, version),
		.device = version->device,
		.state = state_of(p, version, stands),
		.rev = app_number(p, version->rev),
		.can_undo = !stands && h->book.may_write,
	};
}

/* The one before it in time that stood; a refused one is held against what stood then. */
static size_t
predecessor(const struct past *h, size_t i)
{
	for (i++; i < h->count; i++)
		if (!h->list[i].refused)
			return i;
	return SIZE_MAX;
}

static enum err
bytes_of(const struct past *h, size_t i, str *out)
{
	struct book_version version;

	*out = (str){ 0 };
	if (i == SIZE_MAX)
		return OK;
	TRY(book_version(&h->p->call, &h->book, h->name, h->list[i].rev, &version));
	*out = version.bytes;
	return OK;
}

static enum err
add_now(const struct past *h, struct history_view *view)
{
	struct version_view *out = &view->versions.list[view->versions.count];
	struct book_version now;
	str before;

	if (!h->stands)
		return OK;
	TRY(book_version_now(&h->p->call, &h->book, h->name, &now));
	TRY(bytes_of(h, predecessor(h, SIZE_MAX), &before));
	*out = version_view(h, &now, true);
	out->diff = app_diff(h->p, before, h->now.bytes, h->book.region);
	view->versions.count++;
	return OK;
}

static enum err
add_former(const struct past *h, size_t i, struct history_view *view)
{
	struct version_view *out = &view->versions.list[view->versions.count++];
	str before;
	str after;

	TRY(bytes_of(h, i, &after));
	TRY(bytes_of(h, predecessor(h, i), &before));
	*out = version_view(h, &h->list[i], false);
	out->diff = app_diff(h->p, before, after, h->book.region);
	return OK;
}

static enum err
fill(const struct past *h, size_t from, struct history_view *view)
{
	const struct page *p = h->p;
	size_t end = from + VERSIONS_PER_PAGE;

	view->action = page_path(p, "history", h->book.name, h->name);
	if (h->stands)
		view->card = page_path(p, "card", h->book.name, h->name);
	view->versions.list =
	    ARENA_ARRAY(p->call.arena, struct version_view, VERSIONS_PER_PAGE + 1);
	if (!from)
		TRY(add_now(h, view));
	for (size_t i = from; i < h->count && i < end; i++)
		TRY(add_former(h, i, view));
	if (end < h->count)
		view->next = arena_printf(
		    p->call.arena, STR_FMT "?from=%zu", STR_ARG(view->action), end);
	return OK;
}

static str
name_of(const struct past *h)
{
	struct card *card;
	struct why why;
	str bytes;
	str fn = h->now.fn;

	if (!h->stands && bytes_of(h, predecessor(h, SIZE_MAX), &bytes) == OK &&
	    card_read(h->p->call.arena, bytes, &card, &why) == OK)
		fn = card_unescape(h->p->call.arena, card->fn);
	return fn.len ? fn : web_text(h->p->lang, T_o_unnamed);
}

void
page_history_get(struct page *p, str rest)
{
	struct past h = { .p = p };
	struct history_view view = { 0 };
	struct buf html = page_buf(p);
	struct http_form query;
	int64_t from = 0;
	enum err e = http_query_read(p->call.arena, p->req->query, &query);

	if (e == OK)
		e = find_past(&h, rest);
	if (e == OK && !str_number(http_form_get(&query, STR("from")), &from))
		from = 0;
	if (e == OK)
		e = fill(&h, (size_t)from, &view);
	if (e != OK) {
		page_refuse(p, e == ERR_BAD_INPUT ? ERR_NOT_FOUND : e, NULL);
		return;
	}
	view.name = name_of(&h);
	view.head = page_head(p, view.name);
	html_history(&html, p, &view);
	page_send(p, 200, &html);
}

/* --- back --- */

/* A refused version's number is below zero. */
static bool
rev_read(str text, int64_t *out)
{
	bool below = str_starts(text, STR("-"));

	if (!str_number(below ? str_part(text, 1, text.len) : text, out))
		return false;
	if (below)
		*out = -*out;
	return true;
}

void
page_history_post(struct page *p, str rest)
{
	struct past h = { .p = p };
	struct book_put_done done;
	struct http_form form;
	struct why why = { 0 };
	int64_t rev;
	enum err e;

	if (!page_form(p, &form))
		return;
	e = find_past(&h, rest);
	if (e == OK && !rev_read(http_form_get(&form, STR("rev")), &rev))
		e = ERR_BAD_INPUT;
	if (e == OK)
		e = book_undo(&p->call, &h.book, h.name, rev, &done, &why);
	if (e == OK)
		page_go(p, page_path(p, "card", h.book.name, h.name));
	else
		page_refuse(p, e, why.what);
}
