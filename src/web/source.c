/* source.c - vCards, jCards, entries of a directory, or a table. */
#include "book/book.h"
#include "card/view.h"
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
	if (str_starts(str_trim(str_part(out->rest, 0, LOOK_BYTES)), STR("[")))
		out->kind = SOURCE_JSON;
	else if (card_ldif_is(out->rest))
		out->kind = SOURCE_LDIF;
	out->ldif = (struct card_ldif){ out->rest, 1, region };
	if (out->kind != SOURCE_CARDS && !str_is_utf8(out->rest)) {
		*why = (struct why){ .what = "a file that is not in UTF-8" };
		return ERR_BAD_INPUT;
	}
	if (out->kind != SOURCE_CARDS || has_card(out->rest))
		return OK;
	out->kind = SOURCE_TABLE;
	return card_csv_open(arena, bytes, region, &out->table, why);
}

static enum err
next_jcard(struct arena *arena, struct source *source, str *out, struct why *why)
{
	str json;
	enum err e = card_json_next(&source->rest, &json);

	if (e == ERR_BAD_INPUT)
		*why = (struct why){ .what = "a jCard that breaks off" };
	TRY(e);
	return card_of_json(arena, json, out, why);
}

static enum err
next_card(struct arena *arena, struct source *source, str *out, struct why *why)
{
	str text;
	enum err e;

	TRY(card_next(&source->rest, &text, &source->line, why));
	e = card_import(arena, text, out, why);
	if (e != OK && why->line)
		why->line += source->line - 1;
	return e == ERR_NOT_FOUND ? ERR_BAD_INPUT : e;
}

enum err
source_next(struct arena *arena, struct source *source, str *out, struct why *why)
{
	switch (source->kind) {
	case SOURCE_CARDS: return next_card(arena, source, out, why);
	case SOURCE_JSON: return next_jcard(arena, source, out, why);
	case SOURCE_LDIF:
		return card_ldif_next(
		    arena, &source->ldif, book_fresh_uid(arena), out, why);
	case SOURCE_TABLE: break;
	}
	return card_csv_next(arena, &source->table, book_fresh_uid(arena), out, why);
}
