/*
 * kannel.c - the addresses gateways call.
 *
 * The gateway hears 200 with nothing in it, whatever came of its message: Kannel would
 * send a body back as an SMS.  Only a store that is busy or broken is told, so that it
 * calls again.
 */
#include "inbox/inbox_int.h"

/* In a time that does not depend on where they differ. */
static bool
is_secret(const struct inbox *inbox, str given)
{
	unsigned char differ = 0;

	if (!inbox->secret.len || given.len != inbox->secret.len)
		return false;
	for (size_t i = 0; i < given.len; i++)
		differ |= (unsigned char)(given.at[i] ^ inbox->secret.at[i]);
	return !differ;
}

static enum err
take_sms(const struct inbox *inbox, const struct call *call, const struct http_req *req)
{
	struct arena *arena = call->arena;
	str bytes = inbox_field(arena, req, STR("text"));
	struct inbox_sms sms = { .from = inbox_field(arena, req, STR("from")) };

	if (!bytes.len && !inbox_has_form(req))
		bytes = req->body;
	if (bytes.len > INBOX_SMS_MAX_BYTES)
		return ERR_TOO_LARGE;
	if (!inbox_text(arena, bytes, inbox_field(arena, req, STR("charset")),
		inbox_field(arena, req, STR("coding")), &sms.text))
		return ERR_BAD_INPUT;
	return inbox_sms_take(inbox, call, &sms);
}

static enum err
take_report(
    const struct inbox *inbox, const struct call *call, const struct http_req *req)
{
	(void)inbox;
	return inbox_report_take(call, inbox_field(call->arena, req, STR("id")),
	    inbox_field(call->arena, req, STR("status")));
}

/* A provider over HTTP has one address for both; a report has a status. */
static enum err
take_either(
    const struct inbox *inbox, const struct call *call, const struct http_req *req)
{
	if (inbox_field(call->arena, req, STR("status")).len)
		return take_report(inbox, call, req);
	return take_sms(inbox, call, req);
}

static const struct door {
	str gate, last; /* what stands before and behind the secret */
	enum err (*take)(const struct inbox *inbox, const struct call *call,
	    const struct http_req *req);
} doors[] = {
	{ STR_CONST("kannel"), STR_CONST(""), take_sms },
	{ STR_CONST("kannel"), STR_CONST("report"), take_report },
	{ STR_CONST("http"), STR_CONST(""), take_either },
};

/* "<gate>/<secret>[/<last>]", of one whose secret is right. */
static bool
cut_path(const struct inbox *inbox, struct arena *arena, str path, str *gate, str *last)
{
	str secret;

	*last = (str){ 0 };
	if (http_path_cut(arena, &path, gate) != OK ||
	    http_path_cut(arena, &path, &secret) != OK)
		return false;
	if (path.len && (http_path_cut(arena, &path, last) != OK || path.len))
		return false;
	return is_secret(inbox, secret);
}

/* "sms/..."; the same nothing for every other path. */
static const struct door *
door_of(const struct inbox *inbox, struct arena *arena, const struct http_req *req)
{
	str path = str_part(req->path, req->route, req->path.len);
	str way, gate, last;

	if (http_path_cut(arena, &path, &way) != OK || !str_same(way, STR("sms")) ||
	    !cut_path(inbox, arena, path, &gate, &last))
		return NULL;
	for (size_t i = 0; i < INBOX_COUNT(doors); i++)
		if (str_same(doors[i].gate, gate) && str_same(doors[i].last, last))
			return &doors[i];
	return NULL;
}

bool
inbox_is_ours_to_mend(enum err e)
{
	return e == ERR_BUSY || e == ERR_STORE || e == ERR_FULL || e == ERR_IO;
}

void
inbox_answer(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res)
{
	const struct inbox *inbox = self;
	const struct door *door = door_of(inbox, call->arena, req);
	enum err e;

	if (!door || (req->method != HTTP_GET && req->method != HTTP_POST)) {
		http_answer(res, 404, STR("text/plain"), (str){ 0 });
		return;
	}
	e = door->take(inbox, call, req);
	http_answer(
	    res, inbox_is_ours_to_mend(e) ? 503 : 200, STR("text/plain"), (str){ 0 });
	res->outcome = e;
}

void
inbox_mms_answer(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res)
{
	const struct inbox *inbox = self;
	str path = str_part(req->path, req->route, req->path.len);
	str gate, last;

	if (req->method != HTTP_POST ||
	    !cut_path(inbox, call->arena, path, &gate, &last) ||
	    !str_same(gate, STR("mm7")) || last.len) {
		http_answer(res, 404, STR("text/plain"), (str){ 0 });
		return;
	}
	res->outcome = inbox_mm7_answer(inbox, call, req, res);
}
