/*
 * Every stored card is read at every edit, query and view: one pass, memchr() from line to
 * line, names looked at once, and no byte copied but those of folded lines.
 */
#include <string.h>

#include "card/name_int.h"

#define FIRST_ROOM 32 /* properties; most cards have fewer */
#define BOM        "\xEF\xBB\xBF"

struct reader {
	struct arena *arena;
	const char *at, *end;
	char *spare; /* room for all that is yet to be unfolded, once a fold was seen */
	unsigned line; /* physical lines read */
	bool utf8;     /* the whole source is; else each unfolded line is asked */
	size_t room;   /* properties */
	bool versioned, named, has_uid, ended;
	struct card *card;
	struct why *why;
};

struct line {
	str text; /* unfolded, without its line end */
	str raw;
	bool odd; /* no property: what programs that fold or quote badly leave */
};

static enum err
bad(const struct reader *r, unsigned line, const char *what)
{
	*r->why = (struct why){ .what = what, .line = line };
	return ERR_BAD_INPUT;
}

static str
physical_line(struct reader *r)
{
	const char *from = r->at;
	const char *to = memchr(from, '\n', (size_t)(r->end - from));

	r->line++;
	r->at = to ? to + 1 : r->end;
	if (!to)
		to = r->end;
	while (to > from && to[-1] == '\r')
		to--;
	return (str){ from, (size_t)(to - from) };
}

static bool
continues(const struct reader *r)
{
	return r->at < r->end && (*r->at == ' ' || *r->at == '\t');
}

/* RFC 6350 3.2: a line that starts with white space goes on where the last one ended. */
static str
unfolded(struct reader *r, str line)
{
	char *to;

	/* Unfolding only ever shortens: one reservation lasts for the whole card. */
	if (!r->spare)
		r->spare = arena_get_raw(r->arena, (size_t)(r->end - line.at));
	to = r->spare;
	memcpy(to, line.at, line.len);
	to += line.len;
	while (continues(r)) {
		str more = physical_line(r);

		memcpy(to, more.at + 1, more.len - 1);
		to += more.len - 1;
	}
	line = (str){ r->spare, (size_t)(to - r->spare) };
	r->spare = to;
	return line;
}

static bool
blank(str line)
{
	return str_trim(line).len == 0;
}

/* The next line that is not blank; false at the end. */
static bool
next_line(struct reader *r, struct line *out)
{
	while (r->at < r->end) {
		const char *from = r->at;
		str line = physical_line(r);

		if (line.len && continues(r))
			line = unfolded(r, line);
		if (line.len == 0 || (line.at[0] <= ' ' && blank(line)))
			continue;
		*out = (struct line){ line, { from, (size_t)(r->at - from) } };
		return true;
	}
	return false;
}

/* The colon that ends the parameters; one inside quotes does not, unless a quote was left
 * open. */
static const char *
value_mark(const char *at, const char *end)
{
	bool quoted = false;

	for (const char *c = at; c < end; c++) {
		if (*c == '"')
			quoted = !quoted;
		else if (*c == ':' && !quoted)
			return c;
	}
	return memchr(at, ':', (size_t)(end - at));
}

static const char *
past_name(const char *at, const char *end)
{
	while (at < end && card_name_char(*at))
		at++;
	return at;
}

/* "TEL :1" is meant to be a TEL. */
static const char *
past_blanks(const char *mark, const char *end, struct card_property *p)
{
	const char *at = mark;

	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	if (at == mark || at == end || (*at != ':' && *at != ';'))
		return mark;
	p->odd = true;
	return at;
}

/* RFC 6350 3.3: contentline = [group "."] name *(";" param) ":" value.  False: it is none. */
static bool
split(str line, struct card_property *p)
{
	const char *end = line.at + line.len;
	const char *mark = past_name(line.at, end);
	const char *colon;

	p->group = p->params = (str){ 0 };
	p->odd = false;
	p->name = (str){ line.at, (size_t)(mark - line.at) };
	if (mark < end && *mark == '.') {
		p->group = p->name;
		p->name.at = mark + 1;
		mark = past_name(p->name.at, end);
		p->name.len = (size_t)(mark - p->name.at);
	}
	mark = past_blanks(mark, end, p);
	if (mark == end || !p->name.len || (*mark != ':' && *mark != ';'))
		return false;
	colon = *mark == ':' ? mark : value_mark(mark, end);
	if (!colon)
		return false;
	if (colon > mark)
		p->params = (str){ mark + 1, (size_t)(colon - mark - 1) };
	p->value = (str){ colon + 1, (size_t)(end - colon - 1) };
	p->is = card_name_of(p->name);
	return true;
}

static enum err
next_property(struct reader *r, struct line *line, struct card_property *p)
{
	unsigned first = r->line + 1;

	if (!next_line(r, line))
		return ERR_NOT_FOUND;
	if (!r->utf8 && !str_is_utf8(line->text))
		return bad(r, first, "not UTF-8");
	p->raw = line->raw;
	line->odd = !split(line->text, p);
	return OK;
}

static bool
marks(const struct card_property *p, str name)
{
	return p->is == CARD_OTHER && p->group.len == 0 && card_named(p, name);
}

static bool
is_vcard(const struct card_property *p)
{
	return str_same_nocase(str_trim(p->value), STR("VCARD"));
}

