/* test_reply_text.c - what people wrote, out of what their programs made of it. */
#include <iconv.h>
#include <string.h>

#include "base/base64.h"
#include "base/check.h"
#include "mime/mime.h"
#include "mime/reply.h"

#define MAIL_MAX_BYTES ((size_t)1 << 20)

static struct arena *arena;

/* The text in that charset, as libc writes it. */
static str
in_charset(str text, const char *charset)
{
	iconv_t way = iconv_open(charset, "UTF-8");
	size_t left = text.len, room = 4 * text.len + 16, before = room;
	char *to = arena_get(arena, room), *at = to, *from = arena_get(arena, left + 1);

	must(way != (iconv_t)-1);
	memcpy(from, text.at, left);
	must(iconv(way, &from, &left, &at, &room) == 0);
	must(iconv(way, NULL, NULL, &at, &room) == 0);
	must(iconv_close(way) == 0);
	return (str){ to, before - room };
}

/* Lines of at most 76 characters, soft line ends between them: RFC 2045 6.7. */
static str
quoted_printable(str bytes)
{
	struct buf out = buf_in(arena, MAIL_MAX_BYTES);
	size_t line = 0;

	for (size_t i = 0; i < bytes.len; i++) {
		unsigned char c = (unsigned char)bytes.at[i];

		if (c == '\n') {
			buf_add(&out, STR("\r\n"));
			line = 0;
			continue;
		}
		if (line > 70) {
			buf_add(&out, STR("=\r\n"));
			line = 0;
		}
		if (c > ' ' && c < 0x7f && c != '=') {
			buf_add_char(&out, (char)c);
			line++;
		} else {
			buf_addf(&out, "=%02X", c);
			line += 3;
		}
	}
	return buf_str(&out);
}

static str
base64(str bytes)
{
	struct buf out = buf_in(arena, MAIL_MAX_BYTES);

	for (; bytes.len; bytes = str_part(bytes, 57, bytes.len)) {
		base64_add(&out, str_part(bytes, 0, 57));
		buf_add(&out, STR("\r\n"));
	}
	return buf_str(&out);
}

static str
as_it_is(str bytes)
{
	return bytes;
}

static const struct {
	const char *name;
	str (*write)(str bytes);
} encodings[] = {
	{ "8bit", as_it_is },
	{ "quoted-printable", quoted_printable },
	{ "base64", base64 },
};

static str
own_of(str mail)
{
	struct mime_reply reply;
	struct why why = { 0 };

	CHECK_OK(mime_read(arena, mail, STR(""), &reply, &why));
	return reply.text;
}

/* One part of that type, its text in that charset, by each transfer encoding. */
static void
check_part(const char *type, const char *charset, const char *text, const char *wanted)
{
	str bytes = in_charset(str_of(text), charset);

	for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
		str mail = arena_printf(arena,
		    "From: li@example.com\r\nMIME-Version: 1.0\r\n"
		    "Content-Type: %s; charset=\"%s\"\r\n"
		    "Content-Transfer-Encoding: %s\r\n\r\n",
		    type, charset, encodings[i].name);

		mail = ARENA_JOIN(arena, mail, encodings[i].write(bytes));
		CHECK_STR(own_of(mail), str_of(wanted));
	}
}

struct row {
	const char *row, *charset, *text, *wanted;
};

