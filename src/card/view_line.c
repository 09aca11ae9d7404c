/* view_line.c - a content line taken apart, changed and put together. */
#include <stdlib.h>
#include <string.h>

#include "card/view_int.h"

/* --- taking apart --- */

static str
cut_unquoted(str *text, char mark)
{
	bool quoted = false;
	str head = *text;

	for (size_t i = 0; i < text->len; i++) {
		if (text->at[i] == '"')
			quoted = !quoted;
		if (quoted || text->at[i] != mark)
			continue;
		head.len = i;
		*text = str_part(*text, i + 1, text->len);
		return head;
	}
	*text = (str){ 0 };
	return head;
}

static size_t
count_of(str text, char c)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += text.at[i] == c;
	return count;
}

static void
take_params(struct view_line *line, str params)
{
	size_t room = count_of(params, ';') + 1;

	line->params = ARENA_ARRAY(line->arena, struct view_param, room);
	while (params.len) {
		struct view_param param = { .name = STR("TYPE") };

		param.values = cut_unquoted(&params, ';');
		if (!param.values.len)
			continue;
		if (str_has(param.values, '='))
			param.name = str_trim(str_cut(&param.values, '='));
		line->params[line->count++] = param;
	}
}

static bool
has_too_many(const struct view_line *line)
{
	return line->count > VIEW_MAX_PARAMS + VIEW_MORE_PARAMS ||
	       (line->count > VIEW_MAX_PARAMS &&
		   view_param_find(line, STR(VIEW_WAS)) == SIZE_MAX);
}

struct view_line
view_line_of(
    struct arena *arena, const struct card *card, const struct card_property *property)
{
	str params = view_cleaned(arena, property->params);
	struct view_line line = { .arena = arena,
		.property = property,
		.group = property->group,
		.name = property->name,
		.value = view_cleaned(arena, property->value) };

	take_params(&line, params);
	line.changed = property->odd || !view_is_clean(property->raw);
	line.opaque = count_of(params, '"') % 2 != 0 || has_too_many(&line);
	if (card_named(property, STR("X-ABDATE")) ||
	    card_named(property, STR("ANNIVERSARY")))
		line.anniversary =
		    str_same(card_label(arena, card, property), STR(VIEW_ANNIVERSARY));
	return line;
}

/* --- putting together --- */

str
view_line_head(const struct view_line *line)
{
	struct buf head = buf_in(line->arena, CARD_MAX_BYTES * 8);

	buf_add(&head, line->name);
	for (size_t i = 0; i < line->count; i++) {
		buf_add_char(&head, ';');
		buf_add(&head, line->params[i].name);
		buf_add_char(&head, '=');
		buf_add(&head, line->params[i].values);
	}
	return buf_str(&head);
}

str
view_line_text(const struct view_line *line)
{
	return ARENA_JOIN(line->arena, line->group,
	    line->group.len ? STR(".") : STR(""), view_line_head(line), STR(":"),
	    line->value);
}

/* --- changing --- */

size_t
view_param_find(const struct view_line *line, str name)
{
	for (size_t i = 0; i < line->count; i++)
		if (str_same_nocase(line->params[i].name, name))
			return i;
	return SIZE_MAX;
}

size_t
view_param_count(const struct view_line *line, str name)
{
	size_t count = 0;

	for (size_t i = 0; i < line->count; i++)
		count += str_same_nocase(line->params[i].name, name);
	return count;
}

/* Quotes that hold nothing which needs them say nothing. */
static str
unquoted(str value)
{
	str bare = str_part(value, 1, value.len > 1 ? value.len - 2 : 0);

	if (value.len < 2 || value.at[0] != '"' || value.at[value.len - 1] != '"' ||
	    str_has(bare, '"') || str_has(bare, ';') || str_has(bare, ':') ||
	    str_has(bare, ',') || str_trim(bare).len != bare.len)
		return value;
	return bare;
}

bool
view_param_is(const struct view_line *line, str name, str value)
{
	size_t at = view_param_find(line, name);

	return at != SIZE_MAX &&
	       str_same_nocase(unquoted(line->params[at].values), value);
}

str
view_param_text(const struct view_line *line, str name)
{
	size_t at = view_param_find(line, name);
	struct card_property property = { 0 };
	str text = { 0 };

	if (at == SIZE_MAX)
		return text;
	property.params = ARENA_JOIN(
	    line->arena, line->params[at].name, STR("="), line->params[at].values);
	(void)card_param(line->arena, &property, name, 0, &text);
	return text;
}

/* Lines are copied by value; their parameters are not shared once one of them changes. */
static void
own_params(struct view_line *line, size_t more)
{
	struct view_param *own =
	    ARENA_ARRAY(line->arena, struct view_param, line->count + more);

	if (line->count)
		memcpy(own, line->params, line->count * sizeof *own);
	line->params = own;
	line->changed = true;
}

void
view_param_put(struct view_line *line, size_t at, str name, str values)
{
	own_params(line, 0);
	line->params[at] = (struct view_param){ name, values };
}

