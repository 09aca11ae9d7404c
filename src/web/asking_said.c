/* asking_said.c - asking in words: ways, reasons, and a text before it goes. */
#include "ask/texts.h"
#include "web/asking_int.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const enum web_text_key way_words[] = {
	[ASK_BY_AUTO] = T_ak_by_auto,
	[ASK_BY_SMS] = T_o_by_sms,
	[ASK_BY_MMS] = T_o_by_mms,
	[ASK_BY_MAIL] = T_o_by_mail,
	[ASK_BY_SELF] = T_o_by_self,
};

static const struct {
	str what;
	enum web_text_key words;
} reasons[] = {
	{ STR_CONST(ASK_WHY_NO_CARD), T_ak_no_card },
	{ STR_CONST(ASK_WHY_NO_ADDRESS), T_ak_no_address },
	{ STR_CONST(ASK_WHY_NO_GATE), T_ak_no_gate },
	{ STR_CONST(ASK_WHY_DAY), T_ak_no_day },
	{ STR_CONST(ASK_WHY_PAIR), T_ak_no_pair },
	{ STR_CONST(ASK_WHY_COUNTRY), T_ak_no_country },
	{ STR_CONST(ASK_WHY_SMS), T_ak_no_sms },
	{ STR_CONST(ASK_WHY_PREFIX), T_ak_no_prefix },
};

str
asking_way_words(const struct page *p, enum ask_by by)
{
	return web_text(p->lang, way_words[by]);
}

str
asking_why(const struct page *p, str what)
{
	for (size_t i = 0; i < COUNT(reasons); i++)
		if (str_same(reasons[i].what, what))
			return web_text(p->lang, reasons[i].words);
	return web_text(p->lang, T_ak_no_other);
}

str
asking_why_way(const struct page *p, enum ask_by by, enum err e, str what)
{
	if (e == ERR_NOT_FOUND && (by == ASK_BY_SMS || by == ASK_BY_MMS))
		return web_text(p->lang, T_ak_no_mobile);
	if (e == ERR_NOT_FOUND && by == ASK_BY_MAIL)
		return web_text(p->lang, T_ak_no_mail);
	return asking_why(p, what);
}

str
asking_field_words(const struct page *p, const enum card_field *list, size_t count)
{
	struct buf out = page_buf(p);

	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add(&out, p->lang == WEB_ZH ? STR("、") : STR(", "));
		buf_add(&out, ask_field_text(p->lang_word, list[i]));
	}
	return buf_str(&out);
}

void
asking_notice(
    const struct page *p, const struct ask_opened *opened, struct notice_text_view *out)
{
	*out = (struct notice_text_view){
		.by = asking_way_words(p, opened->by),
		.to = opened->to,
		.subject = opened->subject,
		.text = opened->text,
		.fields = opened->wanted_count ? asking_field_words(p, opened->wanted,
						     opened->wanted_count)
					       : web_text(p->lang, T_ak_nothing_lacks),
		.length = web_words(
		    p, T_ak_chars, "n", app_number(p, (long long)opened->runes)),
	};
	if (!opened->sms_parts)
		return;
	out->price = web_words(p, T_ak_sms, "n", app_number(p, opened->sms_parts));
	out->price_hint =
	    web_text(p->lang, opened->sms_ucs2 ? T_ak_sms_full : T_ak_sms_plain);
}
