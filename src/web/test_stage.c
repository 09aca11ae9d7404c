/* test_stage.c - few, not for long, and each for its owner. */
#include "base/check.h"
#include "web/stage_int.h"

static void
kept(void)
{
	struct web_stage *stage = web_stage_open();
	SCOPED(arena) arena = arena_open();
	int64_t first = stage_put(stage, 7, 1000, STR("one"));
	str out = { 0 };

	CHECK_ERR(stage_take(stage, arena, 8, first, 1000, &out), ERR_GONE);
	CHECK_OK(stage_take(stage, arena, 7, first, 1000 + STAGE_MS, &out));
	CHECK_STR(out, STR("one"));
	CHECK_ERR(stage_take(stage, arena, 7, first, 1000, &out), ERR_GONE);
	first = stage_put(stage, 7, 1000, STR("two"));
	CHECK_ERR(stage_take(stage, arena, 7, first, 1001 + STAGE_MS, &out), ERR_GONE);
	CHECK_ERR(stage_take(stage, arena, 0, 0, 1000, &out), ERR_GONE);
	web_stage_close(&stage);
}

static void
full(void)
{
	struct web_stage *stage = web_stage_open();
	SCOPED(arena) arena = arena_open();
	int64_t numbers[STAGE_UPLOADS + 1];
	str out;

	for (int i = 0; i <= STAGE_UPLOADS; i++)
		numbers[i] = stage_put(stage, 7, 1000, STR("x"));
	CHECK_ERR(stage_take(stage, arena, 7, numbers[0], 1000, &out), ERR_GONE);
	for (int i = 1; i <= STAGE_UPLOADS; i++)
		CHECK_OK(stage_take(stage, arena, 7, numbers[i], 1000, &out));
	web_stage_close(&stage);
}

int
main(void)
{
	return CHECK_RUN({ "kept for its owner", kept }, { "the oldest goes", full });
}
