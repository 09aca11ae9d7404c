/*
 * target.c - a target's page for one ask, /a/<token>.
 *
 * GET says who asks, shows no value of the card and changes nothing, so that mail scanners
 * and chat previews can open the link as often as they like.  Everything else is a POST to
 * the same address, told apart by its button: open, check, send, or one of the exits.
 */

#include "ask/kept.h"
#include "ask/texts.h"
#include "base/base64.h"
#include "web/target_int.h"

static struct asker_view
asker(const struct ask_peek *peek)
{
	return (struct asker_view){ peek->asker, peek->asker_phone, peek->asker_email };
}

static struct target_foot_view
foot(const struct page *p, const struct ask_peek *peek)
{
	return (struct target_foot_view){ peek->asker, peek->to_tail,
		web_day(p, peek->expires_ms) };
}

static str
action(const struct page *p, str token)
{
	return page_path(p, "a", token, (str){ 0 });
}

/* --- what can be said at the end --- */

static void
show_done(struct page *p, unsigned status, str title, str words, str more, str kept)
{
	struct buf html = page_buf(p);
	struct target_done_view view = {
		.head = page_head(p, title),
		.lang = target_lang(p, ""),
		.words = words,
		.more = more,
		.kept = kept,
	};

	html_target_done(&html, p, &view);
	page_send(p, status, &html);
}

/* A link that opens nothing any more.  What never was, what was taken back and what ran
 * out look the same. */
static void
show_over(struct page *p, enum ask_state state)
{
	bool answered =
	    state == ASK_MERGED || state == ASK_ANSWERED || state == ASK_PARTLY;

	p->res->outcome = ERR_GONE;
	show_done(p, answered ? 200 : 410,
	    web_text(p->lang, answered ? T_t_over_answered : T_t_over_expired),
	    (str){ 0 }, (str){ 0 }, (str){ 0 });
}

/* --- GET: who asks --- */

static void
show_ask(struct page *p, str token, const struct ask_peek *peek)
{
	struct buf html = page_buf(p);
	struct target_ask_view view = {
		.head = page_head(p, web_words(p, T_t_title, "owner", peek->asker)),
		.asker = asker(peek),
		.say = peek->say,
		.action = action(p, token),
		.foot = foot(p, peek),
		.lang = target_lang(p, "ask"),
	};

	view.wanted.list = ARENA_ARRAY(p->call.arena, str, ASK_MAX_FIELDS);
	for (size_t i = 0; i < peek->wanted_count; i++)
		view.wanted.list[view.wanted.count++] =
		    ask_field_text(p->lang_word, peek->wanted[i]);
	html_target_ask(&html, p, &view);
	page_send(p, 200, &html);
}

/* Reads the token off the path and what anyone with it may see; false, and answered, when
 * there never was such a link. */
static bool
peek_at(struct page *p, str rest, str *token, struct ask_peek *peek)
{
	enum err e = http_path_cut(p->call.arena, &rest, token);

	if (e == OK)
		e = rest.len ? ERR_NOT_FOUND : ask_peek(&p->call, *token, peek);
	if (e == ERR_NOT_FOUND || e == ERR_BAD_INPUT)
		show_over(p, ASK_EXPIRED);
	else if (e != OK)
		page_refuse(p, e, NULL);
	return e == OK;
}

void
page_target_get(struct page *p, str rest)
{
	struct ask_peek peek;
	str token;

	target_lang_asked(p);
	if (!peek_at(p, rest, &token, &peek))
		return;
	if (peek.open)
		show_ask(p, token, &peek);
	else
		show_over(p, peek.state);
}

/* --- the form --- */

