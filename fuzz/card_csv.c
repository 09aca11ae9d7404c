/*
 * Every row that is taken is a card that can be read, and written as a row again, in which no
 * cell can be computed; the reader comes to an end.
 */
#include "card/csv.h"
#include "card/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_cells(str row)
{
	for (size_t i = 0; i + 2 < row.len; i++)
		if (row.at[i] == ',' && row.at[i + 1] == '"' && i &&
		    row.at[i - 1] == '"' && i > 1 && row.at[i - 2] != '"')
			must(!str_has(STR("=+@\t\r"), row.at[i + 2]));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	struct card_csv csv;
	struct why why;
	enum err e;

	if (card_csv_open(
		arena, (str){ (const char *)data, size }, STR("CN"), &csv, &why) != OK)
		return 0;
	do {
		struct buf row = buf_in(arena, SIZE_MAX);
		size_t before = csv.rest.len;
		struct card *card;
		str text;

		e = card_csv_next(arena, &csv, STR("u"), &text, &why);
		must(csv.rest.len < before || before == 0);
		if (e != OK)
			continue;
		must(card_read(arena, text, &card, &why) == OK);
		card_csv_add(&row, arena, card, STR("CN"));
		check_cells(buf_str(&row));
	} while (e != ERR_NOT_FOUND);
	return 0;
}
