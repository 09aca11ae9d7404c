/* sms_http.c - SMS by any provider's HTTP interface, as kith.conf(5) describes it. */
#include "courier/gate_int.h"
#include "courier/template_int.h"
#include "json/json.h"
#include "wire/wire.h"

#define FIELDS_MAX        16
#define FIELD_MARK        " | "
#define STATUS_BAD        400
#define STATUS_UNREADABLE 422

/* Cuts one "Name: value" off the list. */
static str
cut_field(str *list)
{
	str all = *list;
	size_t mark = str_find(all, STR(FIELD_MARK));

	if (mark == SIZE_MAX) {
		*list = STR("");
		return all;
	}
	*list = str_part(all, mark + sizeof FIELD_MARK - 1, all.len);
	return str_part(all, 0, mark);
}

static enum err
check_fields(str list, struct why *why)
{
	for (size_t count = 0; list.len; count++) {
		str field = cut_field(&list);

		why->name = field;
		why->what =
		    "[sms_http] headers: this is no Name: value, or one too many";
		if (count == FIELDS_MAX || str_find(field, STR(":")) == SIZE_MAX)
			return ERR_BAD_INPUT;
	}
	return OK;
}

/* "2xx" or "200": three places, each a digit or an x. */
static bool
is_status(str pattern)
{
	for (size_t i = 0; i < pattern.len; i++)
		if (!str_has(STR("0123456789x"), pattern.at[i]))
			return false;
	return pattern.len == 3;
}

static bool
fits(str pattern, unsigned status)
{
	const char digits[] = {
		(char)('0' + status / 100 % 10),
		(char)('0' + status / 10 % 10),
		(char)('0' + status % 10),
	};

	for (size_t i = 0; i < sizeof digits; i++)
		if (pattern.at[i] != 'x' && pattern.at[i] != digits[i])
			return false;
	return true;
}

static bool
means_taken(str success, unsigned status)
{
	while (success.len)
		if (fits(str_trim(str_cut(&success, ',')), status))
			return true;
	return false;
}

static enum err
check_success(str list, struct why *why)
{
	do {
		str pattern = str_trim(str_cut(&list, ','));

		if (is_status(pattern))
			continue;
		why->what = "[sms_http] success: this is no status";
		why->name = pattern;
		return ERR_BAD_INPUT;
	} while (list.len);
	return OK;
}

enum err
sms_http_check(const struct courier_setup *setup, struct why *why)
{
	const struct courier_sms_http *http = &setup->sms_http;

	TRY(template_check(http->url, TEMPLATE_URL, why));
	TRY(template_check(http->body, TEMPLATE_BODY, why));
	TRY(template_check(http->headers, TEMPLATE_FIELD, why));
	TRY(check_fields(http->headers, why));
	return check_success(http->success, why);
}

static size_t
fill_fields(struct arena *arena, str list, const struct template_fill *fill,
    struct wire_field *out)
{
	size_t count = 0;

	for (; list.len && count < FIELDS_MAX; count++) {
		str value =
		    template_fill(arena, cut_field(&list), TEMPLATE_FIELD, fill);

		out[count].name = str_trim(str_cut(&value, ':'));
		out[count].value = str_trim(value);
	}
	return count;
}

/* The far side's id for the message; empty when its answer has none. */
static str
read_id(struct arena *arena, str pointer, str body)
{
	struct json *answer;
	const struct json *at;
	struct why why = { 0 };

	if (!pointer.len || json_read(arena, body, &answer, &why) != OK)
		return STR("");
	at = json_pointer(answer, pointer);
	if (at && at->kind == JSON_KIND_NUMBER)
		return arena_printf(arena, "%lld", (long long)at->number);
	return at && at->kind == JSON_KIND_TEXT ? at->text : STR("");
}

static struct gate_said
read_answer(const struct courier_sms_http *http, struct arena *arena,
    const struct wire_res *res)
{
	struct gate_said said = { .reply = GATE_LATER };

	if (means_taken(http->success, res->status)) {
		said.reply = GATE_TAKEN;
		said.receipt = read_id(arena, http->id_pointer, res->body);
		return said;
	}
	/* The two that speak of the message; the rest is about us, or about now. */
	if (res->status == STATUS_BAD || res->status == STATUS_UNREADABLE)
		said.reply = GATE_NEVER;
	said.words = arena_printf(arena, "the gateway says %u", res->status);
	return said;
}

struct gate_said
sms_http_send(const struct courier_setup *setup, const struct call *call,
    const struct store_letter *letter)
{
	const struct courier_sms_http *http = &setup->sms_http;
	struct wire_field fields[FIELDS_MAX];
	struct template_fill fill = {
		.to = letter->to,
		.text = letter->body,
		.id = arena_printf(call->arena, "%lld", (long long)letter->id),
		.from = http->from,
	};
	struct wire_req req = {
		.method = http->method,
		.url = template_fill(call->arena, http->url, TEMPLATE_URL, &fill),
		.body = template_fill(call->arena, http->body, TEMPLATE_BODY, &fill),
		.fields = fields,
		.field_count = fill_fields(call->arena, http->headers, &fill, fields),
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
	return read_answer(http, call->arena, &res);
}
