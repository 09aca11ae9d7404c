/* remove.c - a contact to the trash, after a question. */
#include "web/app_int.h"

void
page_remove_get(struct page *p, str rest)
{
	struct book book;
	struct book_card card;
	struct buf html = page_buf(p);
	struct sure_view view = { 0 };
	struct edit_cell_view etag;

	if (!app_card_read(p, rest, &book, &card))
		return;
	etag = (struct edit_cell_view){ .name = STR("etag"), .value = card.etag };
	view.fields.list = &etag;
	view.fields.count = 1;
	view.head = page_head(p, web_text(p->lang, T_o_remove));
	view.action = page_path(p, "remove", book.name, card.name);
	view.question = web_words(p, T_o_remove_sure, "name",
	    card.fn.len ? card.fn : web_text(p->lang, T_o_unnamed));
	view.more = web_text(p->lang, T_o_remove_more);
	view.button = web_text(p->lang, T_o_remove);
	view.cancel = page_path(p, "card", book.name, card.name);
	html_sure(&html, p, &view);
	page_send(p, 200, &html);
}

void
page_remove_post(struct page *p, str rest)
{
	struct book book;
	struct book_card card;
	struct http_form form;
	str etag;
	enum err e;

	if (!page_form(p, &form) || !app_card_read(p, rest, &book, &card))
		return;
	etag = http_form_get(&form, STR("etag"));
	e = book_card_remove(&p->call, &book, card.name,
	    &(struct book_when){ BOOK_IF_ETAG, &etag, 1 }, BOOK_BY_WEB);
	if (e == OK)
		page_go(p, app_book_href(p, book.name, "", (str){ 0 }));
	else
		page_refuse(p, e, NULL);
}
