/* fixture_int.h - a door with one account behind it, for this room's tests. */
#ifndef KITH_AUTH_FIXTURE_INT_H
#define KITH_AUTH_FIXTURE_INT_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "auth/auth.h"
#include "base/base64.h"
#include "base/buf.h"
#include "base/check.h"
#include "seal/seal.h"
#include "store/store.h"

struct door {
	struct arena *arena;
	struct store *store;
	struct auth *auth;
	struct call call;
	str place;
	int64_t ada;
};

static inline struct door
set_up(void)
{
	struct door d = { .arena = arena_open() };
	char path[] = "/tmp/kith-auth-XXXXXX";
	struct why why = { 0 };
	struct auth_new ada = { .login = STR("ada"),
		.name = STR("Ada"),
		.password = STR("correct horse"),
		.phone = STR("+447700900123"),
		.email = STR("ada@example.org"),
		.lang = STR("en"),
		.region = STR("GB"),
		.how = STR("operator") };

	must(mkdtemp(path));
	d.place = arena_copy(d.arena, str_of(path));
	must(store_open(d.place, &d.store, &why) == OK);
	must(auth_open(d.store, &d.auth) == OK);
	d.call = (struct call){ d.store, d.arena, CALL_NOBODY, 1000000000000 };
	must(auth_account_add(&d.call, &ada, &d.ada, &why) == OK);
	return d;
}

static inline void
tear_down(struct door *d)
{
	static const char *const files[] = { "kith.db", "kith.db-wal", "kith.db-shm" };
	char path[200];

	auth_close(&d->auth);
	store_close(&d->store);
	for (size_t i = 0; i < 3; i++) {
		(void)snprintf(path, sizeof path, "%s/%s", d->place.at, files[i]);
		(void)unlink(path);
	}
	(void)rmdir(d->place.at);
	arena_close(&d->arena);
}

static inline str
basic(struct door *d, const char *user, str password)
{
	struct buf plain = buf_in(d->arena, 3000);
	struct buf header = buf_in(d->arena, 5000);

	buf_add(&plain, str_of(user));
	buf_add_char(&plain, ':');
	buf_add(&plain, password);
	buf_add(&header, STR("Basic "));
	base64_add(&header, buf_str(&plain));
	return buf_str(&header);
}

#endif
