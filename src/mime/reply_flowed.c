/* reply_flowed.c - paragraphs cut into lines by the sender's program: RFC 3676 4. */
#include "mime/reply_int.h"

struct flowing {
	struct buf out;
	size_t depth; /* of quoting, of the line that is still open */
	bool open, joins_up;
};

static size_t
depth_of(str line)
{
	size_t depth = 0;

	while (depth < line.len && line.at[depth] == '>')
		depth++;
	return depth;
}

static void
end_line(struct flowing *text)
{
	if (text->open)
		buf_add_char(&text->out, '\n');
	text->open = false;
}

static void
start_line(struct flowing *text, size_t depth)
{
	for (size_t i = 0; i < depth; i++)
		buf_add_char(&text->out, '>');
	if (depth)
		buf_add_char(&text->out, ' ');
	text->depth = depth;
}

static void
add_line(struct flowing *text, str line)
{
	size_t depth = depth_of(line);
	bool is_mark, is_soft;

	line = str_part(line, depth, line.len);
	if (str_starts(line, STR(" "))) /* stuffed: 4.4 */
		line = str_part(line, 1, line.len);
	is_mark = str_same(line, STR("-- ")); /* of a signature, never flowed: 4.3 */
	is_soft = str_ends(line, STR(" ")) && !is_mark;
	if (text->open && (depth != text->depth || is_mark))
		end_line(text);
	if (!text->open)
		start_line(text, depth);
	if (is_soft && text->joins_up)
		line.len--;
	buf_add(&text->out, line);
	text->open = true;
	if (!is_soft)
		end_line(text);
}

str
mime_unflowed(struct arena *arena, str text, bool joins_up)
{
	struct flowing flowing = {
		.out = buf_in(arena, 2 * text.len + 2),
		.joins_up = joins_up,
	};

	while (text.len) {
		str line = str_cut(&text, '\n');

		if (str_ends(line, STR("\r")))
			line.len--;
		add_line(&flowing, line);
	}
	end_line(&flowing);
	return buf_str(&flowing.out);
}
