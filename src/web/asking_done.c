/* asking_done.c - asked: whom it goes to, or the owner's own link and what he sends it with. */
#include "web/asking_int.h"
#include "web/qr_int.h"

/* "sms:+8613900000000?&body=..." (RFC 5724).  The empty field before the body is for the
 * phones that want '&' before it; the others skip it. */
static str
sms_url(const struct page *p, str number, str text)
{
	struct buf url = page_buf(p);

	buf_add(&url, STR("sms:"));
	buf_add(&url, number);
	buf_add(&url, STR("?&body="));
	http_query_add(&url, text);
	return buf_str(&url);
}

/* "mailto:...?subject=...&body=..." (RFC 6068). */
static str
mail_url(const struct page *p, str address, str subject, str text)
{
	struct buf url = page_buf(p);

	buf_add(&url, STR("mailto:"));
	http_query_add(&url, address);
	buf_add(&url, STR("?subject="));
	http_query_add(&url, subject);
	buf_add(&url, STR("&body="));
	http_query_add(&url, text);
	return buf_str(&url);
}

/* Where the owner's own phone or mail reaches him: it needs no gateway of ours and no budget
 * of ours holds it. */
static str
address_of(const struct page *p, const struct ask_draft *draft, enum ask_by by)
{
	struct ask_rules rules = *p->web->rules;
	struct ask_draft wish = *draft;
	struct ask_opened would = { 0 };
	struct why why = { 0 };

	rules.sms = rules.mail = true;
	rules.budget.sms_countries = (str){ 0 };
	wish.by = by;
	return ask_preview(&p->call, &rules, &wish, &would, &why) == OK ? would.to
									: (str){ 0 };
}

/* In the language of what goes out, not of this page. */
static str
mail_subject(const struct page *p)
{
	bool english = str_same(p->web->rules->lang, STR("en"));

	return web_text(english ? WEB_EN : WEB_ZH, T_ak_mail_subject);
}

static void
fill_own(const struct page *p, const struct ask_draft *draft,
    const struct ask_opened *opened, struct asked_view *view)
{
	view->words = web_text(p->lang, T_o_asked_self);
	view->link = opened->link;
	view->sms = sms_url(p, address_of(p, draft, ASK_BY_SMS), opened->text);
	view->mail = mail_url(
	    p, address_of(p, draft, ASK_BY_MAIL), mail_subject(p), opened->text);
	if (qr_path(p->call.arena, opened->link, &view->qr_path, &view->qr_box) != OK)
		view->qr_path = (str){ 0 }; /* too long an address for a camera */
}

void
asking_done(
    struct page *p, const struct ask_draft *draft, const struct ask_opened *opened)
{
	struct buf html = page_buf(p);
	str name = opened->fn.len ? opened->fn : web_text(p->lang, T_o_unnamed);
	struct asked_view view = {
		.head = page_head(p, web_words(p, T_o_ask_title, "name", name)),
		.words = web_words(p, T_o_asked, "to", opened->to),
		.text = opened->text,
		.ask = page_path(p, "asks", app_number(p, opened->id), (str){ 0 }),
	};

	if (opened->by == ASK_BY_SELF)
		fill_own(p, draft, opened, &view);
	html_asked(&html, p, &view);
	page_send(p, 200, &html);
}
