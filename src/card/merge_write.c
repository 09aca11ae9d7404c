/*
 * merge_write.c - carrying verdicts out: edits of lines, never of a card as a whole.
 */
#include "card/edits_int.h"
#include "card/merge.h"
#include "card/profile_int.h"

/* --- Weibo stands twice: a profile, and a URL for those who know no profiles --- */

static size_t
weibo_twin(const struct edits *w, size_t at)
{
	const struct card_property *one = &w->card->properties[at];
	str handle = card_profile(w->arena, w->card, one).handle;

	for (size_t i = 0; i < w->card->count; i++) {
		const struct card_property *p = &w->card->properties[i];

		if (i == at || p->is != CARD_URL)
			continue;
		if (str_same_nocase(card_weibo_handle(p->value), handle))
			return i;
	}
	return SIZE_MAX;
}

/* --- replacing --- */

static void
add_params(struct buf *line, str params)
{
	while (params.len) {
		str one = edits_param_cut(&params);

		if (edits_is_stale(one))
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
    const struct edits *w, const struct card_property *p, str fresh, str plain_value)
{
	struct buf line = buf_in(w->arena, EDITS_LINE_MAX_BYTES);

	edits_add_group(&line, p);
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
		buf_add(&line, edits_value_of(fresh));
	return buf_str(&line);
}

/* FN and N together: one was made of the other. */
static void
write_name(struct edits *w, const struct card_lines *lines)
{
	static const enum card_name names[] = { CARD_FN, CARD_N };

	for (size_t i = 0; i < 2; i++) {
		const struct card_property *p = card_first(w->card, names[i], 0);

		if (p)
			edits_replace(w, (size_t)(p - w->card->properties),
			    replaced_line(w, p, lines->list[i], (str){ 0 }));
		else
			edits_add(w, lines->list[i]);
	}
}

static void
replace_line(struct edits *w, const struct card_verdict *v,
    const struct card_lines *lines, str value)
{
	const struct card_property *p = &w->card->properties[v->at];
	size_t twin;

	if (v->op.field == CARD_F_WEIBO) {
		twin = weibo_twin(w, v->at);
		if (twin != SIZE_MAX)
			edits_replace(w, twin,
			    replaced_line(
				w, &w->card->properties[twin], lines->list[1], value));
		if (p->is == CARD_URL) {
			edits_replace(
			    w, v->at, replaced_line(w, p, lines->list[1], value));
			return;
		}
	}
	edits_replace(w, v->at, replaced_line(w, p, lines->list[0], value));
}

/* --- one verdict --- */

static void
remove_item(struct edits *w, const struct card_verdict *v)
{
	size_t twin = v->op.field == CARD_F_WEIBO ? weibo_twin(w, v->at) : SIZE_MAX;

	edits_remove(w, v->at);
	if (twin != SIZE_MAX)
		edits_remove(w, twin);
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
put_value(struct edits *w, const struct card_verdict *v)
{
	bool of_base = v->cell == CARD_CELL_OLD_HOLDS || v->cell == CARD_CELL_RESTORE;
	str value = of_base ? v->after : v->op.value;
	struct card_lines lines;
	struct why why;

	/* A picture the owner has removed is not in the answer: it stays removed. */
	if (of_base && v->op.field == CARD_F_PHOTO)
		return OK;
	TRY(card_field_lines(w->arena, w->card, v->op.field, value, &lines, &why));
	if (v->op.field == CARD_F_NAME)
		write_name(w, &lines);
	else if (goes_in_place(v))
		replace_line(w, v, &lines, value);
	else
		for (size_t i = 0; i < lines.count; i++)
			edits_add(w, lines.list[i]);
	return OK;
}

static enum err
carry_out(struct edits *w, const struct card_verdict *v)
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

enum err
card_merge_write(struct arena *arena, const struct card *now,
    const struct card_verdicts *verdicts, const bool *chosen, int64_t now_ms, str *out)
{
	struct edits w = edits_of(arena, now, verdicts->count * (CARD_LINES_MAX + 3));

	for (size_t i = 0; i < verdicts->count; i++)
		if (chosen[i])
			TRY(carry_out(&w, &verdicts->list[i]));
	*out = now->text;
	if (!w.count)
		return OK;
	edits_set_rev(&w, now_ms);
	return card_write(arena, now, w.list, w.count, out);
}
