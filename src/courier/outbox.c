/* outbox.c - the serving side: letters put in, taken back, and what became of them. */
#include "courier/attach_int.h"
#include "courier/clean_int.h"
#include "courier/courier.h"
#include "courier/gate_int.h"
#include "store/letter.h"

#define ADDRESS_MAX_BYTES 254 /* RFC 5321 4.5.3.1.3, without the brackets */
#define NUMBER_MAX_DIGITS 15  /* E.164 */
#define HEADER_MAX_BYTES  998 /* RFC 5322 2.1.1 */

static bool
is_number(str to)
{
	size_t digits = to.len - 1;

	if (!str_starts(to, STR("+")) || digits < 1 || digits > NUMBER_MAX_DIGITS)
		return false;
	for (size_t i = 1; i < to.len; i++)
		if (to.at[i] < '0' || to.at[i] > '9')
			return false;
	return true;
}

/* Only enough to keep a header and an envelope safe: whether the mailbox exists, the mail
 * server will say. */
static bool
is_address(str to)
{
	size_t at = str_find(to, STR("@"));

	if (at == SIZE_MAX || at == 0 || at + 1 == to.len || to.len > ADDRESS_MAX_BYTES)
		return false;
	for (size_t i = 0; i < to.len; i++)
		if ((unsigned char)to.at[i] <= ' ' ||
		    str_has(STR("<>,;\"\x7f"), to.at[i]))
			return false;
	return true;
}

static bool
is_url(str to)
{
	return str_starts(to, STR("https://")) || str_starts(to, STR("http://"));
}

static const struct way {
	str channel; /* as the letter's row says it */
	bool (*leads_to)(str to);
} ways[COURIER_WAY_COUNT] = {
	[COURIER_SMS] = { STR_CONST("sms"), is_number },
	[COURIER_MMS] = { STR_CONST("mms"), is_number },
	[COURIER_MAIL] = { STR_CONST("email"), is_address },
	[COURIER_HOOK] = { STR_CONST("hook"), is_url },
};

static bool
is_header(str value)
{
	return value.len <= HEADER_MAX_BYTES && str_is_utf8(value) &&
	       !str_has(value, '\r') && !str_has(value, '\n') && !str_has(value, '\0');
}

str
courier_channel(enum courier_way way)
{
	return ways[way].channel;
}

enum courier_way
courier_way_of(str channel)
{
	enum courier_way way = COURIER_SMS;

	while (way < COURIER_WAY_COUNT && !str_same(ways[way].channel, channel))
		way++;
	return way;
}

enum err
courier_post(struct store_tx *tx, const struct call *call,
    const struct courier_letter *letter, int64_t *out)
{
	struct store_letter row = {
		.account = letter->account,
		.ask = letter->ask,
		.channel = ways[letter->way].channel,
		.to = letter->to,
		.subject = letter->subject,
		.reply_to = letter->reply_to,
		.from_name = letter->from_name,
		.stop_link = letter->stop_link,
		.lang = letter->lang,
		.state = STR("due"),
		.made_ms = call->now_ms,
		.due_ms = letter->not_before_ms > call->now_ms ? letter->not_before_ms
							       : call->now_ms,
	};

	if (!ways[letter->way].leads_to(letter->to) || !str_is_utf8(letter->text) ||
	    !is_header(letter->subject) || !is_header(letter->from_name) ||
	    !is_header(letter->reply_to) || !is_header(letter->stop_link))
		return ERR_BAD_INPUT;
	if (letter->text.len > COURIER_BODY_MAX_BYTES)
		return ERR_TOO_LARGE;
	TRY(attach_write(call->arena, letter->parts, letter->part_count, &row.parts));
	row.body = clean_text(call->arena, letter->text);
	TRY(store_letter_add(tx, &row));
	*out = row.id;
	return OK;
}

enum err
courier_count_to(
    struct store_tx *tx, enum courier_way way, str to, int64_t since_ms, int64_t *out)
{
	return store_letter_count_to(tx, ways[way].channel, to, since_ms, out);
}

enum err
courier_cancel(
    struct store_tx *tx, const struct call *call, int64_t account, int64_t ask)
{
	(void)call;
	return store_letter_cancel(tx, account, ask);
}

/* How far a letter has come: news only ever take it further. */
static const struct {
	str state;
	int rank;
} ranks[] = {
	{ STR_CONST("due"), 0 },
	{ STR_CONST("sending"), 0 },
	{ STR_CONST("taken"), 1 },
	{ STR_CONST("delivered"), 2 },
	{ STR_CONST("failed"), 2 },
};

static int
rank_of(str state)
{
	for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++)
		if (str_same(ranks[i].state, state))
			return ranks[i].rank;
	return ranks[sizeof ranks / sizeof *ranks - 1].rank;
}

enum err
courier_receipt(struct store_tx *tx, const struct call *call, int64_t letter,
    const struct courier_news *said, struct courier_news *out)
{
	static const str states[] = {
		[COURIER_TAKEN] = STR_CONST("taken"),
		[COURIER_DELIVERED] = STR_CONST("delivered"),
		[COURIER_LOST] = STR_CONST("failed"),
	};
	struct store_letter row;

	*out = (struct courier_news){ .fate = said->fate };
	TRY(store_letter_find(tx, call->arena, letter, &row));
	if (rank_of(states[said->fate]) <= rank_of(row.state))
		return OK;
	row.state = states[said->fate];
	row.body = row.parts = STR("");
	if (said->fate == COURIER_LOST)
		row.trouble = clean_words(call->arena, said->words);
	TRY(store_letter_update(tx, &row));
	out->account = row.account;
	out->ask = row.ask;
	out->words = row.trouble;
	return OK;
}

enum err
courier_letter_of(
    struct store_tx *tx, const struct call *call, str gate, str receipt, int64_t *out)
{
	struct store_letter row;

	TRY(store_letter_by_receipt(
	    tx, call->arena, gate, clean_words(call->arena, receipt), &row));
	*out = row.id;
	return OK;
}

enum err
courier_tray(
    const struct call *call, size_t limit, struct courier_shown **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_letter *rows;

	TRY(store_look(call->store, &tx));
	TRY(store_letter_list(tx, call->arena, STR("tray"), limit, &rows, count));
	*out = ARENA_ARRAY(call->arena, struct courier_shown, *count);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] = (struct courier_shown){
			.id = rows[i].id,
			.at_ms = rows[i].made_ms,
			.channel = rows[i].channel,
			.to = rows[i].to,
			.subject = rows[i].subject,
			.text = rows[i].body,
		};
	return OK;
}
