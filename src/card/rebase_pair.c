/* rebase_pair.c - which line of one version of a card is which of another. */
#include <string.h>

#include "card/rebase_int.h"

/* --- values as programs that rewrite a card agree on them --- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static char
lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

/* Each byte `keep` wants, in lower case if `fold`. */
static str
sifted(struct arena *arena, str text, bool (*keep)(char c), bool fold)
{
	char *at = arena_get_raw(arena, text.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++)
		if (keep(text.at[i]))
			at[len++] = fold ? lower(text.at[i]) : text.at[i];
	return (str){ at, len };
}

static bool
dials(char c)
{
	return !is_blank(c) && !strchr("-().\\", c);
}

static bool
encodes(char c)
{
	return !is_blank(c) && c != '=' && c != '\\';
}

static bool
any(char c)
{
	return c != '\0';
}

static str
without_head(str text, str head)
{
	if (!str_same_nocase(str_part(text, 0, head.len), head))
		return text;
	return str_part(text, head.len, text.len);
}

static str
without_empty_ends(str value)
{
	value = str_trim(value);
	while (value.len && value.at[value.len - 1] == ';')
		value.len--;
	return value;
}

static bool
is_binary(const struct card_property *p)
{
	return p->is == CARD_PHOTO || card_named(p, STR("LOGO")) ||
	       card_named(p, STR("SOUND")) || card_named(p, STR("KEY"));
}

static str
plain_value(struct arena *arena, const struct card_property *p, str value)
{
	if (p->is == CARD_TEL)
		return sifted(arena,
		    without_head(card_unescape(arena, value), STR("tel:")), dials,
		    true);
	if (p->is == CARD_EMAIL)
		return sifted(arena,
		    str_trim(without_head(card_unescape(arena, value), STR("mailto:"))),
		    any, true);
	if (is_binary(p)) {
		size_t data = str_find(value, STR("base64,"));

		if (data < value.len)
			value = str_part(value, data + 7, value.len);
		return sifted(arena, value, encodes, false);
	}
	if (p->is == CARD_N || p->is == CARD_ADR || p->is == CARD_ORG)
		return without_empty_ends(value);
	return str_trim(card_unescape(arena, value));
}

/* --- a side --- */

/* item1.X-ABLabel says something of item1.URL. */
static bool
is_companion(const struct card_property *p)
{
	return p->group.len &&
	       (p->is == CARD_X_ABLABEL || card_named(p, STR("X-ABADR")));
}

/* A line about the card as a whole, which each writer writes anew. */
static bool
is_meta(const struct card_property *p)
{
	return p->is == CARD_UID || p->is == CARD_REV ||
	       card_named(p, STR("VERSION")) || card_named(p, STR("PRODID"));
}

/* Of a group that a line about the whole card is in by mistake that line owns nothing: it
 * must never be given a group itself. */
static size_t
owner_of(const struct card *card, size_t at)
{
	const struct card_property *p = card->properties + at;

	for (size_t i = 0; is_companion(p) && i < card->count; i++)
		if (!is_companion(card->properties + i) &&
		    !is_meta(card->properties + i) &&
		    str_same_nocase(card->properties[i].group, p->group))
			return i;
	return NO_LINE;
}

struct side
side_of(struct arena *arena, const struct card *card)
{
	struct side side = {
		.card = card,
		.lines = ARENA_ARRAY(arena, struct view_line, card->count),
		.plain = ARENA_ARRAY(arena, str, card->count),
		.owner = ARENA_ARRAY(arena, size_t, card->count),
		.count = card->count,
	};

	for (size_t i = 0; i < card->count; i++) {
		side.lines[i] = view_line_of(arena, card, card->properties + i);
		side.plain[i] =
		    plain_value(arena, card->properties + i, side.lines[i].value);
		side.owner[i] = owner_of(card, i);
	}
	return side;
}

bool
side_is_meta(const struct side *side, size_t at)
{
	return is_meta(side->card->properties + at);
}

/* --- parameters --- */

bool
side_same_params(const struct view_line *a, const struct view_line *b)
{
	struct view_line x = *a;
	struct view_line y = *b;

	x.group = y.group = x.value = y.value = (str){ 0 };
	y.name = x.name;
	return view_same(&x, &y, CARD_V4);
}

static bool
is_added_by_programs(str type)
{
	return str_same_nocase(type, STR("VOICE")) ||
	       str_same_nocase(type, STR("INTERNET")) ||
	       str_same_nocase(type, STR("PREF"));
}

static bool
has_types_of(const struct view_line *a, const struct view_line *b)
{
	str type;

	for (size_t n = 0; card_param(a->arena, b->property, STR("TYPE"), n, &type);
	     n++)
		if (!is_added_by_programs(type) && !card_has_type(a->property, type))
			return false;
	return true;
}

bool
side_same_types(const struct view_line *a, const struct view_line *b)
{
	return has_types_of(a, b) && has_types_of(b, a);
}

/* --- pairs --- */

struct pairing {
	const struct side *from, *to;
	size_t *found; /* by `from` */
	bool *taken;   /* by `to` */
};

typedef bool alike(const struct pairing *p, size_t a, size_t b);

static bool
same_value(const struct pairing *p, size_t a, size_t b)
{
	return str_same(p->from->plain[a], p->to->plain[b]);
}

static bool
same_line(const struct pairing *p, size_t a, size_t b)
{
	return same_value(p, a, b) &&
	       side_same_params(p->from->lines + a, p->to->lines + b);
}

static bool
same_types(const struct pairing *p, size_t a, size_t b)
{
	return side_same_types(p->from->lines + a, p->to->lines + b);
}

static bool
same_name(const struct pairing *p, size_t a, size_t b)
{
	return str_same_nocase(p->from->lines[a].name, p->to->lines[b].name);
}

static void
pair_up(struct pairing *p, alike *how)
{
	for (size_t a = 0; a < p->from->count; a++) {
		if (p->found[a] != NO_LINE || p->from->owner[a] != NO_LINE)
			continue;
		for (size_t b = 0; b < p->to->count; b++) {
			if (p->taken[b] || p->to->owner[b] != NO_LINE ||
			    !same_name(p, a, b) || !how(p, a, b))
				continue;
			p->found[a] = b;
			p->taken[b] = true;
			break;
		}
	}
}

size_t
side_companion(const struct side *side, str name, size_t owner)
{
	for (size_t i = 0; owner != NO_LINE && i < side->count; i++)
		if (side->owner[i] == owner &&
		    str_same_nocase(side->lines[i].name, name))
			return i;
	return NO_LINE;
}

size_t *
side_pairs(struct arena *arena, const struct side *from, const struct side *to)
{
	alike *const passes[] = { same_line, same_value, same_types, same_name };
	struct pairing p = { from, to, ARENA_ARRAY(arena, size_t, from->count),
		ARENA_ARRAY(arena, bool, to->count) };

	for (size_t i = 0; i < from->count; i++)
		p.found[i] = NO_LINE;
	for (size_t i = 0; i < sizeof passes / sizeof *passes; i++)
		pair_up(&p, passes[i]);
	for (size_t i = 0; i < from->count; i++)
		if (from->owner[i] != NO_LINE && p.found[from->owner[i]] != NO_LINE)
			p.found[i] = side_companion(
			    to, from->lines[i].name, p.found[from->owner[i]]);
	return p.found;
}
