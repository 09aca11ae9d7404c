/* campaigns.c - the owner's campaigns, and how one of them goes. */
#include "ask/campaign.h"
#include "web/asking_int.h"

static str
number(const struct page *p, size_t count)
{
	return app_number(p, (long long)count);
}

/* Over with people left: it was cancelled. */
static str
state_words(const struct page *p, const struct ask_campaign *c)
{
	if (!c->over)
		return web_text(p->lang, T_ak_c_running);
	return web_text(p->lang, c->waiting ? T_ak_c_cancelled : T_ak_c_over);
}

/* --- all of them --- */

static struct campaign_row
row_of(const struct page *p, const struct ask_campaign *c)
{
	const struct web_hole holes[] = { { "asked", number(p, c->asked) },
		{ "all", number(p, c->count) },
		{ "answered", number(p, c->answered) } };

	return (struct campaign_row){
		.href = page_path(p, "campaigns", app_number(p, c->id), (str){ 0 }),
		.title = c->title,
		.state = state_words(p, c),
		.words = web_words_with(p, T_ak_progress, holes, 3),
		.date = web_day(p, c->made_ms),
	};
}

static void
show_list(struct page *p)
{
	struct buf html = page_buf(p);
	struct campaigns_view view = { .head = page_head(
					   p, web_text(p->lang, T_ak_campaigns)) };
	struct ask_campaign *list;
	size_t count;
	enum err e = ask_campaign_list(&p->call, &list, &count);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	view.rows.list = ARENA_ARRAY(p->call.arena, struct campaign_row, count);
	for (size_t i = 0; i < count; i++)
		view.rows.list[view.rows.count++] = row_of(p, &list[i]);
	html_campaigns(&html, p, &view);
	page_send(p, 200, &html);
}

/* --- how one goes --- */

enum report {
	R_WAITING,
	R_OUT,
	R_ANSWERED,
	R_YOURS,
	R_DECLINED,
	R_NOT_ME,
	R_BOUNCED,
	R_EXPIRED,
	R_REVOKED,
	R_FAILED,
	R_COUNT
};

static const enum web_text_key report_words[R_COUNT] = {
	[R_WAITING] = T_ak_waiting,
	[R_OUT] = T_ak_out,
	[R_ANSWERED] = T_ak_answered,
	[R_YOURS] = T_ak_yours,
	[R_DECLINED] = T_ak_declined,
	[R_NOT_ME] = T_ak_not_me,
	[R_BOUNCED] = T_ak_bounced,
	[R_EXPIRED] = T_ak_expired,
	[R_REVOKED] = T_ak_revoked,
	[R_FAILED] = T_ak_failed,
};

static const enum report reports[ASK_STATE_COUNT] = {
	[ASK_QUEUED] = R_OUT,
	[ASK_SENT] = R_OUT,
	[ASK_DELIVERED] = R_OUT,
	[ASK_BOUNCED] = R_BOUNCED,
	[ASK_SEEN] = R_OUT,
	[ASK_ANSWERED] = R_ANSWERED,
	[ASK_PARTLY] = R_ANSWERED,
	[ASK_MERGED] = R_ANSWERED,
	[ASK_DECLINED] = R_DECLINED,
	[ASK_EXPIRED] = R_EXPIRED,
	[ASK_REVOKED] = R_REVOKED,
	[ASK_NOT_ME] = R_NOT_ME,
};

static void
fill_counts(
    const struct page *p, const struct ask_campaign *c, struct campaign_view *view)
{
	size_t counts[R_COUNT] = { [R_WAITING] = c->waiting, [R_FAILED] = c->failed };

	for (size_t i = 0; i < c->count; i++) {
		const struct ask_campaign_one *one = &c->people[i];

		if (!one->ask)
			continue;
		counts[reports[one->state]]++;
		counts[R_YOURS] +=
		    one->state == ASK_ANSWERED || one->state == ASK_PARTLY;
	}
	view->counts.list = ARENA_ARRAY(p->call.arena, struct campaign_count, R_COUNT);
	for (size_t i = 0; i < R_COUNT; i++)
		if (counts[i] || i == R_ANSWERED)
			view->counts.list[view->counts.count++] =
			    (struct campaign_count){ web_text(p->lang, report_words[i]),
				    number(p, counts[i]) };
}

