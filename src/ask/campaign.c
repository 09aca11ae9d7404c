/* campaign.c - many people asked, one after another. */
#include "ask/campaign.h"

#include "ask/ask_int.h"
#include "ask/said.h"
#include "base/when.h"
#include "card/group.h"
#include "store/campaign.h"

#define PAGE          200
#define DUE_PER_ROUND 20
#define FIELDS_MAX    ((size_t)512)
#define LATER_MS      WHEN_HOUR_MS /* when a budget is spent */

/* --- whom --- */

struct gathering {
	const struct call *call;
	const struct ask_campaign_draft *draft;
	struct books books;
	struct ask_campaign *out;
};

static enum err
is_stale(const struct gathering *g, const struct book_card *card, bool *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_said *rows;
	size_t count;
	int64_t latest_ms = card->modified_ms;

	TRY(store_look(g->call->store, &tx));
	TRY(store_said_of_card(
	    tx, g->call->arena, g->call->who, card->id, &rows, &count));
	for (size_t i = 0; i < count; i++)
		if (rows[i].at_ms > latest_ms)
			latest_ms = rows[i].at_ms;
	*out = latest_ms < g->call->now_ms - ASK_STALE_MS;
	return OK;
}

static bool
lacks(const struct card_items *items, enum card_field field)
{
	for (size_t i = 0; i < items->count; i++)
		if (items->list[i].field == field)
			return false;
	return true;
}

static enum err
is_meant(const struct gathering *g, const struct book_card *stands, bool *out)
{
	const struct ask_campaign_draft *draft = g->draft;
	struct card *card;
	struct card_items items;
	struct card_names names;
	struct why why;

	*out = false;
	if (stands->is_group || str_same(stands->name, STR("me.vcf")) ||
	    card_read(g->call->arena, stands->bytes, &card, &why) != OK)
		return OK;
	names = card_categories(g->call->arena, card);
	if (draft->group.len && !card_names_have(&names, draft->group))
		return OK;
	items = card_items(g->call->arena, card, g->books.list[0].region);
	if (draft->has_missing && !lacks(&items, draft->missing))
		return OK;
	*out = true;
	return draft->stale ? is_stale(g, stands, out) : OK;
}

static enum err
gather_page(struct gathering *g, const struct book_page *page)
{
	struct ask_campaign *out = g->out;

	for (size_t i = 0; i < page->count; i++) {
		bool meant;

		TRY(is_meant(g, &page->list[i], &meant));
		if (!meant)
			continue;
		if (out->count == ASK_CAMPAIGN_MAX_PEOPLE)
			return ERR_TOO_LARGE;
		out->people[out->count++] =
		    (struct ask_campaign_one){ .book = g->books.list[0].name,
			    .card = page->list[i].name,
			    .fn = page->list[i].fn };
	}
	return OK;
}

static enum err
gather(const struct call *call, const struct ask_campaign_draft *draft,
    struct ask_campaign *out, struct why *why)
{
	struct gathering g = { .call = call, .draft = draft, .out = out };
	struct book_page page = { .more = true };
	int64_t after = 0;

	*out = (struct ask_campaign){ .title = draft->title,
		.people = ARENA_ARRAY(
		    call->arena, struct ask_campaign_one, ASK_CAMPAIGN_MAX_PEOPLE) };
	if (!draft->group.len && !draft->has_missing && !draft->stale) {
		why->what = "whom: a group, a field they lack, or those not heard of";
		return ERR_BAD_INPUT;
	}
	TRY(book_list(call, call->who, &g.books));
	while (page.more) {
		TRY(book_scan(call, &g.books.list[0], after, PAGE, BOOK_WHOLE, &page));
		TRY(gather_page(&g, &page));
		if (page.count)
			after = page.list[page.count - 1].id;
	}
	out->waiting = out->count;
	why->what = "nobody is meant by that";
	return out->count ? OK : ERR_NOT_FOUND;
}

/* --- which groups there are --- */

#define GROUPS_MAX 200

