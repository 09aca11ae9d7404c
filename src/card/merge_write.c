/*
 * merge_write.c - carrying verdicts out: edits of lines, never of a card as a whole.
 */
#include "base/when.h"
#include "card/merge.h"
#include "card/profile_int.h"

#define LINE_MAX_BYTES ((size_t)256 * 1024)

struct writing {
	struct arena *arena;
	const struct card *now;
	struct card_edit *edits;
	size_t count;
	bool *edited; /* per property: one edit at most */
};

static void
edit(struct writing *w, enum card_edit_kind kind, size_t at, str line)
{
	if (kind != CARD_EDIT_ADD) {
		if (w->edited[at])
			return;
		w->edited[at] = true;
	}
	w->edits[w->count++] = (struct card_edit){ kind, at, line };
}

/* --- removing --- */

static bool
is_label(const struct card_property *p)
{
	return p->is == CARD_X_ABLABEL || card_named(p, STR("X-ABADR"));
}

/* Labels of a group go with the last property that had a use for them. */
static void
remove_labels(struct writing *w, str group, size_t but)
{
	for (size_t i = 0; i < w->now->count; i++) {
		const struct card_property *p = &w->now->properties[i];

		if (i != but && str_same_nocase(p->group, group) && !is_label(p))
			return;
	}
	for (size_t i = 0; i < w->now->count; i++)
		if (str_same_nocase(w->now->properties[i].group, group) &&
		    is_label(&w->now->properties[i]))
			edit(w, CARD_EDIT_REMOVE, i, (str){ 0 });
}

static void
remove_line(struct writing *w, size_t at)
{
	edit(w, CARD_EDIT_REMOVE, at, (str){ 0 });
	if (w->now->properties[at].group.len)
		remove_labels(w, w->now->properties[at].group, at);
}

/* --- Weibo stands twice: a profile, and a URL for those who know no profiles --- */

static size_t
weibo_twin(const struct writing *w, size_t at)
{
	const struct card_property *one = &w->now->properties[at];
	str handle = card_profile(w->arena, w->now, one).handle;

	for (size_t i = 0; i < w->now->count; i++) {
		const struct card_property *p = &w->now->properties[i];

		if (i == at || p->is != CARD_URL)
			continue;
		if (str_same_nocase(card_weibo_handle(p->value), handle))
			return i;
	}
	return SIZE_MAX;
}

/* --- replacing --- */

/* The part of a content line behind its first unquoted colon. */
static str
value_of(str line)
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

/* Parameters that spoke of the former value: its label, its place, its being a URI. */
static bool
is_stale(str param)
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

static void
add_params(struct buf *line, str params)
{
	while (params.len) {
		bool quoted = false;
		size_t end = 0;
		str one;

		while (end < params.len && (quoted || params.at[end] != ';')) {
			if (params.at[end] == '"')
				quoted = !quoted;
			end++;
		}
		one = str_part(params, 0, end);
		params = str_part(params, end + 1, params.len);
		if (is_stale(one))
			continue;
		buf_add_char(line, ';');
		buf_add(line, one);
	}
}

/* Whether the property's own parameters fit a new value; those of pictures and profiles
 * say what the value is, and come new with it. */
static bool
keeps_params(enum card_name is)
{
	return is == CARD_TEL || is == CARD_EMAIL || is == CARD_ADR || is == CARD_ORG ||
	       is == CARD_TITLE || is == CARD_URL || is == CARD_FN || is == CARD_N ||
	       is == CARD_X_QQ || is == CARD_X_WECHAT || is == CARD_X_WEIBO;
}

static str
replaced_line(
    const struct writing *w, const struct card_property *p, str fresh, str plain_value)
{
	struct buf line = buf_in(w->arena, LINE_MAX_BYTES);

	if (p->group.len) {
		buf_add(&line, p->group);
		buf_add_char(&line, '.');
	}
	if (!keeps_params(p->is)) {
		buf_add(&line, fresh);
		return buf_str(&line);
	}
	buf_add(&line, p->name);
	add_params(&line, p->params);
	buf_add_char(&line, ':');
	if (p->is == CARD_X_QQ || p->is == CARD_X_WECHAT || p->is == CARD_X_WEIBO)
		card_escape_add(&line, plain_value);
	else
		buf_add(&line, value_of(fresh));
	return buf_str(&line);
}

/* FN and N together: one was made of the other. */
static void
write_name(struct writing *w, const struct card_lines *lines)
{
	static const enum card_name names[] = { CARD_FN, CARD_N };

	for (size_t i = 0; i < 2; i++) {
		const struct card_property *p = card_first(w->now, names[i], 0);

		if (p)
			edit(w, CARD_EDIT_REPLACE, (size_t)(p - w->now->properties),
			    replaced_line(w, p, lines->list[i], (str){ 0 }));
		else
			edit(w, CARD_EDIT_ADD, 0, lines->list[i]);
	}
}

