/* inputs.c - how each field is typed in, and what a target's form shows of a card. */
#include "ask/texts.h"
#include "web/target_int.h"

/* The autocomplete tokens let a phone fill in its owner's own data in one tap. */
static const struct input_row input_rows[] = {
	{ CARD_F_NAME, STR_CONST("text"), STR_CONST("text"), STR_CONST("name"),
	    STR_CONST(""), false },
	{ CARD_F_MOBILE, STR_CONST("tel"), STR_CONST("tel"), STR_CONST("mobile tel"),
	    STR_CONST(""), false },
	{ CARD_F_WORK_TEL, STR_CONST("tel"), STR_CONST("tel"), STR_CONST("work tel"),
	    STR_CONST(""), false },
	{ CARD_F_HOME_TEL, STR_CONST("tel"), STR_CONST("tel"), STR_CONST("home tel"),
	    STR_CONST(""), false },
	{ CARD_F_FAX, STR_CONST("tel"), STR_CONST("tel"), STR_CONST("fax tel"),
	    STR_CONST(""), false },
	{ CARD_F_TEL, STR_CONST("tel"), STR_CONST("tel"), STR_CONST("tel"),
	    STR_CONST(""), false },
	{ CARD_F_EMAIL, STR_CONST("email"), STR_CONST("email"), STR_CONST("home email"),
	    STR_CONST("name@example.com"), false },
	{ CARD_F_WORK_EMAIL, STR_CONST("email"), STR_CONST("email"),
	    STR_CONST("work email"), STR_CONST("name@example.com"), false },
	{ CARD_F_ORG, STR_CONST("text"), STR_CONST("text"), STR_CONST("organization"),
	    STR_CONST(""), false },
	{ CARD_F_TITLE, STR_CONST("text"), STR_CONST("text"),
	    STR_CONST("organization-title"), STR_CONST(""), false },
	{ CARD_F_WORK_ADDRESS, STR_CONST("text"), STR_CONST("text"),
	    STR_CONST("section-work street-address"), STR_CONST(""), true },
	{ CARD_F_HOME_ADDRESS, STR_CONST("text"), STR_CONST("text"),
	    STR_CONST("section-home street-address"), STR_CONST(""), true },
	{ CARD_F_QQ, STR_CONST("text"), STR_CONST("numeric"), STR_CONST("off"),
	    STR_CONST("12345678"), false },
	{ CARD_F_WECHAT, STR_CONST("text"), STR_CONST("text"), STR_CONST("off"),
	    STR_CONST(""), false },
	{ CARD_F_WEIBO, STR_CONST("text"), STR_CONST("text"), STR_CONST("off"),
	    STR_CONST(""), false },
	{ CARD_F_URL, STR_CONST("url"), STR_CONST("url"), STR_CONST("url"),
	    STR_CONST("https://"), false },
	{ CARD_F_BDAY, STR_CONST("text"), STR_CONST("text"), STR_CONST("bday"),
	    STR_CONST("1990-08-20"), false },
};

#define EACH_INPUT_ROW(row)                            \
	for (const struct input_row *row = input_rows; \
	     row < input_rows + sizeof input_rows / sizeof *input_rows; row++)

const struct input_row *
input_row(enum card_field field)
{
	EACH_INPUT_ROW(row)
	if (row->field == field)
		return row;
	return NULL;
}

/* What the target has said about an item, or put into an empty field, before. */
static const struct card_op *
said_before(const struct card_ops *ops, bool about_item, size_t number)
{
	for (size_t i = 0; i < ops->count; i++) {
		const struct card_op *op = &ops->list[i];
		bool is_item = op->kind != CARD_INSERT;

		if (is_item == about_item &&
		    (about_item ? op->item == number : (size_t)op->field == number))
			return op;
	}
	return NULL;
}

static bool
offered(const struct ask_page *page, enum card_field field, size_t before)
{
	for (size_t i = 0; i < before; i++)
		if (page->offers[i].field == field)
			return true;
	return false;
}

/* The first item of a field has the field's own name, as every form of ours; further ones
 * are numbered. */
