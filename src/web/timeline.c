/* timeline.c - what happened to one ask, in words, and what its owner can do about it. */
#include "web/asking_int.h"
#include "web/owner_int.h"

static const enum web_text_key words[ASK_STATE_COUNT] = {
	[ASK_QUEUED] = T_ak_t_queued,
	[ASK_SENT] = T_ak_t_sent,
	[ASK_DELIVERED] = T_ak_t_delivered,
	[ASK_BOUNCED] = T_ak_t_bounced,
	[ASK_SEEN] = T_ak_t_seen,
	[ASK_ANSWERED] = T_ak_t_answered,
	[ASK_PARTLY] = T_ak_t_partly,
	[ASK_MERGED] = T_ak_t_merged,
	[ASK_DECLINED] = T_ak_t_declined,
	[ASK_EXPIRED] = T_ak_t_expired,
	[ASK_REVOKED] = T_ak_t_revoked,
	[ASK_NOT_ME] = T_ak_t_not_me,
};

/* What gates and we ourselves write beside it. */
static str
note_words(const struct page *p, str note)
{
	if (str_same(note, STR(ASK_REMINDED)))
		return (str){ 0 };
	if (str_same(note, STR("undone")))
		return web_text(p->lang, T_own_n_undone);
	if (str_same(note, STR(ASK_NOTE_WORDED)))
		return web_text(p->lang, T_own_n_worded);
	return note;
}

static void
fill_events(const struct page *p, const struct ask_view *ask, struct timeline_view *out)
{
	out->events.list =
	    ARENA_ARRAY(p->call.arena, struct timeline_event, ask->event_count);
	for (size_t i = 0; i < ask->event_count; i++) {
		const struct ask_event *event = &ask->events[i];
		bool reminded = str_same(event->note, STR(ASK_REMINDED));

		out->events.list[out->events.count++] = (struct timeline_event){
			.words = web_text(
			    p->lang, reminded ? T_ak_t_reminded : words[event->state]),
			.note = note_words(p, event->note),
			.when = app_moment(p, event->at_ms),
		};
	}
}

/* --- a reminder --- */

static str
why_not(const struct page *p, const struct ask_view *ask, str which)
{
	if (str_same(which, STR("early")))
		return web_words(p, T_ak_remind_early, "date",
		    web_day(p, ask->made_ms + ASK_REMIND_AFTER_MS));
	if (str_same(which, STR("once")))
		return web_text(p->lang, T_ak_remind_once);
	if (str_same(which, STR("self")) && ask->state <= ASK_SEEN)
		return web_text(p->lang, T_ak_remind_self);
	return (str){ 0 }; /* nothing is waited for */
}

static enum err
fill_remind(const struct page *p, const struct ask_view *ask, struct timeline_view *out)
{
	struct why why = { 0 };
	enum err e = ask_may_remind(&p->call, ask->id, &why);

	out->can_remind = e == OK;
	if (e != ERR_CONDITION)
		return e;
	out->remind_words = why_not(p, ask, why.name);
	return OK;
}

/* --- another way --- */

static const struct {
	enum ask_state state;
	enum web_text_key words;
	bool same_way; /* may lead there after all */
} over[] = {
	{ ASK_NOT_ME, T_ak_others_not_me, false },
	{ ASK_BOUNCED, T_ak_others_bounced, false },
	{ ASK_EXPIRED, T_ak_others, true },
	{ ASK_REVOKED, T_ak_others, true },
};

static bool
leads_somewhere(const struct page *p, const struct ask_view *ask, enum ask_by by)
{
	const struct ask_draft draft = {
		.book = ask->book, .card = ask->card, .by = by
	};
	struct ask_opened would = { 0 };
	struct why why = { 0 };

	if (ask_preview(&p->call, p->web->rules, &draft, &would, &why) != OK)
		return false;
	return by == ASK_BY_SELF || !str_same(would.to, ask->to) ||
	       ask->state == ASK_EXPIRED || ask->state == ASK_REVOKED;
}

static void
add_other(const struct page *p, const struct ask_view *ask, enum ask_by by,
    struct timeline_view *out)
{
	str path = page_path(p, "ask", ask->book, ask->card);

	out->others.list[out->others.count++] = (struct pick_view){
		.label = asking_way_words(p, by),
		.value = arena_printf(p->call.arena, STR_FMT "?by=" STR_FMT,
		    STR_ARG(path), STR_ARG(ask_by_word(by))),
	};
}

static void
fill_others(const struct page *p, const struct ask_view *ask, struct timeline_view *out)
{
	static const enum ask_by ways[] = { ASK_BY_SMS, ASK_BY_MMS, ASK_BY_MAIL,
		ASK_BY_SELF };
	size_t count = sizeof ways / sizeof *ways;
	size_t row = 0;

	while (row < sizeof over / sizeof *over && over[row].state != ask->state)
		row++;
	if (row == sizeof over / sizeof *over)
		return;
	out->others_words = web_text(p->lang, over[row].words);
	out->others.list = ARENA_ARRAY(p->call.arena, struct pick_view, count);
	for (size_t i = 0; i < count; i++)
		if ((over[row].same_way || ways[i] != ask->by) &&
		    leads_somewhere(p, ask, ways[i]))
			add_other(p, ask, ways[i], out);
}

enum err
timeline_fill(
    const struct page *p, const struct ask_view *ask, struct timeline_view *out)
{
	out->action = page_path(p, "asks", app_number(p, ask->id), (str){ 0 });
	out->can_revoke = ask->state <= ASK_SEEN;
	if (out->can_revoke)
		out->until =
		    web_words(p, T_ak_until, "date", web_day(p, ask->expires_ms));
	fill_events(p, ask, out);
	fill_others(p, ask, out);
	return fill_remind(p, ask, out);
}

/* --- done --- */

bool
timeline_post(struct page *p, int64_t id, const struct http_form *form)
{
	str what = http_form_get(form, STR("do"));
	struct why why = { 0 };
	enum err e;

	if (str_same(what, STR("revoke")))
		e = ask_revoke(&p->call, id);
	else if (str_same(what, STR("remind")))
		e = ask_remind(&p->call, p->web->rules, id, &why);
	else
		return false;
	/* Pressed twice, or too late: the page says how it stands, and why not. */
	if (e == OK || e == ERR_GONE || e == ERR_CONDITION)
		page_go(
		    p, told_path(p, page_path(p, "asks", app_number(p, id), (str){ 0 }),
			   what));
	else
		page_refuse(p, e, why.what);
	return true;
}
