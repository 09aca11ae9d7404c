/*
 * view_carry.c - a line said in the other version, and home again.
 *
 * The carried line counts only while the line is still what the rules make of it: one that
 * a client has edited since is read as it stands.
 */
#include <string.h>

#include "card/view_int.h"

static void
apply(struct view_line *line, enum card_version from)
{
	if (line->opaque)
		return;
	if (from == CARD_V3)
		view_to_4(line);
	else
		view_to_3(line);
}

static enum card_version
other(enum card_version version)
{
	return version == CARD_V3 ? CARD_V4 : CARD_V3;
}

static bool
whole(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] < ' ' && text.at[i] != '\t')
			return false;
	return text.len > 0;
}

/* The carried text as a line; without a value of its own it has `value`. */
static bool
carried(const struct view_line *line, str text, str value, struct view_line *out)
{
	struct card *card;
	struct why why;
	bool has_value = false, quoted = false;
	str source;

	for (size_t i = 0; i < text.len && !has_value; i++) {
		quoted = quoted != (text.at[i] == '"');
		has_value = text.at[i] == ':' && !quoted;
	}
	if (!whole(text) || !whole(ARENA_JOIN(line->arena, STR("v"), value)))
		return false;
	source = ARENA_JOIN(line->arena, STR("BEGIN:VCARD\n"), text,
	    has_value ? STR("") : STR(":"), has_value ? STR("") : value,
	    STR("\nEND:VCARD\n"));
	if (card_read(line->arena, source, &card, &why) != OK || card->count != 1 ||
	    card->properties[0].group.len)
		return false;
	*out = view_line_of(line->arena, card, card->properties);
	out->property = line->property;
	out->group = line->group;
	out->anniversary = line->anniversary;
	out->has_aside = line->has_aside;
	out->aside = line->aside;
	out->kept = line->kept;
	out->changed = true;
	return !out->opaque;
}

/* What the line was, if it is still what that became. */
static bool
homeward(struct view_line *line, enum card_version from, struct view_line *out)
{
	size_t at = view_param_find(line, STR(VIEW_WAS));
	struct view_line said, again;
	str was;

	if (at == SIZE_MAX)
		return false;
	was = view_param_text(line, STR(VIEW_WAS));
	view_param_remove(line, at);
	said = *line;
	apply(&said, from);
	if (!carried(line, was, said.value, out))
		return false;
	again = *out;
	apply(&again, other(from));
	return view_same(&again, line, from);
}

static void
carry(
    struct view_line *said, const struct view_line *line, const struct view_line *back)
{
	str head = view_line_head(line);
	struct buf was = buf_in(line->arena, CARD_MAX_BYTES * 4);
	bool same_value = str_same(line->value, back->value);

	card_param_add(&was,
	    same_value ? head : ARENA_JOIN(line->arena, head, STR(":"), line->value));
	view_param_add(said, STR(VIEW_WAS), buf_str(&was));
}

struct view_line
view_convert(const struct view_line *source, enum card_version from)
{
	struct view_line line = *source, said, back;

	if (line.opaque)
		return line;
	if (homeward(&line, from, &said))
		return said;
	said = line;
	apply(&said, from);
	back = said;
	apply(&back, other(from));
	if (said.count > VIEW_MAX_PARAMS || !view_same(&back, &line, from))
		carry(&said, &line, &back);
	return said;
}
