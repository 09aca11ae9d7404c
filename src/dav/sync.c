/*
 * sync.c - sync-collection (RFC 6578 3.2).
 *
 * The token returned is the book's rev at the start: what changes while a long answer goes
 * out is told again next time, never lost.  With a limit it is the rev of the last change
 * listed, and a 507 on the book says that there is more.
 */
#include "dav/dav_int.h"

static void
add_change(const struct dav_pages *p, struct buf *out, const struct book_change *change)
{
	struct dav_subject s = {
		.d = p->d, .at = p->d->at, .book = &p->book, .card = &change->card
	};

	s.at.kind = DAV_CARD;
	s.at.card = change->card.name;
	if (change->gone)
		dav_status_add(out, &s.at, STR("HTTP/1.1 404 Not Found"), XML_UNKNOWN);
	else if (!dav_hides(p->d, s.card))
		dav_response_add(out, &s, &p->wishes);
	else if (!p->anew) /* it may have been a person when he was here last */
		dav_status_add(out, &s.at, STR("HTTP/1.1 404 Not Found"), XML_UNKNOWN);
}

static void
finish(struct dav_pages *p, struct buf *out, bool cut)
{
	if (cut)
		dav_status_add(out, &p->d->at, STR("HTTP/1.1 507 Insufficient Storage"),
		    XML_DAV_NUMBER_OF_MATCHES_WITHIN_LIMITS);
	xml_leaf(out, XML_DAV_SYNC_TOKEN,
	    book_token(p->call.arena, &p->book, cut ? p->after : p->until));
}

static enum err
changes_page(struct dav_pages *p, struct buf *out, bool *last)
{
	struct book_changes changes;
	int64_t limit = p->limit_left < DAV_PAGE_CARDS ? p->limit_left : DAV_PAGE_CARDS;

	TRY(book_changes(&p->call, &p->book, p->after, p->until, (size_t)limit,
	    p->wishes.card_bytes ? BOOK_SHOWN : BOOK_HEADS, &changes));
	for (size_t i = 0; i < changes.count; i++) {
		add_change(p, out, &changes.list[i]);
		p->after = changes.list[i].card.rev;
	}
	p->limit_left -= (int64_t)changes.count;
	*last = !changes.more || p->limit_left == 0;
	if (*last)
		finish(p, out, changes.more);
	return OK;
}

/* <limit><nresults>; a limit of nothing is none. */
static enum err
limit_read(const struct xml_element *report, int64_t *out)
{
	const struct xml_element *n =
	    xml_child(xml_child(report, XML_DAV_LIMIT), XML_DAV_NRESULTS);

	*out = INT64_MAX;
	if (!n)
		return OK;
	if (!str_number(str_trim(n->text), out) || *out == 0)
		return ERR_BAD_INPUT;
	return OK;
}

enum err
dav_sync(struct dav *d, const struct xml_element *report)
{
	const struct xml_element *token = xml_child(report, XML_DAV_SYNC_TOKEN);
	struct dav_pages pages = { .page = changes_page };

	TRY(book_find(d->call, d->at.account, d->at.book, &pages.book));
	TRY(book_token_read(
	    &pages.book, token ? str_trim(token->text) : (str){ 0 }, &pages.after));
	TRY(limit_read(report, &pages.limit_left));
	TRY(dav_wishes_read(d, report, &pages.wishes));
	pages.wishes.minimal |= dav_prefers_minimal(d);
	pages.until = pages.book.rev;
	pages.anew = pages.after == 0;
	dav_seen_all(d, &pages.book, pages.after);
	dav_stream(d, &pages);
	return OK;
}
