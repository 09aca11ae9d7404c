/*
 * view_pair.c - what is one line in 4.0 and two in 3.0: an ADR with its LABEL, an N with
 * its SORT-STRING, an ANNIVERSARY and the X-ABDATE that needs a label.
 *
 * Two lines are joined, and one split, only where the way back finds the same two: one
 * ADR and one LABEL of the same group and types, one N and one SORT-STRING.
 */
#include "card/view_int.h"

#define MAX_ADDRESSES 50 /* compared each with each */

static bool
named(const struct view_line *line, str name)
{
	return !line->gone && str_same_nocase(line->name, name);
}

/* The index of the only line of that name, or SIZE_MAX. */
static size_t
only(const struct view_lines *lines, str name, size_t *count)
{
	size_t at = SIZE_MAX;

	*count = 0;
	for (size_t i = 0; i < lines->count; i++)
		if (named(lines->list + i, name)) {
			at = i;
			++*count;
		}
	return *count == 1 ? at : SIZE_MAX;
}

/* --- into the parameter, out of it --- */

static str
encoded(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, text.len * 3 + 3);

	card_param_add(&out, text);
	return buf_str(&out);
}

static str
aside_name(const struct view_line *line)
{
	return named(line, STR("ADR")) ? STR("LABEL")
	       : named(line, STR("N")) ? STR("SORT-AS")
				       : (str){ 0 };
}

/* "\\n" in a parameter is how RFC 6350 6.3.1 itself writes a label's line feed. */
static str
with_line_feeds(struct arena *arena, str values)
{
	struct buf out = buf_in(arena, values.len + 1);

	while (values.len) {
		size_t at = str_find(values, STR("\\n"));

		if (at == SIZE_MAX)
			at = values.len;
		buf_add(&out, str_part(values, 0, at));
		if (at < values.len)
			buf_add(&out, STR("^n"));
		values = str_part(values, at + 2, values.len);
	}
	return buf_str(&out);
}

/* Whether the parameter's text says all there is in it: no list, no odd quotes. */
static bool
says_all(const struct view_line *line, size_t at, str text)
{
	str raw = line->params[at].values, made = encoded(line->arena, text);
	str quoted = ARENA_JOIN(line->arena, STR("\""), made, STR("\""));

	return str_same(raw, made) || str_same(raw, quoted);
}

static void
set_aside(struct view_line *line)
{
	size_t kept = view_param_find(line, STR(VIEW_KEPT));
	str name = aside_name(line);
	size_t at;
	str text;

	if (!name.len || line->opaque || view_param_count(line, name) != 1)
		return;
	at = view_param_find(line, name);
	if (str_find(line->params[at].values, STR("\\n")) != SIZE_MAX)
		view_param_put(line, at, line->params[at].name,
		    with_line_feeds(line->arena, line->params[at].values));
	text = view_param_text(line, name);
	if (!says_all(line, at, text))
		return;
	view_param_remove(line, at);
	if (kept != SIZE_MAX)
		view_param_remove(line, view_param_find(line, STR(VIEW_KEPT)));
	line->kept = kept != SIZE_MAX;
	line->has_aside = true;
	line->aside = text;
}

void
view_pairs_set_aside(struct view_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		set_aside(lines->list + i);
}

void
view_pairs_put_back(struct view_lines *lines, bool to_3)
{
	for (size_t i = 0; i < lines->count; i++) {
		struct view_line *line = lines->list + i;

		if (!line->has_aside || line->gone)
			continue;
		view_param_add(
		    line, aside_name(line), encoded(lines->arena, line->aside));
		if (line->kept && !to_3)
			view_param_add(line, STR(VIEW_KEPT), STR("1"));
	}
}

/* --- an address and its label --- */

/* The TYPE parameters alone, under one name and without a value: to be compared. */
static struct view_line
types_of(const struct view_line *line)
{
	struct view_line types = { .arena = line->arena,
		.group = line->group,
		.name = STR("LABEL"),
		.property = line->property };

	for (size_t i = 0; i < line->count; i++)
		if (str_same_nocase(line->params[i].name, STR("TYPE")))
			view_param_add(
			    &types, line->params[i].name, line->params[i].values);
	return types;
}

