/*
 * props.c - the live properties: a table, and a writer for each.
 */
#include "base/when.h"
#include "book/share.h"
#include "dav/push_int.h"
#include "dav/view_int.h"

#define ON(kind) DAV_ON(kind)
#define ON_ALL                                                                  \
	(ON(DAV_ROOT) | ON(DAV_PRINCIPALS) | ON(DAV_PRINCIPAL) | ON(DAV_HOME) | \
	    ON(DAV_BOOK) | ON(DAV_CARD))
#define ON_HOMES (ON(DAV_HOME) | ON(DAV_BOOK) | ON(DAV_CARD))

static void
add_href(struct buf *out, const struct dav_target *target)
{
	xml_open(out, XML_DAV_HREF);
	dav_href_add(out, target); /* percent-encoded: nothing in it wants escaping */
	xml_close(out, XML_DAV_HREF);
}

static struct dav_target
principal_of(int64_t account)
{
	return (struct dav_target){ .kind = DAV_PRINCIPAL, .account = account };
}

static void
resourcetype(struct buf *out, const struct dav_subject *s)
{
	if (s->at.kind == DAV_CARD)
		return;
	xml_empty(out, XML_DAV_COLLECTION);
	if (s->at.kind == DAV_PRINCIPAL)
		xml_empty(out, XML_DAV_PRINCIPAL);
	if (s->at.kind == DAV_BOOK)
		xml_empty(out, XML_CARD_ADDRESSBOOK);
}

static str
name_of(const struct dav_subject *s)
{
	str name;

	return book_account_name(s->d->call, s->at.account, &name) == OK ? name
									 : STR("Kith");
}

static void
displayname(struct buf *out, const struct dav_subject *s)
{
	if (s->at.kind == DAV_BOOK)
		xml_text(out, s->book->title.len ? s->book->title : s->book->name);
	else if (s->at.kind == DAV_CARD)
		xml_text(out, s->card->fn);
	else if (s->at.kind >= DAV_PRINCIPAL)
		xml_text(out, name_of(s));
	else
		xml_text(out, STR("Kith"));
}

static void
getetag(struct buf *out, const struct dav_subject *s)
{
	xml_text(out, s->card->etag);
}

static void
getcontenttype(struct buf *out, const struct dav_subject *s)
{
	(void)s;
	buf_add(out, STR("text/vcard; charset=utf-8"));
}

static void
getcontentlength(struct buf *out, const struct dav_subject *s)
{
	buf_add_int(out, s->card->size);
}

static void
getlastmodified(struct buf *out, const struct dav_subject *s)
{
	buf_add(out, when_imf(out->arena, s->card->modified_ms));
}

static void
current_user_principal(struct buf *out, const struct dav_subject *s)
{
	struct dav_target who = principal_of(s->d->call->who);

	if (s->d->call->who == CALL_NOBODY)
		xml_empty(out, XML_DAV_UNAUTHENTICATED);
	else
		add_href(out, &who);
}

static void
principal_url(struct buf *out, const struct dav_subject *s)
{
	struct dav_target who = principal_of(s->at.account);

	add_href(out, &who);
}

static void
principal_collection_set(struct buf *out, const struct dav_subject *s)
{
	struct dav_target all = { .kind = DAV_PRINCIPALS };

	(void)s;
	add_href(out, &all);
}

static void
addressbook_home_set(struct buf *out, const struct dav_subject *s)
{
	struct dav_target home = { .kind = DAV_HOME, .account = s->at.account };

	add_href(out, &home);
}

static void
owner(struct buf *out, const struct dav_subject *s)
{
	struct dav_target who =
	    principal_of(s->book ? s->book->account : s->at.account);

	/* The root is nobody's. */
	if (who.account)
		add_href(out, &who);
}

/* Of all there are here: nobody's group, no other URI, nothing inherited. */
static void
nothing(struct buf *out, const struct dav_subject *s)
{
	(void)out;
	(void)s;
}

