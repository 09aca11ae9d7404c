/* stage_int.h - uploads that wait for their owner's word.
 *
 * In memory, a few at a time and not for long: what is dropped is told and chosen again.
 * Any thread. */
#ifndef KITH_WEB_STAGE_INT_H
#define KITH_WEB_STAGE_INT_H

#include "base/arena.h"
#include "web/web.h"

#define STAGE_UPLOADS 4 /* the oldest makes place */
#define STAGE_MS      ((int64_t)15 * 60 * 1000)

/* Keeps a copy; its number. */
int64_t stage_put(struct web_stage *stage, int64_t account, int64_t now_ms, str bytes);

/* Takes it out, into the arena.  ERR_GONE: not kept any more, or not this account's. */
enum err stage_take(struct web_stage *stage, struct arena *arena, int64_t account,
    int64_t number, int64_t now_ms, str *out);

#endif