static struct campaign_person
person_of(const struct page *p, const struct ask_campaign *c,
    const struct ask_campaign_one *one)
{
	struct campaign_person out = {
		.name = one->fn.len ? one->fn : web_text(p->lang, T_o_unnamed),
		.href = page_path(p, "card", one->book, one->card),
	};

	if (one->ask) {
		out.href = page_path(p, "asks", app_number(p, one->ask), (str){ 0 });
		out.words = ask_state_text(p, one->state);
	} else if (one->outcome.len) {
		out.words = asking_why(p, one->outcome);
	} else {
		out.words = web_text(p->lang, c->over ? T_ak_p_left_out : T_ak_p_waits);
	}
	return out;
}

static str
page_from(const struct page *p, const struct ask_campaign *c, size_t from)
{
	return arena_printf(
	    p->call.arena, "/campaigns/%lld?from=%zu", (long long)c->id, from);
}

static void
fill_people(const struct page *p, const struct ask_campaign *c, size_t from,
    struct campaign_view *view)
{
	size_t end = from + ASKING_PEOPLE_PAGE;

	view->people.list =
	    ARENA_ARRAY(p->call.arena, struct campaign_person, ASKING_PEOPLE_PAGE);
	for (size_t i = from; i < c->count && i < end; i++)
		view->people.list[view->people.count++] =
		    person_of(p, c, &c->people[i]);
	if (from)
		view->before = page_from(
		    p, c, from > ASKING_PEOPLE_PAGE ? from - ASKING_PEOPLE_PAGE : 0);
	if (end < c->count)
		view->next = page_from(p, c, end);
}

static void
fill(const struct page *p, const struct ask_campaign *c, struct campaign_view *view)
{
	struct web_hole holes[] = { { "done", number(p, c->count - c->waiting) },
		{ "all", number(p, c->count) } };

	view->head = page_head(p, c->title);
	view->action = page_path(p, "campaigns", app_number(p, c->id), (str){ 0 });
	view->title = c->title;
	view->state = state_words(p, c);
	view->made = web_day(p, c->made_ms);
	view->running = !c->over;
	view->done = holes[0].value;
	view->all = holes[1].value;
	view->done_words = web_words_with(p, T_ak_done_of, holes, 2);
	fill_counts(p, c, view);
}

/* The `from` of the query; 0 for none, and for what is no number. */
static size_t
read_from(const struct page *p)
{
	struct http_form query = { 0 };
	int64_t from = 0;

	if (http_query_read(p->call.arena, p->req->query, &query) != OK ||
	    !str_number(http_form_get(&query, STR("from")), &from) || from < 0)
		return 0;
	return from < ASK_CAMPAIGN_MAX_PEOPLE ? (size_t)from : 0;
}

static void
show_one(struct page *p, int64_t id)
{
	struct buf html = page_buf(p);
	struct campaign_view view = { 0 };
	struct ask_campaign campaign;
	enum err e = ask_campaign_find(&p->call, id, &campaign);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	fill(p, &campaign, &view);
	fill_people(p, &campaign, read_from(p), &view);
	html_campaign(&html, p, &view);
	page_send(p, 200, &html);
}

/* --- which page --- */

/* The one segment behind /campaigns/; empty for the list. */
static bool
read_place(const struct page *p, str rest, str *place)
{
	*place = (str){ 0 };
	return !rest.len ||
	       (http_path_cut(p->call.arena, &rest, place) == OK && !rest.len);
}

void
page_campaigns_get(struct page *p, str rest)
{
	str place;
	int64_t id;

	if (!read_place(p, rest, &place))
		page_refuse(p, ERR_NOT_FOUND, NULL);
	else if (!place.len)
		show_list(p);
	else if (str_same(place, STR("new")))
		campaign_new_get(p);
	else if (str_number(place, &id))
		show_one(p, id);
	else
		page_refuse(p, ERR_NOT_FOUND, NULL);
}

static void
cancel(struct page *p, int64_t id)
{
	enum err e = ask_campaign_cancel(&p->call, id);

	if (e == OK)
		page_go(p, page_path(p, "campaigns", app_number(p, id), (str){ 0 }));
	else
		page_refuse(p, e, NULL);
}

void
page_campaigns_post(struct page *p, str rest)
{
	struct http_form form;
	str place;
	int64_t id;

	if (!page_form(p, &form))
		return;
	if (!read_place(p, rest, &place))
		page_refuse(p, ERR_NOT_FOUND, NULL);
	else if (str_same(place, STR("new")))
		campaign_new_post(p, &form);
	else if (!str_number(place, &id))
		page_refuse(p, ERR_NOT_FOUND, NULL);
	else if (str_same(http_form_get(&form, STR("do")), STR("cancel")))
		cancel(p, id);
	else
		page_refuse(p, ERR_BAD_INPUT, NULL);
}
