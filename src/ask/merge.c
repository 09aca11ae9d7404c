/* merge.c - an answer, the card as it stands in the same transaction, and the card put
 * back with what was chosen of it. */
#include "ask/ask_int.h"
#include "book/book_in.h"

#define UUID_PREFIX STR("urn:uuid:")

static str
bare_uid(str uid)
{
	if (str_same_nocase(str_part(uid, 0, UUID_PREFIX.len), UUID_PREFIX))
		return str_part(uid, UUID_PREFIX.len, uid.len);
	return uid;
}

/* A card that was removed and another put at its name is another person's. */
static bool
is_the_same(const struct ask_case *it, const struct book_card *card)
{
	return str_same_nocase(bare_uid(it->row.uid), bare_uid(card->uid));
}

enum err
ask_judge_in(struct store_tx *tx, const struct call *call, const struct ask_case *it,
    const struct card_ops *ops, struct ask_judged *out, struct why *why)
{
	TRY(book_card_in(tx, call, it->row.account, it->row.book, it->row.card,
	    &out->book, &out->stands));
	if (!is_the_same(it, &out->stands))
		return ERR_NOT_FOUND;
	out->worded = false;
	TRY(card_read(call->arena, out->stands.bytes, &out->now, why));
	return card_merge(
	    call->arena, it->base, ops, out->now, it->region, &out->verdicts, why);
}

enum err
ask_answer_ops(
    struct arena *arena, const struct store_answer *answer, struct card_ops *out)
{
	return card_ops_read(
	    arena, answer->worded.len ? answer->worded : answer->ops, out);
}

bool
ask_is_worded(const struct card_op *said, const struct card_op *done)
{
	return said->kind != done->kind || !str_same(said->value, done->value);
}

str
ask_version_note(struct arena *arena, int64_t ask, bool worded)
{
	return arena_printf(
	    arena, "%lld%s", (long long)ask, worded ? " " ASK_NOTE_WORDED : "");
}

bool
ask_version_of(str door, str note, int64_t *ask, bool *worded)
{
	str number = str_cut(&note, ' ');

	*worded = str_same(note, STR(ASK_NOTE_WORDED));
	return str_same(door, STR("answer")) && str_number(number, ask);
}

enum err
ask_carry_out_in(struct store_tx *tx, const struct call *call,
    const struct ask_case *it, const struct ask_judged *judged, const bool *chosen,
    struct why *why)
{
	struct book_put put = { .name = judged->stands.name, .by = BOOK_BY_ANSWER };
	struct book_put_done done;

	TRY(card_merge_write(call->arena, judged->now, &judged->verdicts, chosen,
	    call->now_ms, &put.bytes));
	if (put.bytes.at == judged->now->text.at)
		return OK;
	put.note = ask_version_note(call->arena, it->row.id, judged->worded);
	return book_put_in(tx, call, &judged->book, &put, &done, why);
}

enum err
ask_close_lost_in(struct store_tx *tx, const struct call *call, struct ask_case *it)
{
	TRY(store_answer_drop(tx, it->row.account, it->row.id, false));
	return ask_move_in(tx, call, it, ASK_REVOKED, (str){ 0 });
}
