/* propfind.c - PROPFIND (RFC 4918 9.1): a resource and, at Depth 1, what is in it. */
#include "book/share.h"
#include "dav/dav_int.h"

#define HOME_PAGE_BOOKS 16

static void
add_simple(struct dav *d, struct buf *body, const struct dav_target *at,
    const struct dav_wishes *wishes)
{
	struct dav_subject s = { .d = d, .at = *at };

	dav_response_add(body, &s, wishes);
}

static void
add_book(struct dav *d, struct buf *body, const struct book *book,
    const struct dav_wishes *wishes)
{
	struct dav_subject s = { .d = d,
		.at = { .kind = DAV_BOOK,
		    .account = d->at.account,
		    .book = book->name },
		.book = book };

	dav_response_add(body, &s, wishes);
}

/* The home, where it was asked for, and its books. */
static enum err
home_page(struct dav_pages *p, struct buf *out, bool *last)
{
	struct dav d = *p->d;

	d.call = &p->call;
	if (!p->cut && !p->no_root) {
		add_simple(&d, out, &d.at, &p->wishes);
		p->cut = true;
	}
	for (size_t n = 0; n < HOME_PAGE_BOOKS && p->after < (int64_t)p->books.count;
	     n++)
		add_book(&d, out, &p->books.list[p->after++], &p->wishes);
	*last = p->after >= (int64_t)p->books.count;
	return OK;
}

static enum err
of_home(struct dav *d, const struct dav_wishes *wishes)
{
	struct dav_pages pages = {
		.wishes = *wishes, .page = home_page, .no_root = dav_prefers_no_root(d)
	};

	TRY(book_list(d->call, d->at.account, &pages.books));
	dav_stream(d, &pages);
	return OK;
}

/* The members of the root and of the principals: those of the caller. */
static void
own_members(struct dav *d, struct buf *body, const struct dav_wishes *wishes)
{
	struct dav_target principal = { .kind = DAV_PRINCIPAL,
		.account = d->call->who };
	struct dav_target all = { .kind = DAV_PRINCIPALS };

	add_simple(d, body, d->at.kind == DAV_ROOT ? &all : &principal, wishes);
}

static enum err
card_page(struct dav_pages *p, struct buf *out, bool *last)
{
	struct book_page page;

	if (!p->cut && !p->no_root) { /* the book itself comes first */
		struct dav_subject s = { .d = p->d, .at = p->d->at, .book = &p->book };

		dav_response_add(out, &s, &p->wishes);
		p->cut = true;
	}
	TRY(book_scan(&p->call, &p->book, p->after, DAV_PAGE_CARDS,
	    p->wishes.card_bytes ? BOOK_SHOWN : BOOK_HEADS, &page));
	for (size_t i = 0; i < page.count; i++) {
		struct dav_subject s = { .d = p->d,
			.at = p->d->at,
			.book = &p->book,
			.card = &page.list[i] };

		s.at.kind = DAV_CARD;
		s.at.card = page.list[i].name;
		if (!dav_hides(p->d, s.card))
			dav_response_add(out, &s, &p->wishes);
		p->after = page.list[i].id;
	}
	*last = !page.more;
	return OK;
}

static enum err
of_book(struct dav *d, enum http_depth depth, const struct dav_wishes *wishes)
{
	struct dav_pages pages = { .wishes = *wishes, .page = card_page };
	struct buf body;

	TRY(book_find(d->call, d->at.account, d->at.book, &pages.book));
	if (depth == HTTP_DEPTH_1) {
		pages.no_root = dav_prefers_no_root(d);
		dav_stream(d, &pages);
		return OK;
	}
	body = dav_multistatus(d);
	add_book(d, &body, &pages.book, wishes);
	dav_multistatus_send(d, &body);
	return OK;
}

static enum err
of_card(struct dav *d, const struct dav_wishes *wishes)
{
	struct buf body = buf_in(d->call->arena, CARD_MAX_BYTES * 6);
	struct book book;
	struct book_card card;
	struct dav_subject s = { .d = d, .at = d->at, .book = &book, .card = &card };

	TRY(book_find(d->call, d->at.account, d->at.book, &book));
	TRY(book_card(d->call, &book, d->at.card,
	    wishes->card_bytes ? BOOK_SHOWN : BOOK_HEADS, &card));
	xml_start(&body, XML_DAV_MULTISTATUS);
	dav_response_add(&body, &s, wishes);
	dav_multistatus_send(d, &body);
	return OK;
}

/* Somebody else's home is not there; nor is his principal, but for those he shares a book
 * with: the owner of one, or whom it is lent to. */
static enum err
may_see(const struct dav *d)
{
	bool shares = false;

	if (d->at.kind < DAV_PRINCIPAL || d->at.account == d->call->who)
		return OK;
	if (d->at.kind == DAV_PRINCIPAL)
		TRY(book_shares_with(d->call, d->at.account, &shares));
	return shares ? OK : ERR_NOT_FOUND;
}

static enum err
of_collection(struct dav *d, enum http_depth depth, const struct dav_wishes *wishes)
{
	struct buf body;

	if (depth == HTTP_DEPTH_1 && d->at.kind == DAV_HOME)
		return of_home(d, wishes);
	body = dav_multistatus(d);
	if (depth != HTTP_DEPTH_1 || !dav_prefers_no_root(d))
		add_simple(d, &body, &d->at, wishes);
	if (depth == HTTP_DEPTH_1 && d->at.kind <= DAV_PRINCIPALS)
		own_members(d, &body, wishes);
	dav_multistatus_send(d, &body);
	return OK;
}

enum err
dav_propfind(struct dav *d)
{
	struct dav_wishes wishes = { 0 };
	struct xml_element *root;
	enum http_depth depth;

	if (http_depth_read(d->req, &depth) != OK) {
		http_answer(d->res, 400, (str){ 0 }, (str){ 0 });
		return OK;
	}
	TRY(may_see(d));
	if (depth == HTTP_DEPTH_INFINITY ||
	    (depth == HTTP_DEPTH_ABSENT && d->at.kind < DAV_CARD)) {
		d->condition = XML_DAV_PROPFIND_FINITE_DEPTH;
		return ERR_FORBIDDEN;
	}
	TRY(dav_body(d, &root));
	if (root && root->is != XML_DAV_PROPFIND)
		return ERR_BAD_INPUT;
	TRY(dav_wishes_read(d, root, &wishes));
	wishes.minimal |= dav_prefers_minimal(d);
	if (d->at.kind == DAV_CARD)
		return of_card(d, &wishes);
	if (d->at.kind == DAV_BOOK)
		return of_book(d, depth, &wishes);
	return of_collection(d, depth, &wishes);
}
