/* push.c - registering for pushes, and ending that. */
#include "base/base64.h"
#include "base/when.h"
#include "dav/push_int.h"

#define REGISTRATIONS STR("/dav/s/")

static enum err
refuse(struct dav *d, enum xml_name condition)
{
	d->condition = condition;
	return ERR_FORBIDDEN;
}

/* The only child of that name; NULL when there is none, or several. */
static const struct xml_element *
only(const struct xml_element *from, enum xml_name name)
{
	const struct xml_element *found = xml_child(from, name);

	return found && !xml_next(found, name) ? found : NULL;
}

/* Clients in the field name no content encoding (davx5-ose #2859): aes128gcm is meant. */
static bool
is_readable(const struct xml_element *subscription, const struct xml_element *key)
{
	const struct xml_element *coding = xml_child(subscription, XML_PUSH_ENCODING);
	str type = key ? xml_attribute(key, STR("type")) : (str){ 0 };

	return key && (!type.len || str_same(type, STR("p256dh"))) &&
	       (!coding || str_same(str_trim(coding->text), STR("aes128gcm")));
}

static enum err
read_subscription(struct dav *d, const struct xml_element *root, struct book_push *push)
{
	const struct xml_element *web =
	    only(only(root, XML_PUSH_SUBSCRIPTION), XML_PUSH_WEB_SUBSCRIPTION);
	const struct xml_element *resource = only(web, XML_PUSH_RESOURCE);
	const struct xml_element *key = only(web, XML_PUSH_READER_KEY);
	const struct xml_element *auth = only(web, XML_PUSH_AUTH_SECRET);

	if (!resource || !auth || !is_readable(web, key) ||
	    base64_read(d->call->arena, key->text, &push->key) != OK ||
	    base64_read(d->call->arena, auth->text, &push->auth) != OK)
		return refuse(d, XML_PUSH_INVALID_SUBSCRIPTION);
	push->resource = str_trim(resource->text);
	return OK;
}

/* Any depth there is comes to the one we support: 1 for content, 0 for properties. */
static bool
is_asked(const struct xml_element *trigger, enum xml_name kind)
{
	const struct xml_element *asked = xml_child(trigger, kind);
	const struct xml_element *depth = xml_child(asked, XML_DAV_DEPTH);
	str value = depth ? str_trim(depth->text) : STR("infinity");

	return asked && (str_same(value, STR("0")) || str_same(value, STR("1")) ||
			    str_same(value, STR("infinity")));
}

/* DAVx5 names no trigger: everything is meant.  A home has members, but no properties that
 * could change. */
static enum err
read_triggers(struct dav *d, const struct xml_element *root, struct book_push *push)
{
	const struct xml_element *trigger = xml_child(root, XML_PUSH_TRIGGER);

	if (trigger && xml_next(trigger, XML_PUSH_TRIGGER))
		return refuse(d, XML_PUSH_NO_SUPPORTED_TRIGGER);
	push->content = !trigger || is_asked(trigger, XML_PUSH_CONTENT_UPDATE);
	push->property = d->at.kind == DAV_BOOK &&
			 (!trigger || is_asked(trigger, XML_PUSH_PROPERTY_UPDATE));
	if (!push->content && !push->property)
		return refuse(d, XML_PUSH_NO_SUPPORTED_TRIGGER);
	return OK;
}

static enum err
read_expiry(struct dav *d, const struct xml_element *root, struct book_push *push)
{
	const struct xml_element *expires = xml_child(root, XML_PUSH_EXPIRES);

	if (!expires ||
	    http_date_read(str_trim(expires->text), &push->expires_ms) == OK)
		return OK;
	d->why.what = "the expiry is no date";
	return ERR_BAD_INPUT;
}

static str
location(struct dav *d, int64_t id)
{
	return arena_printf(d->call->arena, STR_FMT "/dav/s/%llx/%llx",
	    STR_ARG(d->req->origin), (unsigned long long)d->at.account,
	    (unsigned long long)id);
}

/* The id of the book, 0 of the home. */
static enum err
find_resource(struct dav *d, int64_t *book)
{
	struct book found;

	*book = 0;
	if (d->at.kind >= DAV_PRINCIPAL && d->at.account != d->call->who)
		return ERR_NOT_FOUND;
	if (d->at.kind == DAV_HOME)
		return OK;
	if (d->at.kind != DAV_BOOK)
		return refuse(d, XML_PUSH_NOT_AVAILABLE);
	TRY(book_find(d->call, d->at.account, d->at.book, &found));
	*book = found.id;
	return OK;
}

