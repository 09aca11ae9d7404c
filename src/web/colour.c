/* colour.c - the colours a book can have, as its page offers them. */
#include "book/colour.h"

#include "web/people_int.h"

/* Each is told from its ground by day and by night. */
static const struct {
	str value;
	enum web_text_key label;
} palette[] = {
	{ STR_CONST(""), T_bk_no_colour },
	{ STR_CONST("#c0492f"), T_bk_red },
	{ STR_CONST("#b7791f"), T_bk_amber },
	{ STR_CONST("#4f8a3c"), T_bk_green },
	{ STR_CONST("#1f8a7a"), T_bk_teal },
	{ STR_CONST("#3b7fc4"), T_bk_blue },
	{ STR_CONST("#8561c5"), T_bk_violet },
	{ STR_CONST("#b8527d"), T_bk_rose },
	{ STR_CONST("#7a7f87"), T_bk_grey },
};

#define COUNT_OF(table) (sizeof(table) / sizeof *(table))

str
people_colour(const struct page *p, const struct book *book)
{
	str colour;

	return book_colour(&p->call, book, &colour) == OK ? colour : (str){ 0 };
}

/* One that a device chose stands beside ours. */
void
people_colours_fill(const struct page *p, str now, struct colours_view *out)
{
	bool known = false;

	out->list =
	    ARENA_ARRAY(p->call.arena, struct colour_view, COUNT_OF(palette) + 1);
	for (size_t i = 0; i < COUNT_OF(palette); i++) {
		bool chosen = str_same(palette[i].value, now);

		known |= chosen;
		out->list[out->count++] = (struct colour_view){ palette[i].value,
			web_text(p->lang, palette[i].label), chosen };
	}
	if (!known)
		out->list[out->count++] = (struct colour_view){ now,
			web_words(p, T_bk_other, "colour", now), true };
}

enum err
people_colour_take(
    const struct page *p, const struct book *book, const struct http_form *form)
{
	const struct http_form_field *field = http_form_find(form, STR("colour"));

	if (!field || str_same(field->value, people_colour(p, book)))
		return OK;
	return book_colour_set(&p->call, book, field->value);
}
