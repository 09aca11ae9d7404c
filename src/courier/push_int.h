/* push_int.h - one message, and what its service said. */
#ifndef KITH_COURIER_PUSH_INT_H
#define KITH_COURIER_PUSH_INT_H

#include "courier/push.h"
#include "seal/push.h"
#include "store/push.h"

enum push_fate {
	PUSH_TAKEN,
	PUSH_GONE,    /* the subscription is over */
	PUSH_MISSING, /* perhaps: 404 */
	PUSH_LARGE,   /* again, and shorter */
	PUSH_LATER,
	PUSH_REFUSED, /* our signature or encryption: the operator's concern */
};

struct push_said {
	enum push_fate fate;
	unsigned status;        /* 0: no answer */
	int64_t retry_after_ms; /* 0: it named none */
};

struct push_message {
	const struct courier_push_setup *setup;
	const struct seal_pair *ours;
	str topic_key;
	const struct store_push_due *due;
};

/* Says what changed; asked again without the token where that was too much. */
struct push_said push_send(const struct call *call, const struct push_message *message);

/* "https://push.example.org" of a URL: what is signed for, and all that logs may show. */
str push_origin(str url);

#endif
