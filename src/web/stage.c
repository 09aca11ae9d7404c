/* stage.c - uploads that wait. */
#include <pthread.h>
#include <stdlib.h>

#include "web/stage_int.h"

struct upload {
	int64_t number, account, at_ms;
	struct arena *arena;
	str bytes;
};

struct web_stage {
	pthread_mutex_t lock;
	int64_t last;
	struct upload uploads[STAGE_UPLOADS];
};

struct web_stage *
web_stage_open(void)
{
	struct web_stage *stage = calloc(1, sizeof *stage);

	must(stage && pthread_mutex_init(&stage->lock, NULL) == 0);
	return stage;
}

static void
drop(struct upload *upload)
{
	arena_close(&upload->arena);
	*upload = (struct upload){ 0 };
}

void
web_stage_close(struct web_stage **stage)
{
	if (!*stage)
		return;
	for (size_t i = 0; i < STAGE_UPLOADS; i++)
		drop(&(*stage)->uploads[i]);
	(void)pthread_mutex_destroy(&(*stage)->lock);
	free(*stage);
	*stage = NULL;
}

static void
drop_old(struct web_stage *stage, int64_t now_ms)
{
	for (size_t i = 0; i < STAGE_UPLOADS; i++)
		if (stage->uploads[i].at_ms + STAGE_MS < now_ms)
			drop(&stage->uploads[i]);
}

static struct upload *
oldest(struct web_stage *stage)
{
	struct upload *found = stage->uploads;

	for (size_t i = 1; i < STAGE_UPLOADS; i++)
		if (stage->uploads[i].number < found->number)
			found = &stage->uploads[i];
	return found;
}

int64_t
stage_put(struct web_stage *stage, int64_t account, int64_t now_ms, str bytes)
{
	struct arena *arena = arena_open();
	str copy = arena_copy(arena, bytes);
	struct upload *upload;
	int64_t number;

	(void)pthread_mutex_lock(&stage->lock);
	drop_old(stage, now_ms);
	upload = oldest(stage);
	drop(upload);
	number = ++stage->last;
	*upload = (struct upload){ number, account, now_ms, arena, copy };
	(void)pthread_mutex_unlock(&stage->lock);
	return number;
}

enum err
stage_take(struct web_stage *stage, struct arena *arena, int64_t account,
    int64_t number, int64_t now_ms, str *out)
{
	enum err e = ERR_GONE;

	(void)pthread_mutex_lock(&stage->lock);
	drop_old(stage, now_ms);
	for (size_t i = 0; number > 0 && i < STAGE_UPLOADS; i++) {
		struct upload *upload = &stage->uploads[i];

		if (upload->number != number || upload->account != account)
			continue;
		*out = arena_copy(arena, upload->bytes);
		drop(upload);
		e = OK;
	}
	(void)pthread_mutex_unlock(&stage->lock);
	return e;
}
