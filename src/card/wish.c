/* wish.c - the marks by which an owner has somebody asked. */
#include "card/wish.h"

#include "card/group.h"

static const str groups[] = { STR_CONST("请更新"), STR_CONST("Ask to update"),
	STR_CONST("kith ask") };
static const str tags[] = { STR_CONST("#更新"), STR_CONST("#ask") };
static const str marks[] = { STR_CONST("?"), STR_CONST("？"), STR_CONST("*") };

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* --- a question mark for a value --- */

/* An address or a company has its mark in any of its components, and nothing else. */
static bool
is_marked(str value)
{
	bool found = false;

	while (value.len) {
		str part = str_trim(card_component_cut(&value, ';'));

		if (!part.len)
			continue;
		if (found)
			return false;
		for (size_t i = 0; i < COUNT(marks); i++)
			found |= str_same(part, marks[i]);
		if (!found)
			return false;
	}
	return found;
}

/* Programs write "tel:?" and "http://?" where they want a URI. */
static str
without_scheme(str value)
{
	static const str schemes[] = { STR_CONST("tel:"), STR_CONST("http://"),
		STR_CONST("https://"), STR_CONST("x-apple:") };

	for (size_t i = 0; i < COUNT(schemes); i++)
		if (str_same_nocase(str_part(value, 0, schemes[i].len), schemes[i]))
			return str_part(value, schemes[i].len, value.len);
	return value;
}

static bool
field_of(const struct card_property *p, enum card_field *out)
{
	bool work = card_has_type(p, STR("work"));
	bool home = card_has_type(p, STR("home"));

	switch ((int)p->is) {
	case CARD_TEL:
		*out = card_has_type(p, STR("fax")) ? CARD_F_FAX
		       : work                       ? CARD_F_WORK_TEL
		       : home                       ? CARD_F_HOME_TEL
						    : CARD_F_MOBILE;
		return true;
	case CARD_EMAIL: *out = work ? CARD_F_WORK_EMAIL : CARD_F_EMAIL; return true;
	case CARD_ADR:
		*out = work ? CARD_F_WORK_ADDRESS : CARD_F_HOME_ADDRESS;
		return true;
	case CARD_ORG: *out = CARD_F_ORG; return true;
	case CARD_TITLE: *out = CARD_F_TITLE; return true;
	case CARD_URL: *out = CARD_F_URL; return true;
	case CARD_IMPP:
	case CARD_X_QQ: *out = CARD_F_QQ; return true;
	default: return false;
	}
}

struct wishing {
	struct arena *arena;
	const struct card *card;
	struct card_wish *out;
	struct card_edit edits[CARD_WISH_MAX_FIELDS + 1];
	size_t edit_count;
	bool found;
};

static void
read_marks(struct wishing *w)
{
	for (size_t i = 0; i < w->card->count; i++) {
		const struct card_property *p = &w->card->properties[i];
		enum card_field field;

		if (w->out->count == CARD_WISH_MAX_FIELDS || !field_of(p, &field) ||
		    !is_marked(without_scheme(p->value)))
			continue;
		w->out->fields[w->out->count++] = field;
		w->edits[w->edit_count++] =
		    (struct card_edit){ .kind = CARD_EDIT_REMOVE, .at = i };
		w->found = true;
	}
}

/* --- a word in the note --- */

/* "#更新 手机 地址" and its line gone from the note; the rest of it is nobody's business. */
static void
read_tag(struct wishing *w)
{
	for (size_t i = 0; i < w->card->count; i++) {
		const struct card_property *p = &w->card->properties[i];
		str rest =
		    p->is == CARD_NOTE ? card_unescape(w->arena, p->value) : (str){ 0 };
		str line = str_trim(str_cut(&rest, '\n'));

		for (size_t t = 0; t < COUNT(tags); t++) {
			struct buf note;
			struct card_edit *edit = &w->edits[w->edit_count];

			if (!str_same_nocase(str_part(line, 0, tags[t].len), tags[t]))
				continue;
			w->out->words = str_trim(str_part(line, tags[t].len, line.len));
			w->found = true;
			*edit = (struct card_edit){ .kind = CARD_EDIT_REMOVE, .at = i };
			if (str_trim(rest).len) {
				note = buf_in(w->arena, CARD_MAX_BYTES);
				buf_add(
				    &note, p->params.len ? STR("NOTE;") : STR("NOTE"));
				buf_add(&note, p->params);
				buf_add_char(&note, ':');
				card_escape_add(&note, rest);
				edit->kind = CARD_EDIT_REPLACE;
				edit->line = buf_str(&note);
			}
			w->edit_count++;
			return;
		}
	}
}

/* --- a group --- */

static enum err
leave_groups(struct wishing *w)
{
	struct card_names names = card_categories(w->arena, w->card);

	for (size_t i = 0; i < COUNT(groups); i++) {
		struct card *card;
		struct why why;

		if (!card_names_have(&names, groups[i]))
			continue;
		w->found = true;
		TRY(card_read(w->arena, w->out->clean, &card, &why));
		TRY(card_category_set(
		    w->arena, card, groups[i], false, &w->out->clean));
	}
	return OK;
}

bool
card_wish_read(struct arena *arena, const struct card *card, struct card_wish *out)
{
	struct wishing w = { .arena = arena, .card = card, .out = out };

	*out = (struct card_wish){ .clean = card->text };
	if (card_is_group(card))
		return false;
	read_marks(&w);
	read_tag(&w);
	if (w.edit_count &&
	    card_write(arena, card, w.edits, w.edit_count, &out->clean) != OK)
		return false;
	return leave_groups(&w) == OK && w.found;
}
