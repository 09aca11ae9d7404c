/* typed.c - a target's form shown again: what he typed, and what is wrong with it. */
#include "ask/given.h"
#include "web/target_int.h"

#define TYPED_MAX_BYTES \
	((size_t)4096) /* shown again of one input: twice what it may hold */

static const struct {
	enum card_field field;
	enum web_text_key words;
} complaints[] = {
	{ CARD_F_MOBILE, T_e_tel },
	{ CARD_F_WORK_TEL, T_e_tel },
	{ CARD_F_HOME_TEL, T_e_tel },
	{ CARD_F_TEL, T_e_tel },
	{ CARD_F_FAX, T_e_tel },
	{ CARD_F_EMAIL, T_e_email },
	{ CARD_F_WORK_EMAIL, T_e_email },
	{ CARD_F_URL, T_e_url },
	{ CARD_F_BDAY, T_e_bday },
	{ CARD_F_PHOTO, T_e_photo },
};

static str
complaint(const struct page *p, enum card_field field, enum err outcome)
{
	enum web_text_key words = T_e_field;

	for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++)
		if (complaints[i].field == field)
			words = complaints[i].words;
	if (outcome == ERR_TOO_LARGE)
		words = field == CARD_F_PHOTO ? T_e_photo_large : T_e_long;
	return web_text(p->lang, words);
}

str
target_complaint(const struct page *p, str field_name, enum err outcome)
{
	enum card_field field;

	return card_field_read(field_name, &field) ? complaint(p, field, outcome)
						   : web_text(p->lang, T_e_field);
}

/* What was typed, as far as a page has room for it. */
static str
typed(const struct http_form *form, str name)
{
	str value = http_form_get(form, name);
	size_t end = TYPED_MAX_BYTES;

	if (value.len <= end)
		return value;
	while (end && ((unsigned char)value.at[end] & 0xC0) == 0x80)
		end--; /* not in the middle of a character */
	return str_part(value, 0, end);
}

static void
keep_choice(struct offer_view *offer, str choice)
{
	static const struct {
		str word;
		enum card_op_kind kind;
	} choices[] = {
		{ STR_CONST("confirm"), CARD_CONFIRM },
		{ STR_CONST("gone"), CARD_GONE },
		{ STR_CONST("change"), CARD_CHANGE },
	};

	offer->said = false;
	for (size_t i = 0; i < sizeof choices / sizeof *choices; i++)
		if (str_same(choices[i].word, choice)) {
			offer->said = true;
			offer->says = choices[i].kind;
		}
}

void
target_keep_typed(struct target_form_view *view, const struct http_form *form)
{
	for (size_t i = 0; i < view->offers.count; i++) {
		struct offer_view *offer = &view->offers.list[i];

		offer->input.value = typed(form, offer->input.name);
		keep_choice(offer, http_form_get(form, offer->radio));
	}
	for (size_t i = 0; i < view->inputs.count; i++)
		view->inputs.list[i].value = typed(form, view->inputs.list[i].name);
	for (size_t i = 0; i < view->extras.count; i++)
		view->extras.list[i].left_out =
		    !http_form_get(form, view->extras.list[i].name).len;
	view->photo_left_out = http_form_get(form, STR("photo-drop")).len > 0;
	view->note = typed(form, STR("note"));
}

static void
add_line(struct target_form_view *view, str name, str label, str words)
{
	view->wrongs.list[view->wrongs.count++] =
	    (struct wrong_line){ name, label, words };
}

static void
mark_input(struct target_form_view *view, struct input_view *input,
    enum card_field field, str words)
{
	if (input->row->field != field || !input->value.len)
		return;
	input->wrong = words;
	add_line(view, input->name, input->label, words);
}

static void
mark_field(const struct page *p, struct target_form_view *view, enum card_field field,
    enum err outcome)
{
	str words = complaint(p, field, outcome);

	for (size_t i = 0; i < view->offers.count; i++)
		mark_input(view, &view->offers.list[i].input, field, words);
	for (size_t i = 0; i < view->inputs.count; i++)
		mark_input(view, &view->inputs.list[i], field, words);
	if (field == CARD_F_PHOTO) {
		view->photo_wrong = words;
		add_line(view, STR("photo"), web_text(p->lang, T_t_photo), words);
	}
}

void
target_mark_wrong(const struct page *p, struct target_form_view *view,
    const struct http_form *form, enum err outcome, str field_name)
{
	enum card_field field;

	view->wrongs.list = ARENA_ARRAY(p->call.arena, struct wrong_line,
	    view->offers.count + view->inputs.count + 2);
	target_keep_typed(view, form);
	if (str_same(field_name, STR(ASK_GIVEN_NAME))) {
		view->card_wrong = own_card_complaint(p, outcome);
		add_line(view, STR(ASK_GIVEN_NAME), web_text(p->lang, T_t_card),
		    view->card_wrong);
	} else if (card_field_read(field_name, &field)) {
		mark_field(p, view, field, outcome);
	}
	if (!view->wrongs.count)
		add_line(view, STR("note"), web_text(p->lang, T_t_check),
		    web_text(p->lang, T_e_field));
}
