/* contact.c - one contact, his picture, his vCard. */
#include "book/unite.h"
#include "card/field.h"
#include "card/group.h"
#include "card/view.h"
#include "web/owner_int.h"
#include "web/people_int.h"

#define ASKS_SHOWN    10
#define MEMBERS_SHOWN 200

bool
app_card_read(struct page *p, str rest, struct book *book, struct book_card *card)
{
	str book_name;
	str name;
	enum err e = http_path_cut(p->call.arena, &rest, &book_name);

	if (e == OK)
		e = http_path_cut(p->call.arena, &rest, &name);
	if (e == OK)
		e = book_find(&p->call, p->call.who, book_name, book);
	if (e == OK)
		e = book_card(&p->call, book, name, BOOK_WHOLE, card);
	if (e == OK)
		return true;
	page_refuse(p, e == ERR_BAD_INPUT ? ERR_NOT_FOUND : e, NULL);
	return false;
}

/* What the head of the page shows, and what is of no use to people. */
static bool
is_elsewhere(const struct app_line *line)
{
	return line->is == CARD_FN || line->is == CARD_N || line->is == CARD_ORG ||
	       line->is == CARD_TITLE || line->is == CARD_PHOTO ||
	       line->is == CARD_CATEGORIES || line->is == CARD_OTHER ||
	       line->is == CARD_LABEL || line->is == CARD_MEMBER;
}

static void
fill_items(const struct page *p, const struct card *card, str region,
    const struct sayings *sayings, struct contact_view *view)
{
	struct app_lines lines = app_lines_of(p, card, region);
	struct buf head = page_buf(p);

	view->items.list = ARENA_ARRAY(p->call.arena, struct contact_item, lines.count);
	view->above.list = ARENA_ARRAY(p->call.arena, struct contact_item, lines.count);
	for (size_t i = 0; i < lines.count; i++) {
		const struct app_line *line = &lines.list[i];
		struct contact_item item;

		if (line->is == CARD_ORG || line->is == CARD_TITLE) {
			buf_add(&head, head.len ? STR(" · ") : STR(""));
			buf_add(&head, line->text);
		}
		item = sayings_item(p, sayings, line);
		if (!is_elsewhere(line))
			view->items.list[view->items.count++] = item;
		else if (item.said.len)
			view->above.list[view->above.count++] = item;
	}
	view->line = buf_str(&head);
}

static str
find_href(const struct page *p, str what)
{
	struct buf href = page_buf(p);

	buf_add(&href, STR("/find?q="));
	http_query_add(&href, what);
	return buf_str(&href);
}

static void
fill_groups(const struct page *p, const struct card *card, struct contact_view *view)
{
	struct card_names names = card_categories(p->call.arena, card);

	view->groups.list = ARENA_ARRAY(p->call.arena, struct link_view, names.count);
	for (size_t i = 0; i < names.count; i++)
		view->groups.list[view->groups.count++] =
		    (struct link_view){ .href = find_href(p, names.list[i]),
			    .text = names.list[i] };
}

/* Of a group: who is in it, as far as they stand in its book. */
static enum err
fill_members(const struct page *p, const struct book *book, const struct card *card,
    struct contact_view *view)
{
	struct card_names uids = card_members(p->call.arena, card);
	struct book_page members = { 0 };

	members.list = ARENA_ARRAY(p->call.arena, struct book_card, MEMBERS_SHOWN);
	for (size_t i = 0; i < uids.count && members.count < MEMBERS_SHOWN; i++) {
		enum err e = book_card_by_uid(&p->call, book, uids.list[i], BOOK_HEADS,
		    &members.list[members.count]);

		if (e != OK && e != ERR_NOT_FOUND)
			return e;
		members.count += e == OK;
	}
	return app_rows_fill(p, book, &members, false, &view->members);
}

static enum err
fill_asks(const struct page *p, str book, str name, struct contact_view *view)
{
	struct ask_view *asks;
	size_t count;

	TRY(ask_of_card(&p->call, book, name, ASKS_SHOWN, &asks, &count));
	view->asks.list = ARENA_ARRAY(p->call.arena, struct ask_row, count);
	for (size_t i = 0; i < count; i++) {
		bool waits =
		    asks[i].state == ASK_ANSWERED || asks[i].state == ASK_PARTLY;

		view->asks.list[view->asks.count++] = ask_row_of(p, &asks[i]);
		if (waits && !view->waits.len)
			view->waits = view->asks.list[i].href;
	}
	return OK;
}

