/* attach.c - what goes with a letter's text, as bytes and back. */
#include "base/buf.h"
#include "courier/attach_int.h"
#include "http/http.h"

#define VERSION        1
#define LENGTH_BYTES   4
#define TYPE_MAX_BYTES 120 /* "; charset=utf-8" and a name go on the same line */
#define NAME_MAX_BYTES 120
#define WHOLE_MAX_BYTES                                                        \
	(2 +                                                                   \
	    COURIER_PARTS_MAX *                                                \
		(3 * (size_t)LENGTH_BYTES + TYPE_MAX_BYTES + NAME_MAX_BYTES) + \
	    COURIER_PARTS_MAX_BYTES)

/* --- what may be written --- */

/* One line of plain ASCII: it goes into a header field. */
static bool
is_type(str type)
{
	for (size_t i = 0; i < type.len; i++)
		if (type.at[i] < ' ' || type.at[i] > '~')
			return false;
	return type.len <= TYPE_MAX_BYTES && http_media_read(type).type.len;
}

/* Goes into header fields in quotes, and is a file's name with the one who gets it. */
static bool
is_name(str name)
{
	for (size_t i = 0; i < name.len; i++)
		if ((unsigned char)name.at[i] <= ' ' || name.at[i] == 0x7f ||
		    str_has(STR("\"\\/<>:"), name.at[i]))
			return false;
	return name.len && name.len <= NAME_MAX_BYTES && name.at[0] != '.' &&
	       str_is_utf8(name);
}

static enum err
check(const struct courier_part *parts, size_t count)
{
	size_t bytes = 0;

	if (count > COURIER_PARTS_MAX)
		return ERR_TOO_LARGE;
	for (size_t i = 0; i < count; i++) {
		if (!is_type(parts[i].type) || !is_name(parts[i].name))
			return ERR_BAD_INPUT;
		if (parts[i].bytes.len > COURIER_PARTS_MAX_BYTES - bytes)
			return ERR_TOO_LARGE;
		bytes += parts[i].bytes.len;
	}
	return OK;
}

/* --- writing --- */

static void
add_run(struct buf *out, str run)
{
	for (int i = LENGTH_BYTES - 1; i >= 0; i--)
		buf_add_char(out, (char)(unsigned char)(run.len >> (8 * i) & 0xff));
	buf_add(out, run);
}

enum err
attach_write(
    struct arena *arena, const struct courier_part *parts, size_t count, str *out)
{
	struct buf bytes = buf_in(arena, WHOLE_MAX_BYTES);

	*out = (str){ 0 };
	if (!count)
		return OK;
	TRY(check(parts, count));
	buf_add_char(&bytes, VERSION);
	buf_add_char(&bytes, (char)count);
	for (size_t i = 0; i < count; i++) {
		add_run(&bytes, parts[i].type);
		add_run(&bytes, parts[i].name);
		add_run(&bytes, parts[i].bytes);
	}
	return buf_text(&bytes, out);
}

/* --- reading --- */

static bool
cut_run(str *bytes, str *out)
{
	size_t length = 0;

	if (bytes->len < LENGTH_BYTES)
		return false;
	for (size_t i = 0; i < LENGTH_BYTES; i++)
		length = length << 8 | (unsigned char)bytes->at[i];
	if (length > bytes->len - LENGTH_BYTES)
		return false;
	*out = str_part(*bytes, LENGTH_BYTES, length);
	*bytes = str_part(*bytes, LENGTH_BYTES + length, bytes->len);
	return true;
}

enum err
attach_read(struct arena *arena, str bytes, struct courier_part **out, size_t *count)
{
	size_t claimed;

	*count = 0;
	*out = NULL;
	if (!bytes.len)
		return OK;
	if (bytes.len < 2 || bytes.at[0] != VERSION)
		return ERR_BAD_INPUT;
	claimed = (unsigned char)bytes.at[1];
	if (!claimed || claimed > COURIER_PARTS_MAX)
		return ERR_BAD_INPUT;
	*out = ARENA_ARRAY(arena, struct courier_part, claimed);
	bytes = str_part(bytes, 2, bytes.len);
	for (size_t i = 0; i < claimed; i++)
		if (!cut_run(&bytes, &(*out)[i].type) ||
		    !cut_run(&bytes, &(*out)[i].name) ||
		    !cut_run(&bytes, &(*out)[i].bytes))
			return ERR_BAD_INPUT;
	if (bytes.len)
		return ERR_BAD_INPUT;
	*count = claimed;
	return check(*out, claimed);
}
