/* view_part.c - some properties of a card (RFC 6352 10.4.2). */
#include "card/line_int.h"
#include "card/view.h"
#include "card/view_json_int.h"

static bool
is_wanted(const struct card_property *p, const struct card_wanted *wanted)
{
	str name = wanted->name;
	str group = { 0 };

	if (str_has(name, '.'))
		group = str_cut(&name, '.');
	return card_named(p, name) && (!group.len || str_same_nocase(p->group, group));
}

static const struct card_wanted *
find(const struct card_property *p, const struct card_wanted *wanted, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_wanted(p, wanted + i))
			return wanted + i;
	return NULL;
}

static void
add_without_value(
    struct buf *out, const struct card *card, const struct card_property *p)
{
	card_line_add(out,
	    ARENA_JOIN(out->arena, p->group, p->group.len ? STR(".") : STR(""), p->name,
		p->params.len ? STR(";") : STR(""), p->params, STR(":")),
	    card->line_end);
}

static str
part_of(struct arena *arena, const struct card *card, const struct card_wanted *wanted,
    size_t count)
{
	struct buf out = buf_in(arena, card->text.len * 2 + 64);
	bool versioned = false;

	buf_add(&out, card->head);
	for (size_t i = 0; i < card->count && !versioned; i++)
		versioned = !card->properties[i].group.len &&
			    card_named(card->properties + i, STR("VERSION"));
	if (!versioned)
		card_line_add(&out,
		    card->version == CARD_V4 ? STR("VERSION:4.0") : STR("VERSION:3.0"),
		    card->line_end);
	for (size_t i = 0; i < card->count; i++) {
		const struct card_property *p = card->properties + i;
		const struct card_wanted *found = find(p, wanted, count);

		if ((!p->group.len && card_named(p, STR("VERSION"))) ||
		    (found && !found->no_value))
			buf_add(&out, p->raw);
		else if (found)
			add_without_value(&out, card, p);
	}
	buf_add(&out, card->tail);
	return buf_str(&out);
}

enum err
card_part(struct arena *arena, const struct card *card, enum card_form form,
    const struct card_wanted *wanted, size_t count, str *out)
{
	struct card *part;
	struct why why;
	str whole;

	TRY(card_view(
	    arena, card, form == CARD_FORM_JSON ? CARD_FORM_4 : form, &whole));
	TRY(card_read(arena, whole, &part, &why));
	*out = part_of(arena, part, wanted, count);
	if (form != CARD_FORM_JSON)
		return OK;
	TRY(card_read(arena, *out, &part, &why));
	return view_json_write(arena, part, out);
}
