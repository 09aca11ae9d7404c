/* look.c - the outbox as an administrator sees it. */
#include "courier/look.h"

#include "base/buf.h"
#include "store/letter.h"
#include "store/push.h"
#include "store/store.h"

#define DOTS        "\xE2\x80\xA6"
#define NUMBER_HEAD 3 /* characters: the country, more or less */
#define NUMBER_TAIL 2

/* --- masked --- */

static str
masked_mail(struct arena *arena, str to, size_t at)
{
	size_t head = 1;

	while (head < at && ((unsigned char)to.at[head] & 0xC0U) == 0x80)
		head++;
	return ARENA_JOIN(arena, str_part(to, 0, at > 2 ? head : 0), STR(DOTS),
	    str_part(to, at, to.len));
}

static str
masked_url(struct arena *arena, str to)
{
	size_t end = str_find(to, STR("://")) + 3;

	while (end < to.len && to.at[end] != '/')
		end++;
	return ARENA_JOIN(arena, str_part(to, 0, end), STR("/" DOTS));
}

str
courier_masked(struct arena *arena, str to)
{
	size_t at = str_find(to, STR("@"));

	if (str_find(to, STR("://")) != SIZE_MAX)
		return masked_url(arena, to);
	if (at != SIZE_MAX)
		return masked_mail(arena, to, at);
	if (to.len < NUMBER_HEAD + 2 * NUMBER_TAIL)
		return STR(DOTS);
	return ARENA_JOIN(arena, str_part(to, 0, NUMBER_HEAD), STR(DOTS),
	    str_part(to, to.len - NUMBER_TAIL, NUMBER_TAIL));
}

static str
without(struct arena *arena, str text, str what, str instead)
{
	struct buf out = buf_in(arena, 2 * text.len + 64 + 64 * instead.len);
	size_t at;

	while (what.len && (at = str_find(text, what)) != SIZE_MAX) {
		buf_add(&out, str_part(text, 0, at));
		buf_add(&out, instead);
		text = str_part(text, at + what.len, text.len);
	}
	buf_add(&out, text);
	return out.overflowed ? instead : buf_str(&out);
}

/* Gates like to repeat whom they would not take. */
static str
masked_trouble(struct arena *arena, str trouble, str to)
{
	str masked = courier_masked(arena, to);

	if (trouble.len > COURIER_TROUBLE_BYTES)
		trouble.len = COURIER_TROUBLE_BYTES;
	while (trouble.len && !str_is_utf8(trouble))
		trouble.len--;
	trouble = without(arena, trouble, to, masked);
	if (str_starts(to, STR("+")))
		trouble = without(arena, trouble, str_part(to, 1, to.len), masked);
	return trouble;
}

/* --- lists --- */

static struct courier_row
row_of(struct arena *arena, const struct store_letter_brief *l)
{
	return (struct courier_row){ .id = l->id,
		.channel = l->channel,
		.to = courier_masked(arena, l->to),
		.state = l->state,
		.trouble = masked_trouble(arena, l->trouble, l->to),
		.attempts = l->attempts,
		.made_ms = l->made_ms,
		.due_ms = l->due_ms };
}

static enum err
list(struct store_tx *tx, struct arena *arena, str state, int64_t attempts,
    struct courier_rows *out)
{
	struct store_letter_brief *rows;

	TRY(store_letter_in(
	    tx, arena, state, attempts, COURIER_LOOK_ROWS, &rows, &out->count));
	out->list = ARENA_ARRAY(arena, struct courier_row, out->count);
	for (size_t i = 0; i < out->count; i++)
		out->list[i] = row_of(arena, &rows[i]);
	return OK;
}

enum err
courier_outbox(const struct call *call, struct courier_outbox *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_letter_queue queue;
	struct store_push_health push;

	TRY(store_look(call->store, &tx));
	TRY(store_letter_queue(tx, &queue));
	TRY(store_push_health(tx, &push));
	*out = (struct courier_outbox){ .waiting = queue.waiting,
		.retried = queue.retried,
		.failed = queue.failed,
		.oldest_ms = queue.oldest_ms,
		.pushes = push.all,
		.pushes_failing = push.failing };
	TRY(list(tx, call->arena, STR("failed"), 0, &out->failures));
	return list(tx, call->arena, STR("due"), 1, &out->retries);
}

enum err
courier_letter(const struct call *call, int64_t id, struct courier_row *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_letter l;

	TRY(store_look(call->store, &tx));
	TRY(store_letter_find(tx, call->arena, id, &l));
	if (l.account != call->who || l.ask)
		return ERR_NOT_FOUND;
	*out = row_of(
	    call->arena, &(struct store_letter_brief){ l.id, l.account, l.channel, l.to,
			     l.state, l.trouble, l.attempts, l.made_ms, l.due_ms });
	out->gate = l.gate;
	return OK;
}
