/*
 * watch.h - whether anything was committed, seen from outside.
 *
 * For a process that is to be small: the store is not opened, only looked at.  Some other
 * process must have it open.
 */
#ifndef KITH_STORE_WATCH_H
#define KITH_STORE_WATCH_H

#include <stdint.h>

#include "base/str.h"

struct store_watch {
	const volatile uint64_t *commits; /* zero: not yet looked */
};

/* As store_tx_stamp() of a view taken now; 0 when nobody has the store open. */
uint64_t store_watch_stamp(struct store_watch *watch, str folder);
void store_watch_close(struct store_watch *watch);

#endif
