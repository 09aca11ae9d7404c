/*
 * ask_int.h - what the files of this room share: an ask as it stands, its snapshot, its
 * asker, and the small rules about each.
 */
#ifndef KITH_ASK_ASK_INT_H
#define KITH_ASK_ASK_INT_H

#include "ask/ask.h"
#include "base/buf.h"
#include "courier/courier.h"
#include "store/ask.h"
#include "store/said.h"
#include "store/store.h"

#define ASK_COUNT(list) (sizeof(list) / sizeof *(list))

/* --- state.c --- */

/* Where an ask stands.  `blocked` is never the owner's to know: the target has shut the
 * door, and to the owner it goes on standing where it stood until it expires. */
struct ask_standing {
	enum ask_state state;
	bool blocked;
};

str ask_standing_word(struct arena *arena, struct ask_standing at);
bool ask_standing_read(str word, struct ask_standing *out);
bool ask_may_become(enum ask_state from, enum ask_state to);

/* Whether what stands there may still be answered, but for the time. */
bool ask_state_open(enum ask_state state);

/* --- clean.c --- */

/* Without controls, bidi overrides and zero-width characters; line breaks become blanks
 * unless they are kept. */
str ask_clean(struct arena *arena, str text, bool keep_lines);
str ask_clip(str text, size_t runes);

/* The owner's sentence: cleaned, without links and runs of digits, and short. */
str ask_say(struct arena *arena, str text);

/* --- asker.c --- */

struct ask_asker {
	int64_t account;
	str name, phone, email; /* the two are verified, or empty */
	str lang, region;
	enum ask_mode mode;
};

enum err ask_asker_read(
    struct store_tx *tx, struct arena *arena, int64_t account, struct ask_asker *out);
str ask_mode_word(enum ask_mode mode);
enum ask_mode ask_mode_read(str word); /* ASK_FILL for what is none */

/* --- choose.c --- */

struct ask_choice {
	enum ask_by by;
	str to;  /* E.164 or address; empty for ASK_BY_SELF */
	str key; /* of the card's item it is */
	enum card_field field;
};

struct ask_choosing {
	const struct ask_rules *rules;
	const struct ask_draft *draft;
	const struct book_hit *hit;
	const struct card_items *items;
	const struct store_said *said; /* of the card: what is dead comes last */
	size_t said_count;
};

/* ERR_NOT_FOUND: the card has nothing of the wanted way.  ERR_UNSUPPORTED: no gateway. */
enum err ask_choose(struct arena *arena, const struct ask_choosing *among,
    struct ask_choice *out, struct why *why);

/* --- notice.c --- */

struct ask_notice {
	enum ask_kind kind;
	enum ask_by by;
	const struct ask_asker *asker;
	str to, say, lang, link, server;
	str code, reply_to; /* of a form; reply_to empty: the owner's own address */
	const enum card_field *wanted;
	size_t wanted_count;
};

/* Makes the letter of that kind for that way; of a self-sent one only the text matters.
 * ERR_UNSUPPORTED: that kind does not go that way. */
enum err ask_notice_make(
    struct arena *arena, const struct ask_notice *notice, struct courier_letter *out);

/* What "auto" comes to for that way.  It does not look whether the target has an account:
 * the owner could read that off the notice. */
enum ask_kind ask_kind_settle(
    const struct ask_rules *rules, enum ask_kind kind, enum ask_by by);

/* "ask+TOKEN@kith.example"; empty where no mail comes in. */
str ask_reply_address(struct arena *arena, const struct ask_rules *rules, str token);

/* --- given.c --- */

struct ask_case;

/* What a reply's operations and note are collected in. */
struct ask_taking {
	const struct call *call;
	const struct ask_case *it;
	enum ask_door door;
	struct card_ops *ops; /* with room for CARD_MAX_OPS */
	struct buf *note;
};

/* Adds an operation, unless one says as much already. */
void ask_ops_say(struct card_ops *ops, struct card_op op);

/* The same, held to what was offered; a value that is refused goes into the note. */
void ask_take_op(const struct ask_taking *taking, struct card_op op);

/* All that a returned card says. */
void ask_take_card(
    const struct ask_taking *taking, const struct card *card, bool with_picture);

/* Whether a person's own card may answer for the field: his name is the owner's to choose. */
bool ask_given_field(enum card_field field);

/* What a person's card says, of the items picked, as operations on the items of another card
 * of him: the same values confirmed; the only one of a field that has one, changed; others
 * added. */
struct card_ops ask_ops_of_items(struct arena *arena, const struct card_items *had,
    const struct card *card, const struct card_items *picked);

/* --- budget.c --- */

/* Whether one more may be asked, and when its notice may leave at the earliest.
 * ERR_LIMIT: the owner asks too much. */
enum err ask_budget_in(struct store_tx *tx, const struct call *call,
    const struct ask_budget *budget, const struct store_ask *ask,
    int64_t *not_before_ms, struct why *why);

/* Whether SMS may go to that number's country; the same as an outcome, ERR_LIMIT. */
bool ask_sms_may_go(struct arena *arena, const struct ask_budget *budget, str to);
enum err ask_budget_country(
    struct arena *arena, const struct ask_budget *budget, str to, struct why *why);

/* --- open.c --- */

