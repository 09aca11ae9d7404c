/* reply_head.c - header fields as views into the mail: RFC 5322 2.2. */
#include <gmime/gmime.h>

#include "mime/reply_int.h"

#define FIRST_FIELDS 32

static str
without_cr(str line)
{
	return str_ends(line, STR("\r")) ? str_part(line, 0, line.len - 1) : line;
}

static bool
is_name(str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (name.at[i] <= ' ' || name.at[i] == 0x7f)
			return false;
	return name.len > 0;
}

/* Splits "Name: value"; false for a line that is none. */
static bool
split(str line, struct mime_field *out)
{
	str rest = line;

	if (!str_has(line, ':'))
		return false;
	out->name = str_trim(str_cut(&rest, ':'));
	out->value = rest;
	return line.at[0] > ' ' && is_name(out->name);
}

static bool
is_folded(str line)
{
	return line.len && (line.at[0] == ' ' || line.at[0] == '\t');
}

/* Some servers hand a mail over with the first line of an mbox before it. */
static bool
is_mbox_line(str line)
{
	return str_starts(line, STR("From ")) || str_starts(line, STR(">From "));
}

/* Room for one more, doubling. */
static struct mime_field *
grown(struct arena *arena, struct mime_field *old, size_t count)
{
	struct mime_field *more;

	if (count < FIRST_FIELDS ? count : (count & (count - 1)))
		return old;
	more = ARENA_ARRAY(
	    arena, struct mime_field, count ? 2 * count : (size_t)FIRST_FIELDS);
	for (size_t i = 0; i < count; i++)
		more[i] = old[i];
	return more;
}

struct mime_head
mime_head_read(struct arena *arena, str *rest)
{
	struct mime_field *fields = NULL, *last = NULL, beyond;
	struct mime_head head = { 0 };

	while (rest->len) {
		str after = *rest;
		str line = without_cr(str_cut(&after, '\n'));
		struct mime_field field;

		if (line.len == 0) {
			*rest = after;
			break;
		}
		if (last && is_folded(line)) {
			last->value.len = (size_t)(line.at + line.len - last->value.at);
		} else if (split(line, &field)) {
			head.cut |= head.count == MIME_FIELDS_MAX;
			fields = grown(arena, fields, head.count);
			last = head.cut ? &beyond : &fields[head.count++];
			*last = field;
		} else if (head.count || !is_mbox_line(line)) {
			break; /* the text begins without a blank line */
		}
		*rest = after;
	}
	head.at = fields;
	return head;
}

const struct mime_field *
mime_head_next(const struct mime_head *head, str name, size_t *place)
{
	while (*place < head->count) {
		const struct mime_field *field = &head->at[(*place)++];

		if (str_same_nocase(field->name, name))
			return field;
	}
	return NULL;
}

str
mime_value(struct arena *arena, const struct mime_field *field)
{
	str value = field ? str_part(field->value, 0, MIME_FIELD_MAX_BYTES) : STR("");
	char *copy = arena_get_raw(arena, value.len + 1);

	for (size_t i = 0; i < value.len; i++)
		copy[i] = (unsigned char)value.at[i] < ' ' || value.at[i] == 0x7f
			      ? ' '
			      : value.at[i];
	copy[value.len] = '\0';
	while (value.len && copy[value.len - 1] == ' ')
		copy[--value.len] = '\0';
	while (value.len && *copy == ' ') {
		copy++;
		value.len--;
	}
	return (str){ copy, value.len };
}

str
mime_head_value(struct arena *arena, const struct mime_head *head, str name)
{
	size_t place = 0;

	return mime_value(arena, mime_head_next(head, name, &place));
}

str
mime_decoded_line(struct arena *arena, str value, size_t limit_bytes)
{
	char *decoded = g_mime_utils_header_decode_text(NULL, value.at);
	str line = mime_clean_line(arena, str_of(decoded), limit_bytes);

	g_free(decoded);
	return line;
}