static void
add_groups(struct arena *arena, str bytes, struct card_names *out)
{
	struct card *card;
	struct card_names names;
	struct why why;

	if (card_read(arena, bytes, &card, &why) != OK)
		return;
	names = card_categories(arena, card);
	for (size_t i = 0; i < names.count && out->count < GROUPS_MAX; i++)
		if (!card_names_have(out, names.list[i]))
			out->list[out->count++] = names.list[i];
}

enum err
ask_campaign_groups(const struct call *call, struct card_names *out)
{
	struct books books;
	struct book_page page = { .more = true };
	int64_t after = 0;

	out->list = ARENA_ARRAY(call->arena, str, GROUPS_MAX);
	out->count = 0;
	TRY(book_list(call, call->who, &books));
	while (page.more) {
		TRY(book_scan(call, &books.list[0], after, PAGE, BOOK_WHOLE, &page));
		for (size_t i = 0; i < page.count; i++) {
			if (!page.list[i].is_group)
				add_groups(call->arena, page.list[i].bytes, out);
			after = page.list[i].id;
		}
	}
	return OK;
}

/* --- preview --- */

static struct ask_draft
draft_for(const struct ask_draft *draft, const struct ask_campaign_one *one)
{
	struct ask_draft out = *draft;

	out.whom = (str){ 0 };
	out.book = one->book;
	out.card = one->card;
	return out;
}

enum err
ask_campaign_preview(const struct call *call, const struct ask_rules *rules,
    const struct ask_campaign_draft *draft, struct ask_campaign *out, str *text,
    struct why *why)
{
	TRY(gather(call, draft, out, why));
	*text = (str){ 0 };
	for (size_t i = 0; i < out->count; i++) {
		struct ask_draft one = draft_for(&draft->ask, &out->people[i]);
		struct ask_opened opened;
		struct why reason = { 0 };
		enum err e = ask_preview(call, rules, &one, &opened, &reason);

		if (e == ERR_STORE || e == ERR_BUSY)
			return e;
		if (e == OK && !text->len) {
			*text = opened.text;
			out->first = opened;
		}
		out->sms_parts += e == OK ? opened.sms_parts : 0;
		if (e == OK)
			continue;
		out->people[i].outcome =
		    reason.what ? str_of(reason.what) : str_of(err_word(e));
		out->failed++;
		out->waiting--;
	}
	return OK;
}

/* --- opening --- */

struct opening {
	const struct call *call;
	const struct ask_campaign_draft *draft;
	struct ask_campaign people;
	int64_t id;
	struct why *why;
};

static str
field_words(struct arena *arena, const struct ask_draft *draft)
{
	struct buf out = buf_in(arena, FIELDS_MAX);

	for (size_t i = 0; i < draft->wanted_count; i++) {
		if (i)
			buf_add_char(&out, ' ');
		buf_add(&out, card_field_name(draft->wanted[i]));
	}
	return buf_str(&out);
}

static enum err
open_in(struct store_tx *tx, void *arg)
{
	const struct opening *o = arg;
	const struct ask_draft *ask = &o->draft->ask;
	struct store_campaign *former;
	size_t count;

	TRY(store_campaign_list(tx, o->call->arena, o->call->who, &former, &count));
	for (size_t i = 0; i < count; i++)
		if (former[i].id == o->id)
			return OK;
	if (count >= ASK_MAX_CAMPAIGNS) {
		o->why->what = "there are enough campaigns";
		return ERR_LIMIT;
	}
	TRY(store_campaign_add(
	    tx, &(struct store_campaign){ .account = o->call->who,
		    .id = o->id,
		    .made_ms = o->call->now_ms,
		    .next_ms = o->call->now_ms,
		    .title = ask_clean(o->call->arena, o->draft->title, false),
		    .kind = ask_kind_word(ask->kind),
		    .channel = ask_by_word(ask->by),
		    .fields = field_words(o->call->arena, ask),
		    .say = ask->say }));
	for (size_t i = 0; i < o->people.count; i++) {
		const struct ask_campaign_one *one = &o->people.people[i];

		TRY(store_campaign_one_put(
		    tx, &(struct store_campaign_one){ .account = o->call->who,
			    .campaign = o->id,
			    .n = (int64_t)i,
			    .book = one->book,
			    .card = one->card,
			    .fn = one->fn }));
	}
	return OK;
}

