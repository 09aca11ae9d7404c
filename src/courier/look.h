/*
 * look.h - the outbox as an administrator sees it: how many, how old, what is wrong.
 *
 * No subject and no body leave this room, and addresses only masked, also where a gate's
 * words repeat them.  Any thread.
 */
#ifndef KITH_COURIER_LOOK_H
#define KITH_COURIER_LOOK_H

#include "courier/courier.h"

#define COURIER_LOOK_ROWS     50 /* of each list */
#define COURIER_TROUBLE_BYTES 200

struct courier_row {
	int64_t id;
	str channel; /* "sms", "mms", "email", "hook" */
	str to;      /* masked */
	str state;   /* "due", "sending", "taken", "delivered", "failed" */
	str trouble; /* what the far side said last */
	str gate;    /* that took it; of one letter only */
	int64_t attempts, made_ms, due_ms;
};

struct courier_rows {
	struct courier_row *list;
	size_t count;
};

struct courier_outbox {
	int64_t waiting, retried, failed;
	int64_t oldest_ms; /* when the oldest that waits was written; 0: none does */
	struct courier_rows failures, retries;
	int64_t pushes, pushes_failing; /* registrations of devices */
};

enum err courier_outbox(const struct call *call, struct courier_outbox *out);

/* One letter of the caller's own, of no ask.  ERR_NOT_FOUND. */
enum err courier_letter(const struct call *call, int64_t id, struct courier_row *out);

/* When the courier of that data folder was last at work, to the minute; 0: never. */
int64_t courier_seen_ms(str folder);

/* "+86…1234", "l…@example.com", "https://hooks.example/…" */
str courier_masked(struct arena *arena, str to);

#endif
