/* source.c - vCards, JSON, entries of a directory, or a table. */
#include "book/source.h"

#include "book/book.h"
#include "card/jscontact.h"
#include "card/view.h"

#define LOOK_BYTES 4096 /* at a file's beginning, for what it is */

static bool
has_card(str text)
{
	for (size_t i = 0; i + 11 <= text.len && i < LOOK_BYTES; i++)
		if (str_same_nocase(str_part(text, i, 11), STR("BEGIN:VCARD")))
			return true;
	return false;
}

static bool
is_json(str text)
{
	text = str_trim(str_part(text, 0, LOOK_BYTES));
	return str_starts(text, STR("[")) || str_starts(text, STR("{"));
}

enum err
book_source_open(struct arena *arena, str bytes, str region, struct book_source *out,
    struct why *why)
{
	*out = (struct book_source){ .line = 1 };
	TRY(card_file_text(arena, bytes, &out->rest));
	if (is_json(out->rest))
		out->kind = BOOK_SOURCE_JSON;
	else if (card_ldif_is(out->rest))
		out->kind = BOOK_SOURCE_LDIF;
	out->ldif = (struct card_ldif){ out->rest, 1, region };
	if (out->kind != BOOK_SOURCE_CARDS && !str_is_utf8(out->rest)) {
		*why = (struct why){ .what = "a file that is not in UTF-8" };
		return ERR_BAD_INPUT;
	}
	if (out->kind != BOOK_SOURCE_CARDS || has_card(out->rest))
		return OK;
	out->kind = BOOK_SOURCE_TABLE;
	return card_csv_open(arena, bytes, region, &out->table, why);
}

/* Within the card, and then within the file. */
static enum err
placed(const struct book_source *source, enum err e, struct why *why)
{
	if (e != OK && why->line)
		why->line += source->first - 1;
	return e == ERR_NOT_FOUND ? ERR_BAD_INPUT : e;
}

static enum err
next_of_json(struct arena *arena, struct book_source *source, str *out, struct why *why)
{
	str json;
	enum err e =
	    card_json_next(&source->rest, &source->line, &source->first, &json);

	if (e == ERR_BAD_INPUT)
		*why = (struct why){ .what = "JSON that is no card, or breaks off",
			.line = source->first };
	TRY(e);
	e = json.at[0] == '{'
		? card_of_jscontact(arena, json, book_fresh_uid(arena), out, why)
		: card_of_json(arena, json, out, why);
	return placed(source, e, why);
}

static unsigned
lines_of(str text)
{
	unsigned lines = text.len && text.at[text.len - 1] != '\n';

	for (size_t i = 0; i < text.len; i++)
		lines += text.at[i] == '\n';
	return lines;
}

static enum err
next_card(struct arena *arena, struct book_source *source, str *out, struct why *why)
{
	str text;

	TRY(card_next(&source->rest, &text, &source->line, why));
	source->first = source->line - lines_of(text);
	return placed(source, card_import(arena, text, out, why), why);
}

enum err
book_source_next(
    struct arena *arena, struct book_source *source, str *out, struct why *why)
{
	source->first = 0;
	switch (source->kind) {
	case BOOK_SOURCE_CARDS: return next_card(arena, source, out, why);
	case BOOK_SOURCE_JSON: return next_of_json(arena, source, out, why);
	case BOOK_SOURCE_LDIF:
		return card_ldif_next(
		    arena, &source->ldif, book_fresh_uid(arena), out, why);
	case BOOK_SOURCE_TABLE: break;
	}
	return card_csv_next(arena, &source->table, book_fresh_uid(arena), out, why);
}