static size_t
of_types(const struct view_lines *lines, str name, const struct view_line *types,
    size_t *found)
{
	size_t count = 0;

	for (size_t i = 0; i < lines->count; i++) {
		struct view_line other;

		if (!named(lines->list + i, name))
			continue;
		other = types_of(lines->list + i);
		if (!view_same(&other, types, CARD_V3))
			continue;
		count++;
		*found = i;
	}
	return count;
}

static bool
few_addresses(const struct view_lines *lines)
{
	size_t addresses, labels;

	(void)only(lines, STR("ADR"), &addresses);
	(void)only(lines, STR("LABEL"), &labels);
	return addresses <= MAX_ADDRESSES && labels <= MAX_ADDRESSES;
}

/* Whether the label is that of one address, the one at *at. */
static bool
label_joins(const struct view_lines *lines, const struct view_line *label, size_t *at)
{
	struct view_line types = types_of(label);
	size_t self;

	return named(label, STR("LABEL")) && !label->opaque &&
	       label->count == types.count &&
	       of_types(lines, STR("LABEL"), &types, &self) == 1 &&
	       of_types(lines, STR("ADR"), &types, at) == 1 &&
	       !lines->list[*at].opaque && !lines->list[*at].has_aside &&
	       !view_param_count(lines->list + *at, STR("LABEL"));
}

static void
join_label(struct view_lines *lines, struct view_line *label)
{
	size_t at = 0;

	if (!label_joins(lines, label, &at))
		return;
	lines->list[at].has_aside = true;
	lines->list[at].aside = card_unescape(lines->arena, label->value);
	lines->list[at].changed = label->gone = true;
}

static str
escaped(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, text.len * 2 + 1);

	card_escape_add(&out, text);
	return buf_str(&out);
}

static bool
label_splits(const struct view_lines *lines, const struct view_line *adr)
{
	struct view_line types = types_of(adr);
	size_t at;

	return adr->has_aside && !adr->kept && named(adr, STR("ADR")) &&
	       of_types(lines, STR("ADR"), &types, &at) == 1 &&
	       of_types(lines, STR("LABEL"), &types, &at) == 0;
}

static void
split_label(struct view_lines *lines, struct view_line *adr)
{
	struct view_line types = types_of(adr);

	if (!label_splits(lines, adr))
		return;
	types.value = escaped(lines->arena, adr->aside);
	adr->after = view_line_text(&types);
	adr->has_aside = false;
}

/* --- a name and its sort key --- */

static bool
sort_joins(const struct view_lines *lines, size_t *n, size_t *key)
{
	const struct view_line *list = lines->list;
	size_t count;

	*n = only(lines, STR("N"), &count);
	*key = only(lines, STR("SORT-STRING"), &count);
	return *n != SIZE_MAX && *key != SIZE_MAX && !list[*n].opaque &&
	       !list[*key].opaque && !list[*n].has_aside &&
	       !view_param_count(list + *n, STR("SORT-AS")) &&
	       !view_param_count(list + *n, STR(VIEW_MADE)) && !list[*key].count &&
	       !list[*key].group.len;
}

static void
join_sort(struct view_lines *lines)
{
	struct view_line *name, *sort;
	size_t n, key;

	if (!sort_joins(lines, &n, &key))
		return;
	name = lines->list + n;
	sort = lines->list + key;
	name->has_aside = true;
	name->aside = card_unescape(lines->arena, sort->value);
	name->changed = sort->gone = true;
}

/* The N whose sort key can have a line of its own, or SIZE_MAX. */
static size_t
sort_splits(const struct view_lines *lines)
{
	size_t keys, names;
	size_t n = only(lines, STR("N"), &names);

	(void)only(lines, STR("SORT-STRING"), &keys);
	if (n == SIZE_MAX || keys || !lines->list[n].has_aside || lines->list[n].kept)
		return SIZE_MAX;
	return n;
}

static void
split_sort(struct view_lines *lines)
{
	size_t n = sort_splits(lines);

	if (n == SIZE_MAX)
		return;
	lines->list[n].has_aside = false;
	lines->list[n].after = ARENA_JOIN(lines->arena, STR("SORT-STRING:"),
	    escaped(lines->arena, lines->list[n].aside));
}

