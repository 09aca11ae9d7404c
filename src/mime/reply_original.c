/* reply_original.c - the marks below which all is quoted: "-----Original Message-----",
 * "From: ... Sent: ...". */
#include "mime/reply_lines_int.h"

#define BLOCK_LINES 3  /* in which another header line follows the first */
#define RULE_DASHES 3  /* on either side of "Original Message" */
#define RULE_MIN    20 /* underscores that make a rule */

static const str between_dashes[] = {
	STR_CONST("Original Message"),
	STR_CONST("Original"),
	STR_CONST("Original Mail"),
	STR_CONST("Replied Message"),
	STR_CONST("Forwarded Message"),
	STR_CONST("Forwarded mail"),
	STR_CONST("原始邮件"),
	STR_CONST("原始邮件信息"),
	STR_CONST("原始信息"),
	STR_CONST("邮件原件"),
	STR_CONST("原邮件"),
	STR_CONST("回复的原邮件"),
	STR_CONST("回复的邮件"),
	STR_CONST("转发邮件"),
	STR_CONST("转发邮件信息"),
	STR_CONST("转发的邮件"),
	STR_CONST("原始郵件"),
	STR_CONST("原始訊息"),
	STR_CONST("回覆的原郵件"),
	STR_CONST("轉寄郵件"),
};

static const str whole_lines[] = {
	STR_CONST("Begin forwarded message:"),
	STR_CONST("开始转发的邮件："),
	STR_CONST("開始轉寄郵件："),
};

static size_t
dashes_before(str line)
{
	size_t count = 0;

	while (count < line.len && line.at[count] == '-')
		count++;
	return count;
}

static size_t
dashes_behind(str line)
{
	size_t count = 0;

	while (count < line.len && line.at[line.len - 1 - count] == '-')
		count++;
	return count;
}

static bool
is_original(str line)
{
	size_t before = dashes_before(line), behind = dashes_behind(line);

	if (before < RULE_DASHES || behind < RULE_DASHES || before == line.len)
		return false;
	line = mime_trim(str_part(line, before, line.len - before - behind));
	for (size_t i = 0; i < sizeof between_dashes / sizeof *between_dashes; i++)
		if (str_same_nocase(line, between_dashes[i]))
			return true;
	return false;
}

static bool
is_rule(str line)
{
	for (size_t i = 0; i < line.len; i++)
		if (line.at[i] != '_')
			return false;
	return line.len >= RULE_MIN;
}

enum block { BLOCK_NONE, BLOCK_FIRST, BLOCK_MORE };

static const struct {
	str name;
	enum block place;
} block_names[] = {
	{ STR_CONST("From"), BLOCK_FIRST },
	{ STR_CONST("发件人"), BLOCK_FIRST },
	{ STR_CONST("寄件者"), BLOCK_FIRST },
	{ STR_CONST("寄件人"), BLOCK_FIRST },
	{ STR_CONST("Sent"), BLOCK_MORE },
	{ STR_CONST("Date"), BLOCK_MORE },
	{ STR_CONST("To"), BLOCK_MORE },
	{ STR_CONST("Subject"), BLOCK_MORE },
	{ STR_CONST("发送时间"), BLOCK_MORE },
	{ STR_CONST("发送日期"), BLOCK_MORE },
	{ STR_CONST("日期"), BLOCK_MORE },
	{ STR_CONST("时间"), BLOCK_MORE },
	{ STR_CONST("收件人"), BLOCK_MORE },
	{ STR_CONST("主题"), BLOCK_MORE },
	{ STR_CONST("寄件日期"), BLOCK_MORE },
	{ STR_CONST("傳送時間"), BLOCK_MORE },
	{ STR_CONST("收件者"), BLOCK_MORE },
	{ STR_CONST("主旨"), BLOCK_MORE },
};

/* "*From:* Ada", "发件人：张三", "发送时间 : 2026-11-20". */
static enum block
block_place(str line)
{
	while (line.len && line.at[0] == '*')
		line = str_part(line, 1, line.len);
	for (size_t i = 0; i < sizeof block_names / sizeof *block_names; i++) {
		str behind = str_part(line, block_names[i].name.len, line.len);

		if (!mime_line_begins(line, block_names[i].name))
			continue;
		while (behind.len && (behind.at[0] == ' ' || behind.at[0] == '*'))
			behind = str_part(behind, 1, behind.len);
		if (str_starts(behind, STR(":")) || str_starts(behind, STR("：")))
			return block_names[i].place;
	}
	return BLOCK_NONE;
}

static bool
is_block(const struct mime_lines *lines, size_t from)
{
	if (block_place(lines->at[from]) != BLOCK_FIRST)
		return false;
	for (size_t i = 1; i <= BLOCK_LINES && from + i < lines->count; i++)
		if (block_place(lines->at[from + i]) == BLOCK_MORE)
			return true;
	return false;
}

/* A line of nothing but marks above a header block belongs to it. */
static bool
is_block_rule(const struct mime_lines *lines, size_t from)
{
	str line = lines->at[from];
	size_t next;

	for (size_t i = 0; i < line.len; i++)
		if (!str_has(STR("-_=*"), line.at[i]))
			return false;
	if (line.len < RULE_DASHES)
		return false;
	next = mime_line_next(lines, from + 1);
	return next < lines->count && is_block(lines, next);
}

bool
mime_line_ends_all(const struct mime_lines *lines, size_t from)
{
	str line = lines->at[from];

	for (size_t i = 0; i < sizeof whole_lines / sizeof *whole_lines; i++)
		if (str_same_nocase(line, whole_lines[i]))
			return true;
	return is_original(line) || is_rule(line) || is_block(lines, from) ||
	       is_block_rule(lines, from);
}
