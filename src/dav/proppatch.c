/* proppatch.c - PROPPATCH (RFC 4918 9.2): a book's title and description; all or nothing. */
#include "dav/push_int.h"

struct patch {
	const str *title, *description;
	bool refused; /* something else was asked for */
};

static bool
is_ours(enum xml_name name)
{
	return name == XML_DAV_DISPLAYNAME || name == XML_CARD_ADDRESSBOOK_DESCRIPTION;
}

/* Removing one of them empties it. */
static void
read_instruction(const struct xml_element *instruction, struct patch *patch)
{
	static const str nothing = { 0 };
	const struct xml_element *prop = xml_child(instruction, XML_DAV_PROP);

	if (!prop)
		return;
	XML_EACH(prop, p)
	{
		const str *value = instruction->is == XML_DAV_SET ? &p->text : &nothing;

		if (p->is == XML_DAV_DISPLAYNAME)
			patch->title = value;
		else if (p->is == XML_CARD_ADDRESSBOOK_DESCRIPTION)
			patch->description = value;
		else
			patch->refused = true;
	}
}

static void
add_propstat(struct buf *body, const struct xml_element *root, bool ours, str status,
    enum xml_name error)
{
	size_t before = body->len;
	size_t start;

	xml_open(body, XML_DAV_PROPSTAT);
	xml_open(body, XML_DAV_PROP);
	start = body->len;
	XML_EACH(root, instruction)
	{
		const struct xml_element *prop = xml_child(instruction, XML_DAV_PROP);

		for (const struct xml_element *p = prop ? prop->first : NULL; p;
		     p = p->next) {
			if (is_ours(p->is) != ours)
				continue;
			if (p->is != XML_UNKNOWN)
				xml_empty(body, p->is);
			else
				xml_empty_foreign(body, p->space, p->local);
		}
	}
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

static void
answer(struct dav *d, const struct xml_element *root, bool refused)
{
	struct buf body = dav_multistatus(d);

	xml_open(&body, XML_DAV_RESPONSE);
	xml_leaf(&body, XML_DAV_HREF, dav_href(d->call->arena, &d->at));
	add_propstat(&body, root, true,
	    refused ? STR("HTTP/1.1 424 Failed Dependency") : STR("HTTP/1.1 200 OK"),
	    XML_UNKNOWN);
	if (refused)
		add_propstat(&body, root, false, STR("HTTP/1.1 403 Forbidden"),
		    XML_DAV_CANNOT_MODIFY_PROTECTED_PROPERTY);
	xml_close(&body, XML_DAV_RESPONSE);
	dav_multistatus_send(d, &body);
}

enum err
dav_proppatch(struct dav *d)
{
	struct patch patch = { 0 };
	struct book_quiet quiet = dav_quiet(d);
	struct xml_element *root;
	struct book book;

	TRY(dav_body(d, &root));
	if (!root || root->is != XML_DAV_PROPERTYUPDATE)
		return ERR_BAD_INPUT;
	if (d->at.kind >= DAV_PRINCIPAL && d->at.account != d->call->who)
		return ERR_NOT_FOUND;
	XML_EACH(root, instruction)
	read_instruction(instruction, &patch);
	if (d->at.kind != DAV_BOOK)
		patch.refused = true;
	else
		TRY(book_find(d->call, d->at.account, d->at.book, &book));
	if (!patch.refused && (patch.title || patch.description))
		TRY(book_describe_quietly(
		    d->call, &book, patch.title, patch.description, &quiet));
	answer(d, root, patch.refused);
	return OK;
}
