/* test_box.c - what a token opens, and what nothing else does. */
#include "base/check.h"
#include "seal/box.h"
#include "seal/seal.h"

#define USE   STR("kith test of boxes")
#define OTHER STR("kith test of foxes")

static void
opens(void)
{
	SCOPED(arena) arena = arena_open();
	str token = seal_token(arena);
	const str texts[] = { STR(""), STR("x"), STR("13911112222") };
	str out;

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		str box = seal_box(arena, token, USE, texts[i]);

		CHECK(!texts[i].len || str_find(box, STR("139111")) == SIZE_MAX);
		CHECK(!str_same(box, seal_box(arena, token, USE, texts[i])));
		if (CHECK_OK(seal_unbox(arena, token, USE, box, &out)))
			CHECK_STR(out, texts[i]);
	}
}

static void
stays_shut(void)
{
	SCOPED(arena) arena = arena_open();
	str token = seal_token(arena);
	str box = seal_box(arena, token, USE, STR("13911112222"));
	str out;

	CHECK_ERR(seal_unbox(arena, seal_token(arena), USE, box, &out), ERR_BAD_INPUT);
	CHECK_ERR(seal_unbox(arena, token, OTHER, box, &out), ERR_BAD_INPUT);
	for (size_t i = 0; i < box.len; i++) {
		char *copy = arena_get(arena, box.len);

		CHECK_ERR(seal_unbox(arena, token, USE, str_part(box, 0, i), &out),
		    ERR_BAD_INPUT);
		for (size_t j = 0; j < box.len; j++)
			copy[j] = (char)(box.at[j] ^ (i == j));
		CHECK_ERR(seal_unbox(arena, token, USE, (str){ copy, box.len }, &out),
		    ERR_BAD_INPUT);
	}
}

int
main(void)
{
	seal_start();
	return CHECK_RUN({ "what a token opens", opens },
	    { "what opens for nothing else", stays_shut });
}
