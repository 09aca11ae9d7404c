/* A segment that was cut and decoded is the same when it is encoded and cut again. */
#include "http/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	str path = { (const char *)data, size };
	str segment;

	while (http_path_cut(arena, &path, &segment) == OK) {
		struct buf again = buf_in(arena, size * 3 + 16);
		str encoded;
		str twice;

		buf_add_char(&again, '/');
		http_path_add(&again, segment);
		encoded = buf_str(&again);
		must(http_path_cut(arena, &encoded, &twice) == OK);
		must(str_same(segment, twice));
		must(!str_has(segment, '\0') && !str_same(segment, STR("..")));
	}
	return 0;
}
