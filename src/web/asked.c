/* asked.c - one ask: what came back, what the proof is, the owner's word on it, and the way
 * back. */
#include <stdint.h>

#include "ask/ask.h"
#include "web/asking_int.h"
#include "web/owner_int.h"
#include "web/target_int.h"

static str
path_of(const struct page *p, int64_t id)
{
	return arena_printf(p->call.arena, "/asks/%lld", (long long)id);
}

/* --- shown --- */

static void
fill_undo(const struct page *p, const struct ask_view *ask, struct asked_one_view *view)
{
	bool applied = false;

	for (size_t i = 0; i < ask->item_count; i++)
		applied |= ask->items[i].decision == 'a';
	if (answer_can_undo(p, ask))
		view->undo_until = web_day(p, ask->answered_ms + ASK_UNDO_MS);
	else
		view->too_late = applied;
}

static void
show(struct page *p, unsigned status, int64_t id, const struct answer_trouble *trouble)
{
	struct buf html = page_buf(p);
	struct asked_one_view view = { .told = told_read(p) };
	struct ask_view ask;
	enum err e = ask_find(&p->call, id, &ask);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	answer_fill(p, &ask, false, trouble, &view.answer);
	if (trouble)
		view.told = told_trouble(p, trouble);
	view.name = view.answer.name;
	view.head = page_head(p, view.name);
	view.action = path_of(p, id);
	view.card = page_path(p, "card", ask.book, ask.card);
	view.state = ask_state_text(p, ask.state);
	view.to = ask.to;
	if (ask.answered_ms)
		view.since = web_day(p, ask.answered_ms);
	if (ask.forgot_ms)
		view.forgot = web_day(p, ask.forgot_ms);
	fill_undo(p, &ask, &view);
	e = timeline_fill(p, &ask, &view.timeline);
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	html_asked_one(&html, p, &view);
	page_send(p, status, &html);
}

void
asked_show(struct page *p, int64_t id)
{
	show(p, 200, id, NULL);
}

void
asked_photo(struct page *p, int64_t id)
{
	struct ask_view ask;
	enum err e = ask_find(&p->call, id, &ask);

	for (size_t i = 0; e == OK && i < ask.item_count; i++) {
		str jpeg = ask.items[i].op.value;

		if (ask.items[i].op.field != CARD_F_PHOTO || !jpeg.len)
			continue;
		http_set(p->res, STR("X-Content-Type-Options"), STR("nosniff"));
		http_set(p->res, STR("Content-Security-Policy"),
		    STR("default-src 'none'; sandbox"));
		http_set(p->res, STR("Cache-Control"), STR("private, max-age=300"));
		http_answer(p->res, 200, STR("image/jpeg"), jpeg);
		return;
	}
	page_refuse(p, e == OK ? ERR_NOT_FOUND : e, NULL);
}

/* --- the owner's word --- */

struct wish {
	int64_t id;
	size_t at; /* SIZE_MAX: all */
	str value;
	struct why why;
};

static enum err
accept(const struct page *p, struct wish *w)
{
	return ask_decide(&p->call, w->id, w->at, true, &w->why);
}

static enum err
accept_as(const struct page *p, struct wish *w)
{
	return ask_decide_as(&p->call, w->id, w->at, w->value, &w->why);
}

static enum err
refuse(const struct page *p, struct wish *w)
{
	return ask_decide(&p->call, w->id, w->at, false, &w->why);
}

static enum err
undo(const struct page *p, struct wish *w)
{
	return ask_undo(&p->call, w->id, w->at, &w->why);
}

static const struct deed {
	str word;
	enum err (*run)(const struct page *p, struct wish *w);
	str told;
} deeds[] = {
	{ STR_CONST("accept"), accept, STR_CONST("accept") },
	{ STR_CONST("as"), accept_as, STR_CONST("as") },
	{ STR_CONST("refuse"), refuse, STR_CONST("refuse") },
	{ STR_CONST("undo"), undo, STR_CONST("undone") },
};

static const struct deed *
deed_of(const struct http_form *form)
{
	str word = http_form_get(form, STR("do"));

	for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
		if (str_same(deeds[i].word, word))
			return &deeds[i];
	return NULL;
}

static bool
is_from_review(const struct http_form *form)
{
	return str_same(http_form_get(form, STR("from")), STR("review"));
}

/* Back to where he was: of all that waits, to the next item. */
static void
lead_back(struct page *p, const struct http_form *form, int64_t id, str told)
{
	str place = http_form_get(form, STR("place"));
	int64_t at = 0;
	str path = path_of(p, id);

	(void)str_number(place, &at);
	if (is_from_review(form))
		path = arena_printf(p->call.arena, "/review?ask=%lld&at=%lld",
		    (long long)id, (long long)at);
	page_go(p, told_path(p, path, told));
}

static void
show_trouble(struct page *p, const struct http_form *form, const struct wish *w,
    enum err outcome)
{
	struct answer_trouble trouble = { .ask = w->id,
		.at = w->at,
		.typed = http_form_get(form, STR("value")),
		.words = target_complaint(p, w->why.name, outcome) };

	p->res->outcome = outcome;
	p->res->what = w->why.what;
	if (is_from_review(form))
		review_show(p, 422, &trouble);
	else
		show(p, 422, w->id, &trouble);
}

/* Why it cannot be done any more. */
static str
stale_word(const struct deed *deed, const struct wish *w)
{
	str word = deed->run == undo ? ask_undo_word(&w->why) : (str){ 0 };

	return word.len ? word : STR("already");
}

void
asked_post(struct page *p, int64_t id)
{
	struct http_form form;
	struct wish wish = { .id = id, .at = SIZE_MAX };
	const struct deed *deed;
	str item;
	int64_t at = 0;
	enum err e = ERR_BAD_INPUT;

	if (!page_form(p, &form) || timeline_post(p, id, &form))
		return;
	deed = deed_of(&form);
	item = http_form_get(&form, STR("item"));
	wish.value = http_form_get(&form, STR("value"));
	if (deed && (!item.len || (str_number(item, &at) && at >= 0))) {
		wish.at = item.len ? (size_t)at : SIZE_MAX;
		e = deed->run(p, &wish);
	}
	if (e == OK)
		lead_back(p, &form, id, deed->told);
	else if (e == ERR_CONDITION)
		lead_back(p, &form, id, stale_word(deed, &wish));
	else if (e == ERR_GONE)
		lead_back(p, &form, id, STR("lost"));
	else if (deed && deed->run == accept_as &&
		 (e == ERR_BAD_INPUT || e == ERR_TOO_LARGE))
		show_trouble(p, &form, &wish, e);
	else
		page_refuse(p, e, wish.why.what);
}
