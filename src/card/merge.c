/*
 * merge.c - judging an answer: one verdict per operation.
 *
 * `base` is what the target was shown, `now` the card as it is.  Whether the owner has
 * changed an item since is told by keys: its key still stands in the field (unchanged), or
 * another value that `base` did not have stands there (changed), or neither (gone).
 */
#include "card/merge.h"

#include "card/valid_int.h"
#include "phone/phone.h"

enum since { SINCE_UNCHANGED, SINCE_CHANGED, SINCE_GONE, SINCE_COUNT };

/* The table of the header, one row per operation on an item. */
static const enum card_cell cells[CARD_INSERT][SINCE_COUNT] = {
	[CARD_CONFIRM] = { CARD_CELL_VERIFIED, CARD_CELL_OLD_HOLDS, CARD_CELL_RESTORE },
	[CARD_CHANGE] = { CARD_CELL_REPLACE, CARD_CELL_CONFLICT, CARD_CELL_ADD_BACK },
	[CARD_GONE] = { CARD_CELL_REMOVE, CARD_CELL_REMOVE_OTHER, CARD_CELL_NOTHING },
};

bool
card_cell_needs_review(enum card_cell cell)
{
	return cell >= CARD_CELL_OLD_HOLDS;
}

struct judging {
	struct arena *arena;
	str region;
	struct card_items base, now;
	bool taken[CARD_F_COUNT]; /* single fields an operation has named already */
};

static const struct card_item *
item_with(const struct card_items *items, enum card_field field, str key)
{
	for (size_t i = 0; i < items->count; i++)
		if (items->list[i].field == field && str_same(items->list[i].key, key))
			return &items->list[i];
	return NULL;
}

/* What the owner has put in place of an item: a value of its field that base had not. */
static const struct card_item *
successor(const struct judging *j, enum card_field field)
{
	for (size_t i = 0; i < j->now.count; i++) {
		const struct card_item *item = &j->now.list[i];

		if (item->field == field && !item_with(&j->base, field, item->key))
			return item;
	}
	return NULL;
}

static const struct card_item *
first_of(const struct card_items *items, enum card_field field)
{
	for (size_t i = 0; i < items->count; i++)
		if (items->list[i].field == field)
			return &items->list[i];
	return NULL;
}

static enum since
since_of(const struct judging *j, const struct card_item *was,
    const struct card_item **stands)
{
	*stands = item_with(&j->now, was->field, was->key);
	if (*stands)
		return SINCE_UNCHANGED;
	*stands = successor(j, was->field);
	return *stands ? SINCE_CHANGED : SINCE_GONE;
}

static void
judge_item(
    const struct judging *j, const struct card_op *op, str key, struct card_verdict *v)
{
	const struct card_item *was = &j->base.list[op->item];
	const struct card_item *stands;
	const struct card_item *twin = item_with(&j->now, op->field, key);

	v->cell = cells[op->kind][since_of(j, was, &stands)];
	if (op->kind == CARD_CHANGE && twin) {
		/* His new value stands already; the old one, if it still does, is a second
		 * value he has no longer. */
		v->cell = stands && stands != twin && v->cell == CARD_CELL_REPLACE
			      ? CARD_CELL_REMOVE
			      : CARD_CELL_VERIFIED;
		stands = v->cell == CARD_CELL_REMOVE ? stands : twin;
	}
	v->at = stands ? stands->at : SIZE_MAX;
	v->before = stands ? stands->text : (str){ 0 };
	if (v->cell == CARD_CELL_OLD_HOLDS || v->cell == CARD_CELL_RESTORE)
		v->after = was->text;
}

static void
judge_insert(
    const struct judging *j, const struct card_op *op, str key, struct card_verdict *v)
{
	const struct card_item *same = item_with(&j->now, op->field, key);
	const struct card_item *any = first_of(&j->now, op->field);

	if (same)
		v->cell = CARD_CELL_VERIFIED;
	else if (!any)
		v->cell = CARD_CELL_FILL;
	else if (!card_field_single(op->field))
		v->cell = CARD_CELL_APPEND;
	else if (item_with(&j->base, op->field, any->key))
		v->cell = CARD_CELL_REPLACE;
	else
		v->cell = CARD_CELL_CONFLICT;
	if (same)
		any = same;
	if (v->cell != CARD_CELL_FILL && v->cell != CARD_CELL_APPEND) {
		v->at = any->at;
		v->before = any->text;
	}
}

