/* multiget.c - addressbook-multiget (RFC 6352 8.7): these cards, or their 404s. */
#include "dav/dav_int.h"

/* One request is about one book, or one card; another's card is not here. */
static bool
is_about(const struct dav *d, const struct dav_target *at)
{
	return at->kind == DAV_CARD && at->account == d->at.account &&
	       str_same(at->book, d->at.book) &&
	       (d->at.kind == DAV_BOOK || str_same(at->card, d->at.card));
}

static enum err
add_one(struct dav_pages *p, struct buf *out, const struct xml_element *href,
    size_t *read_bytes)
{
	struct dav_subject s = { .d = p->d, .book = &p->book };
	struct book_card card;
	enum err e = dav_href_read(p->call.arena, href->text, &s.at);

	if (e == OK && !is_about(p->d, &s.at))
		e = ERR_NOT_FOUND;
	if (e == OK)
		e = book_card(&p->call, &p->book, s.at.card,
		    p->wishes.card_bytes ? BOOK_SHOWN : BOOK_HEADS, &card);
	if (e == OK) {
		s.card = &card;
		*read_bytes += card.bytes.len;
		dav_response_add(out, &s, &p->wishes);
		return OK;
	}
	if (e != ERR_NOT_FOUND && e != ERR_BAD_INPUT)
		return e;
	/* The href as it was asked for, so that the client knows which. */
	xml_open(out, XML_DAV_RESPONSE);
	xml_leaf(out, XML_DAV_HREF, str_trim(href->text));
	xml_leaf(out, XML_DAV_STATUS, STR("HTTP/1.1 404 Not Found"));
	xml_close(out, XML_DAV_RESPONSE);
	return OK;
}

static enum err
hrefs_page(struct dav_pages *p, struct buf *out, bool *last)
{
	size_t bytes = 0;

	for (int i = 0; i < DAV_PAGE_CARDS && bytes < DAV_PAGE_BYTES && p->href; i++) {
		TRY(add_one(p, out, p->href, &bytes));
		p->href = xml_next(p->href, XML_DAV_HREF);
	}
	*last = !p->href;
	return OK;
}

enum err
dav_multiget(struct dav *d, const struct xml_element *report)
{
	struct dav_pages pages = { .page = hrefs_page,
		.href = xml_child(report, XML_DAV_HREF) };
	size_t count = 0;

	XML_EACH(report, e)
	count += e->is == XML_DAV_HREF;
	if (count > DAV_MULTIGET_MAX) {
		d->condition = XML_DAV_NUMBER_OF_MATCHES_WITHIN_LIMITS;
		return ERR_LIMIT;
	}
	TRY(book_find(d->call, d->at.account, d->at.book, &pages.book));
	TRY(dav_wishes_read(d, report, &pages.wishes));
	pages.wishes.minimal |= dav_prefers_minimal(d);
	dav_stream(d, &pages);
	return OK;
}
