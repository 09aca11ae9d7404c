/*
 * acl.c - ACL and its properties (RFC 3744 5, 8.1).  A book is lent to other accounts, to
 * read or to write in: that is all there is to grant, and the owner keeps everything.
 */
#include "book/share.h"
#include "dav/dav_int.h"

/* --- properties --- */

static void
add_privilege(struct buf *out, enum xml_name name)
{
	xml_open(out, XML_DAV_PRIVILEGE);
	xml_empty(out, name);
	xml_close(out, XML_DAV_PRIVILEGE);
}

static const enum xml_name reading[] = { XML_DAV_READ,
	XML_DAV_READ_CURRENT_USER_PRIVILEGE_SET };
static const enum xml_name writing[] = { XML_DAV_WRITE, XML_DAV_WRITE_CONTENT,
	XML_DAV_WRITE_PROPERTIES, XML_DAV_BIND, XML_DAV_UNBIND, XML_DAV_UNLOCK };
static const enum xml_name ruling[] = { XML_DAV_ALL, XML_DAV_READ_ACL,
	XML_DAV_WRITE_ACL };

#define ADD_ALL(out, list)                                         \
	for (size_t i = 0; i < sizeof(list) / sizeof *(list); i++) \
	add_privilege((out), (list)[i])

/* What the caller may really do (5.5). */
void
dav_prop_current_user_privilege_set(struct buf *out, const struct dav_subject *s)
{
	bool own = !s->book || !s->book->shared;

	ADD_ALL(out, reading);
	if (s->at.kind == DAV_HOME || (s->book && s->book->may_write))
		ADD_ALL(out, writing);
	if (s->at.kind >= DAV_HOME && own)
		ADD_ALL(out, ruling);
}

static void
open_supported(struct buf *out, enum xml_name name, bool abstract, str words)
{
	xml_open(out, XML_DAV_SUPPORTED_PRIVILEGE);
	add_privilege(out, name);
	if (abstract)
		xml_empty(out, XML_DAV_ABSTRACT);
	buf_add(out, STR("<D:description xml:lang=\"en\">"));
	xml_text(out, words);
	xml_close(out, XML_DAV_DESCRIPTION);
}

static void
add_abstract(struct buf *out, enum xml_name name, str words)
{
	open_supported(out, name, true, words);
	xml_close(out, XML_DAV_SUPPORTED_PRIVILEGE);
}

/* Abstract ones come with what contains them and cannot be granted alone (5.3). */
void
dav_prop_supported_privilege_set(struct buf *out, const struct dav_subject *s)
{
	(void)s;
	open_supported(out, XML_DAV_ALL, true, STR("everything: the owner's"));
	open_supported(out, XML_DAV_READ, false, STR("read"));
	add_abstract(out, XML_DAV_READ_CURRENT_USER_PRIVILEGE_SET, STR("own rights"));
	xml_close(out, XML_DAV_SUPPORTED_PRIVILEGE);
	open_supported(out, XML_DAV_WRITE, false, STR("change"));
	add_abstract(out, XML_DAV_WRITE_CONTENT, STR("change cards"));
	add_abstract(out, XML_DAV_WRITE_PROPERTIES, STR("change properties"));
	add_abstract(out, XML_DAV_BIND, STR("add cards"));
	add_abstract(out, XML_DAV_UNBIND, STR("remove cards"));
	add_abstract(out, XML_DAV_UNLOCK, STR("take locks away"));
	xml_close(out, XML_DAV_SUPPORTED_PRIVILEGE);
	add_abstract(out, XML_DAV_READ_ACL, STR("see who may"));
	add_abstract(out, XML_DAV_WRITE_ACL, STR("say who may"));
	xml_close(out, XML_DAV_SUPPORTED_PRIVILEGE);
}

void
dav_prop_acl_restrictions(struct buf *out, const struct dav_subject *s)
{
	(void)s;
	xml_empty(out, XML_DAV_GRANT_ONLY);
	xml_empty(out, XML_DAV_NO_INVERT);
}

static void
add_share(struct buf *out, const struct book_share *share)
{
	struct dav_target who = { .kind = DAV_PRINCIPAL, .account = share->account };

	xml_open(out, XML_DAV_ACE);
	xml_open(out, XML_DAV_PRINCIPAL);
	xml_leaf(out, XML_DAV_HREF, dav_href(out->arena, &who));
	xml_close(out, XML_DAV_PRINCIPAL);
	xml_open(out, XML_DAV_GRANT);
	add_privilege(out, XML_DAV_READ);
	if (share->may_write)
		add_privilege(out, XML_DAV_WRITE);
	xml_close(out, XML_DAV_GRANT);
	xml_close(out, XML_DAV_ACE);
}

/* Of the root: who has an account here may look. */
static void
add_everybody(struct buf *out)
{
	xml_open(out, XML_DAV_ACE);
	xml_open(out, XML_DAV_PRINCIPAL);
	xml_empty(out, XML_DAV_AUTHENTICATED);
	xml_close(out, XML_DAV_PRINCIPAL);
	xml_open(out, XML_DAV_GRANT);
	add_privilege(out, XML_DAV_READ);
	xml_close(out, XML_DAV_GRANT);
	xml_empty(out, XML_DAV_PROTECTED);
	xml_close(out, XML_DAV_ACE);
}

