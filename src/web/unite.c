/* unite.c - contacts beside each other, and one made of them. */
#include "book/unite.h"

#include "web/people_int.h"

#define LINES_SHOWN 30 /* of each contact */

/* --- which --- */

struct choosing {
	struct page *p;
	struct book_unite_one list[CARD_UNITE_MAX];
	struct book_card cards[CARD_UNITE_MAX];
	struct book_unite of;
};

static enum err
read_choice(struct choosing *c, const struct http_form *form)
{
	size_t count;
	size_t etag_count;
	str *ids = people_fields(c->p, form, STR("card"), &count);
	str *etags = people_fields(c->p, form, STR("etag"), &etag_count);

	if (count < 2 || count > CARD_UNITE_MAX)
		return ERR_BAD_INPUT;
	for (size_t i = 0; i < count; i++) {
		struct book_unite_one *one = &c->list[i];

		TRY(people_id_read(c->p, ids[i], &one->book, &one->name));
		if (i < etag_count)
			one->etag = etags[i];
	}
	c->of =
	    (struct book_unite){ .list = c->list, .count = count, .by = BOOK_BY_WEB };
	return OK;
}

/* --- shown --- */

static str
name_of(const struct choosing *c, size_t i)
{
	return c->cards[i].fn.len ? c->cards[i].fn : web_text(c->p->lang, T_o_unnamed);
}

static str
about_of(const struct choosing *c, size_t i)
{
	const struct page *p = c->p;

	return ARENA_JOIN(p->call.arena, people_title(&c->list[i].book), STR(" · "),
	    web_words(p, T_pe_changed, "date", web_day(p, c->cards[i].modified_ms)));
}

static void
fill_card(const struct choosing *c, size_t i, struct unite_card_view *out)
{
	const struct page *p = c->p;
	struct app_lines lines = { 0 };
	struct card *card;
	struct why why;

	*out = (struct unite_card_view){
		.id = people_id(p, &c->list[i].book, c->list[i].name),
		.etag = c->cards[i].etag,
		.number = app_number(p, (long long)i),
		.name = name_of(c, i),
		.about = about_of(c, i),
		.kept = i == 0,
	};
	if (card_read(p->call.arena, c->cards[i].bytes, &card, &why) == OK)
		lines = app_lines_of(p, card, c->list[i].book.region);
	out->items.list = ARENA_ARRAY(p->call.arena, struct contact_item, lines.count);
	for (size_t n = 0; n < lines.count && out->items.count < LINES_SHOWN; n++)
		if (lines.list[n].is != CARD_OTHER && lines.list[n].is != CARD_PHOTO)
			out->items.list[out->items.count++] = (struct contact_item){
				.label = people_clipped(p, lines.list[n].label),
				.text = people_clipped(p, lines.list[n].text)
			};
}

static const struct {
	str name;
	enum web_text_key label;
} labels[] = {
	{ STR_CONST("FN"), T_f_name },
	{ STR_CONST("N"), T_f_name_parts },
	{ STR_CONST("BDAY"), T_f_bday },
	{ STR_CONST("ANNIVERSARY"), T_f_anniversary },
	{ STR_CONST("PHOTO"), T_f_photo },
	{ STR_CONST("ORG"), T_f_org },
	{ STR_CONST("TITLE"), T_f_title },
	{ STR_CONST("ROLE"), T_f_role },
};

static str
label_of(const struct page *p, str name)
{
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (str_same_nocase(name, labels[i].name))
			return web_text(p->lang, labels[i].label);
	return name;
}

static void
fill_field(const struct choosing *c, const struct card_unite_field *field,
    struct unite_field_view *out)
{
	const struct page *p = c->p;

	*out = (struct unite_field_view){ .name = ARENA_JOIN(
					      p->call.arena, STR("take-"), field->name),
		.label = label_of(p, field->name) };
	out->options.list =
	    ARENA_ARRAY(p->call.arena, struct unite_option_view, field->count);
	for (size_t i = 0; i < field->count; i++) {
		const struct card_unite_value *v = &field->list[i];
		struct unite_option_view *option =
		    &out->options.list[out->options.count++];

		*option = (struct unite_option_view){
			.number = app_number(p, (long long)v->card),
			.text = people_clipped(p, v->text),
			.whose = name_of(c, v->card),
			.chosen = i == 0,
		};
		if (field->is == CARD_PHOTO)
			option->photo = app_photo_href(
			    p, c->list[v->card].book.name, &c->cards[v->card]);
	}
}

