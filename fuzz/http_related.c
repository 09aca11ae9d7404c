/* The parts of a multipart body are never longer than the body, and a part that is found by
 * its name is one of them. */
#include "http/related.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	str body = { (const char *)data, size };
	struct http_related r;
	size_t bytes = 0;

	if (http_related_read(arena,
		STR("multipart/related; boundary=x; start=\"<a>\""), body, &r) != OK)
		return 0;
	must(r.count > 0 && r.count <= HTTP_RELATED_MAX_PARTS && r.root < r.count);
	for (size_t i = 0; i < r.count; i++) {
		str id = r.parts[i].id;
		const struct http_part *found =
		    http_related_find(arena, &r, ARENA_JOIN(arena, STR("cid:"), id));

		bytes += r.parts[i].bytes.len;
		must(!found || (found >= r.parts && found < r.parts + r.count));
		/* An id without %XX or angles of its own finds itself, or its twin. */
		if (id.len && !str_has(id, '%') && !str_has(id, '<'))
			must(found && str_same(found->id, id));
	}
	must(bytes < size);
	return 0;
}