static void
show_form(struct page *p, str token, const struct ask_page *page,
    const struct http_form *form, enum err outcome, str wrong_field)
{
	struct buf html = page_buf(p);
	struct target_form_view view = {
		.head = page_head(p, web_words(p, T_t_title, "owner", page->who.asker)),
		.asker = asker(&page->who),
		.action = action(p, token),
		.foot = foot(p, &page->who),
		.lang = target_lang(p, "form"),
	};

	target_form_fill(p, page, &view);
	if (outcome != OK)
		target_mark_wrong(p, &view, form, outcome, wrong_field);
	else if (form)
		target_keep_typed(&view, form);
	else if (!page->prepared.count)
		target_kept_fill(p, &view);
	if (view.photo_asked)
		p->script = SCRIPT_ALONE;
	html_target_form(&html, p, &view);
	page_send(p, outcome == OK ? 200 : 422, &html);
}

/* --- the confirm page --- */

static str
picture_url(const struct page *p, str jpeg)
{
	struct buf url = page_buf(p);

	buf_add(&url, STR("data:image/jpeg;base64,"));
	base64_add(&url, jpeg);
	return buf_str(&url);
}

static str
shown_of(const struct ask_page *page, const struct card_op *op)
{
	for (size_t i = 0; op->kind != CARD_INSERT && i < page->offer_count; i++)
		if (page->offers[i].item == op->item)
			return page->offers[i].shown;
	return (str){ 0 };
}

static struct confirm_line
line_of(const struct page *p, const struct ask_page *page, const struct card_op *op)
{
	struct confirm_line line = {
		.label = ask_field_text(p->lang_word, op->field),
		.shown = shown_of(page, op),
		.says = op->value,
	};

	line.stays = op->kind == CARD_CONFIRM;
	if (line.stays)
		line.says = web_text(p->lang, T_t_says_still);
	else if (op->kind == CARD_GONE)
		line.says = web_text(p->lang, T_t_says_gone);
	else if (op->field == CARD_F_PHOTO)
		line.picture = picture_url(p, op->value);
	return line;
}

static void
show_confirm(struct page *p, str token, const struct ask_page *page)
{
	struct buf html = page_buf(p);
	const struct card_ops *ops = &page->prepared;
	struct target_confirm_view view = {
		.head = page_head(p, web_text(p->lang, T_t_confirm_title)),
		.asker = asker(&page->who),
		.action = action(p, token),
		.foot = foot(p, &page->who),
		.lang = target_lang(p, "confirm"),
		.keep_as = ask_kept_token(&p->call),
		.note = page->note,
	};

	view.lines.list = ARENA_ARRAY(p->call.arena, struct confirm_line, ops->count);
	for (size_t i = 0; i < ops->count; i++)
		view.lines.list[view.lines.count++] = line_of(p, page, &ops->list[i]);
	html_target_confirm(&html, p, &view);
	page_send(p, 200, &html);
}

/* --- POST: one function per button --- */

static void
press_open(struct page *p, str token, const struct http_form *form)
{
	struct ask_page page;
	enum err e = ask_see(&p->call, token, &page);

	(void)form;
	if (e == OK)
		show_form(p, token, &page, NULL, OK, (str){ 0 });
	else
		show_over(p, ASK_EXPIRED);
}

static void
press_check(struct page *p, str token, const struct http_form *form)
{
	struct ask_page page;
	struct ask_reply reply;
	struct why why = { 0 };
	enum err e = ask_see(&p->call, token, &page);

	if (e == ERR_GONE || e == ERR_NOT_FOUND) {
		show_over(p, ASK_EXPIRED);
		return;
	}
	if (e == OK)
		e = target_form_read(p, &page, form, &reply, &why);
	if (e == OK)
		e = own_card_read(p, &page, token, form, &reply, &why);
	if (e == OK)
		e = ask_prepare(&p->call, token, &reply, &why);
	if (e == OK)
		e = ask_see(&p->call, token, &page);
	if (e == OK)
		show_confirm(p, token, &page);
	else if (e == ERR_BAD_INPUT || e == ERR_TOO_LARGE || e == ERR_UNSUPPORTED ||
		 e == ERR_SEVERAL)
		show_form(p, token, &page, form, e, why.name);
	else
		page_refuse(p, e, why.what);
}

