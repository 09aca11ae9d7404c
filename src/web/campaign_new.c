/* campaign_new.c - a campaign: whom, how and what for; whom that is and what they get; off. */
#include "ask/campaign.h"
#include "ask/texts.h"
#include "card/group.h"
#include "web/asking_int.h"

static enum err
read_draft(const struct http_form *form, struct ask_campaign_draft *out)
{
	str missing = http_form_get(form, STR("missing"));

	*out = (struct ask_campaign_draft){
		.title = str_trim(http_form_get(form, STR("title"))),
		.group = http_form_get(form, STR("group")),
		.has_missing = missing.len > 0,
		.stale = http_form_get(form, STR("stale")).len > 0,
	};
	if (missing.len && !card_field_read(missing, &out->missing))
		return ERR_BAD_INPUT;
	return asking_read(form, &out->ask);
}

/* --- the form --- */

static bool
gate_is_open(const struct page *p, enum ask_by by)
{
	const struct ask_rules *rules = p->web->rules;

	if (by == ASK_BY_AUTO)
		return rules->sms || rules->mms || rules->mail;
	if (by == ASK_BY_MAIL)
		return rules->mail;
	return by == ASK_BY_MMS ? rules->mms : rules->sms;
}

static void
shut_ways(const struct page *p, struct wish_view *wish)
{
	for (size_t i = 0; i < wish->ways.count; i++) {
		struct pick_view *way = &wish->ways.list[i];
		enum ask_by by = ASK_BY_AUTO;

		(void)ask_by_read(way->value, &by);
		way->shut = !gate_is_open(p, by);
		way->chosen = way->chosen && !way->shut;
		if (way->shut)
			way->hint = web_text(p->lang, T_ak_no_gate);
	}
}

static enum err
fill_whom(const struct page *p, const struct ask_campaign_draft *draft,
    struct campaign_new_view *view)
{
	const enum card_field *fields;
	size_t count = asking_fields(&fields);
	struct card_names groups;

	TRY(ask_campaign_groups(&p->call, &groups));
	view->groups.list = ARENA_ARRAY(p->call.arena, struct pick_view, groups.count);
	for (size_t i = 0; i < groups.count; i++)
		view->groups.list[view->groups.count++] =
		    (struct pick_view){ .value = groups.list[i],
			    .label = groups.list[i],
			    .chosen = str_same(groups.list[i], draft->group) };
	view->missing.list = ARENA_ARRAY(p->call.arena, struct pick_view, count);
	for (size_t i = 0; i < count; i++)
		view->missing.list[view->missing.count++] = (struct pick_view){
			.value = card_field_name(fields[i]),
			.label = ask_field_text(p->lang_word, fields[i]),
			.chosen = draft->has_missing && draft->missing == fields[i],
		};
	return OK;
}

static void
show_form(
    struct page *p, const struct ask_campaign_draft *draft, unsigned status, str wrong)
{
	struct buf html = page_buf(p);
	struct campaign_new_view view = {
		.head = page_head(p, web_text(p->lang, T_ak_new)),
		.title = draft->title,
		.wrong = wrong,
		.stale = draft->stale,
	};
	enum err e = fill_whom(p, draft, &view);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	asking_wish_fill(p, &draft->ask, true, &view.wish);
	shut_ways(p, &view.wish);
	html_campaign_new(&html, p, &view);
	page_send(p, status, &html);
}

void
campaign_new_get(struct page *p)
{
	const struct ask_campaign_draft draft = { 0 };

	show_form(p, &draft, 200, (str){ 0 });
}

/* --- refused --- */

static const struct {
	enum err e;
	enum web_text_key words;
} refusals[] = {
	{ ERR_NOT_FOUND, T_ak_c_nobody },
	{ ERR_TOO_LARGE, T_ak_c_many },
	{ ERR_LIMIT, T_ak_c_full },
};

static void
refuse(struct page *p, const struct ask_campaign_draft *draft, enum err e,
    const struct why *why)
{
	p->res->outcome = e;
	p->res->what = why->what;
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		if (refusals[i].e == e) {
			show_form(p, draft, 422, web_text(p->lang, refusals[i].words));
			return;
		}
	page_refuse(p, e, why->what);
}

/* Said before anything is looked up. */
static bool
is_whole(struct page *p, const struct ask_campaign_draft *draft)
{
	enum web_text_key wrong = T_ak_c_no_title;

	if (draft->title.len && draft->title.len <= ASK_CAMPAIGN_TITLE_BYTES) {
		if (draft->group.len || draft->has_missing || draft->stale)
			return true;
		wrong = T_ak_c_no_whom;
	}
	p->res->outcome = ERR_BAD_INPUT;
	show_form(p, draft, 422, web_text(p->lang, wrong));
	return false;
}

