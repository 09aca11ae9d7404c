/* state.c - where an ask may stand, in words, and which arrows there are. */
#include "ask/ask_int.h"

#define BIT(state) (1U << (state))
#define EXITS \
	(BIT(ASK_DECLINED) | BIT(ASK_EXPIRED) | BIT(ASK_REVOKED) | BIT(ASK_NOT_ME))
#define ANSWERS (BIT(ASK_ANSWERED) | BIT(ASK_PARTLY) | BIT(ASK_MERGED))

/* Why a mark on the word and no state of its own: an owner who saw "seen" turn into
 * anything else would know that he has been blocked. */
#define BLOCKED_MARK STR(" blocked")

static const struct {
	str word;
	unsigned next; /* the states it may become */
} states[ASK_STATE_COUNT] = {
	[ASK_QUEUED] = { STR_CONST("queued"), BIT(ASK_SENT) | BIT(ASK_DELIVERED) |
						  BIT(ASK_BOUNCED) | BIT(ASK_SEEN) |
						  ANSWERS | EXITS },
	[ASK_SENT] = { STR_CONST("sent"),
	    BIT(ASK_DELIVERED) | BIT(ASK_BOUNCED) | BIT(ASK_SEEN) | ANSWERS | EXITS },
	[ASK_DELIVERED] = { STR_CONST("delivered"), BIT(ASK_SEEN) | ANSWERS | EXITS },
	/* A far side may report failure and deliver after all. */
	[ASK_BOUNCED] = { STR_CONST("bounced"),
	    BIT(ASK_DELIVERED) | BIT(ASK_SEEN) | ANSWERS | EXITS },
	[ASK_SEEN] = { STR_CONST("seen"), ANSWERS | EXITS },
	/* An answer may be followed by a better one while some of it waits.  What waits does
	 * not expire: it is the owner's turn. */
	[ASK_ANSWERED] = { STR_CONST("answered"),
	    ANSWERS | BIT(ASK_DECLINED) | BIT(ASK_REVOKED) | BIT(ASK_NOT_ME) },
	[ASK_PARTLY] = { STR_CONST("partly"),
	    ANSWERS | BIT(ASK_DECLINED) | BIT(ASK_REVOKED) | BIT(ASK_NOT_ME) },
	[ASK_MERGED] = { STR_CONST("merged"), 0 },
	[ASK_DECLINED] = { STR_CONST("declined"), 0 },
	[ASK_EXPIRED] = { STR_CONST("expired"), 0 },
	[ASK_REVOKED] = { STR_CONST("revoked"), 0 },
	[ASK_NOT_ME] = { STR_CONST("not_me"), 0 },
};

static const str ways[] = {
	[ASK_BY_AUTO] = STR_CONST("auto"),
	[ASK_BY_SMS] = STR_CONST("sms"),
	[ASK_BY_MMS] = STR_CONST("mms"),
	[ASK_BY_MAIL] = STR_CONST("email"),
	[ASK_BY_SELF] = STR_CONST("self"),
};

static const str doors[ASK_DOOR_COUNT] = {
	[ASK_DOOR_WEB] = STR_CONST("web"),
	[ASK_DOOR_API] = STR_CONST("api"),
	[ASK_DOOR_ACCOUNT] = STR_CONST("account"),
	[ASK_DOOR_CODE] = STR_CONST("code"),
	[ASK_DOOR_SENDER] = STR_CONST("sender"),
};

str
ask_door_word(enum ask_door door)
{
	return doors[door];
}

str
ask_state_word(enum ask_state state)
{
	return states[state].word;
}

str
ask_by_word(enum ask_by by)
{
	return ways[by];
}

bool
ask_by_read(str word, enum ask_by *out)
{
	for (size_t i = 0; i < ASK_COUNT(ways); i++)
		if (str_same(ways[i], word)) {
			*out = (enum ask_by)i;
			return true;
		}
	return false;
}

bool
ask_may_become(enum ask_state from, enum ask_state to)
{
	return states[from].next & BIT(to);
}

bool
ask_state_open(enum ask_state state)
{
	return ask_may_become(state, ASK_ANSWERED);
}

str
ask_standing_word(struct arena *arena, struct ask_standing at)
{
	str word = states[at.state].word;

	if (!at.blocked)
		return word;
	return arena_printf(
	    arena, STR_FMT STR_FMT, STR_ARG(word), STR_ARG(BLOCKED_MARK));
}

bool
ask_standing_read(str word, struct ask_standing *out)
{
	*out = (struct ask_standing){ .blocked = str_ends(word, BLOCKED_MARK) };
	if (out->blocked)
		word.len -= BLOCKED_MARK.len;
	for (size_t i = 0; i < ASK_STATE_COUNT; i++)
		if (str_same(states[i].word, word)) {
			out->state = (enum ask_state)i;
			return true;
		}
	return false;
}