/* --- an anniversary and Apple's label --- */

static size_t
of_group(const struct view_lines *lines, str group, size_t *label)
{
	size_t count = 0;

	for (size_t i = 0; i < lines->count; i++) {
		if (!str_same_nocase(lines->list[i].group, group))
			continue;
		count++;
		if (named(lines->list + i, STR("X-ABLabel")))
			*label = i;
	}
	return count;
}

static void
join_anniversary(struct view_lines *lines, struct view_line *date)
{
	size_t label = SIZE_MAX;

	if (!date->group.len || !date->anniversary ||
	    view_param_find(date, STR(VIEW_MADE)) == SIZE_MAX ||
	    of_group(lines, date->group, &label) != 2 || label == SIZE_MAX)
		return;
	lines->list[label].gone = true;
	date->group = (str){ 0 };
	date->changed = true;
}

/* One past the highest N of the groups itemN. */
static int64_t
free_item(const struct view_lines *lines)
{
	int64_t free = 1, number;

	for (size_t i = 0; i < lines->count; i++) {
		str group = lines->list[i].group;

		if (str_same_nocase(str_part(group, 0, 4), STR("item")) &&
		    group.len < 14 && str_number(str_part(group, 4, 10), &number) &&
		    number >= free)
			free = number + 1;
	}
	return free;
}

static void
split_anniversaries(struct view_lines *lines)
{
	int64_t item = free_item(lines);

	for (size_t i = 0; i < lines->count; i++) {
		struct view_line *date = lines->list + i;

		if (!named(date, STR("X-ABDATE")) || date->group.len ||
		    view_param_find(date, STR(VIEW_MADE)) == SIZE_MAX)
			continue;
		date->group = arena_printf(lines->arena, "item%lld", (long long)item++);
		date->after = ARENA_JOIN(
		    lines->arena, date->group, STR(".X-ABLabel:" VIEW_ANNIVERSARY));
	}
}

/* --- all of them --- */

/* A LABEL or SORT-STRING that is a line in 4.0, too, would be joined on the way home. */
static void
keep_lines(struct view_lines *lines, bool few)
{
	size_t at, key;

	for (size_t i = 0; i < lines->count && few; i++)
		if (label_joins(lines, lines->list + i, &at))
			lines->list[i].kept = true;
	if (sort_joins(lines, &at, &key))
		lines->list[key].kept = true;
	for (size_t i = 0; i < lines->count; i++)
		if (lines->list[i].kept && !lines->list[i].has_aside)
			view_param_add(lines->list + i, STR(VIEW_KEPT), STR("1"));
}

static void
unmark_lines(struct view_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++) {
		struct view_line *line = lines->list + i;
		size_t at = view_param_find(line, STR(VIEW_KEPT));

		if (at != SIZE_MAX && !line->opaque &&
		    (named(line, STR("LABEL")) || named(line, STR("SORT-STRING"))))
			view_param_remove(line, at);
	}
}

/* What is a parameter in 3.0 already, and would be made a line of on the way home. */
static void
keep(struct view_lines *lines, bool few)
{
	size_t n = sort_splits(lines);

	for (size_t i = 0; i < lines->count && few; i++)
		if (lines->list[i].has_aside)
			lines->list[i].kept = label_splits(lines, lines->list + i);
	if (n != SIZE_MAX)
		lines->list[n].kept = true;
}

void
view_pairs_join(struct view_lines *lines)
{
	bool few = few_addresses(lines);

	keep(lines, few);
	for (size_t i = 0; i < lines->count; i++) {
		if (few && named(lines->list + i, STR("LABEL")))
			join_label(lines, lines->list + i);
		if (named(lines->list + i, STR("X-ABDATE")))
			join_anniversary(lines, lines->list + i);
	}
	join_sort(lines);
	unmark_lines(lines);
}

void
view_pairs_split(struct view_lines *lines)
{
	bool few = few_addresses(lines);

	for (size_t i = 0; i < lines->count; i++)
		if (few && lines->list[i].has_aside)
			split_label(lines, lines->list + i);
	split_sort(lines);
	keep_lines(lines, few);
	split_anniversaries(lines);
}
