/*
 * principals.c - the reports about principals (RFC 3744 9, RFC 3253 3.8).
 *
 * A search finds an account whose login is given whole, and the caller himself: nobody can
 * list who has an account here by asking for "a".
 */
#include "book/share.h"
#include "dav/dav_int.h"

static void
add_principal(
    struct dav *d, struct buf *body, int64_t account, const struct dav_wishes *wishes)
{
	struct dav_subject s = { .d = d,
		.at = { .kind = DAV_PRINCIPAL, .account = account } };

	dav_response_add(body, &s, wishes);
}

/* principal-match (9.3): which of these am I. */
enum err
dav_principal_match(struct dav *d, const struct xml_element *report)
{
	struct dav_wishes wishes = { 0 };
	struct buf body = dav_multistatus(d);

	TRY(dav_wishes_read(d, report, &wishes));
	if (xml_child(report, XML_DAV_SELF) || d->at.kind >= DAV_HOME)
		add_principal(d, &body, d->call->who, &wishes);
	dav_multistatus_send(d, &body);
	return OK;
}

/* principal-property-search (9.4). */
enum err
dav_principal_search(struct dav *d, const struct xml_element *report)
{
	struct dav_wishes wishes = { 0 };
	struct buf body = dav_multistatus(d);

	TRY(dav_wishes_read(d, report, &wishes));
	XML_EACH(report, search)
	{
		const struct xml_element *match = xml_child(search, XML_DAV_MATCH);
		int64_t account;
		enum err e;

		if (search->is != XML_DAV_PROPERTY_SEARCH || !match)
			continue;
		e = book_account_named(d->call, str_trim(match->text), &account);
		if (e == OK)
			add_principal(d, &body, account, &wishes);
		else if (e != ERR_NOT_FOUND)
			return e;
		break;
	}
	dav_multistatus_send(d, &body);
	return OK;
}

/* principal-search-property-set (9.5). */
enum err
dav_principal_search_set(struct dav *d, const struct xml_element *report)
{
	struct buf body = buf_in(d->call->arena, SIZE_MAX);

	(void)report;
	xml_start(&body, XML_DAV_PRINCIPAL_SEARCH_PROPERTY_SET);
	xml_open(&body, XML_DAV_PRINCIPAL_SEARCH_PROPERTY);
	xml_open(&body, XML_DAV_PROP);
	xml_empty(&body, XML_DAV_DISPLAYNAME);
	xml_close(&body, XML_DAV_PROP);
	buf_add(&body, STR("<D:description xml:lang=\"en\">login</D:description>"));
	xml_close(&body, XML_DAV_PRINCIPAL_SEARCH_PROPERTY);
	xml_close(&body, XML_DAV_PRINCIPAL_SEARCH_PROPERTY_SET);
	http_answer(d->res, 200, STR("application/xml; charset=utf-8"), buf_str(&body));
	return OK;
}

/* --- expand-property --- */

#define MISSING_MAX_BYTES ((size_t)64 << 10)

/* Where the property points, of those that point somewhere of ours. */
static const struct {
	enum xml_name name;
	enum dav_kind kind;
} pointers[] = {
	{ XML_DAV_CURRENT_USER_PRINCIPAL, DAV_PRINCIPAL },
	{ XML_DAV_PRINCIPAL_URL, DAV_PRINCIPAL },
	{ XML_DAV_OWNER, DAV_PRINCIPAL },
	{ XML_CARD_ADDRESSBOOK_HOME_SET, DAV_HOME },
	{ XML_DAV_PRINCIPAL_COLLECTION_SET, DAV_PRINCIPALS },
};

static bool
points_to(const struct dav_subject *s, enum xml_name name, struct dav_target *out)
{
	int64_t who =
	    name == XML_DAV_OWNER && s->book ? s->book->account : s->d->call->who;

	for (size_t i = 0; i < sizeof pointers / sizeof *pointers; i++)
		if (pointers[i].name == name) {
			*out = (struct dav_target){ .kind = pointers[i].kind,
				.account = who };
			return true;
		}
	return false;
}

