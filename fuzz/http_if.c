/* What was read of an If field has conditions of exactly one kind, in lists that follow one
 * another. */
#include "http/if.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	struct http_if f;
	size_t list = 0;

	if (http_if_read(arena, (str){ (const char *)data, size }, &f) != OK)
		return 0;
	must(f.count <= HTTP_IF_MAX_CONDITIONS);
	for (size_t i = 0; i < f.count; i++) {
		must((f.list[i].token.len > 0) != (f.list[i].etag.len > 0));
		must(f.list[i].list == list || f.list[i].list == list + 1);
		list = f.list[i].list;
	}
	return 0;
}
