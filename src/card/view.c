/*
 * view.c - the walk: a card's lines taken apart, said in the other version, and written
 * among those that stay.
 */
#include "card/view.h"

#include "card/line_int.h"
#include "card/view_int.h"
#include "card/view_json_int.h"

/* --- what is there --- */

static const struct card_property *
version_of(const struct card *card)
{
	for (size_t i = 0; i < card->count; i++) {
		const struct card_property *p = card->properties + i;

		if (!p->group.len && card_named(p, STR("VERSION")))
			return p;
	}
	return NULL;
}

static enum card_form
own_form(const struct card *card)
{
	return card->version == CARD_V3 ? CARD_FORM_3 : CARD_FORM_4;
}

bool
card_is_of_form(const struct card *card, enum card_form form)
{
	return form == own_form(card) && !card->odd && view_is_clean(card->text) &&
	       version_of(card) && card_first(card, CARD_FN, 0) &&
	       (form == CARD_FORM_4 || card_first(card, CARD_N, 0));
}

/* --- what is made up --- */

struct making {
	struct arena *arena;
	const struct card *card;
	enum card_version to;
	str fn; /* as it will stand */
	struct buf out;
	size_t count; /* properties written */
};

static void
add_line(struct making *m, str text)
{
	card_line_add(&m->out, text, m->card->line_end);
	m->count++;
}

static void
add_made(struct making *m)
{
	if (!card_first(m->card, CARD_FN, 0))
		add_line(m, ARENA_JOIN(m->arena, STR("FN:"), m->fn));
	if (m->to == CARD_V3 && !card_first(m->card, CARD_N, 0))
		add_line(m, ARENA_JOIN(m->arena, STR("N;" VIEW_MADE "=1:"),
				view_made_n(m->arena, m->fn)));
}

/* An N that was made for 3.0 goes where none is needed; one that says more by now stays. */
static void
look_at_name(struct making *m, struct view_line *line)
{
	size_t made = view_param_find(line, STR(VIEW_MADE));

	if (!card_named(line->property, STR("N")) || made == SIZE_MAX || line->opaque)
		return;
	line->gone = str_same(line->value, view_made_n(m->arena, m->fn));
	view_param_remove(line, made);
}

/* --- the lines --- */

static struct view_lines
lines_of(struct making *m)
{
	const struct card *card = m->card;
	struct view_lines lines = { m->arena,
		ARENA_ARRAY(m->arena, struct view_line, card->count + 1), card->count };

	for (size_t i = 0; i < card->count; i++)
		lines.list[i] = view_line_of(m->arena, card, card->properties + i);
	return lines;
}

/* What stands aside while the lines are converted is not carried with them: it has a line
 * of its own in 3.0, or goes back into its parameter. */
static void
say_otherwise(struct making *m, struct view_lines *lines)
{
	enum card_version from = m->card->version;
	const struct card_property *version = version_of(m->card);

	view_pairs_set_aside(lines);
	if (from == CARD_V3)
		view_pairs_join(lines);
	for (size_t i = 0; i < lines->count; i++) {
		struct view_line *line = lines->list + i;

		if (line->property == version || line->gone)
			continue;
		if (from == CARD_V3)
			look_at_name(m, line);
		*line = view_convert(line, from);
	}
	if (from == CARD_V4)
		view_pairs_split(lines);
	view_pairs_put_back(lines, from == CARD_V4);
}

static void
write_version(struct making *m)
{
	add_line(m, m->to == CARD_V4 ? STR("VERSION:4.0") : STR("VERSION:3.0"));
	add_made(m);
}

static void
write_line(struct making *m, const struct view_line *line)
{
	if (line->gone)
		return;
	if (line->changed) {
		add_line(m, view_line_text(line));
	} else {
		must(line->property);
		buf_add(&m->out, line->property->raw);
		m->count++;
	}
	if (line->after.len)
		add_line(m, line->after);
}

static void
write_frame(struct making *m, str bytes, str plain)
{
	if (!m->card->odd && view_is_clean(bytes))
		buf_add(&m->out, bytes);
	else
		card_line_add(&m->out, plain, m->card->line_end);
}

static enum err
write(struct making *m, const struct view_lines *lines, str *out)
{
	const struct card_property *version = version_of(m->card);

	write_frame(m, m->card->head, STR("BEGIN:VCARD"));
	if (!version)
		write_version(m);
	for (size_t i = 0; i < lines->count; i++) {
		if (lines->list[i].property != version) {
			write_line(m, lines->list + i);
			continue;
		}
		if (m->to != m->card->version || lines->list[i].changed) {
			write_version(m);
			continue;
		}
		write_line(m, lines->list + i);
		add_made(m);
	}
	write_frame(m, m->card->tail, STR("END:VCARD"));
	if (m->count > CARD_MAX_PROPERTIES)
		return ERR_TOO_LARGE;
	return buf_text(&m->out, out);
}

static enum err
view_of(struct arena *arena, const struct card *card, enum card_version to, str *out)
{
	struct making m = { .arena = arena,
		.card = card,
		.to = to,
		.out = buf_in(arena, CARD_MAX_BYTES) };
	struct view_lines lines = lines_of(&m);

	m.fn = card_first(card, CARD_FN, 0) ? card->fn : view_made_fn(arena, card);
	if (to != card->version)
		say_otherwise(&m, &lines);
	return write(&m, &lines, out);
}

enum err
card_view(struct arena *arena, const struct card *card, enum card_form form, str *out)
{
	struct card *said = NULL;
	struct why why;

	if (card_is_of_form(card, form)) {
		*out = card->text;
		return OK;
	}
	if (form != CARD_FORM_JSON)
		return view_of(
		    arena, card, form == CARD_FORM_3 ? CARD_V3 : CARD_V4, out);
	TRY(card_view(arena, card, CARD_FORM_4, out));
	TRY(card_read(arena, *out, &said, &why));
	return view_json_write(arena, said, out);
}
