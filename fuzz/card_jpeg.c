/* Whatever somebody sends as a JPEG: what is kept of it is a part of it, names no place, has
 * an end, and nothing is left to take away. */
#include "card/picture_int.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	str text = { (const char *)data, size };
	str bare = picture_bare(arena, text);

	must(bare.len <= size);
	must(!bare.len || str_ends(bare, STR("\xFF\xD9")));
	must(str_same(picture_bare(arena, bare), bare));
	return 0;
}
