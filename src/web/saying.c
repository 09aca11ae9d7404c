/* saying.c - beside the values of a contact: who confirmed them, when, and what the proof was. */
#include "web/owner_int.h"

static str
dead_words(const struct page *p, const struct ask_said *said)
{
	bool bounced = str_same(said->door, STR("bounced"));
	const struct web_hole holes[] = {
		{ "reason", web_text(p->lang,
				bounced ? T_own_dead_bounced : T_own_dead_not_me) },
		{ "date", web_day(p, said->at_ms) },
	};

	return web_words_with(p, T_own_dead, holes, 2);
}

static bool
is_long_ago(const struct page *p, int64_t at_ms)
{
	return p->call.now_ms - at_ms > ASK_STALE_MS;
}

static str
said_words(const struct page *p, const struct ask_said *said)
{
	const struct web_hole holes[] = {
		{ "date", web_day(p, said->at_ms) },
		{ "way", answer_way(p, said->channel, said->to) },
		{ "proof", answer_proof(p, said->door) },
	};

	if (!said->at_ms)
		return (str){ 0 };
	if (said->evidence < 0)
		return dead_words(p, said);
	return web_words_with(p,
	    is_long_ago(p, said->at_ms) ? T_own_confirmed_old : T_own_confirmed, holes,
	    3);
}

struct contact_item
sayings_item(
    const struct page *p, const struct sayings *sayings, const struct app_line *line)
{
	struct contact_item item = { line->label, line->text, line->href, { 0 },
		false };

	for (size_t i = 0; i < sayings->count; i++)
		if (sayings->items.list[i].at == line->at) {
			item.said = said_words(p, &sayings->list[i]);
			item.dead = item.said.len && sayings->list[i].evidence < 0;
		}
	return item;
}

str
sayings_heard(const struct page *p, const struct sayings *sayings)
{
	int64_t last_ms = 0;

	if (!sayings->asked)
		return (str){ 0 };
	for (size_t i = 0; i < sayings->count; i++)
		if (sayings->list[i].evidence >= 0 && sayings->list[i].at_ms > last_ms)
			last_ms = sayings->list[i].at_ms;
	if (!last_ms)
		return web_text(p->lang, T_own_heard_never);
	return web_words(p, is_long_ago(p, last_ms) ? T_own_heard_old : T_own_heard,
	    "date", web_day(p, last_ms));
}

enum err
sayings_of(const struct page *p, const struct book *book,
    const struct book_card *stored, const struct card *card, struct sayings *out)
{
	struct ask_said *list;

	*out = (struct sayings){ .asked = !book->shared && !stored->is_group };
	out->items = card_items(p->call.arena, card, book->region);
	if (!out->asked)
		return OK;
	TRY(ask_said_of_card(&p->call, book->name, stored->name, &list, &out->count));
	out->list = list;
	if (out->count != out->items.count) /* changed between the two looks */
		out->count = 0;
	return OK;
}
