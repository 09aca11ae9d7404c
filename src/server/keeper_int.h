/*
 * keeper_int.h - the small process between `kith serve` and its courier.
 *
 * The server gives up connecting out, and whatever it starts after that is as confined as
 * it is; so the courier is started, and started again when it dies, by a keeper forked
 * before.  The keeper goes when the server goes, however that ends.
 *
 * A courier costs as much memory as the server, for its libraries: one that has nothing to
 * do goes, and the keeper watches for it, from outside, until something was written or its
 * time has come.
 */
#ifndef KITH_SERVER_KEEPER_INT_H
#define KITH_SERVER_KEEPER_INT_H

#include "base/err.h"
#include "base/str.h"

struct keeper {
	int pid;
	int order; /* a pipe's end: what the courier's --url is, once it is known */
};

#define KEEPER_RESTART_MS 500 /* between a courier's death and the next one's start */

#define KEEPER_LOOK_MS 200 /* how often it looks whether something was written */

/* argv: the courier's command line without --url; ends with NULL.  data: its folder.
 * ERR_IO. */
enum err keeper_start(
    struct keeper *keeper, const char *program, char *const argv[], str data);

/* Lets it start the courier. */
void keeper_go(struct keeper *keeper, const char *url);

/* Ends courier and keeper and waits for both. */
void keeper_stop(struct keeper *keeper);

#endif
