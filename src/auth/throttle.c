/* throttle.c - guessing gets slower and slower, by address and by login. */
#include <string.h>

#include "auth/auth_int.h"
#include "seal/seal.h"

#define FORGET_MS (60 * 60 * 1000) /* without a failure */

/* Slots are few and shared by chance: a stranger may make somebody wait, never longer than
 * the longest wait, and a known credential in the cache does not come by here. */
static struct failures *
slot_of(struct auth *auth, str who)
{
	unsigned char key[CACHE_KEY_BYTES];
	struct failures *slot;

	seal_digest_raw(auth->cache_key, who, key, sizeof key);
	slot = &auth->failures[(key[0] << 8 | key[1]) % THROTTLE_SLOTS];
	if (memcmp(slot->key, key, sizeof key) != 0) {
		*slot = (struct failures){ 0 };
		memcpy(slot->key, key, sizeof key);
	}
	return slot;
}

bool
throttle_waits(struct auth *auth, str who, int64_t now_ms)
{
	bool waits;

	(void)pthread_mutex_lock(&auth->lock);
	waits = slot_of(auth, who)->wait_until_ms > now_ms;
	(void)pthread_mutex_unlock(&auth->lock);
	return waits;
}

void
throttle_failed(struct auth *auth, str who, int64_t now_ms)
{
	struct failures *slot;
	int64_t wait_ms = AUTH_WAIT_FIRST_MS;

	(void)pthread_mutex_lock(&auth->lock);
	slot = slot_of(auth, who);
	if (now_ms - slot->last_ms > FORGET_MS)
		slot->count = 0;
	slot->last_ms = now_ms;
	slot->count++;
	for (unsigned n = AUTH_FREE_TRIES + 1;
	     n < slot->count && wait_ms < AUTH_WAIT_MAX_MS; n++)
		wait_ms *= 2;
	if (slot->count > AUTH_FREE_TRIES)
		slot->wait_until_ms =
		    now_ms + (wait_ms < AUTH_WAIT_MAX_MS ? wait_ms : AUTH_WAIT_MAX_MS);
	(void)pthread_mutex_unlock(&auth->lock);
}

void
throttle_forgive(struct auth *auth, str who)
{
	(void)pthread_mutex_lock(&auth->lock);
	*slot_of(auth, who) = (struct failures){ 0 };
	(void)pthread_mutex_unlock(&auth->lock);
}
