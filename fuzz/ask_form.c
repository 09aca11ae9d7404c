/* Whatever is written back to a form: no field twice, every value a piece of the text, and
 * a code taken off leaves the rest of it. */
#include "ask/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
is_piece(str piece, str text)
{
	return piece.at >= text.at && piece.at + piece.len <= text.at + text.len;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const enum card_field fields[] = { CARD_F_WORK_TEL, CARD_F_ORG,
		CARD_F_WORK_ADDRESS, CARD_F_QQ, CARD_F_EMAIL, CARD_F_URL, CARD_F_BDAY };
	SCOPED(arena) arena = arena_open();
	str text = { (const char *)data, size };
	struct ask_form form = { fields, size % 7 + 1, STR("zh") };
	struct ask_form_read read;
	str rest = text;

	if (!str_is_utf8(text))
		return 0;
	ask_form_read(arena, &form, text, &read);
	must(read.ops.count <= form.count);
	for (size_t i = 0; i < read.ops.count; i++) {
		must(read.ops.list[i].kind == CARD_INSERT);
		must(is_piece(read.ops.list[i].value, text));
		for (size_t j = 0; j < i; j++)
			must(read.ops.list[i].field != read.ops.list[j].field);
	}
	if (ask_form_take_code(&rest, STR("4721")))
		must(rest.len + 4 <= text.len && is_piece(rest, text));
	return 0;
}
