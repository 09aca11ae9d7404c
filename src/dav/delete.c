/* delete.c - DELETE of a card or a book (RFC 4918 9.6). */
#include "dav/dav_int.h"

enum err
dav_delete(struct dav *d)
{
	struct book_when when = dav_when(d);
	struct book_place place;
	struct book book;

	if (d->at.kind < DAV_BOOK)
		return ERR_FORBIDDEN;
	TRY(book_find(d->call, d->at.account, d->at.book, &book));
	place = dav_place(d, &book, d->at.card);
	TRY(dav_guard(d, &place, DAV_MEMBER));
	if (d->at.kind == DAV_CARD)
		TRY(book_card_remove(d->call, &book, d->at.card, &when, BOOK_BY_DAV));
	else
		TRY(book_remove(d->call, &book, &d->why));
	http_answer(d->res, 204, (str){ 0 }, (str){ 0 });
	return OK;
}
