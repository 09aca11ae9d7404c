/* answered.c - an answer as its owner reviews it: what he has, what is said, what the proof
 * of that is, and what comes of it. */
#include <stdint.h>

#include "ask/policy.h"
#include "ask/texts.h"
#include "web/owner_int.h"

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

static const struct {
	char letter;
	enum web_text_key words;
} decisions[] = {
	{ 'a', T_d_applied },
	{ 'v', T_d_verified },
	{ 'w', T_d_waiting },
	{ 'r', T_d_refused },
	{ 'n', T_d_nothing },
	{ 'u', T_own_d_undone },
};

/* How it came in: as a sentence, and as one word beside a value. */
static const struct {
	str door;
	enum web_text_key words, proof;
} doors[] = {
	{ STR_CONST("web"), T_own_door_web, T_own_proof_link },
	{ STR_CONST("api"), T_own_door_api, T_own_proof_link },
	{ STR_CONST("account"), T_own_door_account, T_own_proof_account },
	{ STR_CONST("code"), T_own_door_code, T_own_proof_code },
	{ STR_CONST("sender"), T_own_door_sender, T_own_proof_sender },
};

static const struct {
	str channel;
	enum web_text_key words;
} ways[] = {
	{ STR_CONST("sms"), T_own_way_sms },
	{ STR_CONST("mms"), T_own_way_mms },
	{ STR_CONST("email"), T_own_way_email },
	{ STR_CONST("self"), T_own_way_self },
};

static const enum web_text_key proofs[] = {
	[0] = T_own_ev_0,
	[ASK_EVIDENCE_SENDER] = T_own_ev_1,
	[ASK_EVIDENCE_LINK] = T_own_ev_2,
	[ASK_EVIDENCE_DELIVERED] = T_own_ev_3,
	[ASK_EVIDENCE_ACCOUNT] = T_own_ev_4,
};

/* Why it waits, where the owner and the target both changed something. */
static const struct {
	enum card_cell cell;
	enum web_text_key words;
} hints[] = {
	{ CARD_CELL_OLD_HOLDS, T_own_cell_old },
	{ CARD_CELL_RESTORE, T_own_cell_restore },
	{ CARD_CELL_CONFLICT, T_own_cell_conflict },
	{ CARD_CELL_ADD_BACK, T_own_cell_back },
	{ CARD_CELL_REMOVE_OTHER, T_own_cell_other },
};

str
answer_way(const struct page *p, str channel, str to)
{
	for (size_t i = 0; i < COUNT_OF(ways); i++)
		if (str_same(ways[i].channel, channel))
			return web_words(p, ways[i].words, "to", to);
	return channel;
}

str
answer_proof(const struct page *p, str door)
{
	for (size_t i = 0; i < COUNT_OF(doors); i++)
		if (str_same(doors[i].door, door))
			return web_text(p->lang, doors[i].proof);
	return door;
}

static str
door_words(const struct page *p, str door)
{
	for (size_t i = 0; i < COUNT_OF(doors); i++)
		if (str_same(doors[i].door, door))
			return web_text(p->lang, doors[i].words);
	return door;
}

static str
proof_words(const struct page *p, int evidence)
{
	if (evidence < 0 || (size_t)evidence >= COUNT_OF(proofs))
		evidence = 0;
	return web_text(p->lang, proofs[evidence]);
}

static str
decision_words(const struct page *p, char letter)
{
	for (size_t i = 0; i < COUNT_OF(decisions); i++)
		if (decisions[i].letter == letter)
			return web_text(p->lang, decisions[i].words);
	return (str){ 0 };
}

static str
hint_words(const struct page *p, const struct ask_item *item)
{
	for (size_t i = 0; item->decision == 'w' && i < COUNT_OF(hints); i++)
		if (hints[i].cell == item->cell)
			return web_text(p->lang, hints[i].words);
	return (str){ 0 };
}

bool
answer_can_undo(const struct page *p, const struct ask_view *ask)
{
	for (size_t i = 0; i < ask->item_count; i++)
		if (ask->items[i].decision == 'a')
			return p->call.now_ms - ask->answered_ms <= ASK_UNDO_MS;
	return false;
}

static str
ask_path(const struct page *p, const struct ask_view *ask)
{
	return arena_printf(p->call.arena, "/asks/%lld", (long long)ask->id);
}

/* The bytes go by an address of their own. */
static void
fill_photo(const struct page *p, const struct ask_view *ask,
    const struct ask_item *item, struct answer_item *out)
{
	bool stands = item->decision == 'a' || item->decision == 'v';

	if (item->op.value.len)
		out->photo = ARENA_JOIN(p->call.arena, ask_path(p, ask), STR("/photo"));
	if (out->before.len && !stands)
		out->former_photo = page_path(p, "photo", ask->book, ask->card);
	out->before = out->after = (str){ 0 };
	if (!out->photo.len)
		out->after = web_text(p->lang, T_f_photo_is);
}

static struct answer_item
item_of(const struct page *p, const struct ask_view *ask, size_t at)
{
	const struct ask_item *item = &ask->items[at];
	struct answer_item out = {
		.id = arena_printf(
		    p->call.arena, "item-%lld-%zu", (long long)ask->id, at),
		.number = arena_printf(p->call.arena, "%zu", at),
		.label = ask_field_text(p->lang_word, item->op.field),
		.decision = decision_words(p, item->decision),
		.before = item->before,
		.after = item->after,
		.hint = hint_words(p, item),
		.door = door_words(p, ask->door),
		.proof = proof_words(p, ask->evidence),
		.said = item->said,
		.typed = item->after.len ? item->after : item->before,
		.waits = item->decision == 'w',
		.removes = item->op.kind == CARD_GONE,
		.worded = item->worded,
		.forgotten = item->forgotten,
		.can_undo = item->decision == 'a' && answer_can_undo(p, ask) &&
			    item->op.field != CARD_F_PHOTO,
	};

	if (ask->until_ms)
		out.until = web_day(p, ask->until_ms - 1); /* the day's last moment */
	if (item->op.field == CARD_F_PHOTO)
		fill_photo(p, ask, item, &out);
	else if (out.waits)
		out.edit = input_row(item->op.field);
	return out;
}

void
answer_fill(const struct page *p, const struct ask_view *ask, bool only_waiting,
    const struct answer_trouble *trouble, struct answer_view *out)
{
	*out = (struct answer_view){
		.action = ask_path(p, ask),
		.name = ask->fn.len ? ask->fn : web_text(p->lang, T_o_unnamed),
		.note = ask->note,
	};
	out->items.list =
	    ARENA_ARRAY(p->call.arena, struct answer_item, ask->item_count);
	for (size_t i = 0; i < ask->item_count; i++) {
		struct answer_item *item = &out->items.list[out->items.count];

		*item = item_of(p, ask, i);
		out->waiting += item->waits;
		if (only_waiting && !item->waits)
			continue;
		if (trouble && trouble->ask == ask->id && trouble->at == i) {
			item->typed = trouble->typed;
			item->wrong = trouble->words;
		}
		out->items.count++;
	}
}
