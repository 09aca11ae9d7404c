/* outcome.c - outcomes as statuses and preconditions: one table. */
#include "dav/dav_int.h"

static const struct {
	unsigned status;
	enum xml_name condition; /* XML_UNKNOWN: none */
} refusals[ERR_COUNT] = {
	[OK] = { 500, XML_UNKNOWN },
	[ERR_NOT_FOUND] = { 404, XML_UNKNOWN },
	[ERR_SEVERAL] = { 500, XML_UNKNOWN },
	[ERR_WHO] = { 401, XML_UNKNOWN },
	[ERR_FORBIDDEN] = { 403, XML_DAV_NEED_PRIVILEGES },
	[ERR_CONDITION] = { 412, XML_UNKNOWN },
	[ERR_LOCKED] = { 423, XML_DAV_LOCK_TOKEN_SUBMITTED },
	[ERR_UID_TAKEN] = { 403, XML_CARD_NO_UID_CONFLICT },
	[ERR_EXISTS] = { 405, XML_DAV_RESOURCE_MUST_BE_NULL },
	[ERR_BAD_INPUT] = { 403, XML_CARD_VALID_ADDRESS_DATA },
	[ERR_UNSUPPORTED] = { 403, XML_CARD_SUPPORTED_ADDRESS_DATA },
	[ERR_TOO_LARGE] = { 403, XML_CARD_MAX_RESOURCE_SIZE },
	[ERR_TOKEN] = { 403, XML_DAV_VALID_SYNC_TOKEN },
	[ERR_GONE] = { 404, XML_UNKNOWN },
	[ERR_LIMIT] = { 507, XML_DAV_QUOTA_NOT_EXCEEDED },
	[ERR_FULL] = { 507, XML_DAV_QUOTA_NOT_EXCEEDED },
	[ERR_BUSY] = { 503, XML_UNKNOWN },
	[ERR_NEWER] = { 500, XML_UNKNOWN },
	[ERR_STORE] = { 500, XML_UNKNOWN },
	[ERR_IO] = { 500, XML_UNKNOWN },
};

/* no-uid-conflict names the card that has the UID (RFC 6352 6.3.2.1), lock-token-submitted
 * what is locked (RFC 4918 16). */
static void
add_condition(
    struct dav *d, struct buf *body, enum err outcome, enum xml_name condition)
{
	struct dav_target twin = d->at;
	str href = d->why.name;

	if ((outcome != ERR_UID_TAKEN && outcome != ERR_LOCKED) || !href.len) {
		xml_empty(body, condition);
		return;
	}
	if (outcome == ERR_UID_TAKEN) {
		twin.kind = DAV_CARD;
		twin.card = d->why.name;
		href = dav_href(d->call->arena, &twin);
	}
	xml_open(body, condition);
	xml_leaf(body, XML_DAV_HREF, href);
	xml_close(body, condition);
}

static bool
is_thunderbird(const struct dav *d)
{
	return str_find(http_field(d->req, STR("user-agent")), STR("Thunderbird")) !=
	       SIZE_MAX;
}

void
dav_refuse(struct dav *d, enum err outcome)
{
	struct buf body = buf_in(d->call->arena, DAV_ERROR_MAX_BYTES);
	unsigned status = refusals[outcome].status;
	enum xml_name condition = refusals[outcome].condition;

	d->res->outcome = outcome;
	d->res->what = d->why.what;
	if (d->condition != XML_UNKNOWN)
		condition = d->condition;
	/* Thunderbird begins anew at a 400 only; at the 403 of RFC 6578 it stops for good. */
	if (outcome == ERR_TOKEN && is_thunderbird(d))
		status = 400;
	if (status == 503)
		http_set(d->res, STR("Retry-After"), STR("5"));
	if (status == 405)
		http_set(d->res, STR("Allow"), STR(DAV_ALLOWED));
	if (d->status) {
		status = d->status;
		condition = d->condition;
	}
	if (condition == XML_UNKNOWN) {
		http_answer(d->res, status, (str){ 0 }, (str){ 0 });
		return;
	}
	xml_start(&body, XML_DAV_ERROR);
	add_condition(d, &body, outcome, condition);
	if (d->why.what)
		xml_leaf(&body, XML_DAV_RESPONSEDESCRIPTION, str_of(d->why.what));
	xml_close(&body, XML_DAV_ERROR);
	http_answer(
	    d->res, status, STR("application/xml; charset=utf-8"), buf_str(&body));
}
