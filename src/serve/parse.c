#include <llhttp.h>
#include <string.h>

#include "base/buf.h"
#include "serve/parse_int.h"

/* One reservation that most heads fit into. */
#define HEAD_ROOM_BYTES ((size_t)2048)

struct span {
	size_t from, len; /* in the text of the head */
};

struct field {
	struct span name, value;
};

struct parse {
	llhttp_t reader;
	const struct parse_limits *limits;
	struct buf text; /* target, names and values, one behind the other */
	struct span target;
	struct field *fields;
	size_t field_count;
	bool name_is_whole; /* the next piece of a name starts another field */

	size_t head_bytes;  /* taken so far */
	size_t line_bytes;  /* of the line not yet ended */
	char line_last;     /* its last byte yet */
	bool line_seen;     /* one that is not empty: the request line */
	bool head_is_whole; /* by our own count of lines */
	bool head_was_read; /* by llhttp's */
	bool head_was_told;

	struct buf body;
	size_t body_bytes, body_limit;
	size_t
	    idle_bytes; /* taken since the last byte of body: chunk sizes, trailers */
	bool body_is_kept;

	bool done, keeps_alive;
	unsigned status;
};

static int
refuse(struct parse *parse, unsigned status)
{
	parse->status = status;
	return -1;
}

static void
lengthen(struct parse *parse, struct span *span, const char *at, size_t len)
{
	if (!span->len)
		span->from = parse->text.len;
	buf_add(&parse->text, (str){ at, len });
	span->len += len;
}

static int
on_target(llhttp_t *reader, const char *at, size_t len)
{
	struct parse *parse = reader->data;

	if (parse->target.len + len > parse->limits->target_bytes)
		return refuse(parse, 414);
	lengthen(parse, &parse->target, at, len);
	return 0;
}

/* Fields behind a chunked body are passed over: RFC 9110 6.5.1 lets a recipient, and
 * nothing kith asks for may come so late. */
static int
on_name(llhttp_t *reader, const char *at, size_t len)
{
	struct parse *parse = reader->data;

	if (parse->head_was_read)
		return 0;
	if (parse->name_is_whole || !parse->field_count) {
		if (parse->field_count == parse->limits->head_fields)
			return refuse(parse, 431);
		parse->fields[parse->field_count++] = (struct field){ 0 };
		parse->name_is_whole = false;
	}
	lengthen(parse, &parse->fields[parse->field_count - 1].name, at, len);
	return 0;
}

static int
on_name_whole(llhttp_t *reader)
{
	struct parse *parse = reader->data;

	parse->name_is_whole = true;
	return 0;
}

static int
on_value(llhttp_t *reader, const char *at, size_t len)
{
	struct parse *parse = reader->data;

	if (!parse->head_was_read && parse->field_count)
		lengthen(parse, &parse->fields[parse->field_count - 1].value, at, len);
	return 0;
}

/* To lower case; false when it is no token: RFC 9110 5.6.2. */
static bool
name_is_token(char *at, size_t len)
{
	static const char others[] = "!#$%&'*+-.^_`|~";

	for (size_t i = 0; i < len; i++) {
		if (at[i] >= 'A' && at[i] <= 'Z')
			at[i] = (char)(at[i] | 0x20);
		else if (!(at[i] >= 'a' && at[i] <= 'z') &&
			 !(at[i] >= '0' && at[i] <= '9') &&
			 !memchr(others, at[i], sizeof others - 1))
			return false;
	}
	return len > 0;
}

static int
on_head(llhttp_t *reader)
{
	struct parse *parse = reader->data;

	parse->head_was_read = true;
	if (llhttp_get_http_major(reader) != 1 || llhttp_get_http_minor(reader) > 1)
		return refuse(parse, 505);
	for (size_t i = 0; i < parse->field_count; i++) {
		struct span name = parse->fields[i].name;

		if (!name_is_token(parse->text.at + name.from, name.len))
			return refuse(parse, 400);
	}
	return 0;
}

static int
on_body(llhttp_t *reader, const char *at, size_t len)
{
	struct parse *parse = reader->data;

	parse->body_bytes += len;
	if (parse->body_bytes > parse->body_limit)
		return refuse(parse, 413);
	if (parse->body_is_kept)
		buf_add(&parse->body, (str){ at, len });
	return 0;
}

/* Pauses, so that nothing of the next request is looked at. */
static int
on_done(llhttp_t *reader)
{
	struct parse *parse = reader->data;

	parse->done = true;
	parse->keeps_alive = llhttp_should_keep_alive(reader) != 0;
	return HPE_PAUSED;
}

static const llhttp_settings_t settings = {
	.on_url = on_target,
	.on_header_field = on_name,
	.on_header_field_complete = on_name_whole,
	.on_header_value = on_value,
	.on_headers_complete = on_head,
	.on_body = on_body,
	.on_message_complete = on_done,
};

struct parse *
parse_open(struct arena *arena, const struct parse_limits *limits)
{
	struct parse *parse = ARENA_NEW(arena, struct parse);

	llhttp_init(&parse->reader, HTTP_REQUEST, &settings);
	parse->reader.data = parse;
	parse->limits = limits;
	parse->text = buf_in(arena, limits->head_bytes + HEAD_ROOM_BYTES);
	(void)buf_room(&parse->text, HEAD_ROOM_BYTES);
	parse->body = buf_in(arena, SIZE_MAX);
	parse->fields = arena_get_raw(
	    arena, arena_array_bytes(limits->head_fields, sizeof *parse->fields));
	return parse;
}

