/* views_security_int.h - what the pages about signing in show. */
#ifndef KITH_WEB_VIEWS_SECURITY_INT_H
#define KITH_WEB_VIEWS_SECURITY_INT_H

struct login_code_view {
	struct head_view head;
	str ticket, wrong, flow;
};

struct security_view {
	struct head_view head;
	str wrong, done;
	bool on;
	str since, left;             /* while codes are on */
	str secret, qr_path, qr_box; /* while they are being set up */
	LIST_OF(str) codes;          /* for recovery, this once */
};

struct flow_view {
	struct head_view head;
	str action, about, peer;
	str words; /* decided, or over: nothing to press */
};

struct reach_row {
	str kind, label, value;
};

struct reach_view {
	struct head_view head;
	str wrong, done;
	str kind, value, typed; /* value: a code is on its way there */
	bool tel, email;        /* what can be added here */
	LIST_OF(struct reach_row) known;
};

struct data_view {
	struct head_view head;
	str login, wrong;
	bool code; /* one is wanted, too */
};

struct left_view {
	struct head_view head;
};

struct passkey_row {
	str id, label, made, seen;
};

struct passkeys_view {
	struct head_view head;
	str wrong, done;
	str host, site, user, login, name; /* what the browser is told */
	str known;                         /* the ids there are, apart by blanks */
	bool full;
	LIST_OF(struct passkey_row) keys;
};

#endif
