/* asking.c - the owner asks a contact. */
#include "ask/texts.h"
#include "card/field.h"
#include "web/page_int.h"

/* What a target can be asked for, in the order of the form. */
static const enum card_field askable[] = { CARD_F_MOBILE, CARD_F_WORK_TEL,
	CARD_F_HOME_TEL, CARD_F_FAX, CARD_F_EMAIL, CARD_F_WORK_EMAIL, CARD_F_ORG,
	CARD_F_TITLE, CARD_F_WORK_ADDRESS, CARD_F_HOME_ADDRESS, CARD_F_QQ,
	CARD_F_WECHAT, CARD_F_WEIBO, CARD_F_URL, CARD_F_BDAY, CARD_F_PHOTO };

static const struct {
	enum ask_by by;
	enum web_text_key label;
} ways[] = {
	{ ASK_BY_SMS, T_o_by_sms },
	{ ASK_BY_MMS, T_o_by_mms },
	{ ASK_BY_MAIL, T_o_by_mail },
	{ ASK_BY_SELF, T_o_by_self },
};

struct asked_card {
	struct book book;
	struct book_card card;
};

static bool
find(struct page *p, str rest, struct asked_card *out)
{
	str book_name;
	str name;
	enum err e = http_path_cut(p->call.arena, &rest, &book_name);

	if (e == OK)
		e = http_path_cut(p->call.arena, &rest, &name);
	if (e == OK)
		e = book_find(&p->call, p->call.who, book_name, &out->book);
	if (e == OK)
		e = book_card(&p->call, &out->book, name, BOOK_HEADS, &out->card);
	if (e == OK)
		return true;
	page_refuse(p, e == ERR_BAD_INPUT ? ERR_NOT_FOUND : e, NULL);
	return false;
}

static str
name_of(const struct page *p, const struct asked_card *at)
{
	return at->card.fn.len ? at->card.fn : web_text(p->lang, T_o_unnamed);
}

static bool
way_is_open(const struct page *p, enum ask_by by)
{
	if (by == ASK_BY_SMS)
		return p->web->rules->sms;
	if (by == ASK_BY_MMS)
		return p->web->rules->mms;
	return by == ASK_BY_MAIL ? p->web->rules->mail : true;
}

static void
fill_ways(const struct page *p, struct asking_view *view)
{
	view->ways.list =
	    ARENA_ARRAY(p->call.arena, struct way_view, sizeof ways / sizeof *ways);
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		if (!way_is_open(p, ways[i].by))
			continue;
		view->ways.list[view->ways.count] = (struct way_view){
			.value = ask_by_word(ways[i].by),
			.label = web_text(p->lang, ways[i].label),
			.hint = ways[i].by == ASK_BY_SELF
				    ? web_text(p->lang, T_o_by_self_hint)
				    : (str){ 0 },
			.chosen = view->ways.count == 0,
		};
		view->ways.count++;
	}
}

static void
show_form(struct page *p, const struct asked_card *at, unsigned status, str wrong)
{
	struct buf html = page_buf(p);
	size_t count = sizeof askable / sizeof *askable;
	struct asking_view view = {
		.name = name_of(p, at),
		.action = page_path(p, "ask", at->book.name, at->card.name),
		.wrong = wrong,
	};

	view.head = page_head(p, web_words(p, T_o_ask_title, "name", view.name));
	fill_ways(p, &view);
	view.fields.list = ARENA_ARRAY(p->call.arena, struct field_view, count);
	for (size_t i = 0; i < count; i++)
		view.fields.list[view.fields.count++] =
		    (struct field_view){ card_field_name(askable[i]),
			    ask_field_text(p->lang_word, askable[i]) };
	html_asking(&html, p, &view);
	page_send(p, status, &html);
}

void
page_ask_get(struct page *p, str rest)
{
	struct asked_card at;

	if (find(p, rest, &at))
		show_form(p, &at, 200, (str){ 0 });
}

static struct ask_draft
draft_of(const struct asked_card *at, const struct http_form *form)
{
	struct ask_draft draft = {
		.book = at->book.name,
		.card = at->card.name,
		.say = http_form_get(form, STR("say")),
		.open_values = http_form_get(form, STR("open")).len > 0,
	};

	(void)ask_by_read(http_form_get(form, STR("by")), &draft.by);
	for (size_t i = 0; i < form->count; i++) {
		bool named = str_same(form->fields[i].name, STR("field"));

		if (named && draft.wanted_count < ASK_MAX_FIELDS &&
		    card_field_read(
			form->fields[i].value, &draft.wanted[draft.wanted_count]))
			draft.wanted_count++;
	}
	return draft;
}

/* A link with the text in it, for the owner's own phone. */
static str
sms_url(const struct page *p, str text)
{
	struct buf url = page_buf(p);

	buf_add(&url, STR("sms:?&body="));
	http_query_add(&url, text);
	return buf_str(&url);
}

static void
show_asked(struct page *p, const struct asked_card *at, const struct ask_opened *opened)
{
	struct buf html = page_buf(p);
	bool self = opened->by == ASK_BY_SELF;
	struct asked_view view = {
		.head =
		    page_head(p, web_words(p, T_o_ask_title, "name", name_of(p, at))),
		.words = self ? web_text(p->lang, T_o_asked_self)
			      : web_words(p, T_o_asked, "to", opened->to),
		.text = opened->text,
		.sms = self ? sms_url(p, opened->text) : (str){ 0 },
		.ask = page_path(p, "asks",
		    arena_printf(p->call.arena, "%lld", (long long)opened->id),
		    (str){ 0 }),
	};

	html_asked(&html, p, &view);
	page_send(p, 200, &html);
}

void
page_ask_post(struct page *p, str rest)
{
	struct http_form form;
	struct asked_card at;
	struct ask_draft draft;
	struct ask_opened opened = { 0 };
	struct why why = { 0 };
	enum err e;

	if (!page_form(p, &form) || !find(p, rest, &at))
		return;
	draft = draft_of(&at, &form);
	e = ask_open(&p->call, p->web->rules, &draft, &opened, &why);
	p->res->outcome = e;
	if (e == OK)
		show_asked(p, &at, &opened);
	else if (e == ERR_NOT_FOUND)
		show_form(p, &at, 422, web_text(p->lang, T_o_no_way));
	else if (e == ERR_UNSUPPORTED)
		show_form(p, &at, 422, web_text(p->lang, T_o_no_gate));
	else
		page_refuse(p, e, why.what);
}