static str
input_name(const struct page *p, const struct ask_page *page, size_t at)
{
	const struct ask_offer *offer = &page->offers[at];
	str name = card_field_name(offer->field);

	if (!offered(page, offer->field, at))
		return name;
	return arena_printf(p->call.arena, STR_FMT "-%zu", STR_ARG(name), offer->item);
}

static void
fill_offer(const struct page *p, const struct ask_page *page, size_t at,
    struct offer_view *out)
{
	const struct ask_offer *offer = &page->offers[at];
	const struct card_op *op = said_before(&page->prepared, true, offer->item);

	*out = (struct offer_view){
		.input = { .row = input_row(offer->field),
		    .name = input_name(p, page, at),
		    .label = ask_field_text(p->lang_word, offer->field) },
		.radio = arena_printf(p->call.arena, "item-%zu", offer->item),
		.shown = offer->shown,
		.said = op != NULL,
	};
	if (op) {
		out->says = op->kind;
		out->input.value = op->value;
	}
}

static void
fill_offers(
    const struct page *p, const struct ask_page *page, struct target_form_view *view)
{
	view->offers.list =
	    ARENA_ARRAY(p->call.arena, struct offer_view, page->offer_count);
	for (size_t i = 0; i < page->offer_count; i++) {
		if (!input_row(page->offers[i].field))
			continue; /* a picture: only ever asked for anew */
		fill_offer(p, page, i, &view->offers.list[view->offers.count++]);
	}
}

static bool
wanted(const struct ask_peek *peek, enum card_field field)
{
	for (size_t i = 0; i < peek->wanted_count; i++)
		if (peek->wanted[i] == field)
			return true;
	return peek->wanted_count == 0;
}

/* Whether the form has an empty place for the field. */
static bool
has_place(const struct ask_page *page, enum card_field field)
{
	return wanted(&page->who, field) && !offered(page, field, page->offer_count);
}

static void
fill_inputs(
    const struct page *p, const struct ask_page *page, struct target_form_view *view)
{
	view->inputs.list = ARENA_ARRAY(p->call.arena, struct input_view, CARD_F_COUNT);
	EACH_INPUT_ROW(row)
	{
		const struct card_op *op =
		    said_before(&page->prepared, false, (size_t)row->field);

		if (!has_place(page, row->field))
			continue;
		view->inputs.list[view->inputs.count++] = (struct input_view){
			.row = row,
			.name = card_field_name(row->field),
			.label = ask_field_text(p->lang_word, row->field),
			.value = op ? op->value : (str){ 0 },
		};
	}
}

bool
target_has_input(const struct ask_page *page, const struct card_op *op)
{
	if (op->field == CARD_F_PHOTO)
		return true; /* or the tick to leave it out */
	if (op->kind != CARD_INSERT)
		return input_row(op->field) != NULL;
	return input_row(op->field) && has_place(page, op->field) &&
	       said_before(&page->prepared, false, (size_t)op->field) == op;
}

str
target_extra_name(struct arena *arena, size_t at)
{
	return arena_printf(arena, "own-kept-%zu", at);
}

static void
fill_extras(
    const struct page *p, const struct ask_page *page, struct target_form_view *view)
{
	view->extras.list =
	    ARENA_ARRAY(p->call.arena, struct extra_view, page->prepared.count);
	for (size_t i = 0; i < page->prepared.count; i++) {
		const struct card_op *op = &page->prepared.list[i];

		if (!target_has_input(page, op))
			view->extras.list[view->extras.count++] = (struct extra_view){
				.name = target_extra_name(p->call.arena, i),
				.label = ask_field_text(p->lang_word, op->field),
				.value = op->value,
			};
	}
}

void
target_form_fill(
    const struct page *p, const struct ask_page *page, struct target_form_view *view)
{
	fill_offers(p, page, view);
	fill_inputs(p, page, view);
	fill_extras(p, page, view);
	view->photo_asked = wanted(&page->who, CARD_F_PHOTO);
	view->photo_kept = said_before(&page->prepared, false, CARD_F_PHOTO) != NULL;
	view->note = page->note;
}
