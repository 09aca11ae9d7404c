/*
 * kept.c - the answers somebody keeps for the next who asks, /k/<token>.
 *
 * GET shows no value and changes nothing.  "Use" gives this browser a cookie for an hour; it
 * is SameSite=Strict, so it comes with the buttons of our own pages and never with a link.
 */
#include "ask/kept.h"

#include "ask/texts.h"
#include "web/target_int.h"

#define KEPT_COOKIE   "kith-kept"
#define KEPT_COOKIE_S 3600

str
target_kept_token(const struct page *p)
{
	return http_cookie(p->req, STR(KEPT_COOKIE));
}

void
target_kept_fill(const struct page *p, struct target_form_view *view)
{
	struct card_ops kept;
	int64_t until_ms;
	str token = target_kept_token(p);

	if (!token.len || ask_kept_find(&p->call, token, &kept, &until_ms) != OK)
		return;
	for (size_t i = 0; i < view->inputs.count; i++)
		for (size_t j = 0; j < kept.count; j++) {
			struct input_view *input = &view->inputs.list[i];

			if (input->value.len || kept.list[j].field != input->row->field)
				continue;
			input->value = kept.list[j].value;
			view->filled_in = true;
		}
}

str
target_keep(
    const struct page *p, const struct ask_page *page, const struct http_form *form)
{
	str token = http_form_get(form, STR("keep-as"));

	if (!http_form_get(form, STR("keep")).len ||
	    ask_kept_put(&p->call, &page->prepared, token) != OK)
		return (str){ 0 };
	return arena_printf(p->call.arena, STR_FMT STR_FMT,
	    STR_ARG(p->web->rules->origin),
	    STR_ARG(page_path(p, "k", token, (str){ 0 })));
}

static void
show(struct page *p, str token, struct target_kept_view view)
{
	struct buf html = page_buf(p);

	view.head = page_head(p, web_text(p->lang, T_k_title));
	view.action = page_path(p, "k", token, (str){ 0 });
	view.lang = target_lang(p, "");
	html_target_kept(&html, p, &view);
	page_send(p, 200, &html);
}

static void
say(struct page *p, str token, enum web_text_key words, bool asks)
{
	show(p, token,
	    (struct target_kept_view){
		.words = web_text(p->lang, words), .asks = asks });
}

static bool
token_at(struct page *p, str rest, str *token)
{
	target_lang_asked(p);
	if (http_path_cut(p->call.arena, &rest, token) == OK && !rest.len)
		return true;
	page_refuse(p, ERR_NOT_FOUND, NULL);
	return false;
}

/* The same whether there is anything or not. */
void
page_kept_get(struct page *p, str rest)
{
	str token;

	if (token_at(p, rest, &token))
		say(p, token, T_k_hint, true);
}

static void
press_open(struct page *p, str token)
{
	struct target_kept_view view = { .words = web_text(p->lang, T_k_hint),
		.asks = true };
	struct card_ops kept;
	int64_t until_ms;

	if (ask_kept_find(&p->call, token, &kept, &until_ms) != OK) {
		say(p, token, T_k_none, false);
		return;
	}
	view.until = web_day(p, until_ms);
	view.lines.list = ARENA_ARRAY(p->call.arena, struct kept_line, kept.count);
	for (size_t i = 0; i < kept.count; i++)
		view.lines.list[view.lines.count++] = (struct kept_line){
			ask_field_text(p->lang_word, kept.list[i].field),
			kept.list[i].value
		};
	show(p, token, view);
}

static void
press_use(struct page *p, str token)
{
	struct card_ops kept;
	int64_t until_ms;

	if (ask_kept_find(&p->call, token, &kept, &until_ms) != OK) {
		say(p, token, T_k_none, false);
		return;
	}
	http_set(p->res, STR("Set-Cookie"),
	    arena_printf(p->call.arena,
		KEPT_COOKIE "=" STR_FMT
			    "; Path=/a; HttpOnly; SameSite=Strict; Max-Age=%d%s",
		STR_ARG(token), KEPT_COOKIE_S, p->req->secure ? "; Secure" : ""));
	say(p, token, T_k_used, false);
}

static void
press_wipe(struct page *p, str token)
{
	enum err e = ask_kept_wipe(&p->call, token);

	if (e == OK)
		say(p, token, T_k_wiped, false);
	else
		page_refuse(p, e, NULL);
}

void
page_kept_post(struct page *p, str rest)
{
	static const struct {
		str step;
		void (*press)(struct page *p, str token);
	} buttons[] = {
		{ STR_CONST("open"), press_open },
		{ STR_CONST("use"), press_use },
		{ STR_CONST("wipe"), press_wipe },
	};
	struct http_form form;
	str token, step;

	if (!page_form(p, &form) || !token_at(p, rest, &token))
		return;
	step = http_form_get(&form, STR("step"));
	for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++)
		if (str_same(buttons[i].step, step)) {
			buttons[i].press(p, token);
			return;
		}
	page_refuse(p, ERR_BAD_INPUT, "a button that is not there");
}
