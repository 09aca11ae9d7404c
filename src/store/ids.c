/* ids.c - fresh ids, and the store's own secrets. */
#include <sys/random.h>

#include "store/driver_int.h"

#define ID_BITS          52 /* a JSON number keeps 53 */
#define SECRET_MAX_BYTES 64

static void
fill_random(void *out, size_t bytes)
{
	must(getrandom(out, bytes, 0) == (ssize_t)bytes);
}

int64_t
store_id_of(uint64_t bits)
{
	bits &= ((uint64_t)1 << ID_BITS) - 1;
	return bits ? (int64_t)bits : 1;
}

int64_t
store_fresh_id(void)
{
	uint64_t bits;

	fill_random(&bits, sizeof bits);
	return store_id_of(bits);
}

struct secret {
	struct arena *arena;
	str name, value;
};

static enum err
find_secret(struct store_tx *tx, struct secret *s)
{
	TRY(tx_first(tx, SQL_SECRET_FIND, CELLS(CELL_T(s->name))));
	s->value = tx_text(tx, s->arena, 0);
	tx_done(tx);
	return OK;
}

static enum err
make_secret(struct store_tx *tx, void *arg)
{
	struct secret *s = arg;

	TRY(tx_do(tx, SQL_SECRET_ADD, CELLS(CELL_T(s->name), CELL_B(s->value))));
	return find_secret(tx, s);
}

enum err
store_secret(struct store *store, struct arena *arena, str name, size_t bytes, str *out)
{
	char fresh[SECRET_MAX_BYTES];
	struct secret secret = { .arena = arena, .name = name };
	SCOPED(store_tx) tx = NULL;
	enum err e;

	must(bytes <= sizeof fresh);
	TRY(store_look(store, &tx));
	e = find_secret(tx, &secret);
	store_tx_close(&tx);
	if (e == ERR_NOT_FOUND) {
		fill_random(fresh, bytes);
		secret.value = (str){ fresh, bytes };
		e = store_write(store, make_secret, &secret);
	}
	*out = secret.value;
	return e;
}

enum err
store_secret_find(struct store *store, struct arena *arena, str name, str *out)
{
	struct secret secret = { .arena = arena, .name = name };
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(store, &tx));
	TRY(find_secret(tx, &secret));
	*out = secret.value;
	return OK;
}

static enum err
keep_secret(struct store_tx *tx, void *arg)
{
	const struct secret *s = arg;

	return tx_do(tx, SQL_SECRET_ADD, CELLS(CELL_T(s->name), CELL_B(s->value)));
}

enum err
store_secret_keep(struct store *store, str name, str value)
{
	struct secret secret = { .name = name, .value = value };

	return store_write(store, keep_secret, &secret);
}
