/* rebase.c - three-way, by property: what stands now is brought into what was sent. */
#include "card/rebase_int.h"

struct rebasing {
	struct arena *arena;
	const struct card_rebase *rebase;
	struct side base, sent, now;
	size_t *to_sent, *to_now; /* by line of base */
	size_t *from_base;        /* by line of now */
	bool *touched, *gone;     /* by line of sent */
	struct card_edit *added;
	size_t added_count;
	size_t groups; /* fresh ones given away */
	bool clash;
};

/* --- what comes in --- */

static void
add_line(struct rebasing *r, const struct view_line *line, str group)
{
	struct view_line fresh = *line;

	fresh.group = group;
	r->added[r->added_count++] =
	    (struct card_edit){ .kind = CARD_EDIT_ADD, .line = view_line_text(&fresh) };
}

static str
fresh_group(struct rebasing *r)
{
	return card_free_group(r->arena, r->sent.card, r->groups++);
}

/* A line that belongs to one of sent's gets that one's group, which is made if need be. */
static void
add_companion(struct rebasing *r, const struct view_line *line, size_t owner)
{
	if (!r->sent.lines[owner].group.len) {
		r->sent.lines[owner].group = fresh_group(r);
		r->touched[owner] = true;
	}
	add_line(r, line, r->sent.lines[owner].group);
}

/* With the lines that belong to it. */
static void
add_whole(struct rebasing *r, size_t n)
{
	str group = r->now.lines[n].group.len ? fresh_group(r) : (str){ 0 };

	add_line(r, r->now.lines + n, group);
	for (size_t i = 0; i < r->now.count; i++)
		if (r->now.owner[i] == n)
			add_line(r, r->now.lines + i, group);
}

/* --- one line that both have --- */

static bool
says_how_it_is_written(str param)
{
	static const str names[] = { STR_CONST("VALUE"), STR_CONST("ENCODING"),
		STR_CONST("CHARSET"), STR_CONST("MEDIATYPE") };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_same_nocase(param, names[i]))
			return true;
	return false;
}

static bool
is_for_the_writer(str param)
{
	return str_same_nocase(param, STR("TYPE")) ||
	       str_same_nocase(param, STR("PREF")) || says_how_it_is_written(param);
}

/* The parameters of `from` that are (not) about how the value is written. */
static void
take_params(struct view_line *to, const struct view_line *from, bool written)
{
	for (size_t i = 0; i < from->count; i++)
		if (says_how_it_is_written(from->params[i].name) == written)
			view_param_add(
			    to, from->params[i].name, from->params[i].values);
}

/* Value from one line, parameters from another. */
static void
compose(struct rebasing *r, size_t s, const struct view_line *value,
    const struct view_line *params)
{
	struct view_line line = r->sent.lines[s];

	line.count = 0;
	line.params = NULL;
	for (size_t i = 0; value == params && i < value->count; i++)
		view_param_add(&line, value->params[i].name, value->params[i].values);
	if (value != params) {
		take_params(&line, params, false);
		take_params(&line, value, true);
	}
	line.value = value->value;
	line.property = value->property;
	r->sent.lines[s] = line;
	r->touched[s] = true;
}

/* What the program does not know of the value it left alone. */
static void
restore_params(struct rebasing *r, size_t s, const struct view_line *now)
{
	struct view_line *line = r->sent.lines + s;

	for (size_t i = 0; !line->opaque && !now->opaque && i < now->count; i++) {
		if (is_for_the_writer(now->params[i].name) ||
		    view_param_find(line, now->params[i].name) != SIZE_MAX)
			continue;
		view_param_add(line, now->params[i].name, now->params[i].values);
		r->touched[s] = true;
	}
}

/* Fields that may have several values; of any other there is one. */
static const bool has_many[] = {
	[CARD_ADR] = true,
	[CARD_EMAIL] = true,
	[CARD_IMPP] = true,
	[CARD_MEMBER] = true,
	[CARD_SOCIALPROFILE] = true,
	[CARD_TEL] = true,
	[CARD_URL] = true,
	[CARD_X_IM] = true,
};

static void
clash(struct rebasing *r, size_t n)
{
	r->clash = true;
	if (has_many[r->now.lines[n].property->is])
		add_whole(r, n);
}

static void
join(struct rebasing *r, size_t b, size_t s, size_t n)
{
	const struct view_line *base = r->base.lines + b;
	const struct view_line *now = r->now.lines + n;
	struct view_line sent = r->sent.lines[s];
	bool value_kept = str_same(r->base.plain[b], r->sent.plain[s]);
	bool value_stands = str_same(r->base.plain[b], r->now.plain[n]);
	bool agree = str_same(r->sent.plain[s], r->now.plain[n]);
	bool params_stand = side_same_params(base, now);
	bool types_kept = side_same_types(base, &sent);

	if (!value_kept && !value_stands && !agree) {
		clash(r, n);
		return;
	}
	if (value_kept && !value_stands)
		compose(r, s, now, types_kept ? now : &sent);
	else if (!params_stand && types_kept && !side_same_params(now, &sent))
		compose(r, s, &sent, now);
	if (value_kept || agree)
		restore_params(r, s, now);
}

static bool
sent_has(const struct rebasing *r, size_t n, bool any_value)
{
	for (size_t i = 0; i < r->sent.count; i++)
		if (!r->gone[i] &&
		    str_same_nocase(r->sent.lines[i].name, r->now.lines[n].name) &&
		    (any_value || str_same(r->sent.plain[i], r->now.plain[n])))
			return true;
	return false;
}