static void
supported_report_set(struct buf *out, const struct dav_subject *s)
{
	for (size_t i = 0; i < dav_report_count; i++) {
		if (!(dav_reports[i].on & DAV_ON(s->at.kind)))
			continue;
		xml_open(out, XML_DAV_SUPPORTED_REPORT);
		xml_open(out, XML_DAV_REPORT);
		xml_empty(out, dav_reports[i].name);
		xml_close(out, XML_DAV_REPORT);
		xml_close(out, XML_DAV_SUPPORTED_REPORT);
	}
}

static void
description(struct buf *out, const struct dav_subject *s)
{
	xml_text(out, s->book->description);
}

/* DAVx5 uses vCard 4 only when it finds exactly this element. */
static void
supported_address_data(struct buf *out, const struct dav_subject *s)
{
	(void)s;
	buf_add(out,
	    STR("<C:address-data-type content-type=\"text/vcard\" version=\"3.0\"/>"
		"<C:address-data-type content-type=\"text/vcard\" version=\"4.0\"/>"
		"<C:address-data-type content-type=\"application/vcard+json\" "
		"version=\"4.0\"/>"));
}

static void
supported_collation_set(struct buf *out, const struct dav_subject *s)
{
	(void)s;
	xml_leaf(out, XML_CARD_SUPPORTED_COLLATION, STR("i;ascii-casemap"));
	xml_leaf(out, XML_CARD_SUPPORTED_COLLATION, STR("i;octet"));
	xml_leaf(out, XML_CARD_SUPPORTED_COLLATION, STR("i;unicode-casemap"));
}

static void
max_resource_size(struct buf *out, const struct dav_subject *s)
{
	(void)s;
	buf_add_int(out, (long long)CARD_MAX_BYTES);
}

/* RFC 4331: of the owner's whole home, which is what the quota is on. */
static void
quota_used(struct buf *out, const struct dav_subject *s)
{
	buf_add_int(out,
	    book_bytes_used(s->d->call, s->book ? s->book->account : s->at.account));
}

static void
quota_available(struct buf *out, const struct dav_subject *s)
{
	int64_t used =
	    book_bytes_used(s->d->call, s->book ? s->book->account : s->at.account);

	buf_add_int(out, used < BOOK_QUOTA_BYTES ? BOOK_QUOTA_BYTES - used : 0);
}

/* RFC 5995 3.2.1: the book's own address takes a POST. */
static void
add_member(struct buf *out, const struct dav_subject *s)
{
	add_href(out, &s->at);
}

static void
sync_token(struct buf *out, const struct dav_subject *s)
{
	xml_text(out, book_token(out->arena, s->book, s->book->rev));
}

static void
resource_id(struct buf *out, const struct dav_subject *s)
{
	xml_open(out, XML_DAV_HREF);
	buf_addf(out, "urn:kith:%llx", (unsigned long long)s->at.account);
	if (s->at.kind >= DAV_BOOK)
		buf_addf(out, ":%llx", (unsigned long long)s->book->id);
	if (s->at.kind == DAV_CARD)
		buf_addf(out, ":%llx", (unsigned long long)s->card->id);
	xml_close(out, XML_DAV_HREF);
}

static void
address_data(struct buf *out, const struct dav_subject *s)
{
	xml_text(out, dav_view_show(out->arena, s->view, s->card, true));
}

