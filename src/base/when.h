/* when.h - moments: milliseconds since 1970, UTC, and how they are written. */
#ifndef KITH_BASE_WHEN_H
#define KITH_BASE_WHEN_H

#include <stdint.h>

#include "base/arena.h"

#define WHEN_SECOND_MS ((int64_t)1000)
#define WHEN_MINUTE_MS (60 * WHEN_SECOND_MS)
#define WHEN_HOUR_MS   (60 * WHEN_MINUTE_MS)
#define WHEN_DAY_MS    (24 * WHEN_HOUR_MS)

int64_t when_now_ms(void);    /* the wall clock */
int64_t when_steady_ms(void); /* never set back; only differences mean anything */

/* "2026-11-23T08:30:00Z" (RFC 3339), as REV and the JSON interface want it. */
str when_rfc3339(struct arena *arena, int64_t at_ms);

/* The end of the day "2026-12-31", UTC.  False: it is none. */
bool when_day_end(str text, int64_t *out_ms);

/* "Mon, 23 Nov 2026 08:30:00 GMT" (IMF-fixdate, RFC 9110 5.6.7). */
str when_imf(struct arena *arena, int64_t at_ms);

#endif
