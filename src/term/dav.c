#include "http/http.h"
#include "term/dav_int.h"
#include "wire/wire.h"
#include "xml/xml.h"

#define BODY_MAX_BYTES ((size_t)4 << 20)
#define MULTISTATUS    207

struct dav_ask {
	str method, path, body;
	struct wire_field field; /* one more field, when it has a name */
};

static enum err
failed(struct why *why, const char *what, str name)
{
	*why = (struct why){ .what = what, .name = name };
	return ERR_IO;
}

static enum err
send(const struct term *term, const struct dav_ask *ask, struct wire_res *res,
    struct why *why)
{
	struct wire_field fields[2] = { { STR("Content-Type"),
	    str_same(ask->method, STR("PUT"))
		? STR("text/vcard; charset=utf-8")
		: STR("application/xml; charset=utf-8") } };
	struct wire_req req = {
		.method = ask->method,
		.url = arena_printf(term->arena, STR_FMT STR_FMT, STR_ARG(term->url),
		    STR_ARG(ask->path)),
		.body = ask->body,
		.fields = fields,
		.field_count = 1,
		.username = term->user,
		.password = term->password,
		.inner = true,
		.answer_max_bytes = DAV_ANSWER_BYTES,
	};

	if (ask->field.name.len)
		fields[req.field_count++] = ask->field;
	return wire_http(term->arena, &req, res, why);
}

/* A PROPFIND or REPORT and its multistatus. */
static enum err
multistatus(const struct term *term, const struct dav_ask *ask,
    struct xml_element **out, struct why *why)
{
	struct wire_res res;

	TRY(send(term, ask, &res, why));
	if (res.status == 401)
		return ERR_WHO;
	if (res.status != MULTISTATUS) {
		if (str_find(res.body, STR("valid-sync-token")) != SIZE_MAX)
			return ERR_TOKEN;
		return failed(why, "the server answered otherwise than CardDAV has it",
		    arena_printf(term->arena, "%u", res.status));
	}
	return xml_read(term->arena, res.body, out, why);
}

static struct dav_ask
propfind(struct arena *arena, str path, const char *depth, enum xml_name property)
{
	struct buf body = buf_in(arena, BODY_MAX_BYTES);

	xml_start(&body, XML_DAV_PROPFIND);
	xml_open(&body, XML_DAV_PROP);
	xml_empty(&body, property);
	xml_close(&body, XML_DAV_PROP);
	xml_close(&body, XML_DAV_PROPFIND);
	return (struct dav_ask){ STR("PROPFIND"), path, buf_str(&body),
		{ STR("Depth"), str_of(depth) } };
}

/* The property's element in the response's propstat of 200. */
static const struct xml_element *
property_of(const struct xml_element *response, enum xml_name property)
{
	XML_EACH(response, propstat)
	{
		const struct xml_element *status = xml_child(propstat, XML_DAV_STATUS);
		const struct xml_element *found;

		if (propstat->is != XML_DAV_PROPSTAT || !status ||
		    str_find(status->text, STR(" 200")) == SIZE_MAX)
			continue;
		found = xml_child(xml_child(propstat, XML_DAV_PROP), property);
		if (found)
			return found;
	}
	return NULL;
}

static str
text_of(const struct xml_element *element)
{
	return element ? str_trim(element->text) : (str){ 0 };
}

/* The href inside one property of one resource. */
static enum err
follow(const struct term *term, str path, enum xml_name property, str *out,
    struct why *why)
{
	struct dav_ask ask = propfind(term->arena, path, "0", property);
	struct xml_element *root;
	const struct xml_element *found;

	TRY(multistatus(term, &ask, &root, why));
	found = property_of(xml_child(root, XML_DAV_RESPONSE), property);
	*out = text_of(xml_child(found, XML_DAV_HREF));
	return out->len ? OK
			: failed(why, "the server has no address book there", path);
}

enum err
dav_discover(const struct term *term, str *book, struct why *why)
{
	struct dav_ask ask;
	struct xml_element *root;
	str principal;
	str home;

	TRY(follow(
	    term, STR("/dav/"), XML_DAV_CURRENT_USER_PRINCIPAL, &principal, why));
	TRY(follow(term, principal, XML_CARD_ADDRESSBOOK_HOME_SET, &home, why));
	ask = propfind(term->arena, home, "1", XML_DAV_RESOURCETYPE);
	TRY(multistatus(term, &ask, &root, why));
	XML_EACH(root, response)
	{
		const struct xml_element *type =
		    property_of(response, XML_DAV_RESOURCETYPE);

		if (!xml_child(type, XML_CARD_ADDRESSBOOK))
			continue;
		*book = text_of(xml_child(response, XML_DAV_HREF));
		return OK;
	}
	return failed(why, "the account has no address book", home);
}

