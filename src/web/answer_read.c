/* answer_read.c - a target's form as operations on what he was shown. */
#include "picture/picture.h"
#include "web/target_int.h"

struct reading {
	const struct page *p;
	const struct ask_page *page;
	const struct http_form *form;
	struct card_ops ops;
};

static void
say(struct reading *r, enum card_op_kind kind, size_t item, enum card_field field,
    str value)
{
	if (r->ops.count < CARD_MAX_OPS)
		r->ops.list[r->ops.count++] = (struct card_op){
			.kind = kind, .item = item, .field = field, .value = value
		};
}

/* A value typed in means "now it is", whichever button is pressed: people type and
 * forget the button. */
static void
read_offer(
    struct reading *r, const struct offer_view *view, const struct ask_offer *offer)
{
	str choice = http_form_get(r->form, view->radio);
	str value = str_trim(http_form_get(r->form, view->input.name));

	if (value.len)
		say(r, CARD_CHANGE, offer->item, offer->field, value);
	else if (str_same(choice, STR("confirm")))
		say(r, CARD_CONFIRM, offer->item, offer->field, value);
	else if (str_same(choice, STR("gone")))
		say(r, CARD_GONE, offer->item, offer->field, value);
}

static const struct ask_offer *
offer_of(const struct ask_page *page, size_t nth_shown)
{
	for (size_t i = 0; i < page->offer_count; i++)
		if (input_row(page->offers[i].field) && nth_shown-- == 0)
			return &page->offers[i];
	return NULL;
}

static void
keep_former_picture(struct reading *r)
{
	for (size_t i = 0; i < r->page->prepared.count; i++) {
		const struct card_op *op = &r->page->prepared.list[i];

		if (op->kind == CARD_INSERT && op->field == CARD_F_PHOTO)
			say(r, op->kind, 0, op->field, op->value);
	}
}

static void
keep_extras(struct reading *r)
{
	const struct card_ops *before = &r->page->prepared;

	for (size_t i = 0; i < before->count; i++) {
		const struct card_op *op = &before->list[i];
		str name = target_extra_name(r->p->call.arena, i);

		if (!target_has_input(r->page, op) && http_form_get(r->form, name).len)
			say(r, op->kind, op->item, op->field, op->value);
	}
}

static enum err
read_picture(struct reading *r, struct why *why)
{
	const struct http_form_field *file = http_form_find(r->form, STR("photo"));
	str jpeg;
	enum err e;

	if (!file || !file->value.len) {
		if (!http_form_get(r->form, STR("photo-drop")).len)
			keep_former_picture(r);
		return OK;
	}
	e = picture_square(r->p->call.arena, file->value, &jpeg);
	if (e != OK) {
		*why = (struct why){ .what = "a picture that cannot be taken",
			.name = card_field_name(CARD_F_PHOTO) };
		return e == ERR_UNSUPPORTED ? ERR_BAD_INPUT : e;
	}
	say(r, CARD_INSERT, 0, CARD_F_PHOTO, jpeg);
	return OK;
}

enum err
target_form_read(const struct page *p, const struct ask_page *page,
    const struct http_form *form, struct ask_reply *out, struct why *why)
{
	struct reading r = { .p = p, .page = page, .form = form };
	struct target_form_view shown = { 0 };

	r.ops.list = ARENA_ARRAY(p->call.arena, struct card_op, CARD_MAX_OPS);
	target_form_fill(p, page, &shown);
	for (size_t i = 0; i < shown.offers.count; i++)
		read_offer(&r, &shown.offers.list[i], offer_of(page, i));
	for (size_t i = 0; i < shown.inputs.count; i++) {
		const struct input_view *input = &shown.inputs.list[i];
		str value = str_trim(http_form_get(form, input->name));

		if (value.len)
			say(&r, CARD_INSERT, 0, input->row->field, value);
	}
	keep_extras(&r);
	if (shown.photo_asked)
		TRY(read_picture(&r, why));
	*out = (struct ask_reply){ .ops = r.ops,
		.note = str_part(
		    str_trim(http_form_get(form, STR("note"))), 0, ASK_NOTE_MAX_BYTES),
		.by = ASK_DOOR_WEB };
	return OK;
}