static const struct prop {
	enum xml_name name;
	unsigned on; /* sum of ON(kind) */
	bool in_allprop;
	void (*write)(struct buf *out, const struct dav_subject *s);
	bool (*there)(const struct dav_subject *s); /* NULL: always */
} props[] = {
	{ XML_DAV_RESOURCETYPE, ON_ALL, true, resourcetype },
	{ XML_DAV_DISPLAYNAME, ON_ALL, true, displayname },
	{ XML_DAV_GETETAG, ON(DAV_CARD), true, getetag },
	{ XML_DAV_GETCONTENTTYPE, ON(DAV_CARD), true, getcontenttype },
	{ XML_DAV_GETCONTENTLENGTH, ON(DAV_CARD), true, getcontentlength },
	{ XML_DAV_GETLASTMODIFIED, ON(DAV_CARD), true, getlastmodified },
	{ XML_DAV_CURRENT_USER_PRINCIPAL, ON_ALL, false, current_user_principal },
	{ XML_DAV_PRINCIPAL_URL, ON(DAV_PRINCIPAL), false, principal_url },
	{ XML_DAV_PRINCIPAL_COLLECTION_SET, ON_ALL, false, principal_collection_set },
	{ XML_DAV_OWNER, ON_ALL, false, owner },
	{ XML_DAV_GROUP, ON_ALL, false, nothing },
	{ XML_DAV_GROUP_MEMBERSHIP, ON(DAV_PRINCIPAL), false, nothing },
	{ XML_DAV_GROUP_MEMBER_SET, ON(DAV_PRINCIPAL), false, nothing },
	{ XML_DAV_ALTERNATE_URI_SET, ON(DAV_PRINCIPAL), false, nothing },
	{ XML_DAV_CURRENT_USER_PRIVILEGE_SET, ON_ALL, false,
	    dav_prop_current_user_privilege_set },
	{ XML_DAV_SUPPORTED_PRIVILEGE_SET, ON_ALL, false,
	    dav_prop_supported_privilege_set },
	{ XML_DAV_ACL, ON_ALL, false, dav_prop_acl },
	{ XML_DAV_ACL_RESTRICTIONS, ON_ALL, false, dav_prop_acl_restrictions },
	{ XML_DAV_INHERITED_ACL_SET, ON_ALL, false, nothing },
	{ XML_DAV_LOCKDISCOVERY, ON_HOMES, true, dav_prop_lockdiscovery },
	{ XML_DAV_SUPPORTEDLOCK, ON_HOMES, true, dav_prop_supportedlock },
	{ XML_DAV_QUOTA_USED_BYTES, ON(DAV_HOME) | ON(DAV_BOOK), false, quota_used },
	{ XML_DAV_QUOTA_AVAILABLE_BYTES, ON(DAV_HOME) | ON(DAV_BOOK), false,
	    quota_available },
	{ XML_DAV_ADD_MEMBER, ON(DAV_BOOK), false, add_member },
	{ XML_DAV_SUPPORTED_REPORT_SET, ON_ALL, false, supported_report_set },
	{ XML_DAV_SYNC_TOKEN, ON(DAV_BOOK), false, sync_token },
	{ XML_DAV_RESOURCE_ID, ON_HOMES | ON(DAV_PRINCIPAL), false, resource_id },
	{ XML_CARD_ADDRESSBOOK_HOME_SET, ON(DAV_PRINCIPAL), false,
	    addressbook_home_set },
	{ XML_CARD_ADDRESSBOOK_DESCRIPTION, ON(DAV_BOOK), false, description },
	{ XML_CARD_SUPPORTED_ADDRESS_DATA, ON(DAV_BOOK), false,
	    supported_address_data },
	{ XML_CARD_SUPPORTED_COLLATION_SET, ON(DAV_BOOK), false,
	    supported_collation_set },
	{ XML_CARD_MAX_RESOURCE_SIZE, ON(DAV_HOME) | ON(DAV_BOOK), false,
	    max_resource_size },
	{ XML_CARD_MAX_IMAGE_SIZE, ON(DAV_HOME) | ON(DAV_BOOK), false,
	    max_resource_size },
	{ XML_CARD_ADDRESS_DATA, ON(DAV_CARD), false, address_data },
	{ XML_CS_GETCTAG, ON(DAV_BOOK), false, sync_token },
	{ XML_PUSH_TRANSPORTS, ON(DAV_HOME) | ON(DAV_BOOK), false, dav_transports,
	    dav_has_push },
	{ XML_PUSH_TOPIC, ON(DAV_HOME) | ON(DAV_BOOK), false, dav_topic, dav_has_push },
	{ XML_PUSH_SUPPORTED_TRIGGERS, ON(DAV_HOME) | ON(DAV_BOOK), false,
	    dav_supported_triggers, dav_has_push },
};

