/* write.c - JSON straight into a buf. */
#include "json/json.h"

/* A comma, unless the value is the first behind a bracket or stands behind its key. */
static void
separate(struct buf *buf)
{
	char last = buf->len ? buf->at[buf->len - 1] : '[';

	if (last != '{' && last != '[' && last != ':')
		buf_add_char(buf, ',');
}

void
json_quote(struct buf *buf, str text)
{
	size_t from = 0;

	buf_add_char(buf, '"');
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if (c >= ' ' && c != '"' && c != '\\' && c != 0x7F)
			continue;
		buf_add(buf, str_part(text, from, i - from));
		from = i + 1;
		if (c == '"' || c == '\\') {
			buf_add_char(buf, '\\');
			buf_add_char(buf, (char)c);
		} else if (c == '\n') {
			buf_add(buf, STR("\\n"));
		} else {
			buf_addf(buf, "\\u%04x", c);
		}
	}
	buf_add(buf, str_part(text, from, text.len - from));
	buf_add_char(buf, '"');
}

void
json_open(struct buf *buf, char bracket)
{
	if (buf->len)
		separate(buf);
	buf_add_char(buf, bracket);
}

void
json_close(struct buf *buf, char bracket)
{
	buf_add_char(buf, bracket);
}

void
json_key(struct buf *buf, str name)
{
	separate(buf);
	json_quote(buf, name);
	buf_add_char(buf, ':');
}

/* Text that is not UTF-8 (a card's own bytes) is mended: JSON must be. */
void
json_add_text(struct buf *buf, str text)
{
	struct buf mended = buf_in(buf->arena, text.len * 3 + 1);

	separate(buf);
	if (str_is_utf8(text)) {
		json_quote(buf, text);
		return;
	}
	while (text.len) {
		str rest = text;
		uint32_t rune = str_rune(&rest);

		if (rune == 0xFFFD)
			buf_add(&mended, STR("\xEF\xBF\xBD"));
		else
			buf_add(&mended, str_part(text, 0, text.len - rest.len));
		text = rest;
	}
	json_quote(buf, buf_str(&mended));
}

void
json_add_number(struct buf *buf, int64_t number)
{
	separate(buf);
	buf_add_int(buf, number);
}

void
json_add_truth(struct buf *buf, bool truth)
{
	separate(buf);
	buf_add(buf, truth ? STR("true") : STR("false"));
}

void
json_add_null(struct buf *buf)
{
	separate(buf);
	buf_add(buf, STR("null"));
}

void
json_pair(struct buf *buf, str name, str text)
{
	json_key(buf, name);
	json_add_text(buf, text);
}

void
json_pair_number(struct buf *buf, str name, int64_t number)
{
	json_key(buf, name);
	json_add_number(buf, number);
}

void
json_pair_truth(struct buf *buf, str name, bool truth)
{
	json_key(buf, name);
	json_add_truth(buf, truth);
}
