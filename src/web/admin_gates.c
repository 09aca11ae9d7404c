/* admin_gates.c - which ways lead out of the house, a letter that tests one, the outbox. */
#include "ask/probe.h"
#include "auth/deed.h"
#include "courier/look.h"
#include "web/admin_int.h"

static const struct way_row {
	str word;
	enum courier_way way;
	enum web_text_key label, to;
	str type, autocomplete; /* of the input for the address */
} ways[] = {
	{ STR_CONST("sms"), COURIER_SMS, T_ad_sms, T_ad_to_number, STR_CONST("tel"),
	    STR_CONST("tel") },
	{ STR_CONST("mms"), COURIER_MMS, T_ad_mms, T_ad_to_number, STR_CONST("tel"),
	    STR_CONST("tel") },
	{ STR_CONST("email"), COURIER_MAIL, T_ad_mail, T_ad_to_mail, STR_CONST("email"),
	    STR_CONST("email") },
};

#define WAYS (sizeof ways / sizeof *ways)

static str
way_label(const struct page *p, str channel)
{
	for (size_t i = 0; i < WAYS; i++)
		if (str_same(ways[i].word, channel))
			return web_text(p->lang, ways[i].label);
	return web_text(p->lang, T_ad_hook);
}

static str
state_words(const struct page *p, str state)
{
	static const struct {
		str state;
		enum web_text_key words;
	} states[] = {
		{ STR_CONST("due"), T_ad_due },
		{ STR_CONST("sending"), T_ad_sending },
		{ STR_CONST("taken"), T_ad_taken },
		{ STR_CONST("delivered"), T_ad_delivered },
		{ STR_CONST("failed"), T_ad_failed_one },
	};

	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		if (str_same(states[i].state, state))
			return web_text(p->lang, states[i].words);
	return state;
}

static struct admin_letter_view
letter_of(const struct page *p, const struct courier_row *row)
{
	return (struct admin_letter_view){
		.channel = way_label(p, row->channel),
		.to = row->to,
		.state = str_same(row->gate, STR("tray"))
			     ? web_text(p->lang, T_ad_in_tray)
			     : state_words(p, row->state),
		.trouble = row->trouble,
		.tried = app_number(p, row->attempts),
		.at = app_moment(p, row->made_ms),
	};
}

/* --- ways, and a letter that tests one --- */

static bool
is_open(const struct page *p, enum courier_way way)
{
	const struct ask_rules *rules = p->web->rules;

	return way == COURIER_SMS   ? rules->sms
	       : way == COURIER_MMS ? rules->mms
				    : rules->mail;
}

static void
fill_ways(const struct page *p, struct admin_gates_view *view)
{
	view->tray = p->web->tray;
	view->ways.list = ARENA_ARRAY(p->call.arena, struct admin_way, WAYS);
	for (size_t i = 0; i < WAYS; i++) {
		bool open = is_open(p, ways[i].way);

		view->ways.list[view->ways.count++] = (struct admin_way){
			.way = ways[i].word,
			.label = web_text(p->lang, ways[i].label),
			.state = web_text(p->lang, open ? T_ad_open : T_ad_closed),
			.open = open,
			.type = ways[i].type,
			.autocomplete = ways[i].autocomplete,
			.to_label = web_text(p->lang, ways[i].to),
		};
	}
}

static str
push_words(const struct page *p, const struct courier_outbox *outbox)
{
	const struct web_hole holes[] = { { "count", app_number(p, outbox->pushes) },
		{ "failing", app_number(p, outbox->pushes_failing) } };

	return web_words_with(p, T_ad_push_state, holes, 2);
}

static void
show_gates(struct page *p, unsigned status, struct admin_gates_view *view)
{
	struct buf html = page_buf(p);
	struct courier_outbox outbox;
	enum err e = courier_outbox(&p->call, &outbox);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	view->head = page_head(p, web_text(p->lang, T_ad_gates));
	view->nav = admin_nav(p, STR("/gateways"));
	view->push = push_words(p, &outbox);
	fill_ways(p, view);
	html_admin_gates(&html, p, view);
	page_send(p, status, &html);
}

static enum err
fill_tested(const struct page *p, str number, struct admin_gates_view *view)
{
	struct courier_row row;
	int64_t id;

	if (!str_number(number, &id))
		return ERR_NOT_FOUND;
	TRY(courier_letter(&p->call, id, &row));
	view->tested = true;
	view->letter = letter_of(p, &row);
	view->again = ARENA_JOIN(
	    p->call.arena, STR("/admin/gateways?letter="), app_number(p, id));
	return OK;
}