static void
replace_line(struct writing *w, const struct card_verdict *v,
    const struct card_lines *lines, str value)
{
	const struct card_property *p = &w->now->properties[v->at];
	size_t twin;

	if (v->op.field == CARD_F_WEIBO) {
		twin = weibo_twin(w, v->at);
		if (twin != SIZE_MAX)
			edit(w, CARD_EDIT_REPLACE, twin,
			    replaced_line(
				w, &w->now->properties[twin], lines->list[1], value));
		if (p->is == CARD_URL) {
			edit(w, CARD_EDIT_REPLACE, v->at,
			    replaced_line(w, p, lines->list[1], value));
			return;
		}
	}
	edit(w, CARD_EDIT_REPLACE, v->at, replaced_line(w, p, lines->list[0], value));
}

/* --- one verdict --- */

static void
remove_item(struct writing *w, const struct card_verdict *v)
{
	size_t twin = v->op.field == CARD_F_WEIBO ? weibo_twin(w, v->at) : SIZE_MAX;

	remove_line(w, v->at);
	if (twin != SIZE_MAX)
		remove_line(w, twin);
}

/* A second value where there is room for one takes the place of the first. */
static bool
goes_in_place(const struct card_verdict *v)
{
	if (v->cell == CARD_CELL_REPLACE)
		return true;
	return card_field_single(v->op.field) && v->at != SIZE_MAX &&
	       (v->cell == CARD_CELL_CONFLICT || v->cell == CARD_CELL_OLD_HOLDS);
}

static enum err
put_value(struct writing *w, const struct card_verdict *v)
{
	bool of_base = v->cell == CARD_CELL_OLD_HOLDS || v->cell == CARD_CELL_RESTORE;
	str value = of_base ? v->after : v->op.value;
	struct card_lines lines;
	struct why why;

	/* A picture the owner has removed is not in the answer: it stays removed. */
	if (of_base && v->op.field == CARD_F_PHOTO)
		return OK;
	TRY(card_field_lines(w->arena, w->now, v->op.field, value, &lines, &why));
	if (v->op.field == CARD_F_NAME)
		write_name(w, &lines);
	else if (goes_in_place(v))
		replace_line(w, v, &lines, value);
	else
		for (size_t i = 0; i < lines.count; i++)
			edit(w, CARD_EDIT_ADD, 0, lines.list[i]);
	return OK;
}

static enum err
carry_out(struct writing *w, const struct card_verdict *v)
{
	switch (v->cell) {
	case CARD_CELL_VERIFIED:
	case CARD_CELL_NOTHING: return OK;
	case CARD_CELL_REMOVE:
	case CARD_CELL_REMOVE_OTHER: remove_item(w, v); return OK;
	case CARD_CELL_FILL:
	case CARD_CELL_APPEND:
	case CARD_CELL_REPLACE:
	case CARD_CELL_OLD_HOLDS:
	case CARD_CELL_RESTORE:
	case CARD_CELL_CONFLICT:
	case CARD_CELL_ADD_BACK: return put_value(w, v);
	}
	return OK;
}

/* In the form the card has: extended ("2026-11-23T...") or basic (RFC 6350 4.3). */
static void
set_rev(struct writing *w, int64_t now_ms)
{
	const struct card_property *rev = card_first(w->now, CARD_REV, 0);
	str at = when_rfc3339(w->arena, now_ms);
	struct buf basic = buf_in(w->arena, 64);

	if (!rev)
		return;
	for (size_t i = 0; i < at.len; i++)
		if (at.at[i] != '-' && at.at[i] != ':')
			buf_add_char(&basic, at.at[i]);
	edit(w, CARD_EDIT_REPLACE, (size_t)(rev - w->now->properties),
	    arena_printf(w->arena, "REV:" STR_FMT,
		STR_ARG(str_has(rev->value, '-') ? at : buf_str(&basic))));
}

enum err
card_merge_write(struct arena *arena, const struct card *now,
    const struct card_verdicts *verdicts, const bool *chosen, int64_t now_ms, str *out)
{
	/* Per verdict at most: its lines, a twin, and the labels of both; labels are
	 * properties of the card and edited once. */
	size_t room = verdicts->count * (CARD_LINES_MAX + 3) + now->count + 1;
	struct writing w = { .arena = arena,
		.now = now,
		.edits = ARENA_ARRAY(arena, struct card_edit, room),
		.edited = ARENA_ARRAY(arena, bool, now->count + 1) };

	for (size_t i = 0; i < verdicts->count; i++)
		if (chosen[i])
			TRY(carry_out(&w, &verdicts->list[i]));
	*out = now->text;
	if (!w.count)
		return OK;
	set_rev(&w, now_ms);
	return card_write(arena, now, w.edits, w.count, out);
}