/* What another phone takes from its camera: the card without what is large. */
static str
print_href(const struct page *p, str book, str card)
{
	struct buf href = page_buf(p);

	buf_add(&href, STR("/print?book="));
	http_query_add(&href, book);
	buf_add(&href, STR("&card="));
	http_query_add(&href, card);
	return buf_str(&href);
}

static enum err
fill(const struct page *p, const struct book *book, const struct book_card *stored,
    struct contact_view *view)
{
	struct card_picture picture;
	struct sayings sayings;
	struct card *card;
	struct why why;
	enum err e = card_read(p->call.arena, stored->bytes, &card, &why);

	view->name = stored->fn.len ? stored->fn : web_text(p->lang, T_o_unnamed);
	view->writable = book->may_write;
	if (!book->shared)
		view->ask = page_path(p, "ask", book->name, stored->name);
	view->vcf = page_path(p, "vcf", book->name, stored->name);
	view->history = page_path(p, "history", book->name, stored->name);
	view->edit = page_path(p, "edit", book->name, stored->name);
	view->remove = page_path(p, "remove", book->name, stored->name);
	view->back = app_book_href(p, book->name, "", (str){ 0 });
	view->changed = web_day(p, stored->modified_ms);
	view->id = people_id(p, book, stored->name);
	view->square = ARENA_JOIN(
	    p->call.arena, page_path(p, "card", book->name, stored->name), STR("/qr"));
	view->print = print_href(p, book->name, stored->name);
	if (book->may_write)
		TRY(book_is_united(&p->call, book, stored->name, &view->united));
	people_twins_of(p, book, stored, view);
	if (!book->shared) /* asks are of the caller's own contacts */
		TRY(fill_asks(p, book->name, stored->name, view));
	if (e != OK) /* a card only its own client can read: its name is all we show */
		return OK;
	TRY(sayings_of(p, book, stored, card, &sayings));
	fill_items(p, card, book->region, &sayings, view);
	view->heard = sayings_heard(p, &sayings);
	fill_groups(p, card, view);
	if (stored->is_group)
		TRY(fill_members(p, book, card, view));
	if (card_picture(p->call.arena, card, &picture) == OK)
		view->photo = app_photo_href(p, book->name, stored);
	return OK;
}

/* What stands behind the card: "/card/BOOK/CARD/qr". */
static str
behind_card(const struct page *p, str rest)
{
	str part = { 0 };

	for (int i = 0; i < 3; i++) {
		part = (str){ 0 };
		if (!rest.len || http_path_cut(p->call.arena, &rest, &part) != OK)
			return (str){ 0 };
	}
	return part;
}

void
page_card_get(struct page *p, str rest)
{
	struct contact_view view = { 0 };
	struct book book;
	struct book_card card;
	struct buf html = page_buf(p);
	enum err e;

	if (str_same(behind_card(p, rest), STR("qr"))) {
		page_square_get(p, rest);
		return;
	}
	if (!app_card_read(p, rest, &book, &card))
		return;
	e = fill(p, &book, &card, &view);
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	view.head = page_head(p, view.name);
	html_contact(&html, p, &view);
	page_send(p, 200, &html);
}

/* The address names the version: what is there may be kept for long. */
static str
caching(const struct page *p)
{
	return str_starts(p->req->query, STR("v="))
		   ? STR("private, max-age=31536000, immutable")
		   : STR("private, max-age=300");
}

void
page_photo_get(struct page *p, str rest)
{
	struct book book;
	struct book_card stored;
	struct card_picture picture;
	struct card *card;
	struct why why;

	if (!app_card_read(p, rest, &book, &stored))
		return;
	if (card_read(p->call.arena, stored.bytes, &card, &why) != OK ||
	    card_picture(p->call.arena, card, &picture) != OK) {
		page_refuse(p, ERR_NOT_FOUND, NULL);
		return;
	}
	/* A stranger's bytes: an image or nothing, whatever they are. */
	http_set(p->res, STR("X-Content-Type-Options"), STR("nosniff"));
	http_set(
	    p->res, STR("Content-Security-Policy"), STR("default-src 'none'; sandbox"));
	http_set(p->res, STR("Cache-Control"), caching(p));
	http_answer(p->res, 200, picture.media_type, picture.bytes);
}

void
page_vcf_get(struct page *p, str rest)
{
	struct book book;
	struct book_card card;

	if (app_card_read(p, rest, &book, &card))
		app_file(p, STR("contact.vcf"), STR("text/vcard; charset=utf-8"),
		    card.bytes);
}