static enum xml_name
named(const struct xml_element *property)
{
	str space = xml_attribute(property, STR("namespace"));

	return xml_name_of(
	    space.len ? space : STR("DAV:"), xml_attribute(property, STR("name")));
}

static void
read_expand(const struct dav *d, const struct xml_element *from, struct dav_wishes *out)
{
	size_t count = 0;

	XML_EACH(from, counted)
	count += counted->is == XML_DAV_PROPERTY;
	*out = (struct dav_wishes){ .list = ARENA_ARRAY(
					d->call->arena, struct dav_wish, count) };
	XML_EACH(from, p)
	if (p->is == XML_DAV_PROPERTY) {
		str space = xml_attribute(p, STR("namespace"));

		out->list[out->count++] =
		    (struct dav_wish){ named(p), space.len ? space : STR("DAV:"),
			    xml_attribute(p, STR("name")) };
	}
}

/* One property of the subject; what it points to in its place, where more is asked of that. */
static void
add_expanded(
    const struct dav_subject *s, struct buf *body, const struct xml_element *property)
{
	struct dav_wishes wishes;
	struct dav_subject other = { .d = s->d };

	if (!property->first || !points_to(s, named(property), &other.at)) {
		dav_prop_add(body, s, named(property));
		return;
	}
	read_expand(s->d, property, &wishes);
	xml_open(body, named(property));
	dav_response_add(body, &other, &wishes);
	xml_close(body, named(property));
}

static void
add_name(struct buf *body, const struct xml_element *property)
{
	str space = xml_attribute(property, STR("namespace"));

	if (named(property) != XML_UNKNOWN)
		xml_empty(body, named(property));
	else
		xml_empty_foreign(body, space.len ? space : STR("DAV:"),
		    xml_attribute(property, STR("name")));
}

static void
end_propstat(struct buf *body, str status)
{
	xml_close(body, XML_DAV_PROP);
	xml_leaf(body, XML_DAV_STATUS, status);
	xml_close(body, XML_DAV_PROPSTAT);
}

/* What is there, then what is not, as a PROPFIND has it. */
static void
add_propstats(
    const struct dav_subject *s, struct buf *body, const struct xml_element *report)
{
	struct buf missing = buf_in(s->d->call->arena, MISSING_MAX_BYTES);

	xml_open(body, XML_DAV_PROPSTAT);
	xml_open(body, XML_DAV_PROP);
	XML_EACH(report, p)
	{
		size_t before = body->len;

		if (p->is != XML_DAV_PROPERTY)
			continue;
		add_expanded(s, body, p);
		if (body->len == before)
			add_name(&missing, p);
	}
	end_propstat(body, STR("HTTP/1.1 200 OK"));
	if (!missing.len)
		return;
	xml_open(body, XML_DAV_PROPSTAT);
	xml_open(body, XML_DAV_PROP);
	buf_add(body, buf_str(&missing));
	end_propstat(body, STR("HTTP/1.1 404 Not Found"));
}

/* RFC 3253 3.8, one step deep: properties that name a principal or a home give what is
 * asked of it; all others their value. */
enum err
dav_expand_property(struct dav *d, const struct xml_element *report)
{
	struct buf body = dav_multistatus(d);
	struct dav_subject s = { .d = d, .at = d->at };
	struct book book;

	if (d->at.kind == DAV_BOOK) {
		TRY(book_find(d->call, d->at.account, d->at.book, &book));
		s.book = &book;
	} else if (d->at.kind == DAV_CARD ||
		   (d->at.account && d->at.account != d->call->who)) {
		return ERR_NOT_FOUND;
	}
	xml_open(&body, XML_DAV_RESPONSE);
	xml_leaf(&body, XML_DAV_HREF, dav_href(d->call->arena, &d->at));
	add_propstats(&s, &body, report);
	xml_close(&body, XML_DAV_RESPONSE);
	dav_multistatus_send(d, &body);
	return OK;
}
