/* health.h - how large a store is, from outside, and how much room there is for it. */
#ifndef KITH_STORE_HEALTH_H
#define KITH_STORE_HEALTH_H

#include "store/store.h"

struct store_size {
	int64_t bytes;      /* of the file all rows are in */
	int64_t log_bytes;  /* of what is not written back into it yet */
	int64_t free_bytes; /* on its disk */
};

/* Opens nothing.  ERR_IO. */
enum err store_size(str folder, struct store_size *out);

#endif
