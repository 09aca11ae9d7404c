/* test_reply_quoted.c - a letter of ours, answered: what comes out is the answer alone. */
#include "base/buf.h"
#include "base/check.h"
#include "mime/mime.h"
#include "mime/reply.h"

#define MAIL_MAX_BYTES ((size_t)256 << 10)

static struct arena *arena;

/* Letters as the courier sends them, and such as try the marks. */
static const char *const letters[] = {
	"Hello Li Si,\n\nZhang San would like to know whether this is still right:\n\n"
	"1. Mobile: ends in 1234\n2. Mail: l...@example.com\n\n"
	"Just answer this mail, or open https://kith.example/a/abc_def\n\n"
	"-- \nSent for Zhang San by his own server.\n"
	"To hear nothing more: https://kith.example/a/abc_def/stop\n",
	"李四你好：\n\n张三想核对你的联系方式：\n\n1. 手机：尾号 1234\n2. "
	"邮箱：l...@example.com\n\n"
	"直接回复即可，或打开 https://kith.example/a/abc_def\n\n"
	"-- "
	"\n由张三自己的服务器代发。\n不想再收到：https://kith.example/a/abc_def/stop\n",
	"From the first\nOn Monday\n.\n..\n=\n=3D <b>&amp;</b>\n\n\n\nend\n",
	"一\n",
};

static const char *const answers[] = {
	"yes",
	"1. right\n2. no longer, use li@example.org",
	"都对",
	"1 对\n2 改成 li@example.org\n\n谢谢！\n李四",
	"My new number is +86 139 0000 0001.\n\nI moved to 5 High Street, Oxford.",
	"<b> & \"quotes\" = 100 %",
};

/* The letter's text as it arrives. */
static str
arrived(const char *text)
{
	struct mime_mail mail = {
		.from_name = STR("张三 (Kith)"),
		.from = STR("ask@kith.example"),
		.to = STR("li@example.com"),
		.subject = STR("核对"),
		.message_id = STR("kith.42@kith.example"),
		.text = str_of(text),
		.date_ms = 1795424400000,
	};
	struct mime_reply reply;
	struct why why = { 0 };
	str bytes = { 0 };

	CHECK_OK(mime_compose(arena, &mail, &bytes, &why));
	CHECK_OK(mime_read(arena, bytes, STR(""), &reply, &why));
	CHECK_STR(reply.from, mail.from);
	CHECK_STR(reply.from_name, mail.from_name);
	CHECK_STR(reply.subject, mail.subject);
	CHECK_STR(reply.message_id, mail.message_id);
	CHECK(reply.automatic && !reply.cut && reply.date_ms == mail.date_ms);
	CHECK(reply.text.len && str_starts(mail.text, str_part(reply.text, 0, 3)));
	return mail.text;
}

static void
add_quoted(struct buf *out, str text, const char *mark)
{
	while (text.len) {
		str line = str_cut(&text, '\n');

		buf_addf(out, "%s" STR_FMT "\n", mark, STR_ARG(line));
	}
}

/* As HTML, each line ended by `end`. */
static void
add_html(struct buf *out, str text, const char *end)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (c == '\n')
			buf_addf(out, "%s\n", end);
		else if (c == '&' || c == '<' || c == '>')
			buf_add(out, c == '&'   ? STR("&amp;")
				     : c == '<' ? STR("&lt;")
						: STR("&gt;"));
		else
			buf_add_char(out, c);
	}
}

static void
gmail(struct buf *out, str answer, str letter)
{
	buf_addf(out,
	    STR_FMT "\n\n张三 (Kith) <ask@kith.example> 于2026年11月20日周五\n"
		    "09:12写道：\n\n",
	    STR_ARG(answer));
	add_quoted(out, letter, "> ");
}

static void
apple(struct buf *out, str answer, str letter)
{
	buf_addf(out,
	    STR_FMT "\n\nSent from my iPhone\n\n> On 20 Nov 2026, at 09:12, Zhang San "
		    "<ask@kith.example> wrote:\n> \n",
	    STR_ARG(answer));
	add_quoted(out, letter, "> ");
}

static void
outlook(struct buf *out, str answer, str letter)
{
	buf_addf(out,
	    STR_FMT "\n\n-----Original Message-----\nFrom: Zhang San\nSent: Friday\n"
		    "To: Li\nSubject: x\n\n" STR_FMT,
	    STR_ARG(answer), STR_ARG(letter));
}

static void
foxmail(struct buf *out, str answer, str letter)
{
	buf_addf(out,
	    STR_FMT
	    "\n\n\n\n发件人： 张三\n发送时间： 2026-11-20 09:12\n收件人： 李四\n"
	    "主题： 核对\n\n" STR_FMT,
	    STR_ARG(answer), STR_ARG(letter));
}

static void
thunderbird_below(struct buf *out, str answer, str letter)
{
	buf_add(out, STR("On 20/11/2026 09:12, Zhang San wrote:\n"));
	add_quoted(out, letter, "> ");
	buf_addf(out, "\n" STR_FMT "\n\n-- \nLi Si\n", STR_ARG(answer));
}