static enum parse_step
bad(struct parse *parse, unsigned status)
{
	if (!parse->status)
		parse->status = status;
	return PARSE_BAD;
}

static unsigned
status_of(llhttp_errno_t wrong)
{
	if (wrong == HPE_INVALID_METHOD)
		return 501;
	if (wrong == HPE_INVALID_VERSION)
		return 505;
	return 400;
}

/* Folded lines, and lines that end in a bare LF, are where readers differ. */
static bool
line_begins_well(const struct parse *parse, char first)
{
	return parse->line_bytes || !parse->line_seen ||
	       (first != ' ' && first != '\t');
}

/* llhttp takes a CR before anything else for the end of the line, or of the head. */
static bool
has_bare_cr(const struct parse *parse, const char *at, size_t len)
{
	const char *cr = len ? memchr(at, '\r', len) : NULL;

	return (len && parse->line_last == '\r') || (cr && cr + 1 < at + len);
}

static void
end_line(struct parse *parse)
{
	parse->head_is_whole = parse->line_seen && parse->line_bytes == 1;
	parse->line_seen = parse->line_seen || parse->line_bytes > 1;
	parse->line_bytes = 0;
	parse->line_last = 0;
}

/* How many of the bytes belong to the head: up to and with the first empty line behind
 * the request line.  SIZE_MAX when its lines are none of HTTP's. */
static size_t
head_part(struct parse *parse, str bytes)
{
	size_t taken = 0;

	while (taken < bytes.len && !parse->head_is_whole) {
		const char *at = bytes.at + taken;
		const char *end = memchr(at, '\n', bytes.len - taken);
		size_t len = end ? (size_t)(end - at) : bytes.len - taken;

		if (!line_begins_well(parse, at[0]) || has_bare_cr(parse, at, len))
			return SIZE_MAX;
		if (len)
			parse->line_last = at[len - 1];
		parse->line_bytes += len;
		taken += len;
		if (!end)
			break;
		if (parse->line_last != '\r')
			return SIZE_MAX;
		end_line(parse);
		taken++;
	}
	return taken;
}

/* One call of llhttp; *bytes moves on past what it took. */
static enum parse_step
execute(struct parse *parse, str *bytes, size_t len)
{
	llhttp_errno_t wrong = llhttp_execute(&parse->reader, bytes->at, len);

	if (wrong != HPE_OK && !parse->done)
		return bad(parse, status_of(wrong));
	if (parse->done)
		len = (size_t)(llhttp_get_error_pos(&parse->reader) - bytes->at);
	*bytes = str_part(*bytes, len, bytes->len);
	return parse->done ? PARSE_DONE : PARSE_MORE;
}

static enum parse_step
feed_head(struct parse *parse, str *bytes)
{
	size_t part = head_part(parse, *bytes);
	size_t room = parse->limits->head_bytes - parse->head_bytes;
	str head = str_part(*bytes, 0, part < room ? part : room);

	if (part == SIZE_MAX)
		return bad(parse, 400);
	*bytes = str_part(*bytes, head.len, bytes->len);
	parse->head_bytes += head.len;
	if (execute(parse, &head, head.len) == PARSE_BAD)
		return PARSE_BAD;
	if (part > room)
		return bad(parse, 431);
	if (parse->head_is_whole != parse->head_was_read)
		return bad(parse, 400);
	parse->head_was_told = parse->head_is_whole;
	return parse->head_is_whole ? PARSE_HEAD : PARSE_MORE;
}

/* Chunk extensions and trailers are held to the size of a head: without a ceiling they
 * are a body that no limit counts. */
static enum parse_step
feed_body(struct parse *parse, str *bytes)
{
	size_t bytes_before = bytes->len;
	size_t body_before = parse->body_bytes;
	enum parse_step step = execute(parse, bytes, bytes->len);

	parse->idle_bytes += bytes_before - bytes->len;
	if (parse->body_bytes > body_before)
		parse->idle_bytes = 0;
	if (step == PARSE_MORE && parse->idle_bytes > parse->limits->head_bytes)
		return bad(parse, 431);
	return step;
}

enum parse_step
parse_feed(struct parse *parse, str *bytes)
{
	if (parse->status)
		return PARSE_BAD;
	if (!parse->head_was_told)
		return feed_head(parse, bytes);
	if (parse->done)
		return PARSE_DONE;
	return bytes->len ? feed_body(parse, bytes) : PARSE_MORE;
}

unsigned
parse_status(const struct parse *parse)
{
	return parse->status;
}

static str
look(const struct parse *parse, struct span span)
{
	return str_part(buf_str(&parse->text), span.from, span.len);
}

str
parse_method(const struct parse *parse)
{
	return str_of(llhttp_method_name((llhttp_method_t)parse->reader.method));
}

str
parse_target(const struct parse *parse)
{
	return look(parse, parse->target);
}

unsigned
parse_minor(const struct parse *parse)
{
	return parse->reader.http_minor;
}

size_t
parse_field_count(const struct parse *parse)
{
	return parse->field_count;
}

void
parse_field(const struct parse *parse, size_t i, str *name, str *value)
{
	*name = look(parse, parse->fields[i].name);
	*value = str_trim(look(parse, parse->fields[i].value));
}

void
parse_expect_body(struct parse *parse, size_t limit_bytes, bool keep)
{
	parse->body_limit = limit_bytes;
	parse->body_is_kept = keep;
}

size_t
parse_body_bytes(const struct parse *parse)
{
	return parse->body_bytes;
}

str
parse_body(const struct parse *parse)
{
	return buf_str(&parse->body);
}

bool
parse_keeps_alive(const struct parse *parse)
{
	return parse->keeps_alive;
}
