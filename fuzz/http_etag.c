/* A list of entity-tags: every tag cut off it is quoted, holds where it stands alone, and the
 * list ends. */
#include "http/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str list = { (const char *)data, size };
	str etag;
	bool weak;

	while (http_etag_cut(&list, &etag, &weak)) {
		struct http_when alone = { .if_none_match = etag };

		must(str_same(etag, STR("*")) || (etag.len >= 2 && etag.at[0] == '"' &&
						     etag.at[etag.len - 1] == '"'));
		must(!http_none_match_holds(&alone, etag));
	}
	return 0;
}
