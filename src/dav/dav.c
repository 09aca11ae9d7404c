/* dav.c - which method. */
#include "dav/push_int.h"

static const struct {
	enum http_method method;
	enum err (*answer)(struct dav *d);
	bool reads_xml; /* what cannot be read is a bad request, not bad address data */
	bool changes;   /* and If-Match concerns it */
} methods[] = {
	{ HTTP_OPTIONS, dav_options, false },
	{ HTTP_PROPFIND, dav_propfind, true },
	{ HTTP_PROPPATCH, dav_proppatch, true, true },
	{ HTTP_GET, dav_get, false },
	{ HTTP_HEAD, dav_get, false },
	{ HTTP_PUT, dav_put, false },
	{ HTTP_DELETE, dav_delete, false, true },
	{ HTTP_MKCOL, dav_mkcol, true, true },
	{ HTTP_REPORT, dav_report, true },
	{ HTTP_COPY, dav_copy, true, true },
	{ HTTP_MOVE, dav_move, true, true },
	{ HTTP_LOCK, dav_lock, true, true },
	{ HTTP_UNLOCK, dav_unlock, true, true },
	{ HTTP_ACL, dav_acl, true, true },
	{ HTTP_POST, dav_post, true, true },
};

static void
refuse_xml(struct dav *d, enum err outcome)
{
	d->res->outcome = outcome;
	d->res->what = d->why.what;
	http_answer(d->res, outcome == ERR_TOO_LARGE ? 413 : 400,
	    STR("text/plain; charset=utf-8"), str_of(d->why.what));
}

static void
answer(struct dav *d, size_t method)
{
	enum err e = methods[method].changes ? dav_conditions(d) : OK;

	if (e == OK)
		e = methods[method].answer(d);
	if (e == OK)
		return;
	if (methods[method].reads_xml && d->condition == XML_UNKNOWN &&
	    (e == ERR_BAD_INPUT || e == ERR_TOO_LARGE))
		refuse_xml(d, e);
	else
		dav_refuse(d, e);
}

/* What the request tells of the device: an account's own password has no label, so that the
 * history tells the program instead; and who need not hear of what it changes. */
static const struct call *
told(const struct call *call, const struct dav_client *client,
    const struct http_req *req)
{
	const struct book_quiet *quiet = dav_quiet(call, req, call->who);
	bool unnamed = !call->device.name.len && client->name.len;
	struct call *own;

	if (!quiet && !unnamed)
		return call;
	own = ARENA_NEW(call->arena, struct call);
	*own = *call;
	own->device.quiet = quiet;
	if (unnamed)
		own->device.name = client->name;
	return own;
}

void
dav_answer(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res)
{
	const struct dav_service *service = self;
	const struct dav_client *client = dav_client_of(req);
	struct dav d = { .call = told(call, client, req),
		.req = req,
		.res = res,
		.service = service,
		.client = client,
		.groups = dav_groups(call, client) };
	enum err e;

	/* OPTIONS is asked of any path, also before logging in: nothing is looked up. */
	if (req->method != HTTP_OPTIONS && dav_is_registration(req->path)) {
		e = dav_registration(&d);
		if (e != OK)
			dav_refuse(&d, e);
		return;
	}
	e = req->method == HTTP_OPTIONS
		? OK
		: dav_target_read(call->arena, req->path, &d.at);
	if (e != OK) {
		/* What is to be made there has nothing to be in (RFC 4918 9.3.1, 9.7.1). */
		if (req->method == HTTP_PUT || req->method == HTTP_MKCOL)
			d.status = 409;
		dav_refuse(&d, ERR_NOT_FOUND);
		return;
	}
	for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
		if (methods[i].method == req->method) {
			answer(&d, i);
			return;
		}
	http_set(res, STR("Allow"), STR(DAV_ALLOWED));
	http_answer(res, 405, (str){ 0 }, (str){ 0 });
}

void
dav_refuse_early(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res)
{
	struct buf body = buf_in(call->arena, DAV_ERROR_MAX_BYTES);

	(void)self;
	if (res->status != 413 || req->method != HTTP_PUT)
		return;
	xml_start(&body, XML_DAV_ERROR);
	xml_empty(&body, XML_CARD_MAX_RESOURCE_SIZE);
	xml_close(&body, XML_DAV_ERROR);
	http_answer(res, 413, STR("application/xml; charset=utf-8"), buf_str(&body));
}

/* The same for every method; DAV clients keep method and body (RFC 6764 5). */
void
dav_well_known(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res)
{
	(void)self;
	(void)call;
	(void)req;
	http_redirect(res, 301, STR("/dav/"));
}