static const struct row plain[] = {
	{ "nothing but text", "utf-8", "My number is 138 0000 0000.\n",
	    "My number is 138 0000 0000." },
	{ "Gmail, English", "utf-8",
	    "Still the same, thanks!\n\n"
	    "On Fri, Nov 20, 2026 at 9:12 AM Zhang San (Kith) <ask@kith.example>\n"
	    "wrote:\n\n"
	    "> Hello Li Si,\n> is this still your number?\n>\n> 1. 138...\n",
	    "Still the same, thanks!" },
	{ "Gmail, English, the address broken over the line", "utf-8",
	    "yes\n\nOn Fri, 20 Nov 2026 at 09:12, Zhang San (via Kith) <\n"
	    "ask@kith.example> wrote:\n\n> Hello\n",
	    "yes" },
	{ "Gmail, Chinese", "utf-8",
	    "手机换了，新的是 139 0000 0001\n\n"
	    "张三 (Kith) <ask@kith.example> 于2026年11月20日周五 09:12写道：\n\n"
	    "> 李四你好：\n> 张三想核对你的联系方式。\n>\n",
	    "手机换了，新的是 139 0000 0001" },
	{ "Gmail, Chinese, over two lines", "utf-8",
	    "没变\n\n张三 (Kith) <ask@kith.example> "
	    "于2026年11月20日周五\n09:12写道：\n\n"
	    "> 李四你好\n",
	    "没变" },
	{ "Gmail, Taiwan", "big5",
	    "沒有變\n\n張三 <ask@kith.example> 於 2026年11月20日 週五 "
	    "上午9:12寫道：\n\n"
	    "> 李四你好\n",
	    "沒有變" },
	{ "Gmail of old", "utf-8",
	    "对\n\n2016-11-20 9:12 GMT+08:00 张三 <ask@kith.example>:\n\n> 李四你好\n",
	    "对" },
	{ "Apple Mail, English", "utf-8",
	    "New address: 5 High Street\n\n"
	    "> On 20 Nov 2026, at 09:12, Zhang San <ask@kith.example> wrote:\n> \n"
	    "> Hello\n",
	    "New address: 5 High Street" },
	{ "Apple Mail, Chinese", "utf-8",
	    "地址没变\n\n"
	    "> 在 2026年11月20日，上午9:12，张三 <ask@kith.example> 写道：\n> \n> "
	    "你好\n",
	    "地址没变" },
	{ "iPhone, Chinese", "utf-8",
	    "都对\n\n发自我的iPhone\n\n"
	    "> 在 2026年11月20日，09:12，张三 <ask@kith.example> 写道：\n> \n"
	    "> \uFEFF你好\n",
	    "都对" },
	{ "iPhone, English", "utf-8",
	    "All fine\n\nSent from my iPhone\n\n"
	    "> On Nov 20, 2026, at 09:12, Zhang San <ask@kith.example> wrote:\n> \n",
	    "All fine" },
	{ "iPad, another wording", "utf-8", "都对\n\n从我的 iPad 发送\n\n> 你好\n",
	    "都对" },
	{ "a telephone from Taiwan", "utf-8", "都對\n\n從我的 iPhone 傳送\n", "都對" },
	{ "Huawei", "utf-8", "好的\n发自我的华为手机\n", "好的" },
	{ "Outlook, English", "windows-1252",
	    "It’s unchanged.\n\nBest,\nLi\n\n"
	    "-----Original Message-----\nFrom: Zhang San <ask@kith.example>\n"
	    "Sent: Friday, November 20, 2026 9:12 AM\nTo: Li Si\n"
	    "Subject: your number\n\nHello Li Si,\nis this still yours?\n",
	    "It’s unchanged.\n\nBest,\nLi" },
	{ "Outlook, Chinese", "gb2312",
	    "新地址：北京市海淀区中关村大街1号\n\n"
	    "-----邮件原件-----\n发件人: 张三 <ask@kith.example>\n"
	    "发送时间: 2026年11月20日 9:12\n收件人: 李四\n主题: 核对\n\n你好\n",
	    "新地址：北京市海淀区中关村大街1号" },
	{ "Outlook on the web, English", "utf-8",
	    "Yes, correct.\n\n________________________________\n"
	    "From: Zhang San <ask@kith.example>\n"
	    "Sent: Friday, November 20, 2026 9:12:00 AM\n",
	    "Yes, correct." },
	{ "Outlook without a rule", "utf-8",
	    "都没变\n\n发件人： 张三 <ask@kith.example>\n"
	    "发送时间： 2026年11月20日 9:12\n收件人： 李四\n\n你好\n",
	    "都没变" },
	{ "Outlook on a telephone", "utf-8",
	    "OK\n\nGet Outlook for iOS<https://aka.ms/o0ukef>\n"
	    "________________________________\nFrom: Zhang San\nSent: Friday\n",
	    "OK" },
	{ "Outlook on a telephone, Chinese", "utf-8",
	    "可以\n\n获取 Outlook for Android<https://aka.ms/x>\n"
	    "________________________________\n发件人: 张三\n",
	    "可以" },
	{ "marked with stars", "utf-8",
	    "fine\n\n*From:* Zhang San\n*Sent:* Friday\n*To:* Li\n\nHello\n", "fine" },
	{ "QQ Mail", "gb18030",
	    "手机号不用了，请用微信 lisi\n\n\n\n\n"
	    "------------------ 原始邮件 ------------------\n"
	    "发件人: \"张三\" <ask@kith.example>;\n"
	    "发送时间: 2026年11月20日(星期五) 上午9:12\n\n你好\n",
	    "手机号不用了，请用微信 lisi" },
	{ "QQ Mail with its signature", "utf-8",
	    "没变\n\n------------------\n李四\n某某公司\n\n\n"
	    "------------------&nbsp;原始邮件&nbsp;------------------\n你好\n",
	    "没变" },
	{ "QQ Mail, English", "utf-8",
	    "same\n\n\n------------------ Original ------------------\nFrom: x\n",
	    "same" },
	{ "QQ Mail on a telephone", "utf-8",
	    "对的\n\n---原始邮件---\n发件人: \"张三\"\n", "对的" },
	{ "NetEase, Chinese", "gbk",
	    "号码没变\n\n\n\n\n\n在 2026-11-20 09:12:33，\"张三\" <ask@kith.example> "
	    "写道：\n"
	    "\n你好，\n请核对\n",
	    "号码没变" },
	{ "NetEase, English", "gbk",
	    "same as before\n\n\n\nAt 2026-11-20 09:12:33, \"Zhang San\" "
	    "<ask@kith.example> wrote:\n>Hello\n>please check\n",
	    "same as before" },
	{ "NetEase Master", "utf-8",
	    "好\n\n| |\n李四\n|\n---- 回复的原邮件 ----\n| 发件人 | 张三 |\n",
	    "好\n\n| |\n李四\n|" },
	{ "Foxmail", "gb2312",
	    "单位电话改成 010-8888 0000\n\n\n\n李四\n\n"
	    "发件人： 张三\n发送时间： 2026-11-20 09:12\n收件人： 李四\n主题： "
	    "核对\n你好\n",
	    "单位电话改成 010-8888 0000\n\n李四" },
	{ "Thunderbird, English, below", "utf-8",
	    "On 20/11/2026 09:12, Zhang San wrote:\n> Hello\n> is it right?\n\n"
	    "Yes it is.\n\n-- \nLi Si\nACME\n",
	    "Yes it is." },
	{ "Thunderbird, Chinese", "utf-8",
	    "在 2026/11/20 9:12, 张三 写道:\n> 你好\n\n不对，换了\n", "不对，换了" },
	{ "Yahoo", "utf-8",
	    "ok\n\n On Friday, November 20, 2026 at 09:12:00 AM GMT+8, Zhang San "
	    "<ask@kith.example> wrote:  \n \n Hello\n is it right?\n",
	    "ok" },
	{ "Aliyun", "gb18030",
	    "没变\n\n\n------------------------------------------------------------\n"
	    "发件人：张三 <ask@kith.example>\n发送时间：2026年11月20日(星期五) 09:12\n"
	    "收件人：李四\n主　题：核对\n\n你好\n",
	    "没变" },
	{ "iPhone of late, Chinese, no marks", "utf-8",
	    "没变\n\n2026年11月20日 09:12，张三 <ask@kith.example> 写道：\n\n你好\n",
	    "没变" },
	{ "K-9", "utf-8",
	    "yes\n\n-------- Original Message --------\nFrom: Zhang San\n"
	    "Sent: 20 November 2026\n\nHello\n",
	    "yes" },
	{ "answers between the quotes", "utf-8",
	    "see below\n\nOn Fri, Nov 20, 2026 Zhang wrote:\n"
	    "> 1. mobile: ...1234\nright\n> 2. mail: l...@example.com\n"
	    "no, use li@example.org\n\n> regards\n> Zhang\n\n--\nLi\n",
	    "see below\n\nright\n\nno, use li@example.org" },
	{ "a signature above the answers", "utf-8",
	    "-- \nLi Si\nACME\n\nOn Fri, Nov 20, 2026 Zhang wrote:\n> 1. mobile\n"
	    "right\n",
	    "right" },
	{ "nothing above, below an Outlook block with marks", "utf-8",
	    "-----Original Message-----\nFrom: Zhang San\nSent: Friday\n\n"
	    "> Is this right?\n\nYes.\n",
	    "Yes." },
	{ "nothing but a quote", "utf-8",
	    "On Fri, Nov 20, 2026 Zhang wrote:\n> Hello\n> Zhang\n", "" },
	{ "a forwarded mail", "utf-8",
	    "ask her\n\n---------- Forwarded message ---------\nFrom: Zhang\n",
	    "ask her" },
	{ "words that only look like marks", "utf-8",
	    "On Monday I moved.\nFrom: the old flat\n在北京工作\n于 2024 年搬家\n"
	    "--- new ---\n-----\n2026 was better\nI wrote: nothing\n",
	    "On Monday I moved.\nFrom: the old flat\n在北京工作\n于 2024 年搬家\n"
	    "--- new ---\n-----\n2026 was better\nI wrote: nothing" },
	{ "what only looks like a footer", "utf-8",
	    "Sent from my old address,\nthe new one is li@example.org\n",
	    "Sent from my old address,\nthe new one is li@example.org" },
	{ "Japanese", "iso-2022-jp",
	    "変わりません。\n\nOn Fri, Nov 20, 2026 Zhang wrote:\n> Hello\n",
	    "変わりません。" },
	{ "Cyrillic", "windows-1251", "всё верно\n", "всё верно" },
	{ "Greek", "iso-8859-7", "σωστά\n", "σωστά" },
	{ "UTF-16", "utf-16le", "张三 ok", "张三 ok" },
	{ "rare characters", "gb18030", "我叫𠮷田㐀\n", "我叫𠮷田㐀" },
	{ "Hong Kong", "big5-hkscs", "地址：大埔滘\n", "地址：大埔滘" },
};

