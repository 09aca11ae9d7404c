/* push_send.c - one message to one push service (RFC 8030 5; draft-bitfire-webdav-push). */
#include "courier/push_int.h"
#include "http/http.h"
#include "seal/seal.h"
#include "wire/wire.h"

#define ANSWER_MAX_BYTES   ((size_t)4096)
#define TOPIC_BYTES        16 /* 22 letters; RFC 8030 5.4 allows 32 */
#define RETRY_AFTER_MAX_MS WHEN_DAY_MS

str
push_origin(str url)
{
	size_t at = str_find(url, STR("://"));
	str rest = at == SIZE_MAX ? (str){ 0 } : str_part(url, at + 3, url.len);
	str host = str_cut(&rest, '/');

	host = str_cut(&host, '?');
	return at == SIZE_MAX ? (str){ 0 } : str_part(url, 0, at + 3 + host.len);
}

static bool
tells_content(const struct store_push_due *due)
{
	return due->gone || (due->push.content && due->rev > due->push.pushed_rev);
}

static bool
tells_property(const struct store_push_due *due)
{
	return due->push.property && due->described > due->push.pushed_rev;
}

/* Topics and tokens are of our own making: nothing in them wants escaping. */
static str
content_update(struct arena *arena, const struct push_message *m, bool with_token)
{
	const struct store_push_due *due = m->due;

	if (!tells_content(due))
		return STR("");
	if (!with_token || due->gone || !due->push.book)
		return STR("<P:content-update/>");
	return arena_printf(arena,
	    "<P:content-update><D:sync-token>" STR_FMT
	    "</D:sync-token></P:content-update>",
	    STR_ARG(m->setup->token(arena, due->epoch, due->push.book, due->rev)));
}

static str
body_of(struct arena *arena, const struct push_message *m, bool with_token)
{
	return arena_printf(arena,
	    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
	    "<P:push-message xmlns:P=\"https://bitfire.at/webdav-push\" "
	    "xmlns:D=\"DAV:\"><P:topic>" STR_FMT "</P:topic>" STR_FMT "%s"
	    "</P:push-message>",
	    STR_ARG(m->due->push.topic), STR_ARG(content_update(arena, m, with_token)),
	    tells_property(m->due) ? "<P:property-update/>" : "");
}

/* One per set of kinds: a message about cards must not replace one about the title that the
 * client has not fetched yet. */
static str
topic_field(struct arena *arena, const struct push_message *m)
{
	return seal_digest(arena, m->topic_key,
	    arena_printf(arena, STR_FMT " %d%d", STR_ARG(m->due->push.topic),
		tells_content(m->due), tells_property(m->due)),
	    TOPIC_BYTES);
}

static const struct {
	unsigned status;
	enum push_fate fate;
} fates[] = {
	{ 404, PUSH_MISSING },
	{ 410, PUSH_GONE },
	{ 413, PUSH_LARGE },
	{ 400, PUSH_REFUSED },
	{ 401, PUSH_REFUSED },
	{ 403, PUSH_REFUSED },
};

static enum push_fate
fate_of(unsigned status)
{
	for (size_t i = 0; i < sizeof fates / sizeof *fates; i++)
		if (fates[i].status == status)
			return fates[i].fate;
	return status >= 200 && status < 300 ? PUSH_TAKEN : PUSH_LATER;
}

/* RFC 9110 10.2.3: seconds, or a date. */
static int64_t
retry_after_ms(const struct call *call, str value)
{
	int64_t seconds;
	int64_t at_ms;
	int64_t wait_ms = 0;

	if (str_number(value, &seconds))
		wait_ms = seconds < RETRY_AFTER_MAX_MS / WHEN_SECOND_MS
			      ? seconds * WHEN_SECOND_MS
			      : RETRY_AFTER_MAX_MS;
	else if (http_date_read(value, &at_ms) == OK)
		wait_ms = at_ms - call->now_ms;
	if (wait_ms < 0)
		return 0;
	return wait_ms < RETRY_AFTER_MAX_MS ? wait_ms : RETRY_AFTER_MAX_MS;
}

static struct push_said
post(const struct call *call, const struct push_message *m, str body, str authorization)
{
	const struct wire_field fields[] = {
		{ STR("TTL"), STR(COURIER_PUSH_TTL) },
		{ STR("Urgency"), STR("normal") },
		{ STR("Topic"), topic_field(call->arena, m) },
		{ STR("Content-Type"), STR("application/xml; charset=\"UTF-8\"") },
		{ STR("Content-Encoding"), STR("aes128gcm") },
		{ STR("Authorization"), authorization },
	};
	struct wire_req req = {
		.method = STR("POST"),
		.url = m->due->push.resource,
		.body = body,
		.fields = fields,
		.field_count = sizeof fields / sizeof *fields,
		.inner = m->setup->inner,
		.answer_max_bytes = ANSWER_MAX_BYTES,
		.total_ms = COURIER_PUSH_TOTAL_MS,
	};
	struct wire_res res = { 0 };
	struct why why = { 0 };
	enum err e = wire_http(call->arena, &req, &res, &why);

	if (e != OK && e != ERR_TOO_LARGE) /* nobody reads the answer's body */
		return (struct push_said){ .fate = PUSH_LATER };
	return (struct push_said){
		.fate = fate_of(res.status),
		.status = res.status,
		.retry_after_ms =
		    retry_after_ms(call, wire_field(&res, STR("retry-after"))),
	};
}

static struct push_said
send_once(const struct call *call, const struct push_message *m, bool with_token)
{
	const struct store_push *push = &m->due->push;
	struct push_said unusable = { .fate = PUSH_REFUSED };
	str body;
	str authorization;

	if (!m->setup->inner && !str_starts(push->resource, STR("https://")))
		return unusable;
	if (seal_push(call->arena, push->key, push->auth,
		body_of(call->arena, m, with_token), &body) != OK ||
	    seal_vapid(call->arena, m->ours, push_origin(push->resource),
		m->setup->contact, call->now_ms + COURIER_PUSH_SIGNED_MS,
		&authorization) != OK)
		return unusable;
	return post(call, m, body, authorization);
}

struct push_said
push_send(const struct call *call, const struct push_message *message)
{
	struct push_said said = send_once(call, message, true);

	return said.fate == PUSH_LARGE ? send_once(call, message, false) : said;
}