enum err
ask_campaign_open(const struct call *call, const struct ask_rules *rules,
    const struct ask_campaign_draft *draft, int64_t *out, struct why *why)
{
	struct opening o = { .call = call, .draft = draft, .why = why };

	o.id = ask_once_id(call, rules, "id of a campaign", draft->ask.once);
	if (!str_trim(draft->title).len ||
	    draft->title.len > ASK_CAMPAIGN_TITLE_BYTES ||
	    draft->ask.by == ASK_BY_SELF) {
		why->what = draft->ask.by == ASK_BY_SELF
				? "links you send yourself are made one by one"
				: "a campaign wants a title";
		return ERR_BAD_INPUT;
	}
	TRY(gather(call, draft, &o.people, why));
	*out = o.id;
	return store_write(call->store, open_in, &o);
}

/* --- how it goes --- */

static enum err
read_one(struct store_tx *tx, const struct call *call,
    const struct store_campaign_one *row, struct ask_campaign *out)
{
	struct ask_campaign_one one = { .book = row->book,
		.card = row->card,
		.fn = row->fn,
		.ask = row->ask,
		.outcome = row->outcome };
	struct ask_case it;

	if (row->ask) {
		enum err e = ask_case_find(tx, call, call->who, row->ask, &it);

		if (e != OK && e != ERR_NOT_FOUND)
			return e;
		one.state = e == OK ? it.at.state : ASK_REVOKED;
		out->asked++;
		out->answered += one.state == ASK_MERGED || one.state == ASK_PARTLY ||
				 one.state == ASK_ANSWERED;
	} else if (row->outcome.len) {
		out->failed++;
	} else if (!row->done) {
		out->waiting++;
	}
	out->people[out->count++] = one;
	return OK;
}

static enum err
read_campaign(struct store_tx *tx, const struct call *call,
    const struct store_campaign *row, struct ask_campaign *out)
{
	struct store_campaign_one *people;
	size_t count;

	*out = (struct ask_campaign){ .id = row->id,
		.made_ms = row->made_ms,
		.title = row->title,
		.over = row->over };
	TRY(store_campaign_people(
	    tx, call->arena, call->who, row->id, &people, &count));
	out->people = ARENA_ARRAY(call->arena, struct ask_campaign_one, count);
	for (size_t i = 0; i < count; i++)
		TRY(read_one(tx, call, &people[i], out));
	return OK;
}

enum err
ask_campaign_list(const struct call *call, struct ask_campaign **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_campaign *rows;

	TRY(store_look(call->store, &tx));
	TRY(store_campaign_list(tx, call->arena, call->who, &rows, count));
	*out = ARENA_ARRAY(call->arena, struct ask_campaign, *count);
	for (size_t i = 0; i < *count; i++)
		TRY(read_campaign(tx, call, &rows[i], &(*out)[i]));
	return OK;
}

enum err
ask_campaign_find(const struct call *call, int64_t id, struct ask_campaign *out)
{
	struct ask_campaign *list;
	size_t count;

	TRY(ask_campaign_list(call, &list, &count));
	for (size_t i = 0; i < count; i++)
		if (list[i].id == id) {
			*out = list[i];
			return OK;
		}
	return ERR_NOT_FOUND;
}

/* --- cancelling --- */

struct cancelling {
	const struct call *call;
	int64_t id;
};

static enum err
cancel_in(struct store_tx *tx, void *arg)
{
	const struct cancelling *c = arg;

	return store_campaign_set(tx, c->call->who, c->id, c->call->now_ms, true);
}

