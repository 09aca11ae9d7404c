/* groups.c - the groups of a book, by name. */
#include "book/groups.h"

#include <stdlib.h>

#include "book/book_in.h"
#include "book/book_int.h"
#include "card/group.h"
#include "fold/fold.h"
#include "store/twin.h"

#define PAGE_CARDS 100

/* --- looking --- */

static struct book_group *
group_named(struct book_group *list, size_t count, str name)
{
	/* By value: twins stand side by side. */
	return count && str_same(list[count - 1].name, name) ? &list[count - 1] : NULL;
}

struct ordered {
	struct book_group group;
	str key;
};

static int
in_order(const void *a, const void *b)
{
	return str_compare(
	    ((const struct ordered *)a)->key, ((const struct ordered *)b)->key);
}

static void
sort(struct arena *arena, struct book_group *list, size_t count)
{
	struct ordered *all = ARENA_ARRAY(arena, struct ordered, count + 1);

	for (size_t i = 0; i < count; i++)
		all[i] =
		    (struct ordered){ list[i], fold_sort_key(arena, list[i].name) };
	if (count)
		qsort(all, count, sizeof *all, in_order);
	for (size_t i = 0; i < count; i++)
		list[i] = all[i].group;
}

enum err
book_group_list(const struct call *call, const struct book *book,
    struct book_group **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book row = row_of_book(book);
	struct store_named *named;
	size_t found;

	*count = 0;
	TRY(may_see(call, book));
	TRY(store_look(call->store, &tx));
	TRY(store_named_list(tx, call->arena, &row, CARD_KEY_GROUP, CARD_KEY_CATEGORY,
	    BOOK_MAX_GROUPS, &named, &found));
	*out = ARENA_ARRAY(call->arena, struct book_group, found);
	for (size_t i = 0; i < found; i++) {
		struct book_group *group = group_named(*out, *count, named[i].value);

		if (!group) {
			group = &(*out)[(*count)++];
			*group = (struct book_group){ .name = named[i].value };
		}
		if (named[i].kind == CARD_KEY_GROUP)
			group->has_card = true;
		else
			group->people = named[i].cards;
	}
	sort(call->arena, *out, *count);
	return OK;
}

enum err
book_group_find(
    const struct call *call, const struct book *book, str name, struct book_group *out)
{
	struct book_group *list;
	size_t count;

	TRY(book_group_list(call, book, &list, &count));
	for (size_t i = 0; i < count; i++)
		if (str_same(list[i].name, name)) {
			*out = list[i];
			return OK;
		}
	return ERR_NOT_FOUND;
}

enum err
book_group_people(const struct call *call, const struct book *book, str name,
    const struct book_card *after, size_t limit, struct book_page *out)
{
	SCOPED(store_tx) tx = NULL;
	struct store_book row = row_of_book(book);
	struct store_key key = { CARD_KEY_CATEGORY, name };
	struct store_card last = { 0 };
	struct store_card_page rows;

	TRY(may_see(call, book));
	TRY(store_look(call->store, &tx));
	if (after)
		TRY(store_card_find(
		    tx, call->arena, &row, after->name, STORE_HEAD, &last));
	TRY(store_card_with_key(
	    tx, call->arena, &row, &key, last.sort_key, last.id, limit, &rows));
	out->list = ARENA_ARRAY(call->arena, struct book_card, rows.count);
	out->count = rows.count;
	out->more = rows.more;
	for (size_t i = 0; i < rows.count; i++)
		out->list[i] = card_of_row(&rows.list[i]);
	return OK;
}

/* --- changing --- */

struct changing {
	struct store_tx *tx;
	const struct call *call;
	const struct book *book;
	str name, new_name;
	const str *cards;
	size_t count;
	bool in;
	enum book_door by;
	size_t *changed;
	struct why *why;
};

static enum err
refuse(struct why *why, enum err outcome, const char *what, str name)
{
	*why = (struct why){ .what = what, .name = name };
	return outcome;
}

static enum err
name_is_good(str name, struct why *why)
{
	bool good = name.len && name.len <= BOOK_GROUP_NAME_MAX &&
		    str_same(str_trim(name), name);

	for (size_t i = 0; i < name.len; i++)
		good &= (unsigned char)name.at[i] >= ' ';
	return good ? OK
		    : refuse(why, ERR_BAD_INPUT, "a group's name has 1 to 255 bytes",
			  name);
}

static enum err
put(const struct changing *c, str name, str bytes)
{
	struct book_put put = {
		.name = name, .bytes = bytes, .by = c->by, .note = STR("group")
	};
	struct book_put_done done;

	return book_put_in(c->tx, c->call, c->book, &put, &done, c->why);
}

