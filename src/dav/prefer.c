/* prefer.c - what the client would like (RFC 7240, RFC 8144), and saying that it was done. */
#include "dav/view_int.h"

static bool
applied(struct dav *d, str preference)
{
	if (!http_prefers(d->req, preference))
		return false;
	http_set(d->res, STR("Preference-Applied"), preference);
	return true;
}

bool
dav_prefers_minimal(struct dav *d)
{
	return applied(d, STR("return=minimal"));
}

bool
dav_prefers_no_root(struct dav *d)
{
	return applied(d, STR("depth-noroot"));
}

/* The card as a GET would give it now, in place of an empty answer (8144 2.2). */
enum err
dav_represent(struct dav *d, const struct book *book, str name)
{
	struct dav_view view = dav_view_accepted(d);
	struct book_card card;
	str shown;

	if (!applied(d, STR("return=representation")))
		return OK;
	TRY(book_card(d->call, book, name, BOOK_SHOWN, &card));
	shown = dav_view_show(d->call->arena, &view, &card, false);
	if (shown.at != card.bytes.at)
		card.etag = dav_view_etag(d->call->arena, &view, card.etag);
	dav_seen(d, book, card.name, card.rev);
	http_set(d->res, STR("ETag"), card.etag);
	http_set(d->res, STR("Content-Location"), dav_card_href(d, name));
	http_answer(d->res, d->res->status == 204 ? 200 : d->res->status,
	    dav_view_type(&view, shown.at != card.bytes.at), shown);
	return OK;
}
