/* query.c - addressbook-query (RFC 6352 8.6): the cards that pass a filter. */
#include "dav/dav_int.h"

static bool
passes(const struct dav_pages *p, str bytes)
{
	struct card *card;
	struct why why;

	return card_read(p->call.arena, bytes, &card, &why) == OK &&
	       card_matches(p->call.arena, card, p->filter);
}

static enum err
query_page(struct dav_pages *p, struct buf *out, bool *last)
{
	struct book_page page;

	TRY(book_scan(&p->call, &p->book, p->after, DAV_PAGE_CARDS, BOOK_WHOLE, &page));
	*last = !page.more;
	for (size_t i = 0; i < page.count; i++) {
		struct dav_subject s = { .d = p->d,
			.at = p->d->at,
			.book = &p->book,
			.card = &page.list[i] };

		p->after = page.list[i].id;
		if (!passes(p, page.list[i].bytes))
			continue;
		if (p->limit_left == 0) { /* one more than was asked for: cut (8.6.1) */
			dav_status_add(out, &p->d->at,
			    STR("HTTP/1.1 507 Insufficient Storage"),
			    XML_DAV_NUMBER_OF_MATCHES_WITHIN_LIMITS);
			*last = true;
			return OK;
		}
		p->limit_left--;
		s.at.kind = DAV_CARD;
		s.at.card = page.list[i].name;
		dav_response_add(out, &s, &p->wishes);
	}
	return OK;
}

static void
limit_read(const struct xml_element *report, int64_t *out)
{
	const struct xml_element *n =
	    xml_child(xml_child(report, XML_CARD_LIMIT), XML_CARD_NRESULTS);

	if (!n || !str_number(str_trim(n->text), out))
		*out = INT64_MAX;
}

enum err
dav_query(struct dav *d, const struct xml_element *report)
{
	struct card_filter *filter = ARENA_NEW(d->call->arena, struct card_filter);
	struct dav_pages pages = { .page = query_page, .filter = filter };

	if (d->at.kind != DAV_BOOK) {
		d->condition = XML_DAV_SUPPORTED_REPORT;
		return ERR_UNSUPPORTED;
	}
	TRY(book_find(d->call, d->at.account, d->at.book, &pages.book));
	TRY(dav_filter_read(d, xml_child(report, XML_CARD_FILTER), filter));
	card_filter_prepare(d->call->arena, filter);
	limit_read(report, &pages.limit_left);
	TRY(dav_wishes_read(d, report, &pages.wishes));
	pages.wishes.minimal |= http_prefers(d->req, STR("return=minimal"));
	dav_stream(d, &pages);
	return OK;
}