/* The group's own card; ERR_NOT_FOUND: it is a category only, or nothing. */
static enum err
card_of(const struct changing *c, str name, struct store_card *out)
{
	struct store_book row = row_of_book(c->book);
	struct store_key key = { CARD_KEY_GROUP, name };
	struct store_card_page page;

	TRY(store_card_with_key(
	    c->tx, c->call->arena, &row, &key, (str){ 0 }, 0, 1, &page));
	if (!page.count)
		return ERR_NOT_FOUND;
	return store_card_by_id(
	    c->tx, c->call->arena, c->book->account, page.list[0].id, STORE_WHOLE, out);
}

/* People whose cards name it. */
static enum err
people_of(const struct changing *c, str name, size_t limit, struct store_card_page *out)
{
	struct store_book row = row_of_book(c->book);
	struct store_key key = { CARD_KEY_CATEGORY, name };

	return store_card_with_key(
	    c->tx, c->call->arena, &row, &key, (str){ 0 }, 0, limit, out);
}

static enum err
is_there(const struct changing *c, str name, bool *out)
{
	struct store_card group;
	struct store_card_page people;
	enum err e = card_of(c, name, &group);

	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	TRY(people_of(c, name, 1, &people));
	*out = e == OK || people.count;
	return OK;
}

static enum err
set_category(
    const struct changing *c, const struct store_card *person, str name, bool in)
{
	struct store_card whole;
	struct card *card;
	str text;

	TRY(store_card_by_id(
	    c->tx, c->call->arena, c->book->account, person->id, STORE_WHOLE, &whole));
	TRY(card_read(c->call->arena, whole.bytes, &card, c->why));
	TRY(card_category_set(c->call->arena, card, name, in, &text));
	return text.at == whole.bytes.at ? OK : put(c, whole.name, text);
}

/* --- made --- */

static str
fresh_card(const struct changing *c, str name)
{
	return card_new_group(
	    c->call->arena, CARD_V3, book_fresh_uid(c->call->arena), name, (str){ 0 });
}

static enum err
make_rows(struct store_tx *tx, void *arg)
{
	struct changing *c = arg;
	bool there;

	c->tx = tx;
	TRY(is_there(c, c->name, &there));
	if (there)
		return refuse(
		    c->why, ERR_EXISTS, "a group of that name is there", c->name);
	return put(c, (str){ 0 }, fresh_card(c, c->name));
}

enum err
book_group_make(const struct call *call, const struct book *book, str name,
    enum book_door by, struct why *why)
{
	struct changing c = {
		.call = call, .book = book, .name = name, .by = by, .why = why
	};

	TRY(may_write(call, book));
	TRY(name_is_good(name, why));
	return store_write(call->store, make_rows, &c);
}

/* --- renamed, removed --- */

/* Those that no card of the group speaks for: their cards lose the old name and get the new
 * one, if there is one. */
static enum err
rename_people(const struct changing *c)
{
	struct store_card_page people;

	TRY(people_of(c, c->name, BOOK_MAX_OF_GROUP, &people));
	for (size_t i = 0; i < people.count; i++) {
		TRY(set_category(c, &people.list[i], c->name, false));
		if (c->new_name.len)
			TRY(set_category(c, &people.list[i], c->new_name, true));
	}
	return OK;
}

static enum err
fits(const struct changing *c)
{
	struct store_card_page people;

	TRY(people_of(c, c->name, BOOK_MAX_OF_GROUP, &people));
	return people.more ? refuse(c->why, ERR_LIMIT, "a group of over 5000", c->name)
			   : OK;
}

static enum err
change_card(const struct changing *c)
{
	static const struct book_when always = { .kind = BOOK_ALWAYS };
	struct store_card group;
	struct card *card;
	str text;
	enum err e = card_of(c, c->name, &group);

	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	if (!c->new_name.len)
		return book_card_remove_in(
		    c->tx, c->call, c->book, group.name, &always, c->by);
	TRY(card_read(c->call->arena, group.bytes, &card, c->why));
	TRY(card_group_rename(c->call->arena, card, c->new_name, &text));
	return put(c, group.name, text);
}

static enum err
rename_rows(struct store_tx *tx, void *arg)
{
	struct changing *c = arg;
	bool there;

	c->tx = tx;
	TRY(is_there(c, c->name, &there));
	if (!there)
		return ERR_NOT_FOUND;
	if (c->new_name.len) {
		TRY(is_there(c, c->new_name, &there));
		if (there)
			return refuse(c->why, ERR_EXISTS,
			    "a group of that name is there", c->new_name);
	}
	TRY(fits(c));
	TRY(change_card(c));
	return rename_people(c);
}

