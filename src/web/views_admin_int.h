/* views_admin_int.h - what the pages of administrators, of newcomers and of the doctor show. */
#ifndef KITH_WEB_VIEWS_ADMIN_INT_H
#define KITH_WEB_VIEWS_ADMIN_INT_H

struct newcomer_view {
	struct head_view head;
	str action, title, hint, wrong;
	bool asks_code;
	str code, login, name;
	LIST_OF(struct choice_view) langs;
};

struct reset_view {
	struct head_view head;
	str action, login, wrong;
};

struct admin_tab {
	str href, label;
	bool here;
};

struct admin_nav_view {
	LIST_OF(struct admin_tab) tabs;
};

struct admin_fact {
	str label, value;
	bool bad;
};

struct admin_view {
	struct head_view head;
	struct admin_nav_view nav;
	LIST_OF(struct admin_fact) house;
	LIST_OF(struct admin_fact) people;
};

struct admin_member {
	str id, login, name, cards, seen;
	bool admin, disabled, self;
};

struct admin_accounts_view {
	struct head_view head;
	struct admin_nav_view nav;
	str wrong, link, login, behind,
	    next; /* link: a password may be set behind it */
	LIST_OF(struct admin_member) members;
};

struct admin_invite {
	str id, note, until;
};

struct admin_invites_view {
	struct head_view head;
	struct admin_nav_view nav;
	str wrong, link;
	LIST_OF(struct admin_invite) invites;
};

struct admin_way {
	str way, label, state, type, autocomplete, to_label;
	bool open;
};

struct admin_letter_view {
	str channel, to, state, trouble, tried, at;
};

struct admin_gates_view {
	struct head_view head;
	struct admin_nav_view nav;
	str wrong, push, again;
	bool tray, tested;
	struct admin_letter_view letter; /* the one that tests */
	LIST_OF(struct admin_way) ways;
};

struct admin_outbox_view {
	struct head_view head;
	struct admin_nav_view nav;
	LIST_OF(struct admin_fact) counts;
	LIST_OF(struct admin_letter_view) failures;
	LIST_OF(struct admin_letter_view) retries;
};

struct log_row_view {
	str words, whose, who, peer, when, count;
};

struct admin_log_view {
	struct head_view head;
	struct admin_nav_view nav;
	str next;
	LIST_OF(struct log_row_view) rows;
};

struct log_view {
	struct head_view head;
	str next;
	LIST_OF(struct log_row_view) rows;
};

struct doctor_finding {
	str what, todo;
	bool bad;
};

struct doctor_row {
	str what, words, agent, when, count;
};

struct doctor_device {
	str label, heard;
	bool well;
	LIST_OF(struct doctor_finding) findings;
	LIST_OF(struct doctor_row) rows;
};

struct doctor_view {
	struct head_view head;
	str url, login;
	LIST_OF(struct doctor_device) devices;
};

#endif