static void
quoted_twice(struct buf *out, str answer, str letter)
{
	buf_addf(out, STR_FMT "\n\nOn Fri, Nov 20, 2026 Li <li@example.com> wrote:\n",
	    STR_ARG(answer));
	buf_add(out, STR("> earlier words\n> On Thu, Nov 19, 2026 Zhang wrote:\n"));
	add_quoted(out, letter, ">> ");
}

static void
gmail_html(struct buf *out, str answer, str letter)
{
	buf_add(out, STR("<div dir=\"ltr\">"));
	add_html(out, answer, "<br>");
	buf_add(out, STR("</div><br><div class=\"gmail_quote\"><div "
			 "class=\"gmail_attr\">On Fri, "
			 "Nov 20, 2026 Zhang wrote:<br></div><blockquote "
			 "class=\"gmail_quote\">"));
	add_html(out, letter, "<br>");
	buf_add(out, STR("</blockquote></div>"));
}

static void
outlook_html(struct buf *out, str answer, str letter)
{
	buf_add(out, STR("<style>p{margin:0}</style><p class=MsoNormal>"));
	add_html(out, answer, "<o:p></o:p></p><p class=MsoNormal>&nbsp;</p><p>");
	buf_add(out, STR("</p><div id=\"appendonsend\"></div><hr><div "
			 "id=\"divRplyFwdMsg\"><b>发件人:"
			 "</b> 张三</div><div>"));
	add_html(out, letter, "<br>");
	buf_add(out, STR("</div>"));
}

static void
qq_html(struct buf *out, str answer, str letter)
{
	buf_add(out, STR("<div>"));
	add_html(out, answer, "<br></div><div>");
	buf_add(
	    out, STR("</div><div><br></div><div>------------------&nbsp;原始邮件&nbsp;"
		     "------------------</div><div><b>发件人:</b>张三</div><div>"));
	add_html(out, letter, "<br>");
	buf_add(out, STR("</div>"));
}

static void
netease_html(struct buf *out, str answer, str letter)
{
	buf_add(out, STR("<div style=\"line-height:1.7\">"));
	add_html(out, answer, "<br/>");
	buf_add(out,
	    STR("<br/><br/>在 2026-11-20 09:12:33，\"张三\" &lt;ask@kith.example&gt; "
		"写道：<br/><blockquote id=\"isReplyContent\"><pre>"));
	add_html(out, letter, "");
	buf_add(out, STR("</pre></blockquote></div>"));
}

static const struct {
	const char *name, *type;
	void (*write)(struct buf *out, str answer, str letter);
	bool doubles; /* every line is a paragraph, with an empty one between */
} styles[] = {
	{ "Gmail", "text/plain", gmail, false },
	{ "Apple", "text/plain", apple, false },
	{ "Outlook", "text/plain", outlook, false },
	{ "Foxmail", "text/plain", foxmail, false },
	{ "Thunderbird, below", "text/plain", thunderbird_below, false },
	{ "quoted twice", "text/plain", quoted_twice, false },
	{ "Gmail, HTML", "text/html", gmail_html, false },
	{ "Outlook, HTML", "text/html", outlook_html, true },
	{ "QQ, HTML", "text/html", qq_html, false },
	{ "NetEase, HTML", "text/html", netease_html, false },
};

/* With an empty line between any two. */
static str
doubled(str text)
{
	struct buf out = buf_in(arena, MAIL_MAX_BYTES);

	while (text.len) {
		str line = str_cut(&text, '\n');

		if (line.len && out.len)
			buf_add(&out, STR("\n\n"));
		buf_add(&out, line);
	}
	return buf_str(&out);
}

static void
check_answer(size_t style, str answer, str letter)
{
	struct buf mail = buf_in(arena, MAIL_MAX_BYTES);
	struct mime_reply reply;
	struct why why = { 0 };

	buf_addf(&mail,
	    "From: li@example.com\nMIME-Version: 1.0\nContent-Type: %s; "
	    "charset=utf-8\n\n",
	    styles[style].type);
	styles[style].write(&mail, answer, letter);
	CHECK_OK(mime_read(arena, buf_str(&mail), STR(""), &reply, &why));
	CHECK_STR(reply.text, styles[style].doubles ? doubled(answer) : answer);
	CHECK(!reply.automatic);
}

static void
answered(void)
{
	for (size_t k = 0; k < sizeof letters / sizeof *letters; k++) {
		str letter = arrived(letters[k]);

		for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
			for (size_t n = 0; n < sizeof answers / sizeof *answers; n++) {
				check_about(styles[i].name);
				check_answer(i, str_of(answers[n]), letter);
			}
	}
}

int
main(void)
{
	int status;

	arena = arena_open();
	mime_start();
	status = CHECK_RUN({ "letters answered", answered });
	arena_close(&arena);
	return status;
}
