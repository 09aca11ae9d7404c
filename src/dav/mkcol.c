/* mkcol.c - MKCOL, plain and extended (RFC 5689), makes an address book. */
#include "dav/patch_int.h"

/* The resource type asked for must be a collection that is an address book. */
static bool
is_book_type(const struct xml_element *type)
{
	if (!type)
		return true;
	XML_EACH(type, kind)
	if (kind->is != XML_DAV_COLLECTION && kind->is != XML_CARD_ADDRESSBOOK)
		return false;
	return xml_child(type, XML_CARD_ADDRESSBOOK) != NULL;
}

/* A body of another kind is to be refused, not read past (RFC 4918 9.3). */
static bool
is_xml(const struct dav *d)
{
	struct http_media media =
	    http_media_read(http_field(d->req, STR("content-type")));

	return !media.type.len || str_same_nocase(media.type, STR("text/xml")) ||
	       str_same_nocase(media.type, STR("application/xml"));
}

/* RFC 5689 3: nothing was made, and why. */
static enum err
refuse(struct dav *d, const struct xml_element *root, unsigned status, enum err outcome,
    bool refused)
{
	struct buf body = buf_in(d->call->arena, SIZE_MAX);

	xml_start(&body, XML_DAV_MKCOL_RESPONSE);
	dav_patch_told(&body, d, root, outcome, refused);
	xml_close(&body, XML_DAV_MKCOL_RESPONSE);
	d->res->outcome = refused ? ERR_FORBIDDEN : outcome;
	http_answer(
	    d->res, status, STR("application/xml; charset=utf-8"), buf_str(&body));
	return OK;
}

static enum err
read_type(struct dav *d, const struct xml_element *root)
{
	d->condition = XML_DAV_VALID_RESOURCETYPE;
	if (root->is != XML_DAV_MKCOL)
		return ERR_UNSUPPORTED;
	XML_EACH(root, set)
	{
		const struct xml_element *prop = xml_child(set, XML_DAV_PROP);

		if (prop && !is_book_type(xml_child(prop, XML_DAV_RESOURCETYPE)))
			return ERR_UNSUPPORTED;
	}
	d->condition = XML_UNKNOWN;
	return OK;
}

/* The book with all that is said of it, or none. */
static enum err
make(struct dav *d, const struct xml_element *root)
{
	struct dav_patch patch = { 0 };
	struct book_new fresh = { .name = d->at.book };
	struct book book;
	enum err e;

	if (root) {
		TRY(read_type(d, root));
		dav_patch_read(d, root, &patch);
	}
	if (patch.refused)
		return refuse(d, root, 403, OK, true);
	fresh.title = patch.title ? *patch.title : (str){ 0 };
	fresh.description = patch.description ? *patch.description : (str){ 0 };
	fresh.props = patch.changes;
	fresh.prop_count = patch.count;
	e = book_make(d->call, d->at.account, &fresh, &book, &d->why);
	if (root && e == ERR_TOO_LARGE)
		return refuse(d, root, 507, e, false);
	if (e == ERR_BAD_INPUT)
		d->condition = XML_DAV_VALID_RESOURCETYPE;
	TRY(e);
	http_answer(d->res, 201, (str){ 0 }, (str){ 0 });
	return OK;
}

enum err
dav_mkcol(struct dav *d)
{
	struct book_place home = { d->at.account, 0, { 0 } };
	struct xml_element *root;
	struct book book;

	if (d->req->body.len && !is_xml(d)) {
		d->status = 415;
		return ERR_UNSUPPORTED;
	}
	if (d->at.kind == DAV_CARD) { /* nothing is in a book but cards */
		if (book_find(d->call, d->at.account, d->at.book, &book) != OK)
			d->status = 409;
		d->condition = XML_DAV_RESOURCE_MUST_BE_NULL;
		return ERR_FORBIDDEN;
	}
	if (d->at.kind != DAV_BOOK)
		return ERR_EXISTS;
	TRY(dav_guard(d, &home, DAV_EDIT));
	TRY(dav_body(d, &root));
	return make(d, root);
}
