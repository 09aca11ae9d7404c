/* reach.c - the numbers and addresses the owner is known by. */
#include "auth/reach.h"

#include "ask/code.h"
#include "web/security_int.h"

static enum err
fill(const struct page *p, struct reach_view *view)
{
	static const struct {
		str kind;
		enum web_text_key label;
	} kinds[] = { { STR_CONST("tel"), T_f_tel },
		{ STR_CONST("email"), T_f_email } };
	struct auth_identifier *list;
	size_t count;

	view->head = page_head(p, web_text(p->lang, T_w_title));
	view->tel = p->web->rules->sms;
	view->email = p->web->rules->mail;
	TRY(auth_identifier_list(&p->call, p->call.who, &list, &count));
	view->known.list = ARENA_ARRAY(p->call.arena, struct reach_row, count);
	for (size_t i = 0; i < count; i++) {
		struct reach_row row = { list[i].kind, list[i].kind, list[i].value };

		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
			if (str_same(kinds[k].kind, row.kind))
				row.label = web_text(p->lang, kinds[k].label);
		view->known.list[view->known.count++] = row;
	}
	return OK;
}

static void
show(struct page *p, unsigned status, struct reach_view *view)
{
	struct buf html = page_buf(p);
	enum err e = fill(p, view);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	html_reach(&html, p, view);
	page_send(p, status, &html);
}

/* What an outcome is called on this page. */
struct reach_words {
	enum err outcome;
	enum web_text_key words;
};

static void
show_wrong(struct page *p, enum err e, const struct reach_words *words, size_t count,
    struct reach_view *view)
{
	p->res->outcome = e;
	for (size_t i = 0; i < count; i++)
		if (words[i].outcome == e) {
			view->wrong = web_text(p->lang, words[i].words);
			show(p, e == ERR_LIMIT ? 429 : 422, view);
			return;
		}
	page_refuse(p, e, NULL);
}

void
page_reach_get(struct page *p, str rest)
{
	if (rest.len)
		page_refuse(p, ERR_NOT_FOUND, NULL);
	else
		show(p, 200, &(struct reach_view){ 0 });
}

/* --- done --- */

struct posting {
	const struct page *p;
	str kind, to, lang;
};

static enum err
post_code(struct store_tx *tx, str code, void *arg)
{
	const struct posting *it = arg;

	return ask_code_in(
	    tx, &it->p->call, it->p->web->rules, it->kind, it->to, it->lang, code);
}

static enum err
send_code(struct page *p, str kind, str typed, str *value)
{
	struct auth_account me;
	struct posting it = { .p = p, .kind = kind };

	TRY(auth_account_find(&p->call, p->call.who, &me));
	TRY(ask_code_address(&p->call, p->web->rules, kind, typed, me.region, value));
	it.to = *value;
	it.lang = p->lang_word;
	return auth_reach_begin(&p->call, kind, *value, post_code, &it);
}

static void
begin(struct page *p, const struct http_form *form)
{
	static const struct reach_words words[] = { { ERR_BAD_INPUT, T_w_bad },
		{ ERR_UNSUPPORTED, T_w_unsupported }, { ERR_LIMIT, T_w_limit },
		{ ERR_FULL, T_w_full }, { ERR_EXISTS, T_w_yours } };
	struct reach_view view = { .kind = http_form_get(form, STR("kind")) };
	str typed = http_form_get(form, STR("value"));
	enum err e = send_code(p, view.kind, typed, &view.value);

	if (e == OK) {
		show(p, 200, &view);
		return;
	}
	view.value = (str){ 0 };
	if (str_same(view.kind, STR("tel")))
		view.typed = typed;
	show_wrong(p, e, words, sizeof words / sizeof *words, &view);
}

static void
confirm(struct page *p, const struct http_form *form)
{
	static const struct reach_words words[] = { { ERR_WHO, T_w_wrong },
		{ ERR_NOT_FOUND, T_w_over }, { ERR_EXISTS, T_w_taken },
		{ ERR_FULL, T_w_full } };
	struct reach_view view = { .kind = http_form_get(form, STR("kind")),
		.value = http_form_get(form, STR("value")) };
	enum err e = auth_reach_confirm(&p->call, view.kind, view.value,
	    str_trim(http_form_get(form, STR("code"))));

	if (e != ERR_WHO) /* another code would not help */
		view.value = (str){ 0 };
	if (e == OK) {
		view.done = web_text(p->lang, T_w_added);
		show(p, 200, &view);
		return;
	}
	show_wrong(p, e, words, sizeof words / sizeof *words, &view);
}

/* What is gone already is gone: the form was sent twice. */
static void
drop(struct page *p, const struct http_form *form)
{
	struct reach_view view = { .done = web_text(p->lang, T_w_removed) };
	enum err e = auth_reach_remove(&p->call, http_form_get(form, STR("kind")),
	    http_form_get(form, STR("value")));

	if (e == OK || e == ERR_NOT_FOUND)
		show(p, 200, &view);
	else
		page_refuse(p, e, NULL);
}

void
page_reach_post(struct page *p, str rest)
{
	static const struct {
		str word;
		void (*run)(struct page *p, const struct http_form *form);
	} deeds[] = { { STR_CONST("begin"), begin }, { STR_CONST("confirm"), confirm },
		{ STR_CONST("remove"), drop } };
	struct http_form form;

	(void)rest;
	if (!page_form(p, &form))
		return;
	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
		if (str_same(deeds[i].word, http_form_get(&form, STR("do")))) {
			deeds[i].run(p, &form);
			return;
		}
	page_refuse(p, ERR_BAD_INPUT, NULL);
}
