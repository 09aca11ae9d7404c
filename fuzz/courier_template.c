/*
 * A template that was let in can be filled, and what it is filled with cannot break out: a
 * URL gets no byte that the template itself had not, but unreserved ones and escapes.
 */
#include <string.h>

#include "courier/template_int.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct template_fill hostile = {
	.to = STR_CONST("+8613800000000"),
	.text = STR_CONST("\" } & = \n ? # {to} {text|url} 张\\"),
	.id = STR_CONST("42"),
	.from = STR_CONST("K & h"),
};

static size_t
count_marks(str text)
{
	size_t marks = 0;

	for (size_t i = 0; i < text.len; i++)
		marks += str_has(STR("\" }&=\n?#\\"), text.at[i]);
	return marks;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	str pattern = str_part((str){ (const char *)data, size }, 1, size);
	enum template_kind kind = size ? data[0] % 3 : 0;
	struct why why = { 0 };
	str filled;

	if (template_check(pattern, kind, &why) != OK) {
		must(why.what);
		return 0;
	}
	filled = template_fill(arena, pattern, kind, &hostile);
	if (kind == TEMPLATE_URL && str_find(pattern, STR("|json")) == SIZE_MAX)
		must(count_marks(filled) <= count_marks(pattern));
	if (kind == TEMPLATE_FIELD)
		must(str_find(filled, STR("\n ?")) == SIZE_MAX ||
		     str_find(pattern, STR("\n ?")) != SIZE_MAX);
	return 0;
}
