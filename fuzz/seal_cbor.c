/* What is skipped is a prefix; read head by head it ends at the same place. */
#include "seal/cbor.h"

static size_t
heads(str *rest)
{
	size_t wanted = 1;
	struct cbor head;

	while (wanted--) {
		must(cbor_cut(rest, &head) == OK);
		must(head.bytes.len <= rest->len || head.bytes.at);
		if (head.kind == CBOR_LIST)
			wanted += head.count;
		else if (head.kind == CBOR_MAP)
			wanted += 2 * head.count;
	}
	return rest->len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	str all = { (const char *)data, size };
	str rest = all;

	if (cbor_skip(&rest) != OK)
		return 0;
	must(rest.len < all.len && rest.at == all.at + (all.len - rest.len));
	must(heads(&all) == rest.len);
	return 0;
}
