/* plan.c - whom to ask next. */
#include "ask/ask_int.h"
#include "ask/said.h"
#include "store/said.h"

#define PAGE         200
#define STALE_WEIGHT 2 /* fields that being out of date counts for */

/* What an address book is poorer without. */
static const enum card_field usual[] = { CARD_F_MOBILE, CARD_F_EMAIL, CARD_F_ORG,
	CARD_F_HOME_ADDRESS, CARD_F_WORK_TEL };

struct planning {
	const struct call *call;
	const struct ask_rules *rules;
	struct ask_planned *list;
	size_t count, limit;
};

static size_t
weight(const struct ask_planned *p)
{
	return p->missing_count + (p->stale ? STALE_WEIGHT : 0);
}

/* Keeps the list sorted, heaviest first. */
static void
keep(struct planning *p, const struct ask_planned *one)
{
	size_t at = p->count;

	while (at && weight(&p->list[at - 1]) < weight(one))
		at--;
	if (at == p->limit)
		return;
	if (p->count < p->limit)
		p->count++;
	for (size_t i = p->count - 1; i > at; i--)
		p->list[i] = p->list[i - 1];
	p->list[at] = *one;
}

static bool
has(const struct card_items *items, enum card_field field)
{
	for (size_t i = 0; i < items->count; i++)
		if (items->list[i].field == field)
			return true;
	return false;
}

static bool
can_be_reached(const struct planning *p, const struct book *book,
    const struct book_card *card, const struct card_items *items)
{
	const struct ask_draft draft = { 0 };
	const struct book_hit hit = { .book = *book, .card = *card };
	const struct ask_choosing among = { p->rules, &draft, &hit, items, NULL, 0 };
	struct ask_choice choice;
	struct why why;

	return ask_choose(p->call->arena, &among, &choice, &why) == OK;
}

static enum err
was_asked(struct store_tx *tx, const struct planning *p, const struct book *book,
    const struct book_card *card, bool *out)
{
	struct store_ask *asks;
	size_t count;

	TRY(store_ask_of_card(
	    tx, p->call->arena, book->account, book->id, card->name, 1, &asks, &count));
	*out = count && asks[0].made_ms > p->call->now_ms - ASK_GAP_MS;
	return OK;
}

static enum err
is_stale(struct store_tx *tx, const struct planning *p, const struct book *book,
    const struct book_card *card, bool *out)
{
	struct store_said *rows;
	size_t count;
	int64_t latest_ms = card->modified_ms;

	TRY(store_said_of_card(
	    tx, p->call->arena, book->account, card->id, &rows, &count));
	for (size_t i = 0; i < count; i++)
		if (rows[i].at_ms > latest_ms)
			latest_ms = rows[i].at_ms;
	*out = latest_ms < p->call->now_ms - ASK_STALE_MS;
	return OK;
}

static enum err
weigh(struct store_tx *tx, struct planning *p, const struct book *book,
    const struct book_card *stands)
{
	struct ask_planned one = {
		.book = book->name, .card = stands->name, .fn = stands->fn
	};
	struct card *card;
	struct card_items items;
	struct why why;
	bool asked;

	if (stands->is_group || str_same(stands->name, STR("me.vcf")) ||
	    card_read(p->call->arena, stands->bytes, &card, &why) != OK)
		return OK;
	items = card_items(p->call->arena, card, book->region);
	for (size_t i = 0; i < ASK_COUNT(usual); i++)
		if (!has(&items, usual[i]))
			one.missing[one.missing_count++] = usual[i];
	TRY(is_stale(tx, p, book, stands, &one.stale));
	if (!weight(&one) || !can_be_reached(p, book, stands, &items))
		return OK;
	TRY(was_asked(tx, p, book, stands, &asked));
	if (!asked)
		keep(p, &one);
	return OK;
}

enum err
ask_plan(const struct call *call, const struct ask_rules *rules, size_t limit,
    struct ask_planned **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct planning p = { .call = call, .rules = rules, .limit = limit };
	struct books books;
	struct book_page page = { .more = true };
	int64_t after = 0;

	if (p.limit > ASK_PLAN_MAX)
		p.limit = ASK_PLAN_MAX;
	p.list = ARENA_ARRAY(call->arena, struct ask_planned, p.limit + 1);
	TRY(book_list(call, call->who, &books));
	TRY(store_look(call->store, &tx));
	while (page.more) {
		TRY(book_scan(call, &books.list[0], after, PAGE, BOOK_WHOLE, &page));
		for (size_t i = 0; i < page.count; i++) {
			TRY(weigh(tx, &p, &books.list[0], &page.list[i]));
			after = page.list[i].id;
		}
	}
	*out = p.list;
	*count = p.count;
	return OK;
}