void
admin_gates_get(struct page *p, const struct http_form *query)
{
	struct admin_gates_view view = { 0 };
	str number = http_form_get(query, STR("letter"));
	enum err e = number.len ? fill_tested(p, number, &view) : OK;

	if (e == OK)
		show_gates(p, 200, &view);
	else
		page_refuse(p, e, NULL);
}

static const struct way_row *
way_named(str word)
{
	for (size_t i = 0; i < WAYS; i++)
		if (str_same(ways[i].word, word))
			return &ways[i];
	return NULL;
}

static enum err
test(const struct page *p, const struct http_form *form, int64_t *letter)
{
	const struct way_row *way = way_named(http_form_get(form, STR("way")));
	struct auth_account me;
	struct courier_row row;

	if (!way)
		return ERR_BAD_INPUT;
	TRY(auth_account_find(&p->call, p->call.who, &me));
	TRY(ask_probe(&p->call, p->web->rules, way->way, http_form_get(form, STR("to")),
	    me.region, p->lang_word, letter));
	TRY(courier_letter(&p->call, *letter, &row));
	return auth_deed_note(&p->call, AUTH_DEED_GATE_TESTED,
	    ARENA_JOIN(p->call.arena, way->word, STR(" "), row.to));
}

void
admin_gates_post(struct page *p, const struct http_form *form)
{
	static const struct {
		enum err outcome;
		enum web_text_key words;
	} refusals[] = { { ERR_BAD_INPUT, T_ad_to_bad },
		{ ERR_UNSUPPORTED, T_ad_to_unsupported },
		{ ERR_FORBIDDEN, T_ad_to_shut }, { ERR_LIMIT, T_ad_to_limit } };
	struct admin_gates_view view = { 0 };
	int64_t letter = 0;
	enum err e = test(p, form, &letter);

	p->res->outcome = e;
	if (e == OK) {
		page_go(p, arena_printf(p->call.arena, "/admin/gateways?letter=%lld",
			       (long long)letter));
		return;
	}
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		if (refusals[i].outcome == e)
			view.wrong = web_text(p->lang, refusals[i].words);
	if (view.wrong.len)
		show_gates(p, e == ERR_LIMIT ? 429 : 422, &view);
	else
		page_refuse(p, e, NULL);
}

/* --- the outbox --- */

static void
fill_counts(const struct page *p, const struct courier_outbox *outbox,
    struct admin_outbox_view *view)
{
	const struct admin_fact counts[] = {
		{ web_text(p->lang, T_ad_waiting), app_number(p, outbox->waiting),
		    false },
		{ web_text(p->lang, T_ad_oldest),
		    outbox->oldest_ms ? web_ago(p, outbox->oldest_ms) : STR("–"),
		    false },
		{ web_text(p->lang, T_ad_retried), app_number(p, outbox->retried),
		    false },
		{ web_text(p->lang, T_ad_failed), app_number(p, outbox->failed),
		    false },
	};

	view->counts.count = sizeof counts / sizeof *counts;
	view->counts.list =
	    ARENA_ARRAY(p->call.arena, struct admin_fact, view->counts.count);
	for (size_t i = 0; i < view->counts.count; i++)
		view->counts.list[i] = counts[i];
}

static struct admin_letter_view *
letters_of(const struct page *p, const struct courier_rows *rows)
{
	struct admin_letter_view *list =
	    ARENA_ARRAY(p->call.arena, struct admin_letter_view, rows->count);

	for (size_t i = 0; i < rows->count; i++)
		list[i] = letter_of(p, &rows->list[i]);
	return list;
}

void
admin_outbox_get(struct page *p, const struct http_form *query)
{
	struct buf html = page_buf(p);
	struct admin_outbox_view view = {
		.head = page_head(p, web_text(p->lang, T_ad_outbox)),
		.nav = admin_nav(p, STR("/outbox")),
	};
	struct courier_outbox outbox;
	enum err e = courier_outbox(&p->call, &outbox);

	(void)query;
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	fill_counts(p, &outbox, &view);
	view.failures.list = letters_of(p, &outbox.failures);
	view.failures.count = outbox.failures.count;
	view.retries.list = letters_of(p, &outbox.retries);
	view.retries.count = outbox.retries.count;
	html_admin_outbox(&html, p, &view);
	page_send(p, 200, &html);
}
