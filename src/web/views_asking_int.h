/* views_asking_int.h - what the pages of asking show; the rest is in views_int.h. */
#ifndef KITH_WEB_VIEWS_ASKING_INT_H
#define KITH_WEB_VIEWS_ASKING_INT_H

/* One of several, or a tick. */
struct pick_view {
	str value, label, hint;
	bool chosen, shut; /* shut: hint says why */
};

/* A hidden input. */
struct carry_view {
	str name, value;
};

/* How and what for: of one ask and of a campaign. */
struct wish_view {
	str say, fields_hint;
	LIST_OF(struct pick_view) ways;
	LIST_OF(struct pick_view) kinds;
	LIST_OF(struct pick_view) fields;
};

struct asking_view {
	struct head_view head;
	str action, name, wrong;
	bool open;
	struct wish_view wish;
	LIST_OF(struct pick_view) modes;
};

/* A text as it goes out, and what it costs. */
struct notice_text_view {
	str by, to, subject, text, fields, length, price, price_hint;
};

struct asking_sure_view {
	struct head_view head;
	str action, name, mode;
	bool self, open;
	struct notice_text_view notice;
	LIST_OF(struct carry_view) carry;
};

struct asked_view {
	struct head_view head;
	str words, text, ask;
	str link, sms, mail; /* the owner sends it; empty: he does not */
	str qr_path, qr_box;
};

struct timeline_event {
	str words, note, when;
};

struct timeline_view {
	str action, until, remind_words, others_words;
	bool can_remind, can_revoke;
	LIST_OF(struct timeline_event) events;
	LIST_OF(struct pick_view) others; /* value: where to ask by that way */
};

/* --- the planner --- */

struct plan_row {
	str value, name, why, card, ask;
};

struct plan_view {
	struct head_view head;
	LIST_OF(struct plan_row) rows;
};

struct planned_row {
	str name, words, href;
	bool failed;
};

struct planned_view {
	struct head_view head;
	LIST_OF(struct planned_row) rows;
};

/* --- campaigns --- */

struct campaign_row {
	str href, title, state, words, date;
};

struct campaigns_view {
	struct head_view head;
	LIST_OF(struct campaign_row) rows;
};

struct campaign_new_view {
	struct head_view head;
	str title, wrong;
	bool stale;
	struct wish_view wish;
	LIST_OF(struct pick_view) groups;
	LIST_OF(struct pick_view) missing;
};

struct campaign_person {
	str href, name, words;
};

struct campaign_sure_view {
	struct head_view head;
	str whom, failed, first, more;
	struct notice_text_view notice;
	LIST_OF(struct campaign_person) people;
	LIST_OF(struct carry_view) carry;
};

struct campaign_count {
	str label, number;
};

struct campaign_view {
	struct head_view head;
	str action, title, state, made, done, all, done_words, before, next;
	bool running;
	LIST_OF(struct campaign_count) counts;
	LIST_OF(struct campaign_person) people;
};

#endif
