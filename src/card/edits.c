/* edits.c - edits of lines, never of a card as a whole. */
#include "base/when.h"
#include "card/edits_int.h"

struct edits
edits_of(struct arena *arena, const struct card *card, size_t fresh)
{
	return (struct edits){ .arena = arena,
		.card = card,
		.list = ARENA_ARRAY(arena, struct card_edit, card->count + fresh + 1),
		.edited = ARENA_ARRAY(arena, bool, card->count + 1) };
}

static void
edit(struct edits *e, enum card_edit_kind kind, size_t at, str line)
{
	if (kind != CARD_EDIT_ADD) {
		if (e->edited[at])
			return;
		e->edited[at] = true;
	}
	e->list[e->count++] = (struct card_edit){ kind, at, line };
}

void
edits_add(struct edits *e, str line)
{
	edit(e, CARD_EDIT_ADD, 0, line);
}

void
edits_replace(struct edits *e, size_t at, str line)
{
	edit(e, CARD_EDIT_REPLACE, at, line);
}

/* --- removing --- */

static bool
is_label(const struct card_property *p)
{
	return p->is == CARD_X_ABLABEL || card_named(p, STR("X-ABADR"));
}

static bool
is_alone(const struct edits *e, size_t at)
{
	str group = e->card->properties[at].group;

	for (size_t i = 0; i < e->card->count; i++) {
		const struct card_property *p = &e->card->properties[i];

		if (i != at && str_same_nocase(p->group, group) && !is_label(p))
			return false;
	}
	return true;
}

void
edits_remove_labels(struct edits *e, size_t at)
{
	str group = e->card->properties[at].group;

	for (size_t i = 0; group.len && i < e->card->count; i++)
		if (str_same_nocase(e->card->properties[i].group, group) &&
		    is_label(&e->card->properties[i]))
			edit(e, CARD_EDIT_REMOVE, i, (str){ 0 });
}

void
edits_remove(struct edits *e, size_t at)
{
	edit(e, CARD_EDIT_REMOVE, at, (str){ 0 });
	if (e->card->properties[at].group.len && is_alone(e, at))
		edits_remove_labels(e, at);
}

/* --- what lines are made of --- */

str
edits_value_of(str line)
{
	bool quoted = false;

	for (size_t i = 0; i < line.len; i++) {
		if (line.at[i] == '"')
			quoted = !quoted;
		else if (line.at[i] == ':' && !quoted)
			return str_part(line, i + 1, line.len);
	}
	return line;
}

str
edits_param_cut(str *params)
{
	bool quoted = false;
	size_t end = 0;
	str one;

	while (end < params->len && (quoted || params->at[end] != ';')) {
		if (params->at[end] == '"')
			quoted = !quoted;
		end++;
	}
	one = str_part(*params, 0, end);
	*params = str_part(*params, end + 1, params->len);
	return one;
}

bool
edits_is_stale(str param)
{
	static const str stale[] = { STR_CONST("LABEL"), STR_CONST("GEO"),
		STR_CONST("VALUE"), STR_CONST("X-USER"), STR_CONST("USERNAME"),
		STR_CONST("X-USERID"), STR_CONST("X-APPLE-OMIT-YEAR"),
		STR_CONST("TZ") };
	str name = str_cut(&param, '=');

	for (size_t i = 0; i < sizeof stale / sizeof *stale; i++)
		if (str_same_nocase(name, stale[i]))
			return true;
	return false;
}

void
edits_add_group(struct buf *line, const struct card_property *property)
{
	if (!property->group.len)
		return;
	buf_add(line, property->group);
	buf_add_char(line, '.');
}

/* In the form the card has: extended ("2026-11-23T...") or basic (RFC 6350 4.3). */
void
edits_set_rev(struct edits *e, int64_t now_ms)
{
	const struct card_property *rev = card_first(e->card, CARD_REV, 0);
	str at = when_rfc3339(e->arena, now_ms);
	struct buf basic = buf_in(e->arena, 64);

	if (!rev)
		return;
	for (size_t i = 0; i < at.len; i++)
		if (at.at[i] != '-' && at.at[i] != ':')
			buf_add_char(&basic, at.at[i]);
	edits_replace(e, (size_t)(rev - e->card->properties),
	    arena_printf(e->arena, "REV:" STR_FMT,
		STR_ARG(str_has(rev->value, '-') ? at : buf_str(&basic))));
}
