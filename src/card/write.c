#include <string.h>

#include "card/card.h"
#include "card/line_int.h"

/* --- where an added line goes --- */

#define NOWHERE SIZE_MAX

/* A place is the index of the property the line comes after, plus one. */
struct addition {
	const struct card_edit *edit;
	struct card_line_head head;
	size_t place;
};

static size_t
after_last_of_group(const struct card *card, str group)
{
	for (size_t i = card->count; i > 0; i--)
		if (str_same_nocase(card->properties[i - 1].group, group))
			return i;
	return NOWHERE;
}

static size_t
after_last_named(const struct card *card, str name)
{
	for (size_t i = card->count; i > 0; i--)
		if (card_named(card->properties + i - 1, name))
			return i;
	return NOWHERE;
}

/* item1.X-ABLabel belongs to item1.URL, be that in the card or itself an addition; any
 * other line to those of its name, and to the end of the card if it is the first. */
static size_t
place(const struct card *card, const struct addition *before, size_t count,
    const struct card_line_head *head)
{
	size_t at = NOWHERE;

	for (size_t i = count; i > 0 && head->group.len; i--)
		if (str_same_nocase(before[i - 1].head.group, head->group))
			return before[i - 1].place;
	if (head->group.len)
		at = after_last_of_group(card, head->group);
	if (at == NOWHERE)
		at = after_last_named(card, head->name);
	return at == NOWHERE ? card->count : at;
}

/* --- the plan: what happens to each property, what comes after it --- */

struct plan {
	const struct card_edit **by_property; /* NULL: stays */
	struct addition *additions; /* by place, else in the order of the edits */
	size_t count;
};

static void
insert(struct plan *plan, struct addition fresh)
{
	size_t at = plan->count++;

	for (; at > 0 && plan->additions[at - 1].place > fresh.place; at--)
		plan->additions[at] = plan->additions[at - 1];
	plan->additions[at] = fresh;
}

static struct plan
plan_of(struct arena *arena, const struct card *card, const struct card_edit *edits,
    size_t count)
{
	struct plan plan = {
		.by_property =
		    ARENA_ARRAY(arena, const struct card_edit *, card->count),
		.additions = ARENA_ARRAY(arena, struct addition, count),
	};

	for (size_t i = 0; i < count; i++) {
		const struct card_edit *edit = edits + i;

		if (edit->kind == CARD_EDIT_ADD) {
			struct addition fresh = { edit, card_line_head(edit->line), 0 };

			fresh.place =
			    place(card, plan.additions, plan.count, &fresh.head);
			insert(&plan, fresh);
			continue;
		}
		must(edit->at < card->count && !plan.by_property[edit->at]);
		plan.by_property[edit->at] = edit;
	}
	return plan;
}

/* --- carrying it out --- */

struct writer {
	const struct card *card;
	struct plan plan;
	size_t added;
	const char *copied; /* how far the source is written */
	struct buf out;
};

static void
copy_up_to(struct writer *w, const char *end)
{
	buf_add(&w->out, (str){ w->copied, (size_t)(end - w->copied) });
	w->copied = end;
}

static void
add_after(struct writer *w, size_t place, const char *end)
{
	struct plan *plan = &w->plan;

	while (w->added < plan->count && plan->additions[w->added].place == place) {
		copy_up_to(w, end);
		card_line_add(
		    &w->out, plan->additions[w->added].edit->line, w->card->line_end);
		w->added++;
	}
}

static void
edit(struct writer *w, const struct card_property *p, const struct card_edit *edit)
{
	copy_up_to(w, p->raw.at);
	w->copied += p->raw.len;
	if (edit->kind == CARD_EDIT_REPLACE)
		card_line_add(&w->out, edit->line, w->card->line_end);
}

enum err
card_write(struct arena *arena, const struct card *card, const struct card_edit *edits,
    size_t count, str *out)
{
	struct writer w = { .card = card, .copied = card->text.at };

	if (!count) {
		*out = card->text;
		return OK;
	}
	w.plan = plan_of(arena, card, edits, count);
	w.out = buf_in(arena, CARD_MAX_BYTES);
	add_after(&w, 0, card->head.at + card->head.len);
	for (size_t i = 0; i < card->count; i++) {
		const struct card_property *p = card->properties + i;

		if (w.plan.by_property[i])
			edit(&w, p, w.plan.by_property[i]);
		add_after(&w, i + 1, p->raw.at + p->raw.len);
	}
	copy_up_to(&w, card->text.at + card->text.len);
	return buf_text(&w.out, out);
}

/* --- groups --- */

/* The n of a group "itemN"; false for any other, and for an n of no interest. */
static bool
item_number(str group, size_t limit, size_t *out)
{
	str head = STR("item");
	int64_t number;

	if (!str_same_nocase(str_part(group, 0, head.len), head) ||
	    !str_number(str_part(group, head.len, group.len), &number) ||
	    number >= (int64_t)limit)
		return false;
	*out = (size_t)number;
	return true;
}

str
card_free_group(struct arena *arena, const struct card *card, size_t skip)
{
	size_t limit = card->count + skip + 2; /* one of these numbers must be free */
	bool *used = ARENA_ARRAY(arena, bool, limit);
	size_t n;

	for (size_t i = 0; i < card->count; i++)
		if (item_number(card->properties[i].group, limit, &n))
			used[n] = true;
	for (n = 1; used[n] || skip; n++)
		if (!used[n])
			skip--;
	return arena_printf(arena, "item%zu", n);
}