enum err
book_group_rename(const struct call *call, const struct book *book, str name,
    str new_name, enum book_door by, struct why *why)
{
	struct changing c = { .call = call,
		.book = book,
		.name = name,
		.new_name = new_name,
		.by = by,
		.why = why };

	TRY(may_write(call, book));
	TRY(name_is_good(new_name, why));
	return str_same(name, new_name) ? OK
					: store_write(call->store, rename_rows, &c);
}

enum err
book_group_remove(const struct call *call, const struct book *book, str name,
    enum book_door by, struct why *why)
{
	struct changing c = {
		.call = call, .book = book, .name = name, .by = by, .why = why
	};

	TRY(may_write(call, book));
	return store_write(call->store, rename_rows, &c);
}

/* --- in and out --- */

/* The group's card, or one of its own for what was a category only: with whom it has. */
static enum err
card_to_change(const struct changing *c, str *name, struct card **out)
{
	struct store_card group;
	struct store_card_page people;
	str *uids;
	size_t count = 0;
	str text;
	enum err e = card_of(c, c->name, &group);

	if (e == OK) {
		*name = group.name;
		return card_read(c->call->arena, group.bytes, out, c->why);
	}
	if (e != ERR_NOT_FOUND)
		return e;
	*name = (str){ 0 };
	TRY(people_of(c, c->name, BOOK_MAX_OF_GROUP, &people));
	uids = ARENA_ARRAY(c->call->arena, str, people.count);
	for (size_t i = 0; i < people.count; i++)
		if (people.list[i].uid.len)
			uids[count++] = people.list[i].uid;
	TRY(card_read(c->call->arena, fresh_card(c, c->name), out, c->why));
	TRY(card_members_set(c->call->arena, *out, uids, count, true, &text));
	return card_read(c->call->arena, text, out, c->why);
}

static enum err
change_members(const struct changing *c, const str *uids, size_t count)
{
	struct card *group;
	str name;
	str text;

	TRY(card_to_change(c, &name, &group));
	TRY(card_members_set(c->call->arena, group, uids, count, c->in, &text));
	return name.len && text.at == group->text.at ? OK : put(c, name, text);
}

static bool
is_in(const struct store_card *card, const struct store_card_page *people)
{
	for (size_t i = 0; i < people->count; i++)
		if (people->list[i].id == card->id)
			return true;
	return false;
}

/* Those that are there, are people, and are not so already. */
static enum err
whom(const struct changing *c, struct store_card *list, size_t *count)
{
	struct store_book row = row_of_book(c->book);
	struct store_card_page people;

	*count = 0;
	TRY(people_of(c, c->name, BOOK_MAX_OF_GROUP, &people));
	for (size_t i = 0; i < c->count; i++) {
		enum err e = store_card_find(c->tx, c->call->arena, &row, c->cards[i],
		    STORE_HEAD, &list[*count]);

		if (e != OK && e != ERR_NOT_FOUND)
			return e;
		if (e == OK && !list[*count].is_group &&
		    is_in(&list[*count], &people) != c->in)
			(*count)++;
	}
	return c->in && people.count + *count > BOOK_MAX_OF_GROUP
		   ? refuse(c->why, ERR_LIMIT, "a group of over 5000", c->name)
		   : OK;
}

static enum err
change_rows(struct store_tx *tx, void *arg)
{
	struct changing *c = arg;
	struct arena *arena = c->call->arena;
	struct store_card *list = ARENA_ARRAY(arena, struct store_card, c->count + 1);
	str *uids = ARENA_ARRAY(arena, str, c->count + 1);
	size_t uid_count = 0;
	bool there;

	c->tx = tx;
	TRY(is_there(c, c->name, &there));
	if (!there)
		return ERR_NOT_FOUND;
	TRY(whom(c, list, c->changed));
	for (size_t i = 0; i < *c->changed; i++)
		if (list[i].uid.len)
			uids[uid_count++] = list[i].uid;
	if (uid_count)
		TRY(change_members(c, uids, uid_count));
	for (size_t i = 0; i < *c->changed; i++)
		TRY(set_category(c, &list[i], c->name, c->in));
	return OK;
}

enum err
book_group_change(const struct call *call, const struct book *book, str name,
    const str *cards, size_t count, bool in, enum book_door by, size_t *changed,
    struct why *why)
{
	struct changing c = { .call = call,
		.book = book,
		.name = name,
		.cards = cards,
		.count = count,
		.in = in,
		.by = by,
		.changed = changed,
		.why = why };

	TRY(may_write(call, book));
	return store_write(call->store, change_rows, &c);
}