/* The id that the caller's `once` always gives; a fresh one where it is empty. */
int64_t ask_once_id(
    const struct call *call, const struct ask_rules *rules, const char *what, str once);

/* --- mask.c --- */

/* Whether a target may be shown items of the field at all. */
bool ask_offered(enum card_field field);
str ask_mask(
    struct arena *arena, const struct card *card, const struct card_item *item);

/* "8888" or "l***@q**.com". */
str ask_mask_tail(struct arena *arena, str to);

/* --- case.c --- */

/* An ask with all that is needed to judge what comes for it. */
struct ask_case {
	struct store_ask row;
	struct ask_standing at; /* expired is said here as soon as it is so */
	bool open;              /* whether it can still be answered */
	str region;
	struct card *base; /* the snapshot; NULL until ask_case_base */
	struct card_items items;
};

enum err ask_case_of(struct store_tx *tx, const struct call *call,
    const struct store_ask *row, struct ask_case *out);
enum err ask_case_by_token(
    struct store_tx *tx, const struct call *call, str token, struct ask_case *out);
enum err ask_case_find(struct store_tx *tx, const struct call *call, int64_t account,
    int64_t id, struct ask_case *out);

/* Reads the snapshot. */
enum err ask_case_base(const struct call *call, struct ask_case *it);

/* One arrow of the picture in ask.h.  ERR_GONE when there is none from where it stands. */
enum err ask_move_in(struct store_tx *tx, const struct call *call, struct ask_case *it,
    enum ask_state to, str note);

/* --- peek.c --- */

enum err ask_peek_in(struct store_tx *tx, const struct call *call,
    const struct ask_case *it, struct ask_peek *out);

/* --- prepare.c --- */

/* Whether two operations speak of one thing: an item named twice, a second value of a field
 * that has one, the same value again. */
bool ask_are_twins(
    struct arena *arena, str region, const struct card_op *a, const struct card_op *b);

/* Holds a reply to the catalogue and to what was offered: fields are taken from the items
 * themselves.  ERR_BAD_INPUT, ERR_TOO_LARGE as ask_prepare's. */
enum err ask_reply_check(const struct call *call, const struct ask_case *it,
    const struct ask_reply *reply, struct ask_reply *out, struct why *why);

/* --- merge.c --- */

/* An answer against the card as it is in this transaction. */
struct ask_judged {
	struct book book;
	struct book_card stands;
	struct card *now;
	struct card_verdicts verdicts;
	bool worded; /* by the owner, in part: the history says so */
};

/* ERR_NOT_FOUND: the card is gone, or another stands at its name. */
enum err ask_judge_in(struct store_tx *tx, const struct call *call,
    const struct ask_case *it, const struct card_ops *ops, struct ask_judged *out,
    struct why *why);

/* The operations as they are carried out: what the target said, but for what the owner
 * worded himself. */
enum err ask_answer_ops(
    struct arena *arena, const struct store_answer *answer, struct card_ops *out);

/* Whether the owner put his own words in the place of the target's. */
bool ask_is_worded(const struct card_op *said, const struct card_op *done);

/* The note of a version of the card that an answer made, and back; false: by no answer. */
str ask_version_note(struct arena *arena, int64_t ask, bool worded);
bool ask_version_of(str door, str note, int64_t *ask, bool *worded);

/* Puts the card with the chosen verdicts carried out, if that changes a byte. */
enum err ask_carry_out_in(struct store_tx *tx, const struct call *call,
    const struct ask_case *it, const struct ask_judged *judged, const bool *chosen,
    struct why *why);

/* Remembers who said what was applied or verified: letters as store_answer.decisions. */
enum err ask_note_said_in(struct store_tx *tx, const struct call *call,
    const struct ask_case *it, const struct ask_judged *judged,
    const struct store_answer *answer, str letters);

/* Whether the contact himself said anything of that card later than then; that an address
 * is dead is none of his words. */
enum err ask_said_since(struct store_tx *tx, struct arena *arena, int64_t account,
    int64_t card, int64_t since_ms, bool *out);

/* The address asked is probably dead: "bounced", or "not_me". */
enum err ask_note_dead_in(
    struct store_tx *tx, const struct call *call, struct ask_case *it, str door);

/* --- tell.c --- */

/* Leaves word that items of an answer were decided: those meant, or all. */
enum err ask_news_in(struct store_tx *tx, const struct call *call,
    const struct ask_case *it, str letters, const bool *meant);

/* The card is gone: nothing can be answered any more. */
enum err ask_close_lost_in(
    struct store_tx *tx, const struct call *call, struct ask_case *it);

/* --- answer.c --- */

/* As ask_answer(), for one who has shown by other means than the link that it is his. */
enum err ask_answer_to(const struct call *call, int64_t account, int64_t ask,
    const struct ask_reply *reply, struct ask_answered *out, struct why *why);

/* What the letters of an answer's decisions come to. */
struct ask_answered ask_sum_up(str decisions);

/* --- leave.c --- */

/* As ask_leave(), for one who has shown by other means than the link that it is his. */
enum err ask_leave_to(const struct call *call, const struct ask_rules *rules,
    int64_t account, int64_t ask, enum ask_exit how);

/* What is kept of an address, to know it again: in blocks and in the asks sent to it. */
str ask_address_hash(
    const struct call *call, const struct ask_rules *rules, str address);

#endif
