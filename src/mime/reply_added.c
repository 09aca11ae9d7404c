/* reply_added.c - signatures, and the lines programs put below a text. */
#include "mime/reply_lines_int.h"

#define QQ_SIGNATURE    "------------------"
#define ADDED_MAX_BYTES 100

bool
mime_line_is_signature(str line)
{
	return str_same(line, STR("--")) || str_same(line, STR(QQ_SIGNATURE));
}

static const struct {
	str head, tail;
} added[] = {
	{ STR_CONST("Sent from my "), STR_CONST("") },
	{ STR_CONST("Sent from Mail"), STR_CONST("") },
	{ STR_CONST("Sent from Outlook"), STR_CONST("") },
	{ STR_CONST("Sent from Yahoo"), STR_CONST("") },
	{ STR_CONST("Sent from Proton"), STR_CONST("") },
	{ STR_CONST("Sent from NetEase"), STR_CONST("") },
	{ STR_CONST("Sent via "), STR_CONST("") },
	{ STR_CONST("Get Outlook for "), STR_CONST("") },
	{ STR_CONST("Virus-free"), STR_CONST("") },
	{ STR_CONST("发自我的"), STR_CONST("") },
	{ STR_CONST("发自手机"), STR_CONST("") },
	{ STR_CONST("發自我的"), STR_CONST("") },
	{ STR_CONST("寄自我的"), STR_CONST("") },
	{ STR_CONST("來自我的"), STR_CONST("") },
	{ STR_CONST("来自我的"), STR_CONST("") },
	{ STR_CONST("从我的"), STR_CONST("发送") },
	{ STR_CONST("從我的"), STR_CONST("傳送") },
	{ STR_CONST("从 Windows"), STR_CONST("发送") },
	{ STR_CONST("发送自"), STR_CONST("") },
	{ STR_CONST("傳送自"), STR_CONST("") },
	{ STR_CONST("发自 Outlook"), STR_CONST("") },
	{ STR_CONST("发自Outlook"), STR_CONST("") },
	{ STR_CONST("发自 网易邮箱"), STR_CONST("") },
	{ STR_CONST("发自网易邮箱"), STR_CONST("") },
	{ STR_CONST("由 网易邮箱"), STR_CONST("") },
	{ STR_CONST("由网易邮箱"), STR_CONST("") },
	{ STR_CONST("来自 网易邮箱"), STR_CONST("") },
	{ STR_CONST("来自网易邮箱"), STR_CONST("") },
	{ STR_CONST("来自QQ邮箱"), STR_CONST("") },
	{ STR_CONST("获取 Outlook"), STR_CONST("") },
	{ STR_CONST("获取适用于"), STR_CONST("Outlook") },
	{ STR_CONST("取得 Outlook"), STR_CONST("") },
};

static bool
is_added_text(str line)
{
	line = mime_trim(line);
	for (size_t i = 0; i < sizeof added / sizeof *added; i++)
		if (mime_line_begins(line, added[i].head) &&
		    (str_ends(line, added[i].tail) ||
			str_ends(str_part(line, 0, line.len - 3), added[i].tail)))
			return true;
	return false;
}

/* Also "<http://...>" behind it.  Nothing of the writer's stands right below it: he may
 * write "Sent from my old address," himself. */
bool
mime_line_is_added(const struct mime_lines *lines, size_t at)
{
	str next = at + 1 < lines->count ? lines->at[at + 1] : STR("");

	return lines->at[at].len <= ADDED_MAX_BYTES && is_added_text(lines->at[at]) &&
	       (!next.len || mime_line_is_quote(next) || mime_line_is_signature(next) ||
		   is_added_text(next) || mime_line_ends_all(lines, at + 1) ||
		   mime_line_attribution(lines, at + 1));
}
