/* A letter's parts that can be read are written as the same bytes. */
#include "courier/attach_int.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	str bytes = { (const char *)data, size };
	struct courier_part *parts;
	size_t count;
	str again;

	if (attach_read(arena, bytes, &parts, &count) != OK)
		return 0;
	must(attach_write(arena, parts, count, &again) == OK);
	must(str_same(bytes, again));
	return 0;
}
