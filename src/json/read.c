/* read.c - a JSON text as values of our own; jansson checks it. */
#include <jansson.h>

#include "json/json.h"

static const enum json_kind kinds[] = {
	[JSON_OBJECT] = JSON_KIND_OBJECT,
	[JSON_ARRAY] = JSON_KIND_LIST,
	[JSON_STRING] = JSON_KIND_TEXT,
	[JSON_INTEGER] = JSON_KIND_NUMBER,
	[JSON_REAL] = JSON_KIND_NUMBER,
	[JSON_TRUE] = JSON_KIND_TRUE,
	[JSON_FALSE] = JSON_KIND_FALSE,
	[JSON_NULL] = JSON_KIND_NULL,
};

/* Takes over one value and, JSON_MAX_DEPTH deep at most, what is in it. */
static enum err
take(struct arena *arena, json_t *from, struct json *to, unsigned depth)
{
	struct json **tail = &to->first;
	void *at = json_object_iter(from);
	size_t count =
	    json_is_object(from) ? json_object_size(from) : json_array_size(from);

	if (depth > JSON_MAX_DEPTH)
		return ERR_TOO_LARGE;
	to->kind = kinds[json_typeof(from)];
	if (json_is_string(from))
		to->text = arena_copy(
		    arena, (str){ json_string_value(from), json_string_length(from) });
	to->real = json_number_value(from);
	to->number = json_is_integer(from) ? json_integer_value(from) : 0;
	for (size_t i = 0; i < count; i++, tail = &(*tail)->next) {
		*tail = ARENA_NEW(arena, struct json);
		if (at)
			(*tail)->name =
			    arena_copy(arena, str_of(json_object_iter_key(at)));
		TRY(take(arena,
		    at ? json_object_iter_value(at) : json_array_get(from, i), *tail,
		    depth + 1));
		at = json_object_iter_next(from, at);
	}
	return OK;
}

enum err
json_read(struct arena *arena, str text, struct json **out, struct why *why)
{
	json_error_t error;
	json_t *root;
	enum err e;

	if (text.len > JSON_MAX_BYTES)
		return ERR_TOO_LARGE;
	root = json_loadb(text.at, text.len,
	    JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_ALLOW_NUL, &error);
	if (!root) {
		*why = (struct why){ .what = "not well-formed JSON",
			.line = error.line > 0 ? (unsigned)error.line : 0 };
		return ERR_BAD_INPUT;
	}
	*out = ARENA_NEW(arena, struct json);
	e = take(arena, root, *out, 1);
	json_decref(root);
	return e;
}