static enum err
put(struct dav *d, int64_t book, struct book_push *push)
{
	enum err e = book_push_register(d->call, d->at.account, book, push, &d->why);

	if (e == ERR_BAD_INPUT)
		return refuse(d, XML_PUSH_INVALID_SUBSCRIPTION);
	if (e == ERR_NOT_FOUND || e == ERR_LIMIT)
		return refuse(d, XML_PUSH_NOT_AVAILABLE);
	return e;
}

enum err
dav_push_register(struct dav *d, const struct xml_element *root)
{
	struct book_push push = { .inner = d->service && d->service->push_inner };
	int64_t book;

	TRY(find_resource(d, &book));
	TRY(read_subscription(d, root, &push));
	TRY(read_triggers(d, root, &push));
	TRY(read_expiry(d, root, &push));
	TRY(put(d, book, &push));
	http_set(d->res, STR("Location"), location(d, push.id));
	http_set(d->res, STR("Expires"), when_imf(d->call->arena, push.expires_ms));
	http_answer(d->res, 204, (str){ 0 }, (str){ 0 });
	return OK;
}

/* --- a registration's own address --- */

static bool
cut_hex(str *text, int64_t *out)
{
	str digits = str_cut(text, '/');
	uint64_t number = 0;

	if (!digits.len || digits.len > 15 || digits.at[0] == '0')
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		size_t digit =
		    str_find(STR("0123456789abcdef"), str_part(digits, i, 1));

		if (digit == SIZE_MAX)
			return false;
		number = number << 4 | digit;
	}
	*out = (int64_t)number;
	return true;
}

static enum err
read_address(str path, int64_t *account, int64_t *id)
{
	path = str_part(path, REGISTRATIONS.len, path.len);
	return str_has(path, '/') && cut_hex(&path, account) && cut_hex(&path, id) &&
		       !path.len
		   ? OK
		   : ERR_NOT_FOUND;
}

bool
dav_is_registration(str path)
{
	return str_starts(path, REGISTRATIONS);
}

enum err
dav_registration(struct dav *d)
{
	int64_t account;
	int64_t id;

	TRY(read_address(d->req->path, &account, &id));
	if (d->req->method != HTTP_DELETE) {
		http_set(d->res, STR("Allow"), STR("OPTIONS, DELETE"));
		http_answer(d->res, 405, (str){ 0 }, (str){ 0 });
		return OK;
	}
	TRY(book_push_forget(d->call, account, id));
	http_answer(d->res, 204, (str){ 0 }, (str){ 0 });
	return OK;
}

/* --- Push-Dont-Notify --- */

#define QUIET_MAX ((size_t)BOOK_PUSH_MAX_PER_ACCOUNT)

struct quieting {
	str origin;
	int64_t account;
	int64_t *ids;
	struct book_quiet quiet;
};

/* Compared byte for byte with what we gave as Location. */
static void
add_quiet(struct quieting *q, str url)
{
	int64_t account;

	if (!str_starts(url, q->origin) || q->quiet.count == QUIET_MAX)
		return;
	url = str_part(url, q->origin.len, url.len);
	if (dav_is_registration(url) &&
	    read_address(url, &account, &q->ids[q->quiet.count]) == OK &&
	    account == q->account)
		q->quiet.count++;
}

/* RFC 9110 5.6.1: a list of quoted strings, or a bare star. */
static void
read_quiet(struct quieting *q, str value)
{
	if (str_same(str_trim(value), STR("*")))
		q->quiet.all = true;
	while (value.len) {
		(void)str_cut(&value, '"');
		if (value.len)
			add_quiet(q, str_cut(&value, '"'));
	}
}

const struct book_quiet *
dav_quiet(const struct call *call, const struct http_req *req, int64_t account)
{
	struct quieting *q = NULL;

	for (size_t i = 0; i < req->field_count; i++) {
		if (!str_same(req->fields[i].name, STR("push-dont-notify")))
			continue;
		if (!q) {
			q = ARENA_NEW(call->arena, struct quieting);
			q->origin = req->origin;
			q->account = account;
			q->ids = ARENA_ARRAY(call->arena, int64_t, QUIET_MAX);
			q->quiet.ids = q->ids;
		}
		read_quiet(q, req->fields[i].value);
	}
	return q ? &q->quiet : NULL;
}