static void
odd_at(struct reader *r)
{
	if (!r->card->odd)
		r->card->odd = r->line;
}

/* Words around the card are kept and not looked at, but for what begins something else. */
static enum err
begin(struct reader *r)
{
	struct card *card = r->card;
	struct card_property p;
	struct line line;

	if (str_starts(card->text, STR(BOM)))
		r->at += sizeof BOM - 1;
	for (;;) {
		enum err outcome = next_property(r, &line, &p);

		if (outcome == ERR_NOT_FOUND)
			return bad(r, r->line, "no BEGIN:VCARD");
		TRY(outcome);
		if (!line.odd && marks(&p, STR("BEGIN")))
			break;
		odd_at(r);
	}
	if (!is_vcard(&p))
		return bad(r, r->line, "no BEGIN:VCARD");
	card->head = (str){ card->text.at, (size_t)(r->at - card->text.at) };
	card->line_end = str_ends(p.raw, STR("\r\n")) ? STR("\r\n") : STR("\n");
	return OK;
}

/* One past the properties so far; NULL when there are too many. */
static struct card_property *
spot(struct reader *r)
{
	struct card *card = r->card;
	struct card_property *moved;

	if (card->count < r->room)
		return card->properties + card->count;
	if (r->room >= CARD_MAX_PROPERTIES)
		return NULL;
	r->room = r->room ? r->room * 2 : FIRST_ROOM;
	if (r->room > CARD_MAX_PROPERTIES)
		r->room = CARD_MAX_PROPERTIES;
	moved = arena_get_raw(r->arena, arena_array_bytes(r->room, sizeof *moved));
	if (card->count)
		memcpy(moved, card->properties, card->count * sizeof *moved);
	card->properties = moved;
	return moved + card->count;
}

static enum err
version(struct reader *r, const struct card_property *p)
{
	str value = str_trim(p->value);

	r->versioned = true;
	if (str_same(value, STR("4.0"))) {
		r->card->version = CARD_V4;
	} else if (!str_same(value, STR("3.0"))) {
		*r->why = (struct why){ .what = "a VERSION that is neither 3.0 nor 4.0",
			.line = r->line };
		return ERR_UNSUPPORTED;
	}
	return OK;
}

static enum err
end(struct reader *r, const struct card_property *p)
{
	const char *from = p->raw.at;
	struct card_property after;
	struct line line;
	enum err outcome;

	if (!is_vcard(p))
		return bad(r, r->line, "an END of something else than VCARD");
	while ((outcome = next_property(r, &line, &after)) == OK) {
		if (!line.odd && marks(&after, STR("BEGIN")))
			return bad(r, r->line, "something after END:VCARD");
		odd_at(r);
	}
	if (outcome != ERR_NOT_FOUND)
		return outcome;
	r->card->tail = (str){ from, (size_t)(r->end - from) };
	r->ended = true;
	return OK;
}

/* Its bytes go with the property before it, and are shown to nobody. */
static void
take_odd(struct reader *r, str raw)
{
	struct card *card = r->card;
	struct card_property *before =
	    card->count ? card->properties + card->count - 1 : NULL;
	str *with = before ? &before->raw : &card->head;

	with->len = (size_t)(raw.at + raw.len - with->at);
	if (before)
		before->odd = true;
	odd_at(r);
}

/* The lines that shape the card; the others are looked at by those who need them. */
static enum err
take(struct reader *r, const struct card_property *p)
{
	if (p->is == CARD_UID && !r->has_uid) {
		r->card->uid = p->value;
		r->has_uid = true;
	} else if (p->is == CARD_FN && !r->named) {
		r->card->fn = p->value;
		r->named = true;
	} else if (marks(p, STR("END"))) {
		return end(r, p);
	} else if (marks(p, STR("BEGIN"))) {
		return bad(r, r->line, "a BEGIN inside a card");
	} else if (!r->versioned && marks(p, STR("VERSION"))) {
		TRY(version(r, p));
	}
	if (p->odd)
		odd_at(r);
	r->card->count++;
	return OK;
}

static enum err
properties(struct reader *r)
{
	struct line line;

	while (!r->ended) {
		struct card_property extra, *p = spot(r);
		enum err outcome = next_property(r, &line, p ? p : &extra);

		if (outcome == ERR_NOT_FOUND)
			return bad(r, r->line, "no END:VCARD");
		TRY(outcome);
		if (line.odd) {
			take_odd(r, line.raw);
			continue;
		}
		if (!p && !marks(&extra, STR("END")))
			return ERR_TOO_LARGE;
		TRY(take(r, p ? p : &extra));
	}
	return OK;
}

enum err
card_read(struct arena *arena, str text, struct card **out, struct why *why)
{
	struct reader r = { .arena = arena, .why = why };

	if (text.len > CARD_MAX_BYTES)
		return ERR_TOO_LARGE;
	if (!text.len)
		return bad(&r, 1, "no BEGIN:VCARD");
	r.at = text.at;
	r.end = text.at + text.len;
	r.utf8 = str_is_utf8(text);
	r.card = ARENA_NEW(arena, struct card);
	r.card->text = text;
	TRY(begin(&r));
	TRY(properties(&r));
	*out = r.card;
	return OK;
}