static void
plain_texts(void)
{
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
		check_about(plain[i].row);
		check_part(
		    "text/plain", plain[i].charset, plain[i].text, plain[i].wanted);
	}
}

static const struct row html[] = {
	{ "bare", "utf-8", "<p>One<br>two&nbsp;&amp; three</p><p>four",
	    "One\ntwo & three\nfour" },
	{ "Gmail, Chinese", "utf-8",
	    "<div dir=\"ltr\">手机没变</div><br><div class=\"gmail_quote "
	    "gmail_quote_container\"><div dir=\"ltr\" class=\"gmail_attr\">张三 &lt;<a "
	    "href=\"mailto:ask@kith.example\">ask@kith.example</a>&gt; "
	    "于2026年11月20日周五 09:12写道：<br></div><blockquote "
	    "class=\"gmail_quote\" "
	    "style=\"margin:0px\">你好<br>张三</blockquote></div>",
	    "手机没变" },
	{ "Gmail, answers within", "utf-8",
	    "<div class=\"gmail_quote\"><div class=\"gmail_attr\">On Fri wrote:</div>"
	    "<blockquote>1. mobile</blockquote><div>right</div><blockquote>2. mail"
	    "</blockquote><div>wrong</div></div>",
	    "right\n\nwrong" },
	{ "Gmail with a signature", "utf-8",
	    "<div>yes<br clear=\"all\"><div><br></div><span>-- </span><br><div "
	    "dir=\"ltr\" class=\"gmail_signature\">Li<br>ACME</div></div>",
	    "yes" },
	{ "Outlook, English", "windows-1252",
	    "<html><head><meta charset=x><style><!-- p.MsoNormal {margin:0} --></style>"
	    "</head><body lang=EN-GB><div class=WordSection1><p class=MsoNormal>It’s "
	    "the same.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p "
	    "class=MsoNormal>Li<o:p></o:p></p><div style='border:none;border-top:solid "
	    "#E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>From:</b> "
	    "Zhang San &lt;ask@kith.example&gt; <br><b>Sent:</b> 20 November 2026 09:12"
	    "<br><b>To:</b> Li Si<br><b>Subject:</b> your number<o:p></o:p></p></div>"
	    "<p class=MsoNormal>Hello</p></div></body></html>",
	    "It’s the same.\n\nLi" },
	{ "Outlook, Chinese", "gb2312",
	    "<html><head><style>p{}</style></head><body><div class=WordSection1>"
	    "<p class=MsoNormal>座机改为 010-66660000<o:p></o:p></p><div><div "
	    "style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>发件人<span "
	    "lang=EN-US>:</span></b> 张三<br><b>发送时间<span lang=EN-US>:</span></b> "
	    "2026年11月20日<br><b>收件人:</b> 李四</p></div></div><p>你好</p>",
	    "座机改为 010-66660000" },
	{ "Outlook on the web", "utf-8",
	    "<div class=\"elementToProof\">No change.</div><div id=\"appendonsend\">"
	    "</div><hr tabindex=\"-1\"><div id=\"divRplyFwdMsg\" "
	    "dir=\"ltr\"><b>From:</b> "
	    "Zhang</div><div>Hello</div>",
	    "No change." },
	{ "Outlook on the web, quoted again", "utf-8",
	    "<div>No</div><div id=\"x_divRplyFwdMsg\">From: Zhang</div><p>Hello",
	    "No" },
	{ "Outlook on a telephone", "utf-8",
	    "<div dir=\"auto\">好的</div><div id=\"ms-outlook-mobile-signature\">获取 "
	    "<a href=\"https://aka.ms/x\">Outlook for iOS</a></div><hr><div "
	    "id=\"divRplyFwdMsg\">发件人: 张三</div>",
	    "好的" },
	{ "Apple Mail", "utf-8",
	    "<html><body>地址没变。<br id=\"lineBreakAtBeginningOfMessage\"><div><br>"
	    "<blockquote type=\"cite\"><div>2026年11月20日 09:12，张三 写道：</div><br "
	    "class=\"Apple-interchange-newline\"><div>你好</div></blockquote></div>",
	    "地址没变。" },
	{ "iPhone", "utf-8",
	    "<html><body dir=\"auto\">Same<br><br><div dir=\"ltr\">Sent from my iPhone"
	    "</div><div dir=\"ltr\"><br><blockquote type=\"cite\">On Nov 20, 2026, "
	    "Zhang "
	    "wrote:<br></blockquote></div><blockquote type=\"cite\"><div>Hello</div>"
	    "</blockquote></body></html>",
	    "Same" },
	{ "QQ Mail", "gb18030",
	    "<div>微信改了：lisi2026</div><div><br></div><div style=\"font-size:12px;"
	    "padding:2px 0 2px 0;\">------------------&nbsp;原始邮件&nbsp;"
	    "------------------</div><div style=\"background:#efefef;\"><div><b>发件人:"
	    "</b>&nbsp;\"张三\"</div></div><div>你好</div>",
	    "微信改了：lisi2026" },
	{ "QQ Mail, old", "gbk",
	    "<div>对</div><div><includetail><div>---原始邮件---</div>你好</includetail>"
	    "</div>",
	    "对" },
	{ "QQ Mail, by class", "utf-8",
	    "<div>对</div><div class=\"origin\">你好<div>再</div>见</div>", "对" },
	{ "NetEase", "gbk",
	    "<div style=\"line-height:1.7\"><p>号码没变</p><br><div "
	    "id=\"divNeteaseMailCard\"></div><br>在 2026-11-20 09:12:33，\"张三\" "
	    "&lt;ask@kith.example&gt; 写道：<br> <blockquote id=\"isReplyContent\" "
	    "style=\"margin:0\"><div>你好</div></blockquote></div>",
	    "号码没变" },
	{ "NetEase, no blockquote", "utf-8",
	    "没变<br><div id=\"isReplyContent\"><div>你好</div></div>", "没变" },
	{ "Foxmail", "gb2312",
	    "<body "
	    "style=\"margin:10px\"><div><span></span>都对</div><div><br></div><hr "
	    "style=\"width:210px\" color=\"#b5c4df\" "
	    "size=\"1\"><div><span><div>李四</div>"
	    "</span></div><blockquote "
	    "style=\"margin-left:0.5em\"><div>&nbsp;</div><div "
	    "style=\"border-top:solid #B5C4DF 1.0pt\"><b>发件人：</b>张三</div>你好"
	    "</blockquote></body>",
	    "都对\n\n李四" },
	{ "Thunderbird", "utf-8",
	    "<html><body><p>Yes.</p><div class=\"moz-cite-prefix\">On 20/11/2026 "
	    "09:12, "
	    "Zhang San wrote:<br></div><blockquote type=\"cite\" cite=\"mid:x@y\">Hello"
	    "<blockquote type=\"cite\">older</blockquote>more</blockquote><p>And "
	    "this.</p>"
	    "<pre class=\"moz-signature\" cols=\"72\">-- \nLi</pre></body></html>",
	    "Yes.\n\nAnd this." },
	{ "Yahoo", "utf-8",
	    "<div>fine</div><div id=\"ydp12yahoo_quoted_34\" "
	    "class=\"ydp12yahoo_quoted\">"
	    "<div>On Friday, Zhang wrote:<div>Hello</div></div></div>",
	    "fine" },
	{ "Proton", "utf-8",
	    "<div>fine</div><div class=\"protonmail_quote\">On Friday<blockquote>Hi"
	    "</blockquote></div>",
	    "fine" },
	{ "lists and tables", "utf-8",
	    "<ul><li>mobile: 138<li>mail: li@example.org</ul><table><tr><td>QQ</td><td>"
	    "10001</td></tr><tr><td>fax<td>none</table>",
	    "- mobile: 138\n- mail: li@example.org\nQQ 10001\nfax none" },
	{ "white space", "utf-8", " <p>\n  one\n   two </p>\n\n<pre>a  b\nc</pre>",
	    "one two\na  b\nc" },
	{ "entities", "utf-8",
	    "&#20320;&#x597D; &lt;b&gt; &quot;x&quot; &hellip; &#128; &nbsp &bogus; "
	    "&#0; "
	    "&#xD800; & &;",
	    "你好 <b> \"x\" … €   &bogus; &#0; &#xD800; & &;" },
	{ "what is not text", "utf-8",
	    "<!doctype html><title>t</title><script>if (a<b) \"</p>\"</script>a<!-- "
	    "<p>b "
	    "-->c<![if !x]>d<![endif]><style>e</style><?php f ?>",
	    "acd" },
	{ "broken", "utf-8", "a < b <3 </p <div title=\"x>y\">c</div", "a < b <3\nc" },
	{ "never closed", "utf-8", "mine<blockquote>yours<p>yours<div>yours", "mine" },
	{ "a comment never closed", "utf-8", "mine<!-- yours", "mine" },
	{ "a script never closed", "utf-8", "mine<script>yours</b>", "mine" },
	{ "Word's own", "utf-8",
	    "<p>a<o:p/></p><!--[if gte mso 9]><xml><w:x>b</w:x></xml><![endif]--><p>c",
	    "a\nc" },
};

