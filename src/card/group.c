/* group.c - members and categories. */
#include "card/group.h"

#include <stdlib.h>

#define URN_UUID       STR("urn:uuid:")
#define LINE_MAX_BYTES ((size_t)256 * 1024)

bool
card_is_group(const struct card *card)
{
	const struct card_property *kind = card_first(card, CARD_KIND, 0);

	return kind && str_same_nocase(str_trim(kind->value), STR("group"));
}

str
card_uid_key(struct arena *arena, str uid)
{
	str lower = arena_copy(arena, str_trim(uid));
	char *at = arena_get_raw(arena, lower.len + 1);

	for (size_t i = 0; i < lower.len; i++) {
		char c = lower.at[i];

		at[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	lower.at = at;
	if (str_starts(lower, URN_UUID))
		lower = str_part(lower, URN_UUID.len, lower.len);
	return lower;
}

/* --- lists of names --- */

bool
card_names_have(const struct card_names *names, str name)
{
	for (size_t i = 0; i < names->count; i++)
		if (str_same(names->list[i], name))
			return true;
	return false;
}

static size_t
commas(const struct card *card)
{
	size_t count = 0;

	for (size_t i = 0; i < card->count; i++)
		for (size_t n = 0; card->properties[i].is == CARD_CATEGORIES &&
				   n <= card->properties[i].value.len;
		     n++)
			count += n == card->properties[i].value.len ||
				 card->properties[i].value.at[n] == ',';
	return count;
}

struct card_names
card_categories(struct arena *arena, const struct card *card)
{
	struct card_names names = { ARENA_ARRAY(arena, str, commas(card)), 0 };

	for (size_t i = 0; i < card->count; i++) {
		str rest = card->properties[i].value;

		while (card->properties[i].is == CARD_CATEGORIES && rest.len) {
			str name = str_trim(
			    card_unescape(arena, card_component_cut(&rest, ',')));

			if (name.len && !card_names_have(&names, name))
				names.list[names.count++] = name;
		}
	}
	return names;
}

struct card_names
card_members(struct arena *arena, const struct card *card)
{
	struct card_names names = { ARENA_ARRAY(arena, str, card->count), 0 };

	for (size_t i = 0; i < card->count && names.count < CARD_MAX_MEMBERS; i++)
		if (card->properties[i].is == CARD_MEMBER)
			names.list[names.count++] =
			    card_uid_key(arena, card->properties[i].value);
	return names;
}

/* --- changing --- */

static str
head_of(struct arena *arena, const struct card_property *p)
{
	return ARENA_JOIN(arena, p->group, p->group.len ? STR(".") : STR(""), p->name,
	    p->params.len ? STR(";") : STR(""), p->params, STR(":"));
}

static enum err
add_category(struct arena *arena, const struct card *card, str name, str *out)
{
	const struct card_property *p = card_first(card, CARD_CATEGORIES, 0);
	struct buf line = buf_in(arena, LINE_MAX_BYTES);
	struct card_edit edit = { .kind = CARD_EDIT_ADD };

	if (p) {
		edit.kind = CARD_EDIT_REPLACE;
		edit.at = (size_t)(p - card->properties);
		buf_add(&line, head_of(arena, p));
		buf_add(&line, p->value);
		if (p->value.len)
			buf_add_char(&line, ',');
	} else {
		buf_add(&line, STR("CATEGORIES:"));
	}
	card_escape_add(&line, name);
	TRY(buf_text(&line, &edit.line));
	return card_write(arena, card, &edit, 1, out);
}

/* The list without the name, as it was written; false: it was not there. */
static bool
list_without(struct arena *arena, str value, str name, str *out)
{
	struct buf list = buf_in(arena, LINE_MAX_BYTES);
	bool found = false;

	while (value.len) {
		str one = card_component_cut(&value, ',');

		if (str_same(str_trim(card_unescape(arena, one)), name)) {
			found = true;
			continue;
		}
		if (list.len)
			buf_add_char(&list, ',');
		buf_add(&list, one);
	}
	*out = buf_str(&list);
	return found;
}

static enum err
remove_category(struct arena *arena, const struct card *card, str name, str *out)
{
	struct card_edit *edits = ARENA_ARRAY(arena, struct card_edit, card->count);
	size_t count = 0;

	for (size_t i = 0; i < card->count; i++) {
		const struct card_property *p = card->properties + i;
		str rest;

		if (p->is != CARD_CATEGORIES ||
		    !list_without(arena, p->value, name, &rest))
			continue;
		edits[count++] =
		    (struct card_edit){ .kind = rest.len ? CARD_EDIT_REPLACE
							 : CARD_EDIT_REMOVE,
			    .at = i,
			    .line = ARENA_JOIN(arena, head_of(arena, p), rest) };
	}
	return card_write(arena, card, edits, count, out);
}

enum err
card_category_set(
    struct arena *arena, const struct card *card, str name, bool in, str *out)
{
	struct card_names names = card_categories(arena, card);

	*out = card->text;
	if (card_names_have(&names, name) == in)
		return OK;
	return in ? add_category(arena, card, name, out)
		  : remove_category(arena, card, name, out);
}

static str
member_line(struct arena *arena, enum card_version version, str uid)
{
	bool bare = !str_same_nocase(str_part(uid, 0, URN_UUID.len), URN_UUID);

	return ARENA_JOIN(arena,
	    version == CARD_V4 ? STR("MEMBER:") : STR("X-ADDRESSBOOKSERVER-MEMBER:"),
	    bare ? URN_UUID : STR(""), str_trim(uid));
}

enum err
card_member_set(
    struct arena *arena, const struct card *card, str uid, bool in, str *out)
{
	struct card_edit *edits = ARENA_ARRAY(arena, struct card_edit, card->count + 1);
	str key = card_uid_key(arena, uid);
	size_t count = 0;

	for (size_t i = 0; i < card->count; i++)
		if (card->properties[i].is == CARD_MEMBER &&
		    str_same(card_uid_key(arena, card->properties[i].value), key))
			edits[count++] =
			    (struct card_edit){ .kind = CARD_EDIT_REMOVE, .at = i };
	*out = card->text;
	if (in == (count > 0))
		return OK;
	if (in)
		edits[count++] = (struct card_edit){ .kind = CARD_EDIT_ADD,
			.line = member_line(arena, card->version, uid) };
	return card_write(arena, card, edits, count, out);
}

static int
names_in_order(const void *a, const void *b)
{
	return str_compare(*(const str *)a, *(const str *)b);
}

/* In order, to be looked into. */
static struct card_names
sorted_keys(struct arena *arena, const str *uids, size_t count)
{
	struct card_names names = { ARENA_ARRAY(arena, str, count + 1), count };

	for (size_t i = 0; i < count; i++)
		names.list[i] = card_uid_key(arena, uids[i]);
	if (count)
		qsort(names.list, count, sizeof *names.list, names_in_order);
	return names;
}

static bool
holds(const struct card_names *sorted, str key)
{
	return sorted->count && bsearch(&key, sorted->list, sorted->count,
				    sizeof *sorted->list, names_in_order);
}

enum err
card_members_set(struct arena *arena, const struct card *card, const str *uids,
    size_t count, bool in, str *out)
{
	struct card_edit *edits =
	    ARENA_ARRAY(arena, struct card_edit, card->count + count);
	struct card_names wanted = sorted_keys(arena, uids, count);
	struct card_names had = { ARENA_ARRAY(arena, str, card->count + 1), 0 };
	size_t done = 0;

	for (size_t i = 0; i < card->count; i++) {
		str key = card_uid_key(arena, card->properties[i].value);

		if (card->properties[i].is != CARD_MEMBER)
			continue;
		had.list[had.count++] = key;
		if (!in && holds(&wanted, key))
			edits[done++] =
			    (struct card_edit){ .kind = CARD_EDIT_REMOVE, .at = i };
	}
	had = sorted_keys(arena, had.list, had.count);
	for (size_t i = 0; in && i < count; i++)
		if (!holds(&had, card_uid_key(arena, uids[i])))
			edits[done++] = (struct card_edit){ .kind = CARD_EDIT_ADD,
				.line = member_line(arena, card->version, uids[i]) };
	return card_write(arena, card, edits, done, out);
}

enum err
card_group_rename(struct arena *arena, const struct card *card, str name, str *out)
{
	static const struct {
		enum card_name is;
		str tail;
	} rows[] = { { CARD_FN, STR_CONST("") }, { CARD_N, STR_CONST(";;;;") } };
	struct card_edit edits[2];
	size_t count = 0;

	for (size_t i = 0; i < 2; i++) {
		const struct card_property *p = card_first(card, rows[i].is, 0);
		struct buf line = buf_in(arena, LINE_MAX_BYTES);

		if (!p)
			continue;
		buf_add(&line, head_of(arena, p));
		card_escape_add(&line, name);
		buf_add(&line, rows[i].tail);
		edits[count] = (struct card_edit){ .kind = CARD_EDIT_REPLACE,
			.at = (size_t)(p - card->properties) };
		TRY(buf_text(&line, &edits[count++].line));
	}
	return card_write(arena, card, edits, count, out);
}

str
card_new_group(
    struct arena *arena, enum card_version version, str uid, str name, str member)
{
	struct buf card = buf_in(arena, LINE_MAX_BYTES);
	bool four = version == CARD_V4;

	buf_add(&card, four ? STR("BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nUID:")
			    : STR("BEGIN:VCARD\r\nVERSION:3.0\r\n"
				  "X-ADDRESSBOOKSERVER-KIND:group\r\nUID:"));
	buf_add(&card, uid);
	buf_add(&card, STR("\r\nFN:"));
	card_escape_add(&card, name);
	buf_add(&card, STR("\r\nN:"));
	card_escape_add(&card, name);
	buf_add(&card, STR(";;;;\r\n"));
	if (member.len) {
		buf_add(&card, member_line(arena, version, member));
		buf_add(&card, STR("\r\n"));
	}
	buf_add(&card, STR("END:VCARD\r\n"));
	return buf_str(&card);
}
