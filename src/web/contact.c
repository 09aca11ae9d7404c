/* contact.c - one contact, his picture, his vCard. */
#include "ask/texts.h"
#include "card/field.h"
#include "web/page_int.h"

#define ASKS_SHOWN 10

/* Reads "<book>/<card>" off the path and finds both; false, and answered, otherwise. */
static bool
find_card(struct page *p, str rest, struct book *book, struct book_card *card)
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

static void
fill_items(const struct page *p, const struct card *card, str region,
    struct contact_view *view)
{
	struct card_items items = card_items(p->call.arena, card, region);

	view->items.list = ARENA_ARRAY(p->call.arena, struct contact_item, items.count);
	for (size_t i = 0; i < items.count; i++) {
		const struct card_item *item = &items.list[i];

		if (item->field == CARD_F_NAME || item->field == CARD_F_PHOTO)
			continue;
		view->items.list[view->items.count++] = (struct contact_item){
			.label = ask_field_text(p->lang_word, item->field),
			.text = item->text,
		};
	}
}

static enum err
fill_asks(const struct page *p, str book, str name, struct contact_view *view)
{
	struct ask_view *asks;
	size_t count;

	TRY(ask_of_card(&p->call, book, name, ASKS_SHOWN, &asks, &count));
	view->asks.list = ARENA_ARRAY(p->call.arena, struct ask_row, count);
	for (size_t i = 0; i < count; i++)
		view->asks.list[view->asks.count++] = ask_row_of(p, &asks[i]);
	return OK;
}

static enum err
fill(const struct page *p, const struct book *book, const struct book_card *stored,
    struct contact_view *view)
{
	struct card *card;
	struct why why;
	struct book_version *versions;
	size_t count;
	enum err e = card_read(p->call.arena, stored->bytes, &card, &why);

	view->name = stored->fn.len ? stored->fn : web_text(p->lang, T_o_unnamed);
	view->ask = page_path(p, "ask", book->name, stored->name);
	view->vcf = page_path(p, "vcf", book->name, stored->name);
	view->changed = web_day(p, stored->modified_ms);
	TRY(book_history(&p->call, book, stored->name, &versions, &count));
	if (count)
		view->versions = arena_printf(p->call.arena, "%zu", count);
	TRY(fill_asks(p, book->name, stored->name, view));
	if (e != OK) /* a card only its own client can read: its name is all we show */
		return OK;
	fill_items(p, card, book->region, view);
	if (card_first(card, CARD_PHOTO, 0))
		view->photo = page_path(p, "photo", book->name, stored->name);
	return OK;
}

void
page_card_get(struct page *p, str rest)
{
	struct contact_view view = { 0 };
	struct book book;
	struct book_card card;
	struct buf html = page_buf(p);
	enum err e;

	if (!find_card(p, rest, &book, &card))
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

void
page_photo_get(struct page *p, str rest)
{
	struct book book;
	struct book_card stored;
	struct card_picture picture;
	struct card *card;
	struct why why;

	if (!find_card(p, rest, &book, &stored))
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
	http_set(p->res, STR("Cache-Control"), STR("private, max-age=300"));
	http_answer(p->res, 200, picture.media_type, picture.bytes);
}

void
page_vcf_get(struct page *p, str rest)
{
	struct book book;
	struct book_card card;

	if (!find_card(p, rest, &book, &card))
		return;
	http_set(p->res, STR("Content-Disposition"),
	    STR("attachment; filename=contact.vcf"));
	http_set(p->res, STR("X-Content-Type-Options"), STR("nosniff"));
	http_set(p->res, STR("Cache-Control"), STR("no-store"));
	http_answer(p->res, 200, STR("text/vcard; charset=utf-8"), card.bytes);
}