#define PROP_COUNT (sizeof props / sizeof *props)

static const struct prop *
prop_named(enum xml_name name)
{
	for (size_t i = 0; i < PROP_COUNT; i++)
		if (props[i].name == name)
			return &props[i];
	return NULL;
}

bool
dav_prop_is_live(enum xml_name name)
{
	return name != XML_UNKNOWN && prop_named(name) != NULL;
}

/* --- what is asked for --- */

static size_t
count_children(const struct xml_element *from)
{
	size_t count = 0;

	if (from)
		XML_EACH(from, counted)
	count++;
	return count;
}

static void
wish_each(const struct xml_element *prop, struct dav_wishes *out)
{
	XML_EACH(prop, wish)
	{
		out->list[out->count++] =
		    (struct dav_wish){ wish->is, wish->space, wish->local };
		out->card_bytes |= wish->is == XML_CARD_ADDRESS_DATA;
		out->dead |= !dav_prop_is_live(wish->is);
	}
}

/* RFC 4918 9.1: allprop may name more that it wants beside (14.8). */
static void
wish_all(struct arena *arena, bool names_only, const struct xml_element *include,
    struct dav_wishes *out)
{
	out->list =
	    ARENA_ARRAY(arena, struct dav_wish, PROP_COUNT + count_children(include));
	for (size_t i = 0; i < PROP_COUNT; i++)
		if (names_only || props[i].in_allprop)
			out->list[out->count++] =
			    (struct dav_wish){ .is = props[i].name };
	if (include)
		wish_each(include, out);
	out->names_only = names_only;
	out->dead = out->every = true;
}

enum err
dav_wishes_read(struct dav *d, const struct xml_element *from, struct dav_wishes *out)
{
	struct arena *arena = d->call->arena;
	const struct xml_element *prop = xml_child(from, XML_DAV_PROP);
	const struct xml_element *include = xml_child(from, XML_DAV_INCLUDE);

	if (!prop) {
		wish_all(
		    arena, xml_child(from, XML_DAV_PROPNAME) != NULL, include, out);
		out->minimal = true; /* of all there is, nothing is missing */
		return OK;
	}
	out->list = ARENA_ARRAY(arena, struct dav_wish, count_children(prop));
	wish_each(prop, out);
	return dav_view_read(d, xml_child(prop, XML_CARD_ADDRESS_DATA), &out->view);
}

/* --- one response --- */

static bool
has(const struct dav_subject *s, enum xml_name name)
{
	const struct prop *prop = name == XML_UNKNOWN ? NULL : prop_named(name);

	return prop && (prop->on & ON(s->at.kind)) && (!prop->there || prop->there(s));
}

void
dav_prop_add(struct buf *out, const struct dav_subject *s, enum xml_name name)
{
	if (!has(s, name))
		return;
	xml_open(out, name);
	prop_named(name)->write(out, s);
	xml_close(out, name);
}

/* The clients' own properties of a subject, where they matter. */
struct dead {
	struct book_prop *list;
	size_t count;
};

static struct dead
dead_of(struct buf *out, const struct dav_subject *s, const struct dav_wishes *wishes)
{
	struct call call = *s->d->call;
	struct book_place place = dav_place(s->d, s->book, s->at.card);
	struct dead dead = { 0 };

	if (!wishes->dead || s->at.kind < DAV_PRINCIPAL)
		return dead;
	place.account = s->book ? s->book->account : s->at.account;
	if (s->at.kind == DAV_PRINCIPAL)
		place.book = DAV_PRINCIPAL_PLACE;
	call.arena = out->arena;
	if (book_props(&call, &place, &dead.list, &dead.count) != OK)
		dead.count = 0;
	return dead;
}

