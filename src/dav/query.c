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

/* One card held against the filter.  *full: it passes, and there is no room for it. */
static enum err
take_card(
    struct dav_pages *p, struct buf *out, const struct book_card *card, bool *full)
{
	struct dav_subject s = {
		.d = p->d, .at = p->d->at, .book = &p->book, .card = card
	};

	if (dav_hides(p->d, card) || !passes(p, card->bytes))
		return OK;
	if (p->limit_left == 0) { /* one more than was asked for: cut (8.6.1) */
		dav_status_add(out, &p->d->at, STR("HTTP/1.1 507 Insufficient Storage"),
		    XML_DAV_NUMBER_OF_MATCHES_WITHIN_LIMITS);
		*full = true;
		return OK;
	}
	p->limit_left--;
	s.at.kind = DAV_CARD;
	s.at.card = card->name;
	dav_response_add(out, &s, &p->wishes);
	return OK;
}

/* Every card of the book, where nothing tells which. */
static enum err
scan_page(struct dav_pages *p, struct buf *out, bool *last)
{
	struct book_page page;

	TRY(book_scan(&p->call, &p->book, p->after, DAV_PAGE_CARDS, BOOK_SHOWN, &page));
	*last = !page.more;
	for (size_t i = 0; i < page.count; i++) {
		bool full = false;

		p->after = page.list[i].id;
		TRY(take_card(p, out, &page.list[i], &full));
		if (full) {
			*last = true;
			return OK;
		}
	}
	return OK;
}

/* Only those whose text says that they may pass; p->after counts them. */
static enum err
found_page(struct dav_pages *p, struct buf *out, bool *last)
{
	size_t end = (size_t)p->after + DAV_PAGE_CARDS;
	size_t bytes = 0;

	if (end > p->found.count)
		end = p->found.count;
	for (; (size_t)p->after < end && bytes < DAV_PAGE_BYTES; p->after++) {
		struct book_card card;
		bool full = false;
		enum err e = book_card_by_id(
		    &p->call, &p->book, p->found.ids[p->after], BOOK_SHOWN, &card);

		if (e == ERR_NOT_FOUND) /* gone since its text was kept */
			continue;
		TRY(e);
		bytes += card.bytes.len;
		TRY(take_card(p, out, &card, &full));
		if (full) {
			*last = true;
			return OK;
		}
	}
	*last = (size_t)p->after >= p->found.count;
	return OK;
}

/* Of a card itself: it, where it passes. */
static enum err
this_card(struct dav_pages *p, struct buf *out, bool *last)
{
	struct book_card card;
	bool full;

	*last = true;
	TRY(book_card(&p->call, &p->book, p->d->at.card, BOOK_SHOWN, &card));
	return take_card(p, out, &card, &full);
}

static enum err
find_candidates(struct dav *d, struct dav_pages *p)
{
	str *needles;
	size_t count;
	enum err e;

	if (!d->service || !d->service->search ||
	    !card_filter_needles(d->call->arena, p->filter, &needles, &count))
		return OK;
	e = book_search_find(
	    d->service->search, d->call, &p->book, needles, count, &p->found);
	p->by_id = e == OK;
	return e == ERR_TOO_LARGE ? OK : e;
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
	struct dav_pages pages = { .page = scan_page, .filter = filter };

	TRY(book_find(d->call, d->at.account, d->at.book, &pages.book));
	TRY(dav_filter_read(d, xml_child(report, XML_CARD_FILTER), filter));
	card_filter_prepare(d->call->arena, filter);
	if (d->at.kind == DAV_CARD)
		pages.page = this_card;
	else
		TRY(find_candidates(d, &pages));
	if (pages.by_id)
		pages.page = found_page;
	limit_read(report, &pages.limit_left);
	TRY(dav_wishes_read(d, report, &pages.wishes));
	pages.wishes.minimal |= dav_prefers_minimal(d);
	dav_stream(d, &pages);
	return OK;
}
