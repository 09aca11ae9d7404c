/*
 * own.h - a target who has an account: the notices to him, his own card, and what he has
 * given to whom.
 *
 * A notice is his when it went to a number or address he has verified; nobody but he can
 * tell that he has an account.  His own card is the card "me.vcf" of his first book.
 * Results live in call->arena; call->who is the target.
 */
#ifndef KITH_ASK_OWN_H
#define KITH_ASK_OWN_H

#include "ask/ask.h"

#define ASK_OWN_CARD STR("me.vcf")

struct ask_notice_view {
	int64_t id;
	int64_t made_ms;
	struct ask_peek who;
};

/* Newest first, those of the last ASK_EXPIRE_MAX_DAYS. */
enum err ask_notices(const struct call *call, const struct ask_rules *rules,
    struct ask_notice_view **out, size_t *count);

struct ask_own_item {
	size_t item; /* of the own card */
	enum card_field field;
	str text;
	bool wanted; /* the owner asks for it, or was given it before */
};

struct ask_own_page {
	struct ask_notice_view notice;
	struct ask_own_item *items;
	size_t count;
};

/* How many of them can still be answered. */
enum err ask_notices_open(
    const struct call *call, const struct ask_rules *rules, size_t *out);

/* A notice and the own card beside it; marks the ask as seen.  ERR_NOT_FOUND, ERR_GONE. */
enum err ask_notice_see(const struct call *call, const struct ask_rules *rules,
    int64_t id, struct ask_own_page *out);

/*
 * Answers with items of the own card: what the owner has of them is confirmed, the rest
 * given; and remembers that he has it.  As ask_answer(), with the evidence of an account.
 * ERR_BAD_INPUT: no such item, or none.
 */
enum err ask_notice_answer(const struct call *call, const struct ask_rules *rules,
    int64_t id, const size_t *items, size_t count, str note, struct ask_answered *out,
    struct why *why);

enum err ask_notice_leave(const struct call *call, const struct ask_rules *rules,
    int64_t id, enum ask_exit how);

/* --- the own card --- */

/* Its items; none where there is no such card yet. */
enum err ask_own_card(
    const struct call *call, struct ask_own_item **out, size_t *count);

/* Changes it as an answer would change an entry; makes it, with the account's name and its
 * verified identifiers, where there is none.  ERR_BAD_INPUT: why->name is the field. */
enum err ask_own_change(
    const struct call *call, const struct card_ops *ops, struct why *why);

/* As it stands, for a form about it; empty where there is none yet. */
enum err ask_own_etag(const struct call *call, str *out);

/* As ask_own_change(), by a form that showed the card as it was under that ETag: merged
 * three-way, so that the same said twice changes nothing.  ERR_CONDITION: that version is
 * not kept. */
enum err ask_own_change_since(
    const struct call *call, str etag, const struct card_ops *ops, struct why *why);

/* The items of that version; ERR_CONDITION as above. */
enum err ask_own_card_of(
    const struct call *call, str etag, struct ask_own_item **out, size_t *count);

/* --- what was given --- */

struct ask_given {
	int64_t owner;
	str owner_name;
	enum card_field field;
	int64_t at_ms;
	bool follows; /* the owner has its changes by themselves (follow.h) */
};

enum err ask_given_list(const struct call *call, struct ask_given **out, size_t *count);

/* He is not to be given it by itself again: nothing of it is marked any more, and he
 * follows none of it (follow.h). */
enum err ask_given_forget(const struct call *call, int64_t owner);

#endif