/* --- whom, and the text --- */

static str
people_words(const struct page *p, size_t count)
{
	return count == 1
		   ? web_text(p->lang, T_ak_person)
		   : web_words(p, T_ak_people, "n", app_number(p, (long long)count));
}

static void
add_people(const struct page *p, const struct ask_campaign *c, bool failed,
    struct campaign_sure_view *view)
{
	for (size_t i = 0; i < c->count && view->people.count < ASKING_PEOPLE_PAGE;
	     i++) {
		const struct ask_campaign_one *one = &c->people[i];

		if ((one->outcome.len > 0) != failed)
			continue;
		view->people.list[view->people.count++] = (struct campaign_person){
			.name = one->fn.len ? one->fn : web_text(p->lang, T_o_unnamed),
			.href = page_path(p, "card", one->book, one->card),
			.words = failed ? asking_why(p, one->outcome) : (str){ 0 },
		};
	}
}

static void
carry(const struct page *p, const struct ask_campaign_draft *draft,
    struct campaign_sure_view *view)
{
	const struct carry_view whom[] = {
		{ STR("title"), draft->title },
		{ STR("group"), draft->group },
		{ STR("missing"),
		    draft->has_missing ? card_field_name(draft->missing) : (str){ 0 } },
		{ STR("stale"), draft->stale ? STR("1") : (str){ 0 } },
	};
	size_t count = sizeof whom / sizeof *whom;

	view->carry.list = asking_carry_room(p, count);
	view->carry.count = asking_carry(p, &draft->ask, view->carry.list);
	for (size_t i = 0; i < count; i++)
		view->carry.list[view->carry.count++] = whom[i];
}

/* Those who cannot be asked come first: they are what there is to mend. */
static void
fill_sure(const struct page *p, const struct ask_campaign_draft *draft,
    const struct ask_campaign *c, struct campaign_sure_view *view)
{
	size_t left;

	view->whom = people_words(p, c->waiting);
	if (c->failed)
		view->failed = people_words(p, c->failed);
	asking_notice(p, &c->first, &view->notice);
	view->notice.price = c->sms_parts ? web_words(p, T_ak_sms, "n",
						app_number(p, (long long)c->sms_parts))
					  : (str){ 0 };
	view->first = web_words(p, T_ak_c_first, "name", c->first.fn);
	view->people.list =
	    ARENA_ARRAY(p->call.arena, struct campaign_person, ASKING_PEOPLE_PAGE);
	add_people(p, c, true, view);
	add_people(p, c, false, view);
	left = c->count - view->people.count;
	if (left)
		view->more =
		    web_words(p, T_ak_and_more, "n", app_number(p, (long long)left));
	carry(p, draft, view);
}

static void
show_sure(struct page *p, struct ask_campaign_draft *draft)
{
	struct buf html = page_buf(p);
	struct campaign_sure_view view = { 0 };
	struct ask_campaign campaign;
	struct why why = { 0 };
	str text;
	enum err e = ask_campaign_preview(
	    &p->call, p->web->rules, draft, &campaign, &text, &why);

	if (e != OK) {
		refuse(p, draft, e, &why);
		return;
	}
	draft->ask.once = ask_once(&p->call);
	view.head = page_head(p, web_words(p, T_ak_c_sure, "title", draft->title));
	fill_sure(p, draft, &campaign, &view);
	html_campaign_sure(&html, p, &view);
	page_send(p, 200, &html);
}

static void
start(struct page *p, const struct ask_campaign_draft *draft)
{
	struct why why = { 0 };
	int64_t id;
	enum err e = ask_campaign_open(&p->call, p->web->rules, draft, &id, &why);

	if (e == OK)
		page_go(p, page_path(p, "campaigns", app_number(p, id), (str){ 0 }));
	else
		refuse(p, draft, e, &why);
}

void
campaign_new_post(struct page *p, const struct http_form *form)
{
	struct ask_campaign_draft draft;
	str what = http_form_get(form, STR("do"));

	if (read_draft(form, &draft) != OK || draft.ask.by == ASK_BY_SELF)
		page_refuse(p, ERR_BAD_INPUT, NULL);
	else if (str_same(what, STR("change")))
		show_form(p, &draft, 200, (str){ 0 });
	else if (!is_whole(p, &draft))
		return;
	else if (str_same(what, STR("start")))
		start(p, &draft);
	else
		show_sure(p, &draft);
}
