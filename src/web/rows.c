/* rows.c - lines of a list of contacts. */
#include "fold/fold.h"
#include "web/people_int.h"

/* A card of fewer bytes has no picture in it, and need not be read for that. */
#define PICTURE_CARD_MIN_BYTES 700

str
app_number(const struct page *p, long long number)
{
	return arena_printf(p->call.arena, "%lld", number);
}

void
app_file(struct page *p, str name, str media_type, str body)
{
	http_set(p->res, STR("Content-Disposition"),
	    ARENA_JOIN(p->call.arena, STR("attachment; filename="), name));
	http_set(p->res, STR("X-Content-Type-Options"), STR("nosniff"));
	http_set(p->res, STR("Cache-Control"), STR("no-store"));
	http_answer(p->res, 200, media_type, body);
}

str
app_photo_href(const struct page *p, str book, const struct book_card *card)
{
	struct buf href = page_buf(p);
	str etag = card->etag;

	buf_add(&href, page_path(p, "photo", book, card->name));
	buf_add(&href, STR("?v="));
	if (etag.len > 2) /* without its quotes */
		http_query_add(&href, str_part(etag, 1, etag.len - 2));
	return buf_str(&href);
}

/* Whether a line begins with PHOTO and holds its bytes; a guess that is right but for
 * broken pictures, and costs no parse of a hundred cards. */
static bool
has_picture(str bytes)
{
	for (size_t at = str_find(bytes, STR("PHOTO")); at != SIZE_MAX;) {
		str line = str_part(bytes, at, 80);
		bool starts =
		    at > 0 && (bytes.at[at - 1] == '\n' || bytes.at[at - 1] == '.');
		size_t next;

		if (starts && (str_find(line, STR(";base64,")) != SIZE_MAX ||
				  str_find(line, STR("ENCODING=")) != SIZE_MAX ||
				  str_find(line, STR("encoding=")) != SIZE_MAX))
			return true;
		next = str_find(str_part(bytes, at + 1, bytes.len), STR("PHOTO"));
		at = next == SIZE_MAX ? SIZE_MAX : at + 1 + next;
	}
	return false;
}

/* In an arena of its own: a page of pictures is read one by one. */
static enum err
find_picture(const struct page *p, const struct book *book,
    const struct book_card *card, bool *has)
{
	SCOPED(arena) arena = arena_open();
	struct call call = p->call;
	struct book_card whole;
	enum err e;

	call.arena = arena;
	e = book_card_by_id(&call, book, card->id, BOOK_SHOWN, &whole);
	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	*has = has_picture(whole.bytes);
	return OK;
}

static enum err
fill_row(const struct page *p, const struct book *book, const struct book_card *card,
    struct book_row *out)
{
	bool has = false;

	if (card->size >= PICTURE_CARD_MIN_BYTES)
		TRY(find_picture(p, book, card, &has));
	*out = (struct book_row){
		.href = page_path(p, "card", book->name, card->name),
		.name = card->fn.len ? card->fn : web_text(p->lang, T_o_unnamed),
		.group = card->is_group,
		.card = people_id(p, book, card->name),
	};
	if (has)
		out->photo = app_photo_href(p, book->name, card);
	return OK;
}

enum err
app_rows_fill(const struct page *p, const struct book *book,
    const struct book_page *cards, bool letters, struct rows_view *out)
{
	struct book_row *rows =
	    ARENA_ARRAY(p->call.arena, struct book_row, out->rows.count + cards->count);
	char last = 0;

	for (size_t i = 0; i < out->rows.count; i++)
		rows[i] = out->rows.list[i];
	out->rows.list = rows;
	for (size_t i = 0; i < cards->count; i++) {
		struct book_row *row = &rows[out->rows.count++];
		char letter;

		TRY(fill_row(p, book, &cards->list[i], row));
		if (!letters)
			continue;
		letter = fold_letter(p->call.arena, cards->list[i].fn);
		if (letter != last)
			row->letter = arena_printf(p->call.arena, "%c", letter);
		last = letter;
	}
	return OK;
}
