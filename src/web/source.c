/* source.c - vCards or a table. */
#include "book/book.h"
#include "web/source_int.h"

#define LOOK_BYTES 4096 /* at a file's beginning, for what it is */

static bool
has_card(str text)
{
	for (size_t i = 0; i + 11 <= text.len && i < LOOK_BYTES; i++)
		if (str_same_nocase(str_part(text, i, 11), STR("BEGIN:VCARD")))
			return true;
	return false;
}

enum err
source_open(
    struct arena *arena, str bytes, str region, struct source *out, struct why *why)
{
	*out = (struct source){ .line = 1 };
	TRY(card_file_text(arena, bytes, &out->rest));
	if (has_card(out->rest))
		return OK;
	out->is_table = true;
	return card_csv_open(arena, bytes, region, &out->table, why);
}

enum err
source_next(struct arena *arena, struct source *source, str *out, struct why *why)
{
	str text;
	enum err e;

	if (source->is_table)
		return card_csv_next(
		    arena, &source->table, book_fresh_uid(arena), out, why);
	TRY(card_next(&source->rest, &text, &source->line, why));
	e = card_import(arena, text, out, why);
	if (e != OK && why->line)
		why->line += source->line - 1;
	return e == ERR_NOT_FOUND ? ERR_BAD_INPUT : e;
}
