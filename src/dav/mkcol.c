/* mkcol.c - MKCOL, plain and extended (RFC 5689), makes an address book. */
#include "dav/dav_int.h"

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

static enum err
read_wish(struct dav *d, struct book_new *fresh)
{
	struct xml_element *root;

	TRY(dav_body(d, &root));
	if (!root)
		return OK;
	if (root->is != XML_DAV_MKCOL) {
		d->condition = XML_DAV_VALID_RESOURCETYPE;
		return ERR_UNSUPPORTED;
	}
	XML_EACH(root, set)
	{
		const struct xml_element *prop = xml_child(set, XML_DAV_PROP);

		if (!prop)
			continue;
		if (!is_book_type(xml_child(prop, XML_DAV_RESOURCETYPE))) {
			d->condition = XML_DAV_VALID_RESOURCETYPE;
			return ERR_UNSUPPORTED;
		}
		XML_EACH(prop, p)
		{
			if (p->is == XML_DAV_DISPLAYNAME)
				fresh->title = p->text;
			if (p->is == XML_CARD_ADDRESSBOOK_DESCRIPTION)
				fresh->description = p->text;
		}
	}
	return OK;
}

enum err
dav_mkcol(struct dav *d)
{
	struct book_new fresh = { .name = d->at.book };
	struct book_place home = { d->at.account, 0, { 0 } };
	struct book book;
	enum err e;

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
	TRY(read_wish(d, &fresh));
	e = book_make(d->call, d->at.account, &fresh, &book, &d->why);
	if (e == ERR_BAD_INPUT || e == ERR_TOO_LARGE)
		d->condition = XML_DAV_VALID_RESOURCETYPE;
	TRY(e);
	http_answer(d->res, 201, (str){ 0 }, (str){ 0 });
	return OK;
}
