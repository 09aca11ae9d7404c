/* kannel.c - SMS by Kannel's sendsms interface (Kannel user's guide, chapter 6). */
#include "base/buf.h"
#include "courier/gate_int.h"
#include "wire/wire.h"

#define URL_MAX_BYTES    ((size_t)128 * 1024)
#define ALL_REPORTS      "31" /* dlr-mask: delivered, failed, buffered, accepted, rejected */
#define STATUS_BAD       400
#define STATUS_FORBIDDEN 403

static void
add_pair(struct buf *url, const char *name, str value)
{
	if (!value.len)
		return;
	buf_addf(
	    url, "%c%s=", str_has((str){ url->at, url->len }, '?') ? '&' : '?', name);
	buf_add(url, wire_encode(url->arena, value));
}

/* The letter's id in place of {id}; Kannel itself fills in %d. */
static str
report_url(struct arena *arena, str pattern, int64_t id)
{
	size_t hole = str_find(pattern, STR("{id}"));

	if (hole == SIZE_MAX)
		return pattern;
	return arena_printf(arena, STR_FMT "%lld" STR_FMT,
	    STR_ARG(str_part(pattern, 0, hole)), (long long)id,
	    STR_ARG(str_part(pattern, hole + sizeof "{id}" - 1, pattern.len)));
}

static str
sendsms_url(const struct courier_kannel *kannel, struct arena *arena,
    const struct store_letter *letter)
{
	struct buf url = buf_in(arena, URL_MAX_BYTES);

	buf_add(&url, kannel->url);
	add_pair(&url, "username", kannel->username);
	add_pair(&url, "password", kannel->password);
	add_pair(&url, "from", kannel->from);
	add_pair(&url, "to", letter->to);
	add_pair(&url, "text", letter->body);
	add_pair(&url, "charset", STR("UTF-8"));
	if (courier_sms_parts(letter->body).ucs2)
		add_pair(&url, "coding", STR("2"));
	if (kannel->report_url.len) {
		add_pair(&url, "dlr-mask", STR(ALL_REPORTS));
		add_pair(
		    &url, "dlr-url", report_url(arena, kannel->report_url, letter->id));
	}
	return buf_str(&url);
}

/* Kannel says all it minds by 400; of these only its words about the receiver are final
 * ("Garbage 'to' field", "Number(s) has/have been denied by ..."). */
static bool
minds_the_number(str words)
{
	return str_find(words, STR("'to'")) != SIZE_MAX ||
	       str_find(words, STR("eceiver")) != SIZE_MAX ||
	       str_find(words, STR("umber")) != SIZE_MAX;
}

static struct gate_said
read_answer(struct arena *arena, const struct wire_res *res)
{
	struct gate_said said = { .reply = GATE_LATER };

	if (res->status / 100 == 2)
		said.reply = GATE_TAKEN;
	else if (res->status == STATUS_BAD && minds_the_number(res->body)) {
		said.reply = GATE_NEVER;
		said.words = STR("the gateway cannot reach this number");
	} else if (res->status == STATUS_FORBIDDEN)
		said.words = STR("the gateway refuses our user name or password");
	else
		said.words = arena_printf(arena, "the gateway says %u", res->status);
	return said;
}

struct gate_said
kannel_send(const struct courier_setup *setup, const struct call *call,
    const struct store_letter *letter)
{
	struct wire_req req = {
		.method = STR("GET"),
		.url = sendsms_url(&setup->kannel, call->arena, letter),
		.inner = setup->local,
	};
	struct wire_res res;
	struct why why = { 0 };
	enum err e = wire_http(call->arena, &req, &res, &why);

	if (e != OK && e != ERR_TOO_LARGE) /* a status is an answer, however long */
		return (struct gate_said){
			.reply = GATE_LATER,
			.words = STR("the gateway does not answer"),
			.down = true,
		};
	return read_answer(call->arena, &res);
}
