/*
 * key.h - what a card can be found by.
 *
 * Keys are derived from the bytes alone and can be made again from them at any time.
 * Normal forms: E.164 for telephones, lower-cased domain and local part for mail, digits
 * for QQ, (service, handle) for profiles whatever property holds them, NFKC-folded text
 * without punctuation for addresses and names.
 */
#ifndef KITH_CARD_KEY_H
#define KITH_CARD_KEY_H

#include "card/card.h"

/* Stored as numbers: never renumber. */
enum card_key_kind {
	CARD_KEY_NAME = 1, /* FN, and N in both orders */
	CARD_KEY_MOBILE = 2,
	CARD_KEY_WORK_TEL = 3,
	CARD_KEY_HOME_TEL = 4,
	CARD_KEY_TEL = 5, /* any other TEL, fax included */
	CARD_KEY_EMAIL = 6,
	CARD_KEY_WORK_ADDRESS = 7,
	CARD_KEY_HOME_ADDRESS = 8,
	CARD_KEY_ADDRESS =
	    9, /* either of them, as people name it: in part (address_int.h) */
	CARD_KEY_QQ = 10,
	CARD_KEY_WECHAT = 11,
	CARD_KEY_WEIBO = 12,
	CARD_KEY_IM = 13, /* "service:handle" */
	CARD_KEY_URL = 14,
	/* Groups (card/group.h), which nobody types: */
	CARD_KEY_GROUP = 15,    /* a group's name */
	CARD_KEY_MEMBER = 16,   /* the UIDs of its members */
	CARD_KEY_CATEGORY = 17, /* what a person's CATEGORIES name */
};

#define CARD_MAX_KEYS \
	200 /* further ones are not indexed; CARD_MAX_MEMBERS of members */

struct card_key {
	enum card_key_kind kind;
	str value; /* never empty */
};

struct card_keys {
	struct card_key *list; /* sorted by kind, then value; no twins */
	size_t count;
};

struct card_keys card_keys(struct arena *arena, const struct card *card, str region);

/*
 * All that a typed identifier may mean, most likely first: "18988888888" is a telephone
 * and a QQ number, "a@b.cn" a mail address and a handle, "李四" a name or a handle.  A
 * prefix says which: "qq:", "weibo:", "wechat:", "tel:", "mailto:", "name:".
 */
struct card_keys card_key_guess(struct arena *arena, str typed, str region);

/* "tel", "email", "qq" ... for people and the JSON interface. */
str card_key_word(enum card_key_kind kind);

#endif
