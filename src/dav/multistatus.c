/*
 * multistatus.c - 207, whole or page by page: constant memory however large the book.
 */
#include "dav/dav_int.h"

#define WHOLE_MAX_BYTES ((size_t)1 << 20)
#define XML_TYPE        STR("application/xml; charset=utf-8")

enum err
dav_body(struct dav *d, struct xml_element **out)
{
	*out = NULL;
	if (!d->req->body.len)
		return OK;
	return xml_read(d->call->arena, d->req->body, out, &d->why);
}

struct buf
dav_multistatus(struct dav *d)
{
	struct buf body = buf_in(d->call->arena, WHOLE_MAX_BYTES);

	xml_start(&body, XML_DAV_MULTISTATUS);
	return body;
}

void
dav_multistatus_send(struct dav *d, struct buf *body)
{
	str text;

	xml_close(body, XML_DAV_MULTISTATUS);
	if (buf_text(body, &text) != OK) {
		dav_refuse(d, ERR_STORE);
		return;
	}
	http_answer(d->res, 207, XML_TYPE, text);
}

/* Pages until the piece is full: many small ones make one write. */
static enum err
next(void *self, struct buf *out, bool *last)
{
	struct dav_pages *p = self;

	*last = false;
	if (!p->started) {
		xml_start(out, XML_DAV_MULTISTATUS);
		p->started = true;
	}
	while (!*last && out->len < HTTP_PIECE_BYTES) {
		arena_reset(p->call.arena);
		TRY(p->page(p, out, last));
	}
	if (*last)
		xml_close(out, XML_DAV_MULTISTATUS);
	return out->overflowed ? ERR_TOO_LARGE : OK;
}

static void
close_pages(void *self)
{
	struct dav_pages *p = self;

	arena_close(&p->call.arena);
}

void
dav_stream(struct dav *d, struct dav_pages *pages)
{
	struct dav_pages *kept = ARENA_NEW(d->call->arena, struct dav_pages);
	struct dav *request = ARENA_NEW(d->call->arena, struct dav);

	*kept = *pages;
	*request = *d;
	kept->d = request;
	kept->call = *d->call;
	kept->call.arena = arena_open();
	d->res->stream = (struct http_stream){ next, close_pages, kept };
	http_answer(d->res, 207, XML_TYPE, (str){ 0 });
}
