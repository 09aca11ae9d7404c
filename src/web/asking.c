/* asking.c - the owner asks a contact: the form, the text before it goes, and off it goes. */
#include "web/asking_int.h"

struct asked_card {
	struct book book;
	struct book_card card;
};

static bool
find(struct page *p, str rest, struct asked_card *out)
{
	if (!app_card_read(p, rest, &out->book, &out->card))
		return false;
	if (!out->book.shared)
		return true;
	page_refuse(p, ERR_NOT_FOUND, "not the caller's own book");
	return false;
}

static str
name_of(const struct page *p, const struct asked_card *at)
{
	return at->card.fn.len ? at->card.fn : web_text(p->lang, T_o_unnamed);
}

static str
path_of(const struct page *p, const struct asked_card *at)
{
	return page_path(p, "ask", at->book.name, at->card.name);
}

/* --- the form --- */

/* Where that way leads, or why it does not. */
static void
fill_way(const struct page *p, const struct ask_draft *draft, struct pick_view *way)
{
	struct ask_draft by = *draft;
	struct ask_opened would = { 0 };
	struct why why = { 0 };
	enum err e;

	(void)ask_by_read(way->value, &by.by);
	e = ask_preview(&p->call, p->web->rules, &by, &would, &why);
	way->shut = e != OK;
	if (way->shut)
		way->hint = asking_why_way(p, by.by, e, str_of(why.what));
	else if (by.by == ASK_BY_SELF)
		way->hint = web_text(p->lang, T_o_by_self_hint);
	else
		way->hint = would.to;
}

/* What was chosen, or what comes first of the ways that lead somewhere. */
static void
fill_ways(const struct page *p, const struct ask_draft *draft, struct wish_view *wish)
{
	struct pick_view *chosen = NULL;

	for (size_t i = 0; i < wish->ways.count; i++) {
		struct pick_view *way = &wish->ways.list[i];

		fill_way(p, draft, way);
		if (!way->shut && (!chosen || way->chosen))
			chosen = way;
		way->chosen = false;
	}
	if (chosen)
		chosen->chosen = true;
}

static void
fill_modes(const struct page *p, enum ask_mode chosen, struct asking_view *view)
{
	static const str words[] = { STR_CONST(""), STR_CONST("fill"),
		STR_CONST("review"), STR_CONST("auto") };
	size_t count = sizeof words / sizeof *words;

	view->modes.list = ARENA_ARRAY(p->call.arena, struct pick_view, count);
	for (size_t i = 0; i < count; i++)
		view->modes.list[view->modes.count++] = (struct pick_view){
			.value = words[i],
			.label = asking_mode_words(p, (enum ask_mode)i),
			.chosen = chosen == (enum ask_mode)i,
		};
}

static void
show_form(struct page *p, const struct asked_card *at, const struct ask_draft *draft,
    unsigned status, str wrong)
{
	struct buf html = page_buf(p);
	struct asking_view view = {
		.name = name_of(p, at),
		.action = path_of(p, at),
		.wrong = wrong,
		.open = draft->open_values,
	};

	view.head = page_head(p, web_words(p, T_o_ask_title, "name", view.name));
	asking_wish_fill(p, draft, false, &view.wish);
	fill_ways(p, draft, &view.wish);
	fill_modes(p, draft->mode, &view);
	html_asking(&html, p, &view);
	page_send(p, status, &html);
}

/* What the card lacks is ticked: what would be asked for if nothing were said. */
static enum err
want_missing(const struct page *p, struct ask_draft *draft)
{
	struct ask_draft plain = *draft;
	struct ask_opened would;
	struct why why = { 0 };

	plain.by = ASK_BY_SELF;
	TRY(ask_preview(&p->call, p->web->rules, &plain, &would, &why));
	draft->wanted_count = would.wanted_count;
	for (size_t i = 0; i < would.wanted_count; i++)
		draft->wanted[i] = would.wanted[i];
	return OK;
}

void
page_ask_get(struct page *p, str rest)
{
	struct asked_card at;
	struct http_form query = { 0 };
	struct ask_draft draft = { 0 };
	enum err e;

	if (!find(p, rest, &at))
		return;
	e = http_query_read(p->call.arena, p->req->query, &query);
	if (e == OK)
		e = asking_read(&query, &draft);
	draft.book = at.book.name;
	draft.card = at.card.name;
	if (e == OK)
		e = want_missing(p, &draft);
	if (e == OK)
		show_form(p, &at, &draft, 200, (str){ 0 });
	else
		page_refuse(p, e, NULL);
}

/* --- refused --- */

/* What the owner can mend is said above the form; the rest is a page of its own. */
static void
refuse(struct page *p, const struct asked_card *at, const struct ask_draft *draft,
    enum err e, const struct why *why)
{
	str what = str_of(why->what);

	p->res->outcome = e;
	p->res->what = why->what;
	if (e == ERR_NOT_FOUND || e == ERR_UNSUPPORTED)
		show_form(p, at, draft, 422, asking_why_way(p, draft->by, e, what));
	else if (e == ERR_LIMIT)
		show_form(p, at, draft, 429, asking_why(p, what));
	else
		page_refuse(p, e, why->what);
}

/* --- the text before it goes --- */

static void
show_sure(struct page *p, const struct asked_card *at, const struct ask_draft *draft)
{
	struct buf html = page_buf(p);
	struct asking_sure_view view = {
		.head = page_head(p, web_text(p->lang, T_ak_sure)),
		.action = path_of(p, at),
		.name = name_of(p, at),
		.mode = asking_mode_words(p, draft->mode),
		.open = draft->open_values,
	};
	struct ask_draft settled = *draft;
	struct ask_opened would = { 0 };
	struct why why = { 0 };
	enum err e = ask_preview(&p->call, p->web->rules, draft, &would, &why);

	if (e != OK) {
		refuse(p, at, draft, e, &why);
		return;
	}
	settled.by = would.by;
	settled.once = ask_once(&p->call);
	view.self = would.by == ASK_BY_SELF;
	asking_notice(p, &would, &view.notice);
	if (view.self)
		view.notice.to = web_words(p, T_ak_to_self, "name", view.name);
	view.carry.list = asking_carry_room(p, 0);
	view.carry.count = asking_carry(p, &settled, view.carry.list);
	html_asking_sure(&html, p, &view);
	page_send(p, 200, &html);
}

static void
send(struct page *p, const struct asked_card *at, const struct ask_draft *draft)
{
	struct ask_opened opened = { 0 };
	struct why why = { 0 };
	enum err e = ask_open(&p->call, p->web->rules, draft, &opened, &why);

	p->res->outcome = e;
	if (e == OK)
		asking_done(p, draft, &opened);
	else
		refuse(p, at, draft, e, &why);
}

void
page_ask_post(struct page *p, str rest)
{
	struct http_form form;
	struct asked_card at;
	struct ask_draft draft;
	str what;

	if (!page_form(p, &form) || !find(p, rest, &at))
		return;
	what = http_form_get(&form, STR("do"));
	if (asking_read(&form, &draft) != OK) {
		page_refuse(p, ERR_BAD_INPUT, NULL);
		return;
	}
	draft.book = at.book.name;
	draft.card = at.card.name;
	if (str_same(what, STR("send")))
		send(p, &at, &draft);
	else if (str_same(what, STR("change")))
		show_form(p, &at, &draft, 200, (str){ 0 });
	else
		show_sure(p, &at, &draft);
}
