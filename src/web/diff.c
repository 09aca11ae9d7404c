/* diff.c - two versions of a card, as a person compares them. */
#include "web/app_int.h"

struct side {
	struct app_lines lines;
	bool *done; /* has its like on the other side */
};

static struct side
side_of(const struct page *p, str bytes, str region)
{
	struct side side = { 0 };
	struct card *card;
	struct why why;

	if (bytes.len && card_read(p->call.arena, bytes, &card, &why) == OK)
		side.lines = app_lines_of(p, card, region);
	side.done = ARENA_ARRAY(p->call.arena, bool, side.lines.count + 1);
	return side;
}

static bool
is_same(const struct app_line *a, const struct app_line *b)
{
	return str_same(a->label, b->label) && str_same(a->same, b->same);
}

static void
pair_same(struct side *a, struct side *b)
{
	for (size_t i = 0; i < a->lines.count; i++)
		for (size_t n = 0; n < b->lines.count && !a->done[i]; n++)
			if (!b->done[n] &&
			    is_same(&a->lines.list[i], &b->lines.list[n]))
				a->done[i] = b->done[n] = true;
}

/* Another value under the same label is taken for a change of it. */
static const struct app_line *
take_changed(const struct app_line *line, struct side *other)
{
	for (size_t i = 0; i < other->lines.count; i++)
		if (!other->done[i] &&
		    str_same(other->lines.list[i].label, line->label)) {
			other->done[i] = true;
			return &other->lines.list[i];
		}
	return NULL;
}

static void
add(struct diff_view *out, const struct app_line *before, const struct app_line *after)
{
	const struct app_line *any = before ? before : after;

	if (any->is == CARD_OTHER) {
		out->own = true;
		return;
	}
	out->list.list[out->list.count++] = (struct change_view){
		.label = any->label,
		.before = before ? before->text : (str){ 0 },
		.after = after ? after->text : (str){ 0 },
	};
}

struct diff_view
app_diff(const struct page *p, str before, str after, str region)
{
	struct side a = side_of(p, before, region);
	struct side b = side_of(p, after, region);
	struct diff_view out = { 0 };

	out.list.list = ARENA_ARRAY(
	    p->call.arena, struct change_view, a.lines.count + b.lines.count + 1);
	pair_same(&a, &b);
	for (size_t i = 0; i < a.lines.count; i++)
		if (!a.done[i])
			add(&out, &a.lines.list[i], take_changed(&a.lines.list[i], &b));
	for (size_t i = 0; i < b.lines.count; i++)
		if (!b.done[i])
			add(&out, NULL, &b.lines.list[i]);
	return out;
}
