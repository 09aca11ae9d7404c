/* square.c - a contact as a square that another phone's camera reads. */
#include "web/people_int.h"
#include "web/qr_int.h"

/* What is left out, step by step, until it fits. */
enum left_out { LEFT_NOTHING, LEFT_PICTURES, LEFT_NOTES, LEFT_PROGRAMS, LEFT_COUNT };

#define NOTE_MAX_BYTES 100 /* a longer one is left out */

static const enum web_text_key left_words[LEFT_COUNT] = {
	[LEFT_NOTHING] = T_pe_square_all,
	[LEFT_PICTURES] = T_pe_square_pictures,
	[LEFT_NOTES] = T_pe_square_notes,
	[LEFT_PROGRAMS] = T_pe_square_programs,
};

static bool
is_picture(const struct card_property *p)
{
	return p->is == CARD_PHOTO || card_named(p, STR("LOGO")) ||
	       card_named(p, STR("SOUND")) || card_named(p, STR("KEY"));
}

static bool
is_left(const struct card_property *p, enum left_out step)
{
	if (step >= LEFT_PICTURES && is_picture(p))
		return true;
	if (step >= LEFT_NOTES && p->is == CARD_NOTE && p->value.len > NOTE_MAX_BYTES)
		return true;
	return step >= LEFT_PROGRAMS &&
	       (p->is == CARD_OTHER || p->is == CARD_UID || p->is == CARD_REV) &&
	       !card_named(p, STR("VERSION"));
}

/* The card's own lines but for those. */
static str
text_without(const struct page *p, const struct card *card, enum left_out step)
{
	struct buf text = buf_in(p->call.arena, SIZE_MAX);

	buf_add(&text, card->head);
	for (size_t i = 0; i < card->count; i++)
		if (!is_left(&card->properties[i], step))
			buf_add(&text, card->properties[i].raw);
	buf_add(&text, card->tail);
	return buf_str(&text);
}

/* ERR_TOO_LARGE: whatever is left out. */
static enum err
draw(const struct page *p, const struct card *card, struct square_view *view)
{
	str whole = text_without(p, card, LEFT_NOTHING);

	for (int step = LEFT_NOTHING; step < LEFT_COUNT; step++) {
		str text = text_without(p, card, (enum left_out)step);

		/* A step that leaves nothing out is not told of. */
		if (step != LEFT_NOTHING && text.len == whole.len)
			continue;
		view->words = web_text(p->lang, left_words[step]);
		if (qr_path(p->call.arena, text, &view->qr_path, &view->qr_box) == OK)
			return OK;
	}
	return ERR_TOO_LARGE;
}

void
page_square_get(struct page *p, str rest)
{
	struct book book;
	struct book_card stored;
	struct square_view view = { 0 };
	struct buf html = page_buf(p);
	struct card *card;
	struct why why;
	enum err e;

	if (!app_card_read(p, rest, &book, &stored))
		return;
	e = card_read(p->call.arena, stored.bytes, &card, &why);
	if (e == OK)
		e = draw(p, card, &view);
	if (e != OK) {
		p->res->outcome = e;
		view.qr_path = view.words = (str){ 0 };
		view.wrong = web_text(p->lang, T_pe_square_large);
	}
	view.name = stored.fn.len ? stored.fn : web_text(p->lang, T_o_unnamed);
	view.head = page_head(p, view.name);
	view.back = page_path(p, "card", book.name, stored.name);
	html_square(&html, p, &view);
	page_send(p, e == OK ? 200 : 422, &html);
}
