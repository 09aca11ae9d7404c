/* http.c - one HTTP exchange. */
#include "base/buf.h"
#include "wire/wire_int.h"

#define FIELDS_MAX ((size_t)100)

struct answer {
	struct arena *arena;
	struct wire_res *res;
	struct buf body;
};

/* RFC 9110 5.6.2. */
static bool
is_token(str name)
{
	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.at[i];

		if (c <= ' ' || c >= 0x7f ||
		    str_has(STR("\"(),/:;<=>?@[\\]{}"), (char)c))
			return false;
	}
	return name.len > 0;
}

static enum err
check(const struct wire_req *req, struct why *why)
{
	bool fine = is_token(req->method) && wire_is_one_line(req->url) &&
		    wire_is_one_line(req->username) && wire_is_one_line(req->password);

	for (size_t i = 0; fine && i < req->field_count; i++)
		fine = is_token(req->fields[i].name) &&
		       wire_is_one_line(req->fields[i].value);
	if (fine)
		return OK;
	why->what = "the request cannot be written";
	return ERR_BAD_INPUT;
}

static size_t
take_body(char *at, size_t size, size_t count, void *self)
{
	struct answer *answer = self;
	struct buf *body = &answer->body;
	size_t bytes = size * count;
	size_t free_bytes = body->limit - body->len;

	buf_add(body, (str){ at, bytes < free_bytes ? bytes : free_bytes });
	return bytes <= free_bytes ? bytes : 0;
}

static str
lower(struct arena *arena, str name)
{
	char *at = arena_get(arena, name.len);

	for (size_t i = 0; i < name.len; i++)
		at[i] = name.at[i] >= 'A' && name.at[i] <= 'Z'
			    ? (char)(name.at[i] - 'A' + 'a')
			    : name.at[i];
	return (str){ at, name.len };
}

/* Each status line begins afresh: what came before it was an interim answer. */
static size_t
take_field(char *at, size_t size, size_t count, void *self)
{
	struct answer *answer = self;
	struct wire_res *res = answer->res;
	str line = { at, size * count };

	if (str_starts(line, STR("HTTP/")))
		res->field_count = 0;
	else if (str_has(line, ':') && res->field_count < FIELDS_MAX) {
		str name = str_cut(&line, ':');

		res->fields[res->field_count++] = (struct wire_field){
			.name = lower(answer->arena, str_trim(name)),
			.value = arena_copy(answer->arena, str_trim(line)),
		};
	}
	return size * count;
}

static void
set_method(struct transfer *t, struct arena *arena, const struct wire_req *req)
{
	bool posts = req->body.len || str_same(req->method, STR("POST"));

	if (posts) {
		must(curl_easy_setopt(t->curl, CURLOPT_POSTFIELDSIZE_LARGE,
			 (curl_off_t)req->body.len) == CURLE_OK);
		must(curl_easy_setopt(t->curl, CURLOPT_POSTFIELDS,
			 req->body.len ? req->body.at : "") == CURLE_OK);
	}
	if (str_same(req->method, STR("HEAD")))
		transfer_number(t, CURLOPT_NOBODY, 1);
	else
		transfer_text(t, arena, CURLOPT_CUSTOMREQUEST, req->method);
}

/* "Name;" is how curl is told of a field without a value. */
static void
set_fields(struct transfer *t, struct arena *arena, const struct wire_req *req)
{
	for (size_t i = 0; i < req->field_count; i++) {
		const struct wire_field *field = &req->fields[i];

		transfer_add(t, arena,
		    arena_printf(arena, STR_FMT "%s" STR_FMT, STR_ARG(field->name),
			field->value.len ? ": " : ";", STR_ARG(field->value)));
	}
	transfer_add(t, arena, STR("Expect:")); /* no waiting for 100 (Continue) */
	must(curl_easy_setopt(t->curl, CURLOPT_HTTPHEADER, t->list) == CURLE_OK);
}

static void
set_answer(struct transfer *t, struct answer *answer)
{
	must(curl_easy_setopt(t->curl, CURLOPT_WRITEFUNCTION, take_body) == CURLE_OK);
	must(curl_easy_setopt(t->curl, CURLOPT_WRITEDATA, answer) == CURLE_OK);
	must(curl_easy_setopt(t->curl, CURLOPT_HEADERFUNCTION, take_field) == CURLE_OK);
	must(curl_easy_setopt(t->curl, CURLOPT_HEADERDATA, answer) == CURLE_OK);
}

static void
set(struct transfer *t, struct arena *arena, const struct wire_req *req)
{
	transfer_text(t, arena, CURLOPT_URL, req->url);
	transfer_text(t, arena, CURLOPT_CAINFO, req->ca_file);
	if (req->total_ms)
		transfer_number(t, CURLOPT_TIMEOUT_MS, req->total_ms);
	set_method(t, arena, req);
	set_fields(t, arena, req);
	if (!req->username.len)
		return;
	transfer_number(t, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
	transfer_text(t, arena, CURLOPT_USERNAME, req->username);
	transfer_text(t, arena, CURLOPT_PASSWORD, req->password);
}

static enum err
perform(struct transfer *t, struct answer *answer, struct why *why)
{
	CURLcode code = curl_easy_perform(t->curl);
	size_t body_bytes = answer->body.len;
	long status = 0;

	(void)curl_easy_getinfo(t->curl, CURLINFO_RESPONSE_CODE, &status);
	answer->res->status = (unsigned)status;
	answer->res->body = buf_str(&answer->body);
	if (code == CURLE_OK)
		return OK;
	if (code != CURLE_WRITE_ERROR || body_bytes < answer->body.limit)
		return transfer_failed(t, answer->arena, code, why);
	why->what = "the answer is too long";
	return ERR_TOO_LARGE;
}

enum err
wire_http(struct arena *arena, const struct wire_req *req, struct wire_res *out,
    struct why *why)
{
	size_t limit =
	    req->answer_max_bytes ? req->answer_max_bytes : WIRE_ANSWER_MAX_BYTES;
	struct answer answer = { arena, out, buf_in(arena, limit) };
	struct transfer t;
	enum err e;

	TRY(check(req, why));
	*out = (struct wire_res){ .fields = ARENA_ARRAY(
				      arena, struct wire_field, FIELDS_MAX) };
	transfer_start(&t, req->inner, "http,https");
	set(&t, arena, req);
	set_answer(&t, &answer);
	e = perform(&t, &answer, why);
	transfer_stop(&t);
	return e;
}

str
wire_field(const struct wire_res *res, str name)
{
	for (size_t i = 0; i < res->field_count; i++)
		if (str_same(res->fields[i].name, name))
			return res->fields[i].value;
	return STR("");
}

str
wire_encode(struct arena *arena, str text)
{
	static const char plain[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	    "0123456789-._~";
	static const char hex[] = "0123456789ABCDEF";
	struct buf out = buf_in(arena, 3 * text.len);

	for (size_t i = 0; i < text.len; i++) {
		unsigned byte = (unsigned char)text.at[i];

		if (str_has(STR(plain), text.at[i])) {
			buf_add_char(&out, text.at[i]);
			continue;
		}
		buf_add_char(&out, '%');
		buf_add_char(&out, hex[byte >> 4]);
		buf_add_char(&out, hex[byte & 0xf]);
	}
	return buf_str(&out);
}
