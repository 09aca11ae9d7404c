/*
 * follow.h - whom a person with an account lets have a field of his own card by himself
 * when it changes: by his own act only, per owner and field, withdrawn at any time.
 *
 * Nobody can request it, and the owner cannot see it.  Results live in call->arena;
 * call->who is the person whose card it is.
 */
#ifndef KITH_ASK_FOLLOW_H
#define KITH_ASK_FOLLOW_H

#include "ask/own.h"

#define ASK_FOLLOW_MAX 500 /* of one account, over all owners */

/*
 * ERR_UNSUPPORTED  this server does not do it (rules->follow)
 * ERR_NOT_FOUND    that owner was not given that field, or it was taken back
 * ERR_LIMIT        ASK_FOLLOW_MAX; *why says so
 * What is allowed already stays so.
 */
enum err ask_follow_allow(const struct call *call, const struct ask_rules *rules,
    int64_t owner, enum card_field field, struct why *why);

/* Of all that the owner was given: these fields he is let have, the others not. */
enum err ask_follow_set(const struct call *call, const struct ask_rules *rules,
    int64_t owner, const bool fields[CARD_F_COUNT], struct why *why);

struct ask_follow {
	int64_t owner;
	str owner_name;
	enum card_field field;
	int64_t made_ms;
};

/* By owner and field.  Where the server does it no more, too: one may still withdraw. */
enum err ask_follow_list(
    const struct call *call, struct ask_follow **out, size_t *count);

/* What was on its way does not come any more.  Withdrawn twice is withdrawn. */
enum err ask_follow_withdraw(
    const struct call *call, int64_t owner, enum card_field field);

/* The courier's, after ask_wishes(), which notes what changed: brings it, an answer for each
 * owner.  A change is as old as rules->wish_grace_ms by then, so that many are one. */
enum err ask_follow_round(const struct call *call, const struct ask_rules *rules);

#endif