static const struct book_prop *
dead_named(const struct dead *dead, const struct dav_wish *wish)
{
	for (size_t i = 0; i < dead->count; i++)
		if (str_same(dead->list[i].local, wish->local) &&
		    str_same(dead->list[i].space, wish->space))
			return &dead->list[i];
	return NULL;
}

static void
open_propstat(struct buf *out)
{
	xml_open(out, XML_DAV_PROPSTAT);
	xml_open(out, XML_DAV_PROP);
}

static void
close_propstat(struct buf *out, str status)
{
	xml_close(out, XML_DAV_PROP);
	xml_leaf(out, XML_DAV_STATUS, status);
	xml_close(out, XML_DAV_PROPSTAT);
}

static void
add_dead(struct buf *out, const struct book_prop *prop, bool name_only)
{
	if (name_only)
		xml_empty_foreign(out, prop->space, prop->local);
	else
		buf_add(out, prop->xml);
}

static void
add_found(struct buf *out, const struct dav_subject *s, const struct dav_wishes *wishes,
    const struct dead *dead)
{
	open_propstat(out);
	for (size_t i = 0; i < wishes->count; i++) {
		const struct dav_wish *wish = &wishes->list[i];
		const struct book_prop *own = dead_named(dead, wish);

		if (has(s, wish->is) && wishes->names_only)
			xml_empty(out, wish->is);
		else if (has(s, wish->is))
			dav_prop_add(out, s, wish->is);
		else if (own)
			add_dead(out, own, wishes->names_only);
	}
	for (size_t i = 0; wishes->every && i < dead->count; i++)
		add_dead(out, &dead->list[i], wishes->names_only);
	close_propstat(out, STR("HTTP/1.1 200 OK"));
}

static void
add_missing(struct buf *out, const struct dav_subject *s,
    const struct dav_wishes *wishes, const struct dead *dead)
{
	open_propstat(out);
	for (size_t i = 0; i < wishes->count; i++) {
		const struct dav_wish *wish = &wishes->list[i];

		if (has(s, wish->is) || dead_named(dead, wish))
			continue;
		if (wish->is != XML_UNKNOWN)
			xml_empty(out, wish->is);
		else
			xml_empty_foreign(out, wish->space, wish->local);
	}
	close_propstat(out, STR("HTTP/1.1 404 Not Found"));
}

void
dav_response_add(
    struct buf *out, const struct dav_subject *subject, const struct dav_wishes *wishes)
{
	struct dav_subject with_view = *subject;
	const struct dav_subject *s = &with_view;
	struct dead dead = dead_of(out, s, wishes);
	size_t found = 0;

	with_view.view = &wishes->view;
	if (wishes->card_bytes && !wishes->view.wanted_count && s->card)
		dav_seen(s->d, s->book, s->card->name, s->card->rev);
	for (size_t i = 0; i < wishes->count; i++)
		found += has(s, wishes->list[i].is) ||
			 dead_named(&dead, &wishes->list[i]) != NULL;
	xml_open(out, XML_DAV_RESPONSE);
	add_href(out, &s->at);
	/* Thunderbird wants the 200 first, and a response wants one propstat at least. */
	if (found || wishes->minimal || !wishes->count)
		add_found(out, s, wishes, &dead);
	if (found < wishes->count && !wishes->minimal)
		add_missing(out, s, wishes, &dead);
	xml_close(out, XML_DAV_RESPONSE);
}

void
dav_status_add(
    struct buf *out, const struct dav_target *at, str status, enum xml_name error)
{
	xml_open(out, XML_DAV_RESPONSE);
	add_href(out, at);
	xml_leaf(out, XML_DAV_STATUS, status);
	if (error != XML_UNKNOWN) {
		xml_open(out, XML_DAV_ERROR);
		xml_empty(out, error);
		xml_close(out, XML_DAV_ERROR);
	}
	xml_close(out, XML_DAV_RESPONSE);
}
