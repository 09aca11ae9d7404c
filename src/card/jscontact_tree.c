/* jscontact_tree.c - JSON values made, looked into, compared and written. */
#include "card/jscontact_int.h"

struct view_json *
js_new(struct arena *arena, enum view_json_kind kind)
{
	struct view_json *value = ARENA_NEW(arena, struct view_json);

	value->kind = kind;
	return value;
}

static struct view_json *
scalar(struct arena *arena, enum view_json_kind kind, str text)
{
	struct view_json *value = js_new(arena, kind);

	value->text = text;
	return value;
}

struct view_json *
js_text(struct arena *arena, str text)
{
	return scalar(arena, VIEW_JSON_TEXT, text);
}

struct view_json *
js_literal(struct arena *arena, str text)
{
	return scalar(arena, VIEW_JSON_LITERAL, text);
}

struct view_json *
js_copy(struct arena *arena, const struct view_json *value)
{
	struct view_json *copy = js_new(arena, value->kind);

	*copy = *value;
	copy->next = NULL;
	return copy;
}

/* --- members --- */

struct view_json *
js_member(const struct view_json *object, str name)
{
	if (!object || object->kind != VIEW_JSON_OBJECT)
		return NULL;
	for (struct view_json *m = object->first; m; m = m->next)
		if (str_same(m->name, name))
			return m;
	return NULL;
}

str
js_member_text(const struct view_json *object, str name)
{
	const struct view_json *m = js_member(object, name);

	return m && m->kind == VIEW_JSON_TEXT ? m->text : (str){ 0 };
}

void
js_add(struct view_json *to, str name, struct view_json *value)
{
	value->name = name;
	value->next = NULL;
	if (to->last)
		to->last->next = value;
	else
		to->first = value;
	to->last = value;
	to->count++;
}

void
js_put(struct view_json *object, str name, struct view_json *value)
{
	struct view_json *there = js_member(object, name), *next;

	if (!there) {
		js_add(object, name, value);
		return;
	}
	next = there->next;
	*there = *value;
	there->name = name;
	there->next = next;
}

/* --- paths --- */

struct view_json *
js_find(struct view_json *object, str path)
{
	while (object && path.len)
		object = js_member(object, str_cut(&path, '/'));
	return object;
}

struct view_json *
js_step_into(struct arena *arena, struct view_json *object, str name)
{
	struct view_json *there = js_member(object, name);

	if (!there) {
		there = js_new(arena, VIEW_JSON_OBJECT);
		js_add(object, name, there);
	}
	return there->kind == VIEW_JSON_OBJECT ? there : NULL;
}

struct view_json *
js_object(struct arena *arena, struct view_json *object, str path)
{
	while (object && path.len)
		object = js_step_into(arena, object, str_cut(&path, '/'));
	return object;
}

bool
js_put_at(
    struct arena *arena, struct view_json *object, str path, struct view_json *value)
{
	size_t cut = path.len;

	while (cut && path.at[cut - 1] != '/')
		cut--;
	object = js_object(arena, object, str_part(path, 0, cut ? cut - 1 : 0));
	if (object)
		js_put(object, str_part(path, cut, path.len), value);
	return object;
}

static str
replaced(struct arena *arena, str text, const str pairs[][2], size_t count)
{
	struct buf out = buf_in(arena, text.len * 2 + 1);

	while (text.len) {
		size_t i = 0;

		while (i < count && !str_starts(text, pairs[i][0]))
			i++;
		buf_add(&out, i < count ? pairs[i][1] : str_part(text, 0, 1));
		text = str_part(text, i < count ? pairs[i][0].len : 1, text.len);
	}
	return buf_str(&out);
}

str
js_step_decoded(struct arena *arena, str step)
{
	static const str pairs[][2] = { { STR_CONST("~1"), STR_CONST("/") },
		{ STR_CONST("~0"), STR_CONST("~") } };

	return replaced(arena, step, pairs, 2);
}

str
js_step_encoded(struct arena *arena, str name)
{
	static const str pairs[][2] = { { STR_CONST("/"), STR_CONST("~1") },
		{ STR_CONST("~"), STR_CONST("~0") } };

	return replaced(arena, name, pairs, 2);
}

/* --- comparing --- */

static bool
same_members(const struct view_json *a, const struct view_json *b)
{
	const struct view_json *beside = b->first;

	for (const struct view_json *m = a->first; m; m = m->next) {
		const struct view_json *other = beside;

		if (!other || !str_same(other->name, m->name))
			other = js_member(b, m->name);
		if (!other || !js_same(m, other))
			return false;
		beside = other->next;
	}
	return true;
}

static bool
same_items(const struct view_json *a, const struct view_json *b)
{
	const struct view_json *y = b->first;

	for (const struct view_json *x = a->first; x; x = x->next, y = y->next)
		if (!js_same(x, y))
			return false;
	return true;
}

bool
js_same(const struct view_json *a, const struct view_json *b)
{
	if (a->kind != b->kind || a->count != b->count)
		return false;
	switch (a->kind) {
	case VIEW_JSON_OBJECT: return same_members(a, b);
	case VIEW_JSON_LIST: return same_items(a, b);
	case VIEW_JSON_TEXT:
	case VIEW_JSON_LITERAL: break;
	}
	return str_same(a->text, b->text);
}

bool
js_is_true(const struct view_json *value)
{
	return value && value->kind == VIEW_JSON_LITERAL &&
	       str_same(value->text, STR("true"));
}

unsigned
js_depth(const struct view_json *value)
{
	unsigned deepest = 0;

	for (const struct view_json *m = value->first; m; m = m->next) {
		unsigned depth = js_depth(m);

		deepest = depth > deepest ? depth : deepest;
	}
	return deepest + 1;
}

/* --- writing --- */

void
js_write(struct buf *out, const struct view_json *value)
{
	bool object = value->kind == VIEW_JSON_OBJECT;

	if (value->kind == VIEW_JSON_TEXT) {
		view_json_quote(out, value->text);
		return;
	}
	if (value->kind == VIEW_JSON_LITERAL) {
		buf_add(out, value->text);
		return;
	}
	buf_add_char(out, object ? '{' : '[');
	for (const struct view_json *m = value->first; m; m = m->next) {
		if (m != value->first)
			buf_add_char(out, ',');
		if (object) {
			view_json_quote(out, m->name);
			buf_add_char(out, ':');
		}
		js_write(out, m);
	}
	buf_add_char(out, object ? '}' : ']');
}