static void
html_texts(void)
{
	for (size_t i = 0; i < sizeof html / sizeof *html; i++) {
		check_about(html[i].row);
		check_part("text/html", html[i].charset, html[i].text, html[i].wanted);
	}
}

#define FROM        "From: li@example.com\r\nMIME-Version: 1.0\r\n"
#define MIXED(kind) FROM "Content-Type: multipart/" kind "; boundary=\"=_b\"\r\n\r\n"
#define PART(type)  "\r\n--=_b\r\nContent-Type: " type "\r\n\r\n"
#define LAST        "\r\n--=_b--\r\n"

static const struct {
	const char *row, *mail, *wanted;
} whole[] = {
	{ "plain beats HTML",
	    MIXED("alternative")
		PART("text/plain") "plain" PART("text/html") "<p>html" LAST,
	    "plain" },
	{ "HTML first",
	    MIXED("alternative")
		PART("text/html") "<p>html" PART("text/plain") "plain" LAST,
	    "plain" },
	{ "an empty plain part",
	    MIXED("alternative")
		PART("text/plain") " \r\n" PART("text/html") "<p>html" LAST,
	    "html" },
	{ "texts around a file",
	    MIXED("mixed") PART("text/plain") "one" PART(
		"text/x-vcard; name=a.vcf") "BEGIN:VCARD" PART("text/plain") "two" LAST,
	    "one\ntwo" },
	{ "a text that is a file",
	    MIXED("mixed") PART("text/plain") "one" PART(
		"text/plain; name=notes.txt") "notes" LAST,
	    "one" },
	{ "a text with a name, and nothing else",
	    FROM "Content-Type: text/plain; name=body.txt\r\n\r\none", "one" },
	{ "an attached text",
	    MIXED("mixed")
		PART("text/plain\r\nContent-Disposition: attachment") "notes" PART(
		    "text/plain") "one" LAST,
	    "one" },
	{ "signed",
	    MIXED("signed; micalg=pgp-sha256; protocol=\"application/pgp-signature\"")
		PART("text/plain") "one" PART("application/pgp-signature") "x" LAST,
	    "one" },
	{ "encrypted",
	    MIXED("encrypted; protocol=\"application/pgp-encrypted\"")
		PART("application/pgp-encrypted") "Version: 1" PART(
		    "application/octet-stream") "x" LAST,
	    "" },
	{ "with its pictures",
	    MIXED("related; type=\"text/html\"")
		PART("text/html") "one<img src=cid:a>" PART("text/html") "two" LAST,
	    "one" },
	{ "elsewhere",
	    FROM "Content-Type: message/external-body; access-type=URL; "
		 "URL=\"http://x.example/\"\r\n\r\nContent-Type: text/plain\r\n\r\n",
	    "" },
	{ "a mail within the mail",
	    MIXED("mixed") PART("text/plain") "one" PART(
		"message/rfc822") "From: a@b\r\n\r\ntwo" LAST,
	    "one" },
	{ "flowed",
	    FROM "Content-Type: text/plain; format=flowed\r\n\r\n"
		 "My new address is 5 High \r\nStreet, \r\nOxford\r\n From here on\r\n"
		 "> quoted \r\n> more\r\n-- \r\nLi\r\n",
	    "My new address is 5 High Street, Oxford\nFrom here on" },
	{ "flowed, Chinese",
	    FROM
	    "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes\r\n\r\n"
	    "地址改为北京市 \r\n海淀区\r\n",
	    "地址改为北京市海淀区" },
	{ "flowed, an attribution over lines",
	    FROM "Content-Type: text/plain; format=flowed\r\n\r\n"
		 "yes\r\n\r\nOn 20 Nov 2026, at 09:12, Zhang San \r\n"
		 "<ask@kith.example> wrote:\r\n\r\n> Hello\r\n",
	    "yes" },
	{ "no type at all", "From: li@example.com\n\nplain\n", "plain" },
	{ "a type that is none", "From: li@example.com\nContent-Type: x\n\nplain\n",
	    "" },
	{ "no charset, UTF-8", FROM "\r\n没变", "没变" },
	{ "no charset, GB18030", FROM "\r\n\xc3\xbb\xb1\xe4", "没变" },
	{ "UTF-8 that is GB2312",
	    FROM "Content-Type: text/plain; charset=utf-8\r\n\r\n\xc3\xbb\xb1\xe4",
	    "没变" },
	{ "GB2312 that is UTF-8",
	    FROM "Content-Type: text/plain; charset=gb2312\r\n\r\n没变", "没变" },
	{ "GB2312 that is GBK",
	    FROM "Content-Type: text/plain; charset=gb2312\r\n\r\n\xe9\x46", "镕" },
	{ "a charset nobody knows",
	    FROM "Content-Type: text/plain; charset=x-martian\r\n\r\n没变", "没变" },
	{ "bytes that are nothing",
	    FROM "Content-Type: text/plain; charset=utf-8\r\n\r\na\xff\xff",
	    "a\uFFFD\uFFFD" },
	{ "NUL and other controls",
	    FROM "\r\na\x01\x1b[0mb\xe2\x80\xae"
		 "c\xe2\x80\x8b"
		 "d",
	    "a[0mbcd" },
	{ "CR alone ends lines", FROM "\r\none\rtwo\r> three\r", "one\ntwo" },
	{ "an encoding nobody knows",
	    FROM "Content-Transfer-Encoding: x-own\r\n\r\nplain", "plain" },
	{ "broken base64", FROM "Content-Transfer-Encoding: base64\r\n\r\ncGxh*aW4=!",
	    "plain" },
	{ "broken quoted-printable",
	    FROM "Content-Transfer-Encoding: quoted-printable\r\n\r\na=zzb=", "a=zzb" },
	{ "boundaries never closed",
	    MIXED("mixed") PART("text/plain") "one" PART("text/plain") "two",
	    "one\ntwo" },
	{ "a boundary that never comes", MIXED("mixed") "one", "" },
	{ "no boundary named",
	    FROM "Content-Type: multipart/mixed\r\n\r\n--x\r\n\r\none", "" },
	{ "a boundary within another",
	    MIXED("mixed") "--=_b\r\nContent-Type: multipart/mixed; "
			   "boundary=\"=_b2\"\r\n\r\n"
			   "--=_b2\r\n\r\none\r\n--=_b2--\r\n--=_b\r\n\r\ntwo\r\n--=_b-"
			   "-\r\n",
	    "one\ntwo" },
	{ "an mbox line", "From li@example.com Fri Nov 20\nFrom: li@example.com\n\none",
	    "one" },
};

static void
whole_mails(void)
{
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
		check_about(whole[i].row);
		CHECK_STR(own_of(str_of(whole[i].mail)), str_of(whole[i].wanted));
	}
}

int
main(void)
{
	int status;

	arena = arena_open();
	mime_start();
	status = CHECK_RUN({ "plain text", plain_texts }, { "HTML", html_texts },
	    { "whole mails", whole_mails });
	arena_close(&arena);
	return status;
}