enum err
ask_campaign_cancel(const struct call *call, int64_t id)
{
	struct cancelling cancelling = { call, id };
	struct ask_campaign campaign;

	TRY(ask_campaign_find(call, id, &campaign));
	TRY(store_write(call->store, cancel_in, &cancelling));
	for (size_t i = 0; i < campaign.count; i++) {
		const struct ask_campaign_one *one = &campaign.people[i];

		if (one->ask && one->state == ASK_QUEUED) {
			enum err e = ask_revoke(call, one->ask);

			if (e != OK && e != ERR_GONE)
				return e;
		}
	}
	return OK;
}

/* --- asking: the courier's round --- */

struct stepping {
	struct call call; /* who: the owner */
	const struct ask_rules *rules;
	const struct store_campaign *row;
	struct store_campaign_one one;
	int64_t next_ms;
	bool over;
};

static void
read_fields(str words, struct ask_draft *draft)
{
	while (words.len && draft->wanted_count < ASK_MAX_FIELDS)
		if (card_field_read(
			str_cut(&words, ' '), &draft->wanted[draft->wanted_count]))
			draft->wanted_count++;
}

/* A spent budget is no reason to leave him out: his turn comes later. */
static bool
must_wait(enum err e, const struct why *why)
{
	return e == ERR_LIMIT &&
	       (str_same(why->name, STR("day")) || str_same(why->name, STR("sms")));
}

static enum err
ask_one(struct stepping *s)
{
	struct ask_draft draft = {
		.book = s->one.book, .card = s->one.card, .say = s->row->say
	};
	struct ask_opened opened;
	struct why why = { 0 };
	enum err e;

	(void)ask_kind_read(s->row->kind, &draft.kind);
	(void)ask_by_read(s->row->channel, &draft.by);
	read_fields(s->row->fields, &draft);
	e = ask_open(&s->call, s->rules, &draft, &opened, &why);
	if (e == ERR_STORE || e == ERR_BUSY)
		return e;
	s->next_ms = s->call.now_ms + s->rules->campaign_every_ms;
	if (must_wait(e, &why)) {
		s->next_ms = s->call.now_ms + LATER_MS;
		return OK;
	}
	s->one.done = true;
	s->one.ask = e == OK ? opened.id : 0;
	if (e != OK)
		s->one.outcome = str_of(why.what ? why.what : err_word(e));
	return OK;
}

static enum err
step_in(struct store_tx *tx, void *arg)
{
	const struct stepping *s = arg;

	if (!s->over)
		TRY(store_campaign_one_put(tx, &s->one));
	return store_campaign_set(tx, s->row->account, s->row->id, s->next_ms, s->over);
}

static enum err
find_next(struct stepping *s)
{
	SCOPED(store_tx) tx = NULL;
	struct store_campaign_one *people;
	size_t count;

	TRY(store_look(s->call.store, &tx));
	TRY(store_campaign_people(
	    tx, s->call.arena, s->row->account, s->row->id, &people, &count));
	for (size_t i = 0; i < count; i++)
		if (!people[i].done) {
			s->one = people[i];
			return OK;
		}
	s->over = true;
	return OK;
}

static enum err
step(const struct call *call, const struct ask_rules *rules,
    const struct store_campaign *row)
{
	struct stepping s = { .call = *call, .rules = rules, .row = row };

	s.call.who = row->account;
	TRY(find_next(&s));
	if (!s.over)
		TRY(ask_one(&s));
	return store_write(call->store, step_in, &s);
}

static enum err
find_due(const struct call *call, struct store_campaign **rows, size_t *count)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	return store_campaign_due(
	    tx, call->arena, call->now_ms, DUE_PER_ROUND, rows, count);
}

enum err
ask_campaigns(const struct call *call, const struct ask_rules *rules)
{
	struct store_campaign *rows;
	size_t count;

	TRY(find_due(call, &rows, &count));
	for (size_t i = 0; i < count; i++)
		TRY(step(call, rules, &rows[i]));
	return OK;
}