/* Only its owner may see it: empty for everybody else. */
void
dav_prop_acl(struct buf *out, const struct dav_subject *s)
{
	struct call call = *s->d->call;
	struct book_share *list;
	size_t count;

	call.arena = out->arena;
	if (s->at.kind >= DAV_PRINCIPAL &&
	    (s->book ? s->book->shared : s->at.account != s->d->call->who))
		return;
	if (s->at.kind < DAV_PRINCIPAL) {
		add_everybody(out);
		return;
	}
	xml_open(out, XML_DAV_ACE);
	xml_open(out, XML_DAV_PRINCIPAL);
	xml_open(out, XML_DAV_PROPERTY);
	xml_empty(out, XML_DAV_OWNER);
	xml_close(out, XML_DAV_PROPERTY);
	xml_close(out, XML_DAV_PRINCIPAL);
	xml_open(out, XML_DAV_GRANT);
	add_privilege(out, XML_DAV_ALL);
	xml_close(out, XML_DAV_GRANT);
	xml_empty(out, XML_DAV_PROTECTED);
	xml_close(out, XML_DAV_ACE);
	if (!s->book || book_shares(&call, s->book, &list, &count) != OK)
		return;
	for (size_t i = 0; i < count; i++)
		add_share(out, &list[i]);
}

/* --- the method --- */

static enum err
refuse(struct dav *d, enum xml_name condition)
{
	d->condition = condition;
	return ERR_FORBIDDEN;
}

static enum err
read_grant(struct dav *d, const struct xml_element *grant, struct book_share *out)
{
	bool reads = false;

	XML_EACH(grant, privilege)
	{
		const struct xml_element *what = privilege->first;

		if (privilege->is != XML_DAV_PRIVILEGE || !what)
			return ERR_BAD_INPUT;
		if (what->is == XML_DAV_WRITE)
			out->may_write = true;
		else if (what->is != XML_DAV_READ)
			return refuse(d, what->is == XML_UNKNOWN
					     ? XML_DAV_NOT_SUPPORTED_PRIVILEGE
					     : XML_DAV_NO_ABSTRACT);
		reads = true;
	}
	return reads ? OK : ERR_BAD_INPUT;
}

/* Only an account can be given something; the owner's own entry is not for changing. */
static enum err
read_principal(
    struct dav *d, const struct xml_element *principal, int64_t *out, bool *owner)
{
	const struct xml_element *href = xml_child(principal, XML_DAV_HREF);
	const struct xml_element *property = xml_child(principal, XML_DAV_PROPERTY);
	struct dav_target who;

	*owner = xml_child(property, XML_DAV_OWNER) != NULL;
	if (*owner)
		return OK;
	if (!href)
		return refuse(d, XML_DAV_ALLOWED_PRINCIPAL);
	if (dav_href_read(d->call->arena, href->text, &who) != OK ||
	    who.kind != DAV_PRINCIPAL)
		return refuse(d, XML_DAV_RECOGNIZED_PRINCIPAL);
	*out = who.account;
	*owner = who.account == d->call->who;
	return OK;
}

static enum err
read_ace(struct dav *d, const struct xml_element *ace, struct book_share *list,
    size_t *count)
{
	struct book_share *share = &list[*count];
	const struct xml_element *grant = xml_child(ace, XML_DAV_GRANT);
	bool owner;

	*share = (struct book_share){ 0 };
	if (xml_child(ace, XML_DAV_DENY))
		return refuse(d, XML_DAV_GRANT_ONLY);
	if (!xml_child(ace, XML_DAV_PRINCIPAL))
		return refuse(d, XML_DAV_NO_INVERT);
	TRY(read_principal(
	    d, xml_child(ace, XML_DAV_PRINCIPAL), &share->account, &owner));
	if (owner || xml_child(ace, XML_DAV_PROTECTED))
		return OK;
	if (!grant)
		return ERR_BAD_INPUT;
	TRY(read_grant(d, grant, share));
	(*count)++;
	return OK;
}

enum err
dav_acl(struct dav *d)
{
	struct xml_element *root;
	struct book_share *list;
	struct book_place place;
	struct book book;
	size_t count = 0;
	enum err e;

	if (d->at.kind != DAV_BOOK)
		return ERR_FORBIDDEN;
	TRY(dav_body(d, &root));
	if (!root || root->is != XML_DAV_ACL)
		return ERR_BAD_INPUT;
	TRY(book_find(d->call, d->at.account, d->at.book, &book));
	place = dav_place(d, &book, (str){ 0 });
	TRY(dav_guard(d, &place, DAV_EDIT));
	XML_EACH(root, counted)
	count += counted->is == XML_DAV_ACE;
	list = ARENA_ARRAY(d->call->arena, struct book_share, count + 1);
	count = 0;
	XML_EACH(root, ace)
	if (ace->is == XML_DAV_ACE)
		TRY(read_ace(d, ace, list, &count));
	e = book_shares_set(d->call, &book, list, count);
	if (e == ERR_NOT_FOUND)
		return refuse(d, XML_DAV_RECOGNIZED_PRINCIPAL);
	TRY(e);
	http_answer(d->res, 200, (str){ 0 }, (str){ 0 });
	return OK;
}