/* A field that has one value only. */
static bool
is_single(const struct view_line *line)
{
	static const str names[] = { STR_CONST("FN"), STR_CONST("N"), STR_CONST("BDAY"),
		STR_CONST("ANNIVERSARY"), STR_CONST("PHOTO"), STR_CONST("ORG"),
		STR_CONST("TITLE"), STR_CONST("ROLE"), STR_CONST("KIND"),
		STR_CONST("GENDER") };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_same_nocase(line->name, names[i]))
			return true;
	return false;
}

/* --- line by line --- */

/* Of a field with one value it is the second and later ones that programs drop. */
static bool
is_dropped(const struct rebasing *r, size_t n)
{
	const struct view_line *line = r->now.lines + n;

	for (size_t i = 0; i < r->rebase->dropped_count; i++)
		if (str_same_nocase(line->name, r->rebase->dropped[i]))
			return !is_single(line) || sent_has(r, n, true);
	return false;
}

static bool
is_untouched(const struct rebasing *r, size_t b, const struct side *side, size_t at)
{
	return str_same(r->base.plain[b], side->plain[at]) &&
	       side_same_types(r->base.lines + b, side->lines + at);
}

/* The writer has it no more. */
static void
not_sent(struct rebasing *r, size_t b, size_t n)
{
	size_t owner = r->base.owner[b];
	bool stands = is_untouched(r, b, &r->now, n);

	if (stands && !is_dropped(r, n))
		return;
	r->clash |= !stands;
	if (owner == NO_LINE)
		add_whole(r, n);
	else if (r->to_sent[owner] != NO_LINE)
		add_companion(r, r->now.lines + n, r->to_sent[owner]);
}

static void
bring(struct rebasing *r, size_t b)
{
	size_t s = r->to_sent[b];
	size_t n = r->to_now[b];

	if (s != NO_LINE && n != NO_LINE)
		join(r, b, s, n);
	else if (s != NO_LINE)
		r->gone[s] = is_untouched(r, b, &r->sent, s);
	else if (n != NO_LINE)
		not_sent(r, b, n);
}

static void
bring_addition(struct rebasing *r, size_t n)
{
	size_t owner = r->now.owner[n];

	if (owner != NO_LINE) {
		size_t b = r->from_base[owner];
		size_t s = b == NO_LINE ? NO_LINE : r->to_sent[b];

		/* Of an added one it came along (add_whole). */
		if (s != NO_LINE &&
		    side_companion(&r->sent, r->now.lines[n].name, s) == NO_LINE)
			add_companion(r, r->now.lines + n, s);
		return;
	}
	if (sent_has(r, n, false))
		return;
	if (is_single(r->now.lines + n) && sent_has(r, n, true))
		r->clash = true;
	else
		add_whole(r, n);
}

/* --- the whole --- */

static void
line_up(struct rebasing *r)
{
	const struct card_rebase *cards = r->rebase;

	r->base = side_of(r->arena, cards->base);
	r->sent = side_of(r->arena, cards->sent);
	r->now = side_of(r->arena, cards->now);
	r->to_sent = side_pairs(r->arena, &r->base, &r->sent);
	r->to_now = side_pairs(r->arena, &r->base, &r->now);
	r->touched = ARENA_ARRAY(r->arena, bool, r->sent.count);
	r->gone = ARENA_ARRAY(r->arena, bool, r->sent.count);
	r->from_base = ARENA_ARRAY(r->arena, size_t, r->now.count);
	/* A line of now comes in twice at most: as itself and with its owner. */
	r->added = ARENA_ARRAY(r->arena, struct card_edit, 2 * r->now.count);
	for (size_t n = 0; n < r->now.count; n++)
		r->from_base[n] = NO_LINE;
	for (size_t b = 0; b < r->base.count; b++)
		if (r->to_now[b] != NO_LINE)
			r->from_base[r->to_now[b]] = b;
}

static enum err
write_sent(struct rebasing *r, str *out)
{
	size_t count = 0;
	struct card_edit *edits =
	    ARENA_ARRAY(r->arena, struct card_edit, r->sent.count + r->added_count);

	for (size_t s = 0; s < r->sent.count; s++) {
		if (r->gone[s])
			edits[count++] =
			    (struct card_edit){ .kind = CARD_EDIT_REMOVE, .at = s };
		else if (r->touched[s])
			edits[count++] = (struct card_edit){ CARD_EDIT_REPLACE, s,
				view_line_text(r->sent.lines + s) };
	}
	for (size_t i = 0; i < r->added_count; i++)
		edits[count++] = r->added[i];
	return card_write(r->arena, r->sent.card, edits, count, out);
}

static bool
is_too_many(const struct card_rebase *cards)
{
	return cards->base->count > CARD_REBASE_MAX_PROPERTIES ||
	       cards->sent->count > CARD_REBASE_MAX_PROPERTIES ||
	       cards->now->count > CARD_REBASE_MAX_PROPERTIES;
}

enum err
card_rebase(
    struct arena *arena, const struct card_rebase *rebase, struct card_rebased *out)
{
	struct rebasing r = { .arena = arena, .rebase = rebase };

	*out = (struct card_rebased){ .text = rebase->sent->text };
	if (is_too_many(rebase))
		return OK;
	line_up(&r);
	for (size_t b = 0; b < r.base.count; b++)
		if (!side_is_meta(&r.base, b))
			bring(&r, b);
	for (size_t n = 0; n < r.now.count; n++)
		if (r.from_base[n] == NO_LINE && !side_is_meta(&r.now, n))
			bring_addition(&r, n);
	out->clash = r.clash;
	return write_sent(&r, &out->text);
}