void
view_param_add(struct view_line *line, str name, str values)
{
	own_params(line, 1);
	line->params[line->count++] = (struct view_param){ name, values };
}

void
view_param_remove(struct view_line *line, size_t at)
{
	own_params(line, 0);
	line->count--;
	memmove(line->params + at, line->params + at + 1,
	    (line->count - at) * sizeof *line->params);
}

/* Letters, digits, '-' and commas, perhaps in quotes: a list that can be taken apart. */
static bool
plain_list(str *values)
{
	if (values->len > 1 && values->at[0] == '"' &&
	    values->at[values->len - 1] == '"')
		*values = str_part(*values, 1, values->len - 2);
	for (size_t i = 0; i < values->len; i++)
		if ((unsigned char)values->at[i] <= ' ' ||
		    strchr("\":;^", values->at[i]))
			return false;
	return true;
}

static bool
list_remove(struct view_line *line, size_t at, str list, str type)
{
	struct buf rest = buf_in(line->arena, list.len + 1);
	bool found = false, any = false;

	while (list.len) {
		str value = str_cut(&list, ',');

		if (!found && str_same_nocase(value, type)) {
			found = true;
			continue;
		}
		if (any)
			buf_add_char(&rest, ',');
		any = true;
		buf_add(&rest, value);
	}
	if (found && any)
		view_param_put(line, at, line->params[at].name, buf_str(&rest));
	else if (found)
		view_param_remove(line, at);
	return found;
}

bool
view_type_remove(struct view_line *line, str type, size_t *at)
{
	for (size_t i = 0; i < line->count; i++) {
		str list = line->params[i].values;
		size_t count = line->count;

		if (!str_same_nocase(line->params[i].name, STR("TYPE")) ||
		    !plain_list(&list) || !list_remove(line, i, list, type))
			continue;
		*at = line->count < count ? i : i + 1;
		return true;
	}
	return false;
}

void
view_value_put(struct view_line *line, str value)
{
	line->value = value;
	line->changed = true;
}

void
view_name_put(struct view_line *line, str name)
{
	line->name = name;
	line->changed = true;
}

/* --- comparing --- */

struct entry {
	str name, value;
	bool type;
};

static int
compare_nocase(str a, str b)
{
	for (size_t i = 0; i < a.len && i < b.len; i++) {
		int x = (unsigned char)a.at[i], y = (unsigned char)b.at[i];

		x = x >= 'A' && x <= 'Z' ? x + 32 : x;
		y = y >= 'A' && y <= 'Z' ? y + 32 : y;
		if (x != y)
			return x - y;
	}
	return (a.len > b.len) - (a.len < b.len);
}

static int
compare_entries(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int names = compare_nocase(x->name, y->name);

	if (names)
		return names;
	return x->type ? compare_nocase(x->value, y->value)
		       : str_compare(x->value, y->value);
}

/* In 3.0 a mail address is of the Internet unless it says otherwise (RFC 2426 3.3.2), and
 * the encoding has two spellings. */
static bool
says_nothing(
    const struct view_line *line, const struct entry *entry, enum card_version v)
{
	return v == CARD_V3 && entry->type &&
	       str_same_nocase(line->name, STR("EMAIL")) &&
	       str_same_nocase(entry->value, STR("INTERNET"));
}

static struct entry *
entries_of(const struct view_line *line, enum card_version version, size_t *count)
{
	size_t room = line->count;
	struct entry *list;
	bool said = false;

	for (size_t i = 0; i < line->count; i++)
		room += count_of(line->params[i].values, ',');
	list = ARENA_ARRAY(line->arena, struct entry, room);
	*count = 0;
	for (size_t i = 0; i < line->count; i++) {
		struct entry entry = { line->params[i].name,
			unquoted(line->params[i].values), false };
		str values = line->params[i].values;

		entry.type =
		    str_same_nocase(entry.name, STR("TYPE")) && plain_list(&values);
		if (version == CARD_V3 &&
		    str_same_nocase(entry.name, STR("ENCODING")) &&
		    str_same_nocase(entry.value, STR("BASE64")))
			entry.value = STR("b");
		do {
			if (entry.type)
				entry.value = str_cut(&values, ',');
			if (!said && says_nothing(line, &entry, version))
				said = true;
			else
				list[(*count)++] = entry;
		} while (entry.type && values.len);
	}
	qsort(list, *count, sizeof *list, compare_entries);
	return list;
}

bool
view_same(
    const struct view_line *a, const struct view_line *b, enum card_version version)
{
	size_t x_count, y_count;
	struct entry *x, *y;

	if (!str_same_nocase(a->group, b->group) ||
	    !str_same_nocase(a->name, b->name) || !str_same(a->value, b->value))
		return false;
	x = entries_of(a, version, &x_count);
	y = entries_of(b, version, &y_count);
	if (x_count != y_count)
		return false;
	for (size_t i = 0; i < x_count; i++)
		if (x[i].type != y[i].type || compare_entries(x + i, y + i) != 0)
			return false;
	return true;
}
