/* A request is the same, or refused, however its bytes are cut up. */
#include <string.h>

#include "base/err.h"
#include "serve/parse_int.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct parse_limits limits = {
	.head_bytes = 4096, .head_fields = 20, .target_bytes = 1024
};

static enum parse_step
feed(struct parse *parse, str bytes, size_t piece)
{
	enum parse_step step = PARSE_MORE;

	while (bytes.len && step != PARSE_DONE && step != PARSE_BAD) {
		str part = str_part(bytes, 0, piece < bytes.len ? piece : bytes.len);
		size_t before = part.len;

		step = parse_feed(parse, &part);
		if (step == PARSE_HEAD)
			parse_expect_body(parse, 512, true);
		bytes = str_part(bytes, before - part.len, bytes.len);
	}
	return step;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	str bytes = { (const char *)data, size };
	struct parse *whole = parse_open(arena, &limits);
	struct parse *cut = parse_open(arena, &limits);
	enum parse_step step = feed(whole, bytes, size);

	must(feed(cut, bytes, 1) == step);
	if (step == PARSE_BAD) /* what is wrong first depends on how much is seen */
		must(parse_status(whole) && parse_status(cut));
	if (step != PARSE_DONE)
		return 0;
	must(str_same(parse_method(whole), parse_method(cut)));
	must(str_same(parse_target(whole), parse_target(cut)));
	must(str_same(parse_body(whole), parse_body(cut)));
	must(parse_field_count(whole) == parse_field_count(cut));
	return 0;
}