static void
press_send(struct page *p, str token, const struct http_form *form)
{
	struct ask_answered answered;
	struct ask_page page = { 0 };
	struct ask_peek peek;
	struct why why = { 0 };
	enum err e = ask_peek(&p->call, token, &peek);

	if (e == OK)
		e = ask_see(&p->call, token, &page);
	if (e == OK)
		e = ask_answer(&p->call, token, NULL, &answered, &why);
	if (e == OK)
		show_done(p, 200, web_text(p->lang, T_t_thanks),
		    web_words(p, T_t_thanks_text, "owner", peek.asker),
		    answered.waiting
			? web_words(p, T_t_thanks_some, "owner", peek.asker)
			: (str){ 0 },
		    target_keep(p, &page, form));
	else if (e == ERR_GONE || e == ERR_NOT_FOUND)
		show_over(p, peek.state);
	else
		page_refuse(p, e, why.what);
}

/* The other language: the same page again, with what was typed. */
static void
press_lang(struct page *p, str token, const struct http_form *form,
    const struct ask_peek *peek, str where)
{
	struct ask_page page;

	if (str_same(where, STR("ask")))
		show_ask(p, token, peek);
	else if (ask_see(&p->call, token, &page) != OK)
		show_over(p, ASK_EXPIRED);
	else if (str_same(where, STR("confirm")))
		show_confirm(p, token, &page);
	else
		show_form(p, token, &page, form, OK, (str){ 0 });
}

static const struct {
	str step;
	enum ask_exit how;
	enum web_text_key words;
} exits[] = {
	{ STR_CONST("decline"), ASK_EXIT_DECLINE, T_t_left_decline },
	{ STR_CONST("not-me"), ASK_EXIT_NOT_ME, T_t_left_not_me },
	{ STR_CONST("block-owner"), ASK_EXIT_BLOCK_OWNER, T_t_left_block },
	{ STR_CONST("block-all"), ASK_EXIT_BLOCK_ALL, T_t_left_block },
};

static void
press_exit(struct page *p, str token, size_t which, const struct ask_peek *peek)
{
	enum err e = ask_leave(&p->call, p->web->rules, token, exits[which].how);

	if (e == ERR_GONE)
		show_over(p, peek->state);
	else if (e != OK)
		page_refuse(p, e, NULL);
	else
		show_done(p, 200,
		    web_words(p, exits[which].words, "owner", peek->asker), (str){ 0 },
		    (str){ 0 }, (str){ 0 });
}

static const struct {
	str step;
	void (*press)(struct page *p, str token, const struct http_form *form);
} buttons[] = {
	{ STR_CONST("open"), press_open },
	{ STR_CONST("check"), press_check },
	{ STR_CONST("send"), press_send },
};

/* RFC 8058: a mail client posts "List-Unsubscribe=One-Click" to the link itself. */
static str
step_of(const struct http_form *form)
{
	if (http_form_get(form, STR("List-Unsubscribe")).len)
		return STR("block-owner");
	return http_form_get(form, STR("step"));
}

void
page_target_post(struct page *p, str rest)
{
	struct http_form form;
	struct ask_peek peek;
	str token, step, where;
	bool turns;

	if (!page_form(p, &form) || !peek_at(p, rest, &token, &peek))
		return;
	step = step_of(&form);
	/* Who wants no more of these may say so on an old link, too. */
	for (size_t i = 0; i < sizeof exits / sizeof *exits; i++)
		if (str_same(exits[i].step, step)) {
			press_exit(p, token, i, &peek);
			return;
		}
	turns = target_lang_pressed(p, step, &where);
	if (!peek.open) {
		show_over(p, peek.state);
		return;
	}
	if (turns) {
		press_lang(p, token, &form, &peek, where);
		return;
	}
	for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++)
		if (str_same(buttons[i].step, step)) {
			buttons[i].press(p, token, &form);
			return;
		}
	page_refuse(p, ERR_BAD_INPUT, "a button that is not there");
}
