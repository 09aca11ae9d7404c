/* compose_part.c - a file sent along: RFC 2045, 2183, 2231. */
#include <gmime/gmime.h>

#include "mime/compose_int.h"

#define TYPE_MAX_BYTES 100
#define NAME_MAX_BYTES 255
#define ID_MAX_BYTES   900 /* with its frame within the 998 of a line: RFC 5322 2.1.1 */

static bool
is_seen_ascii(char c)
{
	return c > ' ' && c < 0x7f;
}

bool
mime_is_id(str id)
{
	for (size_t i = 0; i < id.len; i++)
		if (!is_seen_ascii(id.at[i]) || str_has(STR("<>"), id.at[i]))
			return false;
	return id.len > 0 && id.len <= ID_MAX_BYTES;
}

static bool
is_token(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!is_seen_ascii(text.at[i]) ||
		    str_has(STR("()<>@,;:\\\"/[]?="), text.at[i]))
			return false;
	return text.len > 0;
}

/* A leaf: what is in a multipart or a message may not be base64 (RFC 2045 6.4). */
static bool
is_type(str type)
{
	str rest = type, kind = str_cut(&rest, '/');

	return type.len <= TYPE_MAX_BYTES && is_token(kind) && is_token(rest) &&
	       !str_same_nocase(kind, STR("multipart")) &&
	       !str_same_nocase(kind, STR("message"));
}

static bool
is_file_name(str name)
{
	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.at[i] < ' ' ||
		    str_has(STR("/\\\x7f"), name.at[i]))
			return false;
	return name.len > 0 && name.len <= NAME_MAX_BYTES && str_is_utf8(name);
}

bool
mime_part_trouble(const struct mime_part *part, str *value)
{
	*value = part->type;
	if (!is_type(part->type))
		return true;
	*value = part->name;
	return !is_file_name(part->name);
}

bool
mime_parts_too_large(const struct mime_mail *mail)
{
	size_t bytes = 0;

	if (mail->part_count > MIME_SEND_PARTS_MAX)
		return true;
	for (size_t i = 0; i < mail->part_count; i++) {
		if (mail->parts[i].bytes.len > MIME_SEND_BYTES_MAX - bytes)
			return true;
		bytes += mail->parts[i].bytes.len;
	}
	return false;
}

void *
mime_part_object(struct arena *arena, const struct mime_part *part)
{
	str rest = part->type, kind = str_cut(&rest, '/');
	GMimePart *made = g_mime_part_new_with_type(
	    arena_copy(arena, kind).at, arena_copy(arena, rest).at);
	GMimeStream *bytes = g_mime_stream_mem_new_with_buffer(
	    part->bytes.len ? part->bytes.at : "", part->bytes.len);
	GMimeDataWrapper *content =
	    g_mime_data_wrapper_new_with_stream(bytes, GMIME_CONTENT_ENCODING_DEFAULT);

	g_mime_part_set_content(made, content);
	if (str_same_nocase(kind, STR("text")))
		g_mime_object_set_content_type_parameter(
		    GMIME_OBJECT(made), "charset", "utf-8");
	g_mime_object_set_disposition(GMIME_OBJECT(made), "attachment");
	g_mime_part_set_filename(made, arena_copy(arena, part->name).at);
	g_mime_part_set_content_encoding(made, GMIME_CONTENT_ENCODING_BASE64);
	g_object_unref(content);
	g_object_unref(bytes);
	return made;
}
