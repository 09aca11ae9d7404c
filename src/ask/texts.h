/*
 * texts.h - every sentence kith sends to a person by SMS or mail, in Chinese and English,
 * from one table (texts.c).
 *
 * {name}-style holes are filled by ask_text().  Control characters, bidi overrides and
 * zero-width characters of the values put in are dropped.
 */
#ifndef KITH_ASK_TEXTS_H
#define KITH_ASK_TEXTS_H

#include "base/arena.h"
#include "card/field.h"

enum ask_text {
	ASK_T_NOTICE_SMS,     /* {owner} {link}: one part in both languages */
	ASK_T_ID_SMS,         /* {owner} {who}: and how to answer */
	ASK_T_ID_MAIL,        /* as ASK_T_NOTICE_MAIL, without the link's sentence */
	ASK_T_FORM_SMS,       /* {owner} {form} {code}: two parts at the most */
	ASK_T_FORM_MAIL,      /* as ASK_T_NOTICE_MAIL, and {form} */
	ASK_T_NOTICE_SELF,    /* {link}: what the owner sends from his own phone */
	ASK_T_NOTICE_SUBJECT, /* {owner} */
	ASK_T_NOTICE_MAIL, /* {owner} {phone} {email} {say} {fields} {link} {stop} {server} */
	ASK_T_CHALLENGE_SMS,  /* {code} */
	ASK_T_CHALLENGE_MAIL, /* {code} {server} */
	ASK_T_CHALLENGE_SUBJECT,
	ASK_T_REACH_SMS,  /* {code} {server}: shows that an address is its owner's */
	ASK_T_REACH_MAIL, /* the same */
	ASK_T_PROBE,      /* {server}: an administrator tries a gateway */
	ASK_T_PROBE_SUBJECT,
	ASK_T_ASKED,   /* {name}: the command was carried out */
	ASK_T_NONE,    /* {typed}: no such contact */
	ASK_T_SEVERAL, /* {typed} {list} */
	ASK_T_NO_WAY,  /* {name}: no number or address to ask him by */
	ASK_T_WRONG_CODE,
	ASK_T_HELP,
	ASK_T_CHANGED_SMS,  /* {owner} {field} {tail} {link}: to the old number */
	ASK_T_CHANGED_MAIL, /* and {server} */
	ASK_T_CHANGED_SUBJECT,
	ASK_T_NEWS_SMS,  /* {name} {form}: to the owner, what was answered */
	ASK_T_NEWS_MAIL, /* and {server} */
	ASK_T_NEWS_SUBJECT,
	ASK_T_THANKS,     /* {asker}: a reply was understood */
	ASK_T_UNREADABLE, /* nothing in a reply could be kept */
	ASK_T_WHICH,      /* a reply that could be for several askers */
	ASK_T_STOPPED,    /* one confirmation of an opt-out, then silence */
	ASK_T_COUNT
};

struct ask_hole {
	const char *name;
	str value;
};

/* The text in "zh" or "en" (anything else: "zh") with its holes filled. */
str ask_text(struct arena *arena, str lang, enum ask_text which,
    const struct ask_hole *holes, size_t count);

/* The field's name for people: "办公电话", "Work phone". */
str ask_field_text(str lang, enum card_field field);

#endif