static bool
is_tel(enum card_field field)
{
	return field >= CARD_F_MOBILE && field <= CARD_F_TEL;
}

static bool
is_email(enum card_field field)
{
	return field == CARD_F_EMAIL || field == CARD_F_WORK_EMAIL;
}

static size_t
count_like(const struct card_items *items, enum card_field field)
{
	size_t count = 0;

	for (size_t i = 0; i < items->count; i++)
		count += is_tel(field) ? is_tel(items->list[i].field)
				       : is_email(items->list[i].field);
	return count;
}

/* A number of a premium class, or of another country than the one it replaces (or the
 * owner's, for a new one). */
static bool
is_class_new(const struct judging *j, const struct card_verdict *v)
{
	struct phone fresh;
	struct phone old;
	str home = j->region;

	if (!is_tel(v->op.field) || !v->after.len)
		return false;
	if (!phone_read(j->arena, v->after, j->region, &fresh))
		return true;
	if (fresh.class == PHONE_PREMIUM || fresh.class == PHONE_SHORT)
		return true;
	if (v->before.len && phone_read(j->arena, v->before, j->region, &old))
		home = phone_region(j->arena, old.e164);
	return home.len && !str_same(phone_region(j->arena, fresh.e164), home);
}

static enum err
wrong(struct why *why, const char *what, enum card_field field)
{
	*why = (struct why){ .what = what, .name = card_field_name(field) };
	return ERR_BAD_INPUT;
}

/* Each item once, each single field once: a card_write() makes one edit of a line. */
static enum err
is_fresh(struct judging *j, const struct card_ops *ops, size_t at, struct why *why)
{
	const struct card_op *op = &ops->list[at];

	for (size_t i = 0; i < at && op->kind < CARD_INSERT; i++)
		if (ops->list[i].kind < CARD_INSERT && ops->list[i].item == op->item)
			return wrong(
			    why, "two things are said of one value", op->field);
	if (card_field_single(op->field)) {
		if (j->taken[op->field])
			return wrong(
			    why, "two values where there is room for one", op->field);
		j->taken[op->field] = true;
	}
	return OK;
}

static enum err
judge(struct judging *j, const struct card_ops *ops, size_t at, struct card_verdict *v,
    struct why *why)
{
	struct card_op *op = &v->op;
	str key = { 0 };

	*v = (struct card_verdict){ .op = ops->list[at], .at = SIZE_MAX };
	if (op->kind == CARD_FORGOTTEN) {
		v->cell = CARD_CELL_NOTHING;
		return OK;
	}
	if (op->kind != CARD_INSERT) {
		if (op->item >= j->base.count ||
		    j->base.list[op->item].field != op->field)
			return wrong(why, "there is no such value", op->field);
	}
	TRY(is_fresh(j, ops, at, why));
	if (op->kind == CARD_CHANGE || op->kind == CARD_INSERT) {
		TRY(field_value(j->arena, op->field, op->value, &op->value, why));
		key = card_field_key(j->arena, op->field, op->value, j->region);
		v->after = op->field == CARD_F_PHOTO ? STR("image/jpeg") : op->value;
	}
	if (op->kind == CARD_INSERT)
		judge_insert(j, op, key, v);
	else
		judge_item(j, op, key, v);
	if (v->cell == CARD_CELL_VERIFIED)
		v->after = v->before;
	else if (v->cell == CARD_CELL_REMOVE || v->cell == CARD_CELL_REMOVE_OTHER)
		v->after = (str){ 0 };
	v->last = (is_tel(op->field) || is_email(op->field)) && v->at != SIZE_MAX &&
		  v->cell != CARD_CELL_VERIFIED && count_like(&j->now, op->field) == 1;
	v->class_new = is_class_new(j, v);
	return OK;
}

enum err
card_merge(struct arena *arena, const struct card *base, const struct card_ops *ops,
    const struct card *now, str region, struct card_verdicts *out, struct why *why)
{
	struct judging j = { .arena = arena,
		.region = region,
		.base = card_items(arena, base, region),
		.now = card_items(arena, now, region) };

	if (ops->count > CARD_MAX_OPS)
		return ERR_TOO_LARGE;
	out->list = ARENA_ARRAY(arena, struct card_verdict, ops->count);
	out->count = ops->count;
	for (size_t i = 0; i < ops->count; i++)
		TRY(judge(&j, ops, i, &out->list[i], why));
	return OK;
}