static enum err
fill(struct choosing *c, struct unite_view *view, struct why *why)
{
	const struct page *p = c->p;
	struct card_unite_fields fields;

	TRY(book_unite_look(&p->call, &c->of, c->cards, &fields, why));
	view->cards.count = c->of.count;
	view->cards.list =
	    ARENA_ARRAY(p->call.arena, struct unite_card_view, c->of.count);
	for (size_t i = 0; i < c->of.count; i++)
		fill_card(c, i, &view->cards.list[i]);
	view->fields.count = fields.count;
	view->fields.list =
	    ARENA_ARRAY(p->call.arena, struct unite_field_view, fields.count);
	for (size_t i = 0; i < fields.count; i++)
		fill_field(c, &fields.list[i], &view->fields.list[i]);
	return OK;
}

void
page_unite_get(struct page *p, str rest)
{
	struct unite_view view = { .head =
				       page_head(p, web_text(p->lang, T_pe_unite)) };
	struct choosing c = { .p = p };
	struct buf html = page_buf(p);
	struct http_form query;
	struct why why = { 0 };
	enum err e = http_query_read(p->call.arena, p->req->query, &query);

	if (e == OK)
		e = rest.len ? ERR_NOT_FOUND : read_choice(&c, &query);
	if (e == OK)
		e = fill(&c, &view, &why);
	if (e != OK) {
		page_refuse(p, e, why.what);
		return;
	}
	html_unite(&html, p, &view);
	page_send(p, 200, &html);
}

/* --- done --- */

static void
swap(struct book_unite_one *a, struct book_unite_one *b)
{
	struct book_unite_one first = *a;

	*a = *b;
	*b = first;
}

/* The card that stays comes first; where the others are meant, it is by their old places. */
static enum err
read_picks(struct choosing *c, const struct http_form *form)
{
	struct card_unite_pick *picks =
	    ARENA_ARRAY(c->p->call.arena, struct card_unite_pick, form->count + 1);
	int64_t kept = 0;

	(void)str_number(http_form_get(form, STR("keep")), &kept);
	if (kept < 0 || (size_t)kept >= c->of.count)
		return ERR_BAD_INPUT;
	swap(&c->list[0], &c->list[kept]);
	c->of.picks = picks;
	for (size_t i = 0; i < form->count; i++) {
		const struct http_form_field *field = &form->fields[i];
		int64_t card;

		if (!str_starts(field->name, STR("take-")))
			continue;
		if (!str_number(field->value, &card) || card < 0)
			return ERR_BAD_INPUT;
		if (card == 0 || card == kept)
			card = card == kept ? 0 : kept;
		picks[c->of.pick_count++] =
		    (struct card_unite_pick){ str_part(field->name, 5, field->name.len),
			    (size_t)card };
	}
	return OK;
}

/* The form was sent twice: what it asks for stands. */
static bool
is_done(const struct choosing *c)
{
	bool united = false;

	return book_is_united(
		   &c->p->call, &c->list[0].book, c->list[0].name, &united) == OK &&
	       united;
}

void
page_unite_post(struct page *p, str rest)
{
	struct choosing c = { .p = p };
	struct book_put_done done;
	struct http_form form;
	struct why why = { 0 };
	enum err e;

	(void)rest;
	if (!page_form(p, &form))
		return;
	e = read_choice(&c, &form);
	if (e == OK)
		e = read_picks(&c, &form);
	if (e == OK)
		e = book_unite(&p->call, &c.of, &done, &why);
	if (e == OK ||
	    ((e == ERR_NOT_FOUND || e == ERR_CONDITION) && c.of.count && is_done(&c)))
		page_go(p, page_path(p, "card", c.list[0].book.name, c.list[0].name));
	else
		page_refuse(p, e, why.what);
}
