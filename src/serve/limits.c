/* limits.c - the numbers of serve.h, where a test can put smaller ones. */
#include "serve/serve_int.h"

const struct serve_limits serve_default_limits = {
	.connections = SERVE_MAX_CONNECTIONS,
	.per_peer = SERVE_MAX_PER_PEER,
	.queue = SERVE_QUEUE_MAX,
	.head = {
		.head_bytes = SERVE_HEAD_MAX_BYTES,
		.head_fields = SERVE_HEAD_MAX_FIELDS,
		.target_bytes = SERVE_TARGET_MAX_BYTES,
	},
	.wait_ms = {
		[WAIT_HEAD] = SERVE_HEAD_TIME_MS,
		[WAIT_BODY] = SERVE_BODY_STALL_MS,
		[WAIT_IDLE] = SERVE_IDLE_MS,
		[WAIT_WRITE] = SERVE_WRITE_STALL_MS,
		[WAIT_LINGER] = SERVE_LINGER_MS,
		[WAIT_NEWS] = SERVE_NEWS_MS,
	},
	.tick_ms = SERVE_TICK_MS,
	.drain_ms = SERVE_DRAIN_MS,
};
