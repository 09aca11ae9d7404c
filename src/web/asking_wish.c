/* asking_wish.c - how somebody is asked and what for: the part that an ask's form and a
 * campaign's have in common. */
#include "ask/texts.h"
#include "card/field.h"
#include "web/asking_int.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const enum card_field askable[] = { CARD_F_MOBILE, CARD_F_WORK_TEL,
	CARD_F_HOME_TEL, CARD_F_FAX, CARD_F_EMAIL, CARD_F_WORK_EMAIL, CARD_F_ORG,
	CARD_F_TITLE, CARD_F_WORK_ADDRESS, CARD_F_HOME_ADDRESS, CARD_F_QQ,
	CARD_F_WECHAT, CARD_F_WEIBO, CARD_F_URL, CARD_F_BDAY, CARD_F_PHOTO };

static const enum ask_by ways[] = { ASK_BY_AUTO, ASK_BY_SMS, ASK_BY_MMS, ASK_BY_MAIL,
	ASK_BY_SELF };

static const struct {
	enum ask_kind kind;
	enum web_text_key label, hint;
} kinds[] = {
	{ ASK_KIND_AUTO, T_ak_kind_auto, T_ak_kind_auto_hint },
	{ ASK_LINK, T_ak_kind_link, T_ak_kind_link_hint },
	{ ASK_FORM, T_ak_kind_form, T_ak_kind_form_hint },
	{ ASK_ID, T_ak_kind_id, T_ak_kind_id_hint },
};

/* In the order of enum ask_mode. */
static const struct {
	str word;
	enum web_text_key label;
} modes[] = {
	[ASK_MODE_ACCOUNT] = { STR_CONST(""), T_ak_mode_account },
	[ASK_FILL] = { STR_CONST("fill"), T_ak_mode_fill },
	[ASK_REVIEW] = { STR_CONST("review"), T_ak_mode_review },
	[ASK_AUTO] = { STR_CONST("auto"), T_ak_mode_auto },
};

str
asking_mode_words(const struct page *p, enum ask_mode mode)
{
	return web_text(p->lang, modes[mode].label);
}

size_t
asking_fields(const enum card_field **out)
{
	*out = askable;
	return COUNT(askable);
}

/* --- read --- */

static bool
read_mode(str word, enum ask_mode *out)
{
	for (size_t i = 0; i < COUNT(modes); i++)
		if (str_same(modes[i].word, word)) {
			*out = (enum ask_mode)i;
			return true;
		}
	return false;
}

static bool
is_askable(enum card_field field)
{
	for (size_t i = 0; i < COUNT(askable); i++)
		if (askable[i] == field)
			return true;
	return false;
}

static enum err
read_fields(const struct http_form *form, struct ask_draft *out)
{
	for (size_t i = 0; i < form->count; i++) {
		enum card_field field;

		if (!str_same(form->fields[i].name, STR("field")))
			continue;
		if (out->wanted_count == ASK_MAX_FIELDS ||
		    !card_field_read(form->fields[i].value, &field) ||
		    !is_askable(field))
			return ERR_BAD_INPUT;
		out->wanted[out->wanted_count++] = field;
	}
	return OK;
}

enum err
asking_read(const struct http_form *form, struct ask_draft *out)
{
	str by = http_form_get(form, STR("by"));
	str kind = http_form_get(form, STR("kind"));

	*out = (struct ask_draft){
		.say = http_form_get(form, STR("say")),
		.open_values = http_form_get(form, STR("open")).len > 0,
		.once = http_form_get(form, STR("once")),
	};
	if ((by.len && !ask_by_read(by, &out->by)) ||
	    (kind.len && !ask_kind_read(kind, &out->kind)) ||
	    !read_mode(http_form_get(form, STR("mode")), &out->mode))
		return ERR_BAD_INPUT;
	return read_fields(form, out);
}

/* --- shown --- */

static bool
is_wanted(const struct ask_draft *draft, enum card_field field)
{
	for (size_t i = 0; i < draft->wanted_count; i++)
		if (draft->wanted[i] == field)
			return true;
	return false;
}

static void
fill_fields(const struct page *p, const struct ask_draft *draft, struct wish_view *out)
{
	out->fields.list = ARENA_ARRAY(p->call.arena, struct pick_view, COUNT(askable));
	for (size_t i = 0; i < COUNT(askable); i++)
		out->fields.list[out->fields.count++] = (struct pick_view){
			.value = card_field_name(askable[i]),
			.label = ask_field_text(p->lang_word, askable[i]),
			.chosen = is_wanted(draft, askable[i]),
		};
}

void
asking_wish_fill(const struct page *p, const struct ask_draft *draft, bool many,
    struct wish_view *out)
{
	out->say = draft->say;
	out->fields_hint =
	    web_text(p->lang, many ? T_ak_fields_hint_many : T_ak_fields_hint);
	out->ways.list = ARENA_ARRAY(p->call.arena, struct pick_view, COUNT(ways));
	for (size_t i = 0; i < COUNT(ways) - many; i++)
		out->ways.list[out->ways.count++] = (struct pick_view){
			.value = ask_by_word(ways[i]),
			.label = asking_way_words(p, ways[i]),
			.chosen = draft->by == ways[i],
		};
	out->kinds.list = ARENA_ARRAY(p->call.arena, struct pick_view, COUNT(kinds));
	for (size_t i = 0; i < COUNT(kinds); i++)
		out->kinds.list[out->kinds.count++] = (struct pick_view){
			.value = ask_kind_word(kinds[i].kind),
			.label = web_text(p->lang, kinds[i].label),
			.hint = web_text(p->lang, kinds[i].hint),
			.chosen = draft->kind == kinds[i].kind,
		};
	fill_fields(p, draft, out);
}

/* --- carried along --- */

enum { CARRIED = 6 };

struct carry_view *
asking_carry_room(const struct page *p, size_t more)
{
	return ARENA_ARRAY(
	    p->call.arena, struct carry_view, CARRIED + ASK_MAX_FIELDS + more);
}

size_t
asking_carry(
    const struct page *p, const struct ask_draft *draft, struct carry_view *out)
{
	const struct carry_view carried[CARRIED] = {
		{ STR("by"), ask_by_word(draft->by) },
		{ STR("kind"), ask_kind_word(draft->kind) },
		{ STR("say"), draft->say },
		{ STR("mode"), modes[draft->mode].word },
		{ STR("open"), draft->open_values ? STR("1") : STR("") },
		{ STR("once"), draft->once },
	};
	size_t count = 0;

	(void)p;
	while (count < CARRIED) {
		out[count] = carried[count];
		count++;
	}
	for (size_t i = 0; i < draft->wanted_count; i++)
		out[count++] = (struct carry_view){ STR("field"),
			card_field_name(draft->wanted[i]) };
	return count;
}
