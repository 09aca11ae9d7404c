/* place.c - properties of the clients' own. */
#include "book/place.h"

#include "book/place_int.h"

struct store_place
row_of_place(const struct book_place *place)
{
	return (struct store_place){ place->account, place->book, place->card };
}

enum err
book_props(const struct call *call, const struct book_place *place,
    struct book_prop **out, size_t *count)
{
	SCOPED(store_tx) tx = NULL;
	struct store_place row = row_of_place(place);
	struct store_prop *list;

	TRY(store_look(call->store, &tx));
	TRY(store_prop_list(tx, call->arena, &row, &list, count));
	*out = ARENA_ARRAY(call->arena, struct book_prop, *count);
	for (size_t i = 0; i < *count; i++)
		(*out)[i] =
		    (struct book_prop){ list[i].space, list[i].local, list[i].xml };
	return OK;
}

enum err
props_change_in(struct store_tx *tx, const struct call *call,
    const struct book_place *place, const struct book_prop *changes, size_t count)
{
	struct store_place at = row_of_place(place);
	struct store_prop *list;
	size_t all;

	if (!count)
		return OK;
	for (size_t i = 0; i < count; i++) {
		const struct book_prop *p = &changes[i];
		struct store_prop row = { p->space, p->local, p->xml };

		if (p->xml.len > BOOK_PROP_MAX_BYTES)
			return ERR_TOO_LARGE;
		TRY(p->xml.len ? store_prop_put(tx, &at, &row)
			       : store_prop_remove(tx, &at, &row));
	}
	TRY(store_prop_list(tx, call->arena, &at, &list, &all));
	return all > BOOK_MAX_PROPS ? ERR_LIMIT : OK;
}

struct changing {
	const struct call *call;
	const struct book_place *place;
	const struct book_prop *changes;
	size_t count;
};

static enum err
change_rows(struct store_tx *tx, void *arg)
{
	const struct changing *c = arg;

	return props_change_in(tx, c->call, c->place, c->changes, c->count);
}

enum err
book_props_change(const struct call *call, const struct book_place *place,
    const struct book_prop *changes, size_t count)
{
	struct changing c = { call, place, changes, count };

	return count ? store_write(call->store, change_rows, &c) : OK;
}
