/* me.c - the owner's own card, read and written as a target's form is; and who has what of
 * it. */
#include "ask/follow.h"
#include "ask/texts.h"
#include "web/owner_int.h"
#include "web/target_int.h"

#define GIVEN_SHOWN 10 /* owners on a page */

/* What a card of one's own is asked for: all but the name, which is the account's, and
 * numbers of no kind. */
static struct ask_page
page_of(const struct ask_own_item *items, size_t count, struct arena *arena)
{
	struct ask_page page = { .offers = ARENA_ARRAY(arena, struct ask_offer, count),
		.offer_count = count };

	for (size_t i = 0; i < count; i++)
		page.offers[i] = (struct ask_offer){
			.item = items[i].item,
			.field = items[i].field,
			.shown = items[i].text,
		};
	for (size_t f = 0; f < CARD_F_COUNT; f++)
		if (f != CARD_F_NAME && f != CARD_F_TEL)
			page.who.wanted[page.who.wanted_count++] = (enum card_field)f;
	return page;
}

/* --- shown --- */

/* "?from=10": so many owners are on the pages before. */
static size_t
given_from(const struct page *p)
{
	struct http_form query;
	int64_t from = 0;

	if (http_query_read(p->call.arena, p->req->query, &query) == OK)
		(void)str_number(http_form_get(&query, STR("from")), &from);
	return from > 0 ? (size_t)from : 0;
}

static struct given_view *
add_given(const struct page *p, const struct ask_given *first, size_t count,
    struct me_view *view)
{
	struct given_view *given = &view->given.list[view->given.count++];

	*given = (struct given_view){
		.owner = first->owner_name,
		.id = arena_printf(p->call.arena, "%lld", (long long)first->owner),
	};
	given->fields.list = ARENA_ARRAY(p->call.arena, struct given_field, count);
	return given;
}

static void
fill_given(const struct page *p, const struct ask_given *list, size_t count,
    size_t from, struct me_view *view)
{
	struct given_view *given = NULL;
	size_t owners = 0;

	view->given.list = ARENA_ARRAY(p->call.arena, struct given_view, GIVEN_SHOWN);
	for (size_t i = 0; i < count; i++) {
		bool fresh = !i || list[i].owner != list[i - 1].owner;

		owners += fresh;
		if (owners <= from)
			continue;
		if (fresh && view->given.count == GIVEN_SHOWN) {
			view->next = arena_printf(
			    p->call.arena, "/me?from=%zu#given", from + GIVEN_SHOWN);
			return;
		}
		if (fresh || !given)
			given = add_given(p, &list[i], count - i, view);
		given->fields.list[given->fields.count++] =
		    (struct given_field){ ask_field_text(p->lang_word, list[i].field),
			    web_day(p, list[i].at_ms), card_field_name(list[i].field),
			    list[i].follows };
	}
}

static void
fill_photo(const struct page *p, const struct book *book,
    const struct ask_own_item *items, size_t count, struct me_view *view)
{
	struct book_card card;

	for (size_t i = 0; i < count; i++)
		if (items[i].field == CARD_F_PHOTO &&
		    book_card(&p->call, book, ASK_OWN_CARD, BOOK_HEADS, &card) == OK)
			view->photo = app_photo_href(p, book->name, &card);
}

/* Each value stands in its input: changed there, or emptied. */
static void
fill_form(const struct page *p, const struct ask_page *page, struct me_view *view)
{
	target_form_fill(p, page, &view->form);
	for (size_t i = 0; i < view->form.offers.count; i++) {
		struct offer_view *offer = &view->form.offers.list[i];

		offer->input.value = offer->shown;
	}
}

static enum err
fill(const struct page *p, struct me_view *view)
{
	struct ask_own_item *items;
	struct ask_given *given;
	struct ask_page page;
	struct book book;
	size_t count;

	TRY(ask_own_etag(&p->call, &view->etag));
	TRY(ask_own_card_of(&p->call, view->etag, &items, &count));
	page = page_of(items, count, p->call.arena);
	fill_form(p, &page, view);
	TRY(app_book_named(p, (str){ 0 }, &book));
	if (view->etag.len)
		view->edit = page_path(p, "edit", book.name, ASK_OWN_CARD);
	fill_photo(p, &book, items, count, view);
	TRY(ask_given_list(&p->call, &given, &count));
	fill_given(p, given, count, given_from(p), view);
	if (!view->given.count) /* fewer than there were */
		fill_given(p, given, count, 0, view);
	return OK;
}

/* What was typed, with what is wrong with it. */
struct refused {
	const struct http_form *form;
	enum err outcome;
	str field;
};

static void
show(struct page *p, unsigned status, const struct refused *refused)
{
	struct buf html = page_buf(p);
	struct me_view view = { .head = page_head(p, web_text(p->lang, T_own_me)),
		.told = told_read(p),
		.may_follow = p->web->rules->follow };
	enum err e = fill(p, &view);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	if (refused && refused->outcome == ERR_CONDITION) {
		target_keep_typed(&view.form, refused->form);
		view.told = (struct told_view){ web_text(p->lang, T_own_me_stale),
			(str){ 0 }, (str){ 0 }, true };
	} else if (refused) {
		target_mark_wrong(
		    p, &view.form, refused->form, refused->outcome, refused->field);
		view.etag = http_form_get(refused->form, STR("etag"));
	}
	html_me(&html, p, &view);
	page_send(p, status, &html);
}