static struct dav_ask
sync_report(struct arena *arena, str book, str token)
{
	struct buf body = buf_in(arena, BODY_MAX_BYTES);

	xml_start(&body, XML_DAV_SYNC_COLLECTION);
	xml_leaf(&body, XML_DAV_SYNC_TOKEN, token);
	xml_leaf(&body, XML_DAV_SYNC_LEVEL, STR("1"));
	xml_open(&body, XML_DAV_PROP);
	xml_empty(&body, XML_DAV_GETETAG);
	xml_close(&body, XML_DAV_PROP);
	xml_close(&body, XML_DAV_SYNC_COLLECTION);
	return (struct dav_ask){ STR("REPORT"), book, buf_str(&body),
		{ STR("Depth"), STR("0") } };
}

/* One page of changes; *more when the server cut it (507 on the book itself). */
static enum err
page_of_changes(const struct term *term, str book, str *token, struct dav_cards *out,
    bool *more, struct why *why)
{
	struct dav_ask ask = sync_report(term->arena, book, *token);
	struct xml_element *root;
	size_t room = 0;

	TRY(multistatus(term, &ask, &root, why));
	XML_EACH(root, counted)
	room += counted->is == XML_DAV_RESPONSE;
	out->list = ARENA_ARRAY(term->arena, struct dav_card, room);
	*more = false;
	XML_EACH(root, response)
	{
		str href = text_of(xml_child(response, XML_DAV_HREF));
		str status = text_of(xml_child(response, XML_DAV_STATUS));

		if (response->is != XML_DAV_RESPONSE)
			continue;
		if (str_find(status, STR(" 507")) != SIZE_MAX)
			*more = true;
		else
			out->list[out->count++] = (struct dav_card){ .href = href,
				.etag =
				    text_of(property_of(response, XML_DAV_GETETAG)) };
	}
	*token = text_of(xml_child(root, XML_DAV_SYNC_TOKEN));
	return token->len ? OK : failed(why, "the server gave no sync token", book);
}

enum err
dav_changes(const struct term *term, str book, str *token, struct dav_cards *out,
    struct why *why)
{
	bool more = true;

	*out = (struct dav_cards){ 0 };
	while (more) {
		struct dav_cards page = { 0 };
		struct dav_card *joined;

		TRY(page_of_changes(term, book, token, &page, &more, why));
		joined =
		    ARENA_ARRAY(term->arena, struct dav_card, out->count + page.count);
		for (size_t i = 0; i < out->count; i++)
			joined[i] = out->list[i];
		for (size_t i = 0; i < page.count; i++)
			joined[out->count + i] = page.list[i];
		*out = (struct dav_cards){ joined, out->count + page.count };
	}
	return OK;
}

static struct dav_card *
card_at(struct dav_card *cards, size_t count, str href)
{
	for (size_t i = 0; i < count; i++)
		if (str_same(cards[i].href, href))
			return &cards[i];
	return NULL;
}

enum err
dav_fetch(const struct term *term, str book, struct dav_card *cards, size_t count,
    struct why *why)
{
	struct buf body = buf_in(term->arena, BODY_MAX_BYTES);
	struct dav_ask ask = { STR("REPORT"), book, { 0 }, { STR("Depth"), STR("0") } };
	struct xml_element *root;

	xml_start(&body, XML_CARD_ADDRESSBOOK_MULTIGET);
	xml_open(&body, XML_DAV_PROP);
	xml_empty(&body, XML_DAV_GETETAG);
	xml_empty(&body, XML_CARD_ADDRESS_DATA);
	xml_close(&body, XML_DAV_PROP);
	for (size_t i = 0; i < count; i++)
		xml_leaf(&body, XML_DAV_HREF, cards[i].href);
	xml_close(&body, XML_CARD_ADDRESSBOOK_MULTIGET);
	ask.body = buf_str(&body);
	TRY(multistatus(term, &ask, &root, why));
	XML_EACH(root, response)
	{
		const struct xml_element *data =
		    property_of(response, XML_CARD_ADDRESS_DATA);
		struct dav_card *card =
		    card_at(cards, count, text_of(xml_child(response, XML_DAV_HREF)));

		if (!card || !data)
			continue;
		card->data = data->text;
		card->etag = text_of(property_of(response, XML_DAV_GETETAG));
	}
	return OK;
}

static enum err
conditional(const struct term *term, const struct dav_ask *ask, struct wire_res *res,
    struct why *why)
{
	TRY(send(term, ask, res, why));
	if (res->status == 412)
		return ERR_CONDITION;
	if (res->status / 100 == 2 || (res->status == 404 && !ask->body.len))
		return OK;
	return failed(why, "the server refused a card",
	    arena_printf(
		term->arena, STR_FMT " (%u)", STR_ARG(ask->path), res->status));
}

enum err
dav_store(
    const struct term *term, str href, str etag, str data, str *out, struct why *why)
{
	struct dav_ask ask = { STR("PUT"), href, data, { STR("If-Match"), etag } };
	struct wire_res res;

	if (!etag.len)
		ask.field = (struct wire_field){ STR("If-None-Match"), STR("*") };
	TRY(conditional(term, &ask, &res, why));
	*out = wire_field(&res, STR("etag"));
	return OK;
}

enum err
dav_drop(const struct term *term, str href, str etag, struct why *why)
{
	struct dav_ask ask = { STR("DELETE"), href, { 0 }, { STR("If-Match"), etag } };
	struct wire_res res;

	return conditional(term, &ask, &res, why);
}
