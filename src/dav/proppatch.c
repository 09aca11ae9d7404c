/*
 * proppatch.c - PROPPATCH (RFC 4918 9.2), all or nothing: a book's title and description,
 * and whatever properties of their own clients keep (4.2).
 */
#include "dav/patch_int.h"

static bool
is_settable(const struct dav *d, enum xml_name name)
{
	return d->at.kind == DAV_BOOK && (name == XML_DAV_DISPLAYNAME ||
					     name == XML_CARD_ADDRESSBOOK_DESCRIPTION);
}

/* Of a book that is being made its type is said, too; dav_mkcol() reads it. */
static bool
is_type_of_new(const struct dav *d, enum xml_name name)
{
	return d->req->method == HTTP_MKCOL && name == XML_DAV_RESOURCETYPE;
}

/* Protected: computed by us, and no client's to set (4918 15). */
static bool
is_refused(const struct dav *d, const struct xml_element *p)
{
	return dav_prop_is_live(p->is) && !is_settable(d, p->is) &&
	       !is_type_of_new(d, p->is);
}

static str
whole(const struct dav *d, const struct xml_element *p)
{
	struct buf xml = buf_in(d->call->arena, BOOK_PROP_MAX_BYTES * 2);

	xml_whole(&xml, p);
	return buf_str(&xml);
}

static void
read_one(
    const struct dav *d, const struct xml_element *p, bool set, struct dav_patch *patch)
{
	static const str nothing = { 0 };

	if (is_refused(d, p))
		patch->refused = true;
	else if (is_type_of_new(d, p->is))
		return;
	else if (p->is == XML_DAV_DISPLAYNAME)
		patch->title = set ? &p->text : &nothing; /* removed: emptied */
	else if (p->is == XML_CARD_ADDRESSBOOK_DESCRIPTION)
		patch->description = set ? &p->text : &nothing;
	else
		patch->changes[patch->count++] = (struct book_prop){ p->space, p->local,
			set ? whole(d, p) : (str){ 0 } };
}

static size_t
count_props(const struct xml_element *root)
{
	size_t count = 0;

	XML_EACH(root, instruction)
	{
		const struct xml_element *prop = xml_child(instruction, XML_DAV_PROP);

		for (const struct xml_element *p = prop ? prop->first : NULL; p;
		     p = p->next)
			count++;
	}
	return count;
}

void
dav_patch_read(
    const struct dav *d, const struct xml_element *root, struct dav_patch *patch)
{
	patch->changes =
	    ARENA_ARRAY(d->call->arena, struct book_prop, count_props(root));
	XML_EACH(root, instruction)
	{
		const struct xml_element *prop = xml_child(instruction, XML_DAV_PROP);

		for (const struct xml_element *p = prop ? prop->first : NULL; p;
		     p = p->next)
			read_one(d, p, instruction->is == XML_DAV_SET, patch);
	}
}

/* --- what became of it --- */

static void
add_names(
    struct buf *body, const struct dav *d, const struct xml_element *root, bool refused)
{
	XML_EACH(root, instruction)
	{
		const struct xml_element *prop = xml_child(instruction, XML_DAV_PROP);

		for (const struct xml_element *p = prop ? prop->first : NULL; p;
		     p = p->next) {
			if (is_refused(d, p) != refused)
				continue;
			if (p->is != XML_UNKNOWN)
				xml_empty(body, p->is);
			else
				xml_empty_foreign(body, p->space, p->local);
		}
	}
}

static void
add_propstat(struct buf *body, const struct dav *d, const struct xml_element *root,
    bool refused, str status, enum xml_name error)
{
	size_t before = body->len;
	size_t start;

	xml_open(body, XML_DAV_PROPSTAT);
	xml_open(body, XML_DAV_PROP);
	start = body->len;
	add_names(body, d, root, refused);
	if (body->len == start) { /* none of these: no propstat */
		body->len = before;
		return;
	}
	xml_close(body, XML_DAV_PROP);
	xml_leaf(body, XML_DAV_STATUS, status);
	if (error != XML_UNKNOWN) {
		xml_open(body, XML_DAV_ERROR);
		xml_empty(body, error);
		xml_close(body, XML_DAV_ERROR);
	}
	xml_close(body, XML_DAV_PROPSTAT);
}

void
dav_patch_told(struct buf *body, const struct dav *d, const struct xml_element *root,
    enum err outcome, bool refused)
{
	str others = outcome == OK && !refused ? STR("HTTP/1.1 200 OK")
		     : refused                 ? STR("HTTP/1.1 424 Failed Dependency")
			       : STR("HTTP/1.1 507 Insufficient Storage");

	add_propstat(body, d, root, false, others, XML_UNKNOWN);
	add_propstat(body, d, root, true, STR("HTTP/1.1 403 Forbidden"),
	    XML_DAV_CANNOT_MODIFY_PROTECTED_PROPERTY);
}

static void
answer(struct dav *d, const struct xml_element *root, enum err outcome, bool refused)
{
	struct buf body = dav_multistatus(d);

	xml_open(&body, XML_DAV_RESPONSE);
	xml_leaf(&body, XML_DAV_HREF, dav_href(d->call->arena, &d->at));
	dav_patch_told(&body, d, root, outcome, refused);
	xml_close(&body, XML_DAV_RESPONSE);
	dav_multistatus_send(d, &body);
}

static enum err
apply(struct dav *d, const struct book *book, const struct book_place *place,
    const struct dav_patch *patch)
{
	struct book_words words = { patch->title, patch->description, patch->changes,
		patch->count };

	if (!patch->title && !patch->description)
		return book_props_change(d->call, place, patch->changes, patch->count);
	return book_describe(d->call, book, &words);
}

/* Also a home (macOS keeps its me-card there) and a principal. */
static enum err
find_place(struct dav *d, struct book *book, struct book_place *place)
{
	struct book_card card;

	if (d->at.kind < DAV_PRINCIPAL)
		return ERR_FORBIDDEN;
	if (d->at.account != d->call->who)
		return ERR_NOT_FOUND;
	*place = (struct book_place){ d->at.account,
		d->at.kind == DAV_PRINCIPAL ? DAV_PRINCIPAL_PLACE : 0, { 0 } };
	if (d->at.kind < DAV_BOOK)
		return OK;
	TRY(book_find(d->call, d->at.account, d->at.book, book));
	*place = dav_place(d, book, d->at.card);
	if (!book->may_write)
		return ERR_FORBIDDEN;
	return d->at.kind == DAV_CARD
		   ? book_card(d->call, book, d->at.card, BOOK_HEADS, &card)
		   : OK;
}

enum err
dav_proppatch(struct dav *d)
{
	struct dav_patch patch = { 0 };
	struct xml_element *root;
	struct book_place place;
	struct book book = { 0 };
	enum err e = OK;

	TRY(dav_body(d, &root));
	if (!root || root->is != XML_DAV_PROPERTYUPDATE)
		return ERR_BAD_INPUT;
	if (!count_props(root)) {
		d->why.what = "no property to set or remove";
		return ERR_BAD_INPUT;
	}
	TRY(find_place(d, &book, &place));
	TRY(dav_guard(d, &place, DAV_EDIT));
	dav_patch_read(d, root, &patch);
	if (!patch.refused)
		e = apply(d, &book, &place, &patch);
	if (e != OK && e != ERR_LIMIT && e != ERR_TOO_LARGE)
		return e;
	if (e == OK && !patch.refused && dav_prefers_minimal(d))
		http_answer(d->res, 200, (str){ 0 }, (str){ 0 });
	else
		answer(d, root, e, patch.refused);
	return OK;
}