void
page_me_get(struct page *p, str rest)
{
	if (rest.len)
		page_refuse(p, ERR_NOT_FOUND, NULL);
	else
		show(p, 200, NULL);
}

/* --- saved --- */

/* As a browser sends it back: lines end with CR LF, and blanks at the ends go. */
static bool
is_unchanged(struct arena *arena, str typed, str shown)
{
	struct buf lines = buf_in(arena, typed.len + 1);

	for (size_t i = 0; i < typed.len; i++)
		if (typed.at[i] != '\r')
			buf_add_char(&lines, typed.at[i]);
	return str_same(str_trim(buf_str(&lines)), str_trim(shown));
}

static const struct ask_offer *
offer_with(const struct ask_page *page, size_t item)
{
	for (size_t i = 0; i < page->offer_count; i++)
		if (page->offers[i].item == item)
			return &page->offers[i];
	return NULL;
}

/* An input left as it was says nothing. */
static void
drop_unchanged(const struct page *p, const struct ask_page *page, struct card_ops *ops)
{
	size_t kept = 0;

	for (size_t i = 0; i < ops->count; i++) {
		const struct card_op *op = &ops->list[i];
		const struct ask_offer *offer =
		    op->kind == CARD_CHANGE ? offer_with(page, op->item) : NULL;

		if (!offer || !is_unchanged(p->call.arena, op->value, offer->shown))
			ops->list[kept++] = *op;
	}
	ops->count = kept;
}

/* One that was emptied takes its value away. */
static void
add_emptied(const struct page *p, const struct ask_page *page,
    const struct http_form *form, struct card_ops *ops)
{
	struct target_form_view shown = { 0 };

	target_form_fill(p, page, &shown);
	for (size_t i = 0, nth = 0; i < page->offer_count; i++) {
		const struct ask_offer *offer = &page->offers[i];
		const struct http_form_field *typed;

		if (!input_row(offer->field))
			continue;
		typed = http_form_find(form, shown.offers.list[nth++].input.name);
		if (typed && !str_trim(typed->value).len && ops->count < CARD_MAX_OPS)
			ops->list[ops->count++] = (struct card_op){ .kind = CARD_GONE,
				.item = offer->item,
				.field = offer->field };
	}
}

/* Against the card that the form showed, which may have changed since. */
static enum err
save(const struct page *p, const struct http_form *form, struct why *why)
{
	str etag = http_form_get(form, STR("etag"));
	struct ask_own_item *items;
	struct ask_page page;
	struct ask_reply reply;
	size_t count;

	TRY(ask_own_card_of(&p->call, etag, &items, &count));
	page = page_of(items, count, p->call.arena);
	TRY(target_form_read(p, &page, form, &reply, why));
	drop_unchanged(p, &page, &reply.ops);
	add_emptied(p, &page, form, &reply.ops);
	return ask_own_change_since(&p->call, etag, &reply.ops, why);
}

static void
press_save(struct page *p, const struct http_form *form)
{
	struct why why = { 0 };
	struct refused refused = { form, OK, { 0 } };

	refused.outcome = save(p, form, &why);
	refused.field = why.name;
	p->res->outcome = refused.outcome;
	p->res->what = refused.outcome == OK ? NULL : why.what;
	if (refused.outcome == OK)
		page_go(p, told_path(p, STR("/me"), STR("saved")));
	else if (refused.outcome == ERR_CONDITION)
		show(p, 409, &refused);
	else if (refused.outcome == ERR_BAD_INPUT || refused.outcome == ERR_TOO_LARGE)
		show(p, 422, &refused);
	else
		page_refuse(p, refused.outcome, why.what);
}

static void
press_withdraw(struct page *p, const struct http_form *form)
{
	int64_t owner;
	enum err e = ERR_BAD_INPUT;

	if (str_number(http_form_get(form, STR("owner")), &owner))
		e = ask_given_forget(&p->call, owner);
	if (e == OK)
		page_go(p, told_path(p, STR("/me"), STR("withdrawn")));
	else
		page_refuse(p, e, NULL);
}

/* Of each field he was given: ticked, or not. */
static void
press_follow(struct page *p, const struct http_form *form)
{
	bool fields[CARD_F_COUNT] = { false };
	struct why why = { 0 };
	int64_t owner;
	enum err e = ERR_BAD_INPUT;

	for (size_t i = 0; i < form->count; i++) {
		enum card_field field;

		if (str_same(form->fields[i].name, STR("field")) &&
		    card_field_read(form->fields[i].value, &field))
			fields[field] = true;
	}
	if (str_number(http_form_get(form, STR("owner")), &owner))
		e = ask_follow_set(&p->call, p->web->rules, owner, fields, &why);
	if (e == OK)
		page_go(p, told_path(p, STR("/me"), STR("follow")));
	else
		page_refuse(p, e, why.what);
}

void
page_me_post(struct page *p, str rest)
{
	static const struct {
		str word;
		void (*press)(struct page *p, const struct http_form *form);
	} buttons[] = { { STR_CONST("save"), press_save },
		{ STR_CONST("withdraw"), press_withdraw },
		{ STR_CONST("follow"), press_follow } };
	struct http_form form;

	if (!page_form(p, &form))
		return;
	for (size_t i = 0; !rest.len && i < sizeof buttons / sizeof *buttons; i++)
		if (str_same(buttons[i].word, http_form_get(&form, STR("do")))) {
			buttons[i].press(p, &form);
			return;
		}
	page_refuse(p, rest.len ? ERR_NOT_FOUND : ERR_BAD_INPUT, NULL);
}
