/* report.c - what became of a letter, as its gateway tells. */
#include "courier/courier.h"
#include "inbox/inbox_int.h"
#include "store/letter.h"
#include "store/store.h"

/* Kannel's dlr-mask: 1 delivered, 2 not, 4 queued, 8 taken by the SMSC, 16 refused by it.
 * The words are SMPP's, those of providers over HTTP, and MM7's (TS 23.140 8.7.3): a message
 * read was delivered; one passed on unseen, or in doubt, is as it was. */
static const struct {
	str status;
	enum courier_fate fate;
} fates[] = {
	{ STR_CONST("1"), COURIER_DELIVERED },
	{ STR_CONST("2"), COURIER_LOST },
	{ STR_CONST("4"), COURIER_TAKEN },
	{ STR_CONST("8"), COURIER_TAKEN },
	{ STR_CONST("16"), COURIER_LOST },
	{ STR_CONST("delivered"), COURIER_DELIVERED },
	{ STR_CONST("DELIVRD"), COURIER_DELIVERED },
	{ STR_CONST("queued"), COURIER_TAKEN },
	{ STR_CONST("accepted"), COURIER_TAKEN },
	{ STR_CONST("ACCEPTD"), COURIER_TAKEN },
	{ STR_CONST("sent"), COURIER_TAKEN },
	{ STR_CONST("failed"), COURIER_LOST },
	{ STR_CONST("undelivered"), COURIER_LOST },
	{ STR_CONST("UNDELIV"), COURIER_LOST },
	{ STR_CONST("rejected"), COURIER_LOST },
	{ STR_CONST("REJECTD"), COURIER_LOST },
	{ STR_CONST("expired"), COURIER_LOST },
	{ STR_CONST("Retrieved"), COURIER_DELIVERED },
	{ STR_CONST("Read"), COURIER_DELIVERED },
	{ STR_CONST("Deferred"), COURIER_TAKEN },
	{ STR_CONST("Forwarded"), COURIER_TAKEN },
	{ STR_CONST("Indeterminate"), COURIER_TAKEN },
	{ STR_CONST("Deleted without being read"), COURIER_TAKEN },
	{ STR_CONST("Unrecognised"), COURIER_LOST },
	{ STR_CONST("Unreachable"), COURIER_LOST },
};

static const enum ask_state states[] = {
	[COURIER_TAKEN] = ASK_SENT,
	[COURIER_DELIVERED] = ASK_DELIVERED,
	[COURIER_LOST] = ASK_BOUNCED,
};

static bool
fate_of(str status, enum courier_fate *out)
{
	for (size_t i = 0; i < INBOX_COUNT(fates); i++)
		if (str_same_nocase(fates[i].status, status)) {
			*out = fates[i].fate;
			return true;
		}
	return false;
}

struct reporting {
	const struct call *call;
	int64_t letter;    /* or else: */
	str gate, receipt; /* whose id that is */
	str to;            /* whom the report is about; empty: it does not say */
	struct courier_news said;
};

/* Anybody can write a report, and our letters' ids can be guessed: it has to know at least
 * whom the letter went to. */
static enum err
check_recipient(struct store_tx *tx, const struct reporting *r)
{
	struct store_letter letter;

	if (!r->to.len)
		return OK;
	TRY(store_letter_find(tx, r->call->arena, r->letter, &letter));
	return str_same_nocase(letter.to, r->to) ? OK : ERR_NOT_FOUND;
}

static enum err
report_in(struct store_tx *tx, void *arg)
{
	const struct reporting *r = arg;
	struct courier_news news;
	int64_t letter = r->letter;

	if (r->receipt.len)
		TRY(courier_letter_of(tx, r->call, r->gate, r->receipt, &letter));
	TRY(check_recipient(tx, r));
	TRY(courier_receipt(tx, r->call, letter, &r->said, &news));
	if (!news.ask)
		return OK;
	return ask_travelled_in(
	    tx, r->call, news.account, news.ask, states[news.fate], news.words);
}

enum err
inbox_fate_take(
    const struct call *call, int64_t letter, str to, enum courier_fate fate, str words)
{
	struct reporting reporting = { .call = call,
		.letter = letter,
		.to = to,
		.said = { .fate = fate, .words = words } };

	return store_write(call->store, report_in, &reporting);
}

enum err
inbox_report_take(const struct call *call, str id, str status)
{
	enum courier_fate fate;
	int64_t letter;

	if (!str_number(id, &letter) || !fate_of(status, &fate))
		return ERR_BAD_INPUT;
	return inbox_fate_take(call, letter, (str){ 0 }, fate, status);
}

enum err
inbox_receipt_take(const struct call *call, str gate, str receipt, str status)
{
	struct reporting reporting = { .call = call,
		.gate = gate,
		.receipt = receipt,
		.said = { .words = status } };

	if (!receipt.len || !fate_of(status, &reporting.said.fate))
		return ERR_BAD_INPUT;
	return store_write(call->store, report_in, &reporting);
}
