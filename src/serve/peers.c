/* peers.c - how many connections an address has open, over all loops. */
#include <stdlib.h>
#include <string.h>

#include "serve/serve_int.h"

#define KEY_BYTES ((size_t)8)

struct peer {
	struct peer *next;
	unsigned bucket, count;
	unsigned char key[KEY_BYTES];
};

static void
key_of(const struct sockaddr *from, unsigned char key[KEY_BYTES])
{
	const void *at = from;

	memset(key, 0, KEY_BYTES);
	if (from->sa_family == AF_INET)
		memcpy(key, &((const struct sockaddr_in *)at)->sin_addr, 4);
	else
		memcpy(key, &((const struct sockaddr_in6 *)at)->sin6_addr, KEY_BYTES);
}

/* A crowded bucket costs a walk under the lock and nothing more, so the hash needs no
 * secret: there are never more peers than connections. */
static unsigned
bucket_of(const unsigned char key[KEY_BYTES])
{
	uint64_t number;

	memcpy(&number, key, sizeof number);
	return (unsigned)((number * 0x9E3779B97F4A7C15ULL) >> 32) % PEER_BUCKETS;
}

static struct peer *
find(struct serve *serve, const unsigned char key[KEY_BYTES])
{
	unsigned bucket = bucket_of(key);
	struct peer *peer = serve->peers[bucket];

	while (peer && memcmp(peer->key, key, KEY_BYTES) != 0)
		peer = peer->next;
	if (peer)
		return peer;
	peer = calloc(1, sizeof *peer);
	must(peer != NULL);
	memcpy(peer->key, key, KEY_BYTES);
	peer->bucket = bucket;
	peer->next = serve->peers[bucket];
	serve->peers[bucket] = peer;
	return peer;
}

static void
forget(struct serve *serve, struct peer *peer)
{
	struct peer **at = &serve->peers[peer->bucket];

	while (*at != peer)
		at = &(*at)->next;
	*at = peer->next;
	free(peer);
}

struct peer *
peer_enter(struct serve *serve, const struct sockaddr *from, bool counts)
{
	unsigned char key[KEY_BYTES];
	struct peer *peer = NULL;

	key_of(from, key);
	(void)pthread_mutex_lock(&serve->peers_lock);
	if (atomic_load(&serve->connections) < serve->limits.connections) {
		peer = find(serve, key);
		if (counts && peer->count >= serve->limits.per_peer)
			peer = NULL;
	}
	if (peer) {
		peer->count++;
		atomic_fetch_add(&serve->connections, 1);
	}
	(void)pthread_mutex_unlock(&serve->peers_lock);
	return peer;
}

void
peer_leave(struct serve *serve, struct peer **peer)
{
	if (!*peer)
		return;
	(void)pthread_mutex_lock(&serve->peers_lock);
	if (!--(*peer)->count)
		forget(serve, *peer);
	atomic_fetch_sub(&serve->connections, 1);
	(void)pthread_mutex_unlock(&serve->peers_lock);
	*peer = NULL;
}
