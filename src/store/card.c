#include "store/card.h"

#include "base/buf.h"
#include "store/cut_int.h"

#define CARDS_PER_BOOK_BITS 24

/* --- reading --- */

enum { HEAD_COLUMNS = 11 };

static void
read_head(struct store_tx *tx, struct arena *arena, struct store_card *out)
{
	*out = (struct store_card){
		.id = tx_number(tx, 0),
		.name = tx_text(tx, arena, 1),
		.uid = tx_text(tx, arena, 2),
		.etag = tx_text(tx, arena, 3),
		.fn = tx_text(tx, arena, 4),
		.sort_key = tx_text(tx, arena, 5),
		.rev = tx_number(tx, 6),
		.size = tx_number(tx, 7),
		.modified_ms = tx_number(tx, 8),
		.is_group = tx_number(tx, 9) != 0,
		.odd = tx_number(tx, 10) != 0,
	};
}

static void
read_card(struct store_tx *tx, struct arena *arena, enum store_part part, int data,
    struct store_card *out)
{
	read_head(tx, arena, out);
	if (part == STORE_HEAD)
		return;
	out->packed = tx_text(tx, arena, data);
	out->bytes = tx_text(tx, arena, data + 1);
}

/* Reads the one row a statement gives. */
static enum err
one_card(struct store_tx *tx, struct arena *arena, int64_t account,
    enum store_part part, struct store_card *out)
{
	read_card(tx, arena, part, HEAD_COLUMNS, out);
	tx_done(tx);
	return cut_join(tx, arena, account, part, out->packed, &out->bytes);
}

enum err
store_card_find(struct store_tx *tx, struct arena *arena, const struct store_book *book,
    str name, enum store_part part, struct store_card *out)
{
	TRY(tx_first(tx, part == STORE_HEAD ? SQL_CARD_HEAD : SQL_CARD_WHOLE,
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_T(name))));
	return one_card(tx, arena, book->account, part, out);
}

enum err
store_card_by_uid(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str uid, enum store_part part,
    struct store_card *out)
{
	TRY(tx_first(tx,
	    part == STORE_HEAD ? SQL_CARD_HEAD_BY_UID : SQL_CARD_WHOLE_BY_UID,
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_T(uid))));
	return one_card(tx, arena, book->account, part, out);
}

enum err
store_card_by_id(struct store_tx *tx, struct arena *arena, int64_t account, int64_t id,
    enum store_part part, struct store_card *out)
{
	TRY(tx_first(tx,
	    part == STORE_HEAD ? SQL_CARD_HEAD_BY_ID : SQL_CARD_WHOLE_BY_ID,
	    CELLS(CELL_I(account), CELL_I(id))));
	return one_card(tx, arena, account, part, out);
}

bool
store_card_is_of(int64_t card, int64_t book)
{
	return card >> CARDS_PER_BOOK_BITS == book;
}

/* Whether a page of whole cards has all it should: they may be large, each of them. */
static bool
is_full(size_t *bytes, enum store_part part, const struct store_card *latest)
{
	if (part != STORE_HEAD)
		*bytes += (size_t)latest->size;
	return *bytes >= STORE_PAGE_BYTES;
}

/* What ended a version, in the column `removed`, beside enum store_end's: a newer one; it
 * never stood; it stood at another place, from where its card came. */
enum { VERSION_REPLACED = 0, VERSION_REFUSED = 2, VERSION_CARRIED = 4 };

/* One row more than asked for is read: its presence says that there is more. */
static enum err
read_page(struct store_tx *tx, struct arena *arena, int64_t account, size_t limit,
    enum store_part part, struct store_card_page *out)
{
	struct rows rows = { .each = sizeof *out->list };
	size_t bytes = 0;
	bool full = false;
	bool more;

	out->more = false;
	TRY(tx_step(tx, &more));
	while (more && !full && rows.count < limit) {
		struct store_card *card = rows_add(&rows, arena);

		read_card(tx, arena, part, HEAD_COLUMNS, card);
		full = is_full(&bytes, part, card);
		TRY(tx_step(tx, &more));
	}
	if (more) {
		out->more = true;
		tx_done(tx);
	}
	out->list = (struct store_card *)(void *)rows.list;
	out->count = rows.count;
	for (size_t i = 0; i < out->count; i++)
		TRY(cut_join(tx, arena, account, part, out->list[i].packed,
		    &out->list[i].bytes));
	return OK;
}

enum err
store_card_scan(struct store_tx *tx, struct arena *arena, const struct store_book *book,
    int64_t after_id, size_t limit, enum store_part part, struct store_card_page *out)
{
	int64_t from = book->id << CARDS_PER_BOOK_BITS;
	int64_t to = (book->id + 1) << CARDS_PER_BOOK_BITS;

	TRY(tx_start(tx, part == STORE_HEAD ? SQL_CARD_SCAN_HEADS : SQL_CARD_SCAN_WHOLE,
	    CELLS(CELL_I(book->account), CELL_I(book->id),
		CELL_I(after_id > from ? after_id : from), CELL_I(to),
		CELL_I(limit + 1))));
	return read_page(tx, arena, book->account, limit, part, out);
}

enum err
store_card_sorted(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str after_key, int64_t after_id, size_t limit,
    struct store_card_page *out)
{
	TRY(tx_start(tx, SQL_CARD_SORTED,
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_B(after_key),
		CELL_I(after_id), CELL_I(limit + 1))));
	return read_page(tx, arena, book->account, limit, STORE_HEAD, out);
}

enum err
store_card_with_key(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, const struct store_key *key, str after_key,
    int64_t after_id, size_t limit, struct store_card_page *out)
{
	TRY(tx_start(tx, SQL_CARD_WITH_KEY,
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_T(key->value),
		CELL_I(key->kind), CELL_B(after_key), CELL_I(after_id),
		CELL_I(limit + 1))));
	return read_page(tx, arena, book->account, limit, STORE_HEAD, out);
}

/* --- changes --- */

static enum statement
changes_statement(bool everything, enum store_part part)
{
	if (everything)
		return part == STORE_HEAD ? SQL_ALL_HEADS : SQL_ALL_WHOLE;
	return part == STORE_HEAD ? SQL_CHANGES_HEADS : SQL_CHANGES_WHOLE;
}

/* Every change has a rev of its own, so a page goes on where the last one ended.  (A walk
 * that began with nothing will be told of names that went away on its later pages, which a
 * client takes as news of what it never had.) */
enum err
store_changes(struct store_tx *tx, struct arena *arena, const struct store_book *book,
    int64_t since, int64_t until, size_t limit, enum store_part part,
    struct store_change_page *out)
{
	struct rows rows = { .each = sizeof *out->list };
	size_t bytes = 0;
	bool full = false;
	bool more;

	out->more = false;
	TRY(tx_start(tx, changes_statement(since == 0, part),
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_I(since), CELL_I(until),
		CELL_I(limit + 1))));
	TRY(tx_step(tx, &more));
	while (more && !full && rows.count < limit) {
		struct store_change *change = rows_add(&rows, arena);

		read_card(tx, arena, part, HEAD_COLUMNS + 1, &change->card);
		full = is_full(&bytes, part, &change->card);
		change->gone = tx_number(tx, HEAD_COLUMNS) != 0;
		TRY(tx_step(tx, &more));
	}
	if (more) {
		out->more = true;
		tx_done(tx);
	}
	out->list = (struct store_change *)(void *)rows.list;
	out->count = rows.count;
	for (size_t i = 0; i < out->count; i++)
		TRY(cut_join(tx, arena, book->account, part, out->list[i].card.packed,
		    &out->list[i].card.bytes));
	return OK;
}

/* --- writing --- */

/* Takes the book and its next rev. */
static enum err
touch(struct store_tx *tx, struct store_book *book, int64_t fresh, int64_t cards,
    int64_t bytes, int64_t *n)
{
	TRY(tx_first(tx, SQL_BOOK_TOUCH,
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_I(fresh), CELL_I(cards),
		CELL_I(bytes))));
	book->rev = tx_number(tx, 0);
	*n = tx_number(tx, 1);
	tx_done(tx);
	book->cards += cards;
	book->bytes += bytes;
	return OK;
}

/*
 * A card's keys are rows of card_key, to be found by, and packed into its own row, to be
 * compared and taken away again: kind, blank, value, NUL.
 */
static str
pack_keys(struct arena *arena, const struct store_key *keys, size_t count)
{
	struct buf packed = buf_in(arena, SIZE_MAX);

	for (size_t i = 0; i < count; i++) {
		buf_add_int(&packed, keys[i].kind);
		buf_add_char(&packed, ' ');
		buf_add(&packed, keys[i].value);
		buf_add_char(&packed, '\0');
	}
	return buf_str(&packed);
}

static bool
unpack_key(str *packed, struct store_key *out)
{
	str one = str_cut(packed, '\0');
	str kind = str_cut(&one, ' ');

	out->value = one;
	return str_number(kind, &out->kind);
}

static enum err
add_keys(struct store_tx *tx, int64_t account, int64_t card,
    const struct store_key *keys, size_t count)
{
	for (size_t i = 0; i < count; i++)
		TRY(tx_do(tx, SQL_KEY_ADD,
		    CELLS(CELL_I(account), CELL_T(keys[i].value), CELL_I(keys[i].kind),
			CELL_I(card))));
	return OK;
}

static enum err
packed_keys(
    struct store_tx *tx, struct arena *arena, int64_t account, int64_t card, str *out)
{
	TRY(tx_first(tx, SQL_CARD_KEYS, CELLS(CELL_I(account), CELL_I(card))));
	*out = tx_text(tx, arena, 0);
	tx_done(tx);
	return OK;
}

static enum err
remove_keys(struct store_tx *tx, int64_t account, int64_t card, str packed)
{
	struct store_key key;

	while (packed.len && unpack_key(&packed, &key))
		TRY(tx_do(tx, SQL_KEY_REMOVE,
		    CELLS(CELL_I(account), CELL_T(key.value), CELL_I(key.kind),
			CELL_I(card))));
	return OK;
}

static enum err
add_card(struct store_tx *tx, struct store_book *book, struct store_card *card,
    str keys, const struct store_origin *origin)
{
	SCOPED(arena) arena = arena_open();
	str bytes;
	str cuts;
	int64_t n;

	TRY(touch(tx, book, 1, 1, card->size, &n));
	if (n >= (int64_t)1 << CARDS_PER_BOOK_BITS)
		return ERR_LIMIT;
	card->id = book->id << CARDS_PER_BOOK_BITS | n;
	card->rev = book->rev;
	TRY(cut_away(tx, arena, book->account, card, &bytes, &cuts));
	TRY(tx_do(tx, SQL_CARD_ADD,
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_I(card->id),
		CELL_T(card->name), CELL_T(card->uid), CELL_T(card->etag),
		CELL_T(card->fn), CELL_B(card->sort_key), CELL_I(card->rev),
		CELL_I(card->size), CELL_I(card->modified_ms), CELL_I(card->is_group),
		CELL_I(card->odd), CELL_T(origin->door), CELL_T(origin->note),
		CELL_T(origin->device), CELL_I(origin->who), CELL_B(keys), CELL_T(cuts),
		CELL_B(bytes))));
	return tx_do(tx, SQL_GONE_LIFT,
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_T(card->name)));
}

static enum err
replace_card(struct store_tx *tx, struct store_book *book, struct store_card *card,
    const struct store_card *old, str keys, const struct store_origin *origin)
{
	SCOPED(arena) arena = arena_open();
	str bytes;
	str cuts;
	int64_t n;

	TRY(touch(tx, book, 0, 0, card->size - old->size, &n));
	TRY(cut_away(tx, arena, book->account, card, &bytes, &cuts));
	TRY(tx_do(tx, SQL_VERSION_ADD,
	    CELLS(CELL_I(book->account), CELL_I(old->id), CELL_I(origin->at_ms),
		CELL_I(VERSION_REPLACED))));
	card->id = old->id;
	card->rev = book->rev;
	return tx_do(tx, SQL_CARD_REPLACE,
	    CELLS(CELL_I(book->account), CELL_I(card->id), CELL_T(card->uid),
		CELL_T(card->etag), CELL_T(card->fn), CELL_B(card->sort_key),
		CELL_I(card->rev), CELL_I(card->size), CELL_I(card->modified_ms),
		CELL_T(origin->door), CELL_T(origin->note), CELL_T(origin->device),
		CELL_I(origin->who), CELL_B(keys), CELL_T(cuts), CELL_B(bytes),
		CELL_I(card->is_group), CELL_I(card->odd)));
}

/* Most edits change no key, and keys cost more to write than to compare. */
static enum err
exchange(struct store_tx *tx, struct store_book *book, struct store_card *card,
    const struct store_card *old, const struct store_key *keys, size_t key_count,
    const struct store_origin *origin)
{
	SCOPED(arena) arena = arena_open();
	str fresh = pack_keys(arena, keys, key_count);
	str former;

	TRY(packed_keys(tx, arena, book->account, old->id, &former));
	TRY(replace_card(tx, book, card, old, fresh, origin));
	if (str_same(former, fresh))
		return OK;
	TRY(remove_keys(tx, book->account, card->id, former));
	return add_keys(tx, book->account, card->id, keys, key_count);
}

enum err
store_card_put(struct store_tx *tx, struct store_book *book, struct store_card *card,
    const struct store_card *old, const struct store_key *keys, size_t key_count,
    const struct store_origin *origin)
{
	SCOPED(arena) arena = NULL;

	if (old)
		return exchange(tx, book, card, old, keys, key_count, origin);
	arena = arena_open();
	TRY(add_card(tx, book, card, pack_keys(arena, keys, key_count), origin));
	return add_keys(tx, book->account, card->id, keys, key_count);
}

enum err
store_card_remove(struct store_tx *tx, struct store_book *book,
    const struct store_card *old, enum store_end end, const struct store_origin *origin)
{
	SCOPED(arena) arena = arena_open();
	str keys;
	int64_t n;

	TRY(packed_keys(tx, arena, book->account, old->id, &keys));
	TRY(touch(tx, book, 0, -1, -old->size, &n));
	TRY(tx_do(tx, SQL_VERSION_ADD,
	    CELLS(CELL_I(book->account), CELL_I(old->id), CELL_I(origin->at_ms),
		CELL_I(end))));
	TRY(remove_keys(tx, book->account, old->id, keys));
	TRY(tx_do(tx, SQL_CARD_REMOVE, CELLS(CELL_I(book->account), CELL_I(old->id))));
	return tx_do(tx, SQL_GONE_PUT,
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_T(old->name),
		CELL_I(book->rev)));
}

/* --- keys --- */

enum err
store_key_find(struct store_tx *tx, struct arena *arena, int64_t account,
    const struct store_key *keys, size_t key_count, size_t limit,
    struct store_hit **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };

	for (size_t i = 0; i < key_count && rows.count < limit; i++) {
		bool more;

		TRY(tx_start(tx, SQL_KEY_FIND,
		    CELLS(CELL_I(account), CELL_T(keys[i].value), CELL_I(keys[i].kind),
			CELL_I(limit - rows.count))));
		TRY(tx_step(tx, &more));
		while (more) {
			struct store_hit *hit = rows_add(&rows, arena);

			*hit = (struct store_hit){
				.card = tx_number(tx, 0),
				.book = tx_number(tx, 1),
				.kind = tx_number(tx, 2),
				.value = tx_text(tx, arena, 3),
			};
			TRY(tx_step(tx, &more));
		}
	}
	*out = (struct store_hit *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

enum err
store_card_keys(struct store_tx *tx, struct arena *arena, int64_t account, int64_t card,
    struct store_key **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	str packed;
	struct store_key key;

	TRY(packed_keys(tx, arena, account, card, &packed));
	while (packed.len && unpack_key(&packed, &key))
		*(struct store_key *)rows_add(&rows, arena) = key;
	*out = (struct store_key *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

/* The first column of all rows of the statement that runs. */
static enum err
all_texts(struct store_tx *tx, struct arena *arena, str **out, size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_step(tx, &more));
	while (more) {
		*(str *)rows_add(&rows, arena) = tx_text(tx, arena, 0);
		TRY(tx_step(tx, &more));
	}
	*out = (str *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

/* --- former versions --- */

enum { VERSION_COLUMNS = 11 };

static void
read_version(struct store_tx *tx, struct arena *arena, struct store_version *out)
{
	*out = (struct store_version){
		.rev = tx_number(tx, 0),
		.name = tx_text(tx, arena, 1),
		.uid = tx_text(tx, arena, 2),
		.etag = tx_text(tx, arena, 3),
		.origin = { .who = tx_number(tx, 4),
		    .door = tx_text(tx, arena, 5),
		    .note = tx_text(tx, arena, 6),
		    .device = tx_text(tx, arena, 7),
		    .at_ms = tx_number(tx, 8) },
		.until_ms = tx_number(tx, 9),
		.removed = tx_number(tx, 10) == STORE_REMOVED ||
			   tx_number(tx, 10) == STORE_MOVED,
		.refused = tx_number(tx, 10) == VERSION_REFUSED,
	};
}

enum err
store_version_list(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str name, size_t limit, struct store_version **out,
    size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_VERSION_LIST,
	    CELLS(
		CELL_I(book->account), CELL_I(book->id), CELL_T(name), CELL_I(limit))));
	TRY(tx_step(tx, &more));
	while (more) {
		read_version(tx, arena, rows_add(&rows, arena));
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_version *)(void *)rows.list;
	*count = rows.count;
	return OK;
}

/* Reads the one row a statement gives. */
static enum err
one_version(struct store_tx *tx, struct arena *arena, int64_t account,
    enum store_part part, struct store_version *out)
{
	read_version(tx, arena, out);
	out->packed = tx_text(tx, arena, VERSION_COLUMNS);
	out->bytes = tx_text(tx, arena, VERSION_COLUMNS + 1);
	tx_done(tx);
	return cut_join(tx, arena, account, part, out->packed, &out->bytes);
}

enum err
store_version_find(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str name, int64_t rev, struct store_version *out)
{
	TRY(tx_first(tx, SQL_VERSION_FIND,
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_T(name), CELL_I(rev))));
	return one_version(tx, arena, book->account, STORE_WHOLE, out);
}

enum err
store_version_now(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str name, struct store_version *out)
{
	TRY(tx_first(tx, SQL_VERSION_NOW,
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_T(name))));
	return one_version(tx, arena, book->account, STORE_WHOLE, out);
}

enum err
store_version_at(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str name, int64_t at_ms, struct store_version *out)
{
	TRY(tx_first(tx, SQL_VERSION_AT,
	    CELLS(
		CELL_I(book->account), CELL_I(book->id), CELL_T(name), CELL_I(at_ms))));
	return one_version(tx, arena, book->account, STORE_WHOLE, out);
}

enum err
store_version_as_of(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str name, int64_t rev, enum store_part part,
    struct store_version *out)
{
	TRY(tx_first(tx, SQL_VERSION_AS_OF,
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_T(name), CELL_I(rev))));
	return one_version(tx, arena, book->account, part, out);
}

enum err
store_version_by_etag(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str name, str etag, enum store_part part,
    struct store_version *out)
{
	TRY(tx_first(tx, SQL_VERSION_BY_ETAG,
	    CELLS(
		CELL_I(book->account), CELL_I(book->id), CELL_T(name), CELL_T(etag))));
	return one_version(tx, arena, book->account, part, out);
}

enum err
store_doors_since(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, str name, int64_t rev, str **out, size_t *count)
{
	TRY(tx_start(tx, SQL_DOORS_SINCE,
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_T(name), CELL_I(rev))));
	return all_texts(tx, arena, out, count);
}

/* What the rows of a statement used, used once more by the copies. */
static enum err
count_copies(struct store_tx *tx, struct arena *arena, int64_t account, int64_t *count)
{
	str *cuts;
	size_t rows;

	TRY(all_texts(tx, arena, &cuts, &rows));
	*count = (int64_t)rows;
	for (size_t i = 0; i < rows; i++)
		TRY(cut_again(tx, account, cuts[i]));
	return OK;
}

enum err
store_version_carry(struct store_tx *tx, const struct store_book *from, str name,
    struct store_book *to, str to_name)
{
	SCOPED(arena) arena = arena_open();
	int64_t count;

	TRY(tx_start(tx, SQL_VERSION_CARRY,
	    CELLS(CELL_I(from->account), CELL_I(from->id), CELL_T(name), CELL_I(to->id),
		CELL_T(to_name), CELL_I(to->rev))));
	TRY(count_copies(tx, arena, to->account, &count));
	TRY(tx_first(tx, SQL_BOOK_SKIP,
	    CELLS(CELL_I(to->account), CELL_I(to->id), CELL_I(count))));
	to->rev = tx_number(tx, 0);
	tx_done(tx);
	return OK;
}

/* Numbered below zero, by the moment: it never had a rev of the book. */
enum err
store_version_refused(struct store_tx *tx, const struct store_book *book,
    const struct store_card *card, const struct store_origin *origin)
{
	SCOPED(arena) arena = arena_open();
	str bytes;
	str cuts;

	TRY(cut_away(tx, arena, book->account, card, &bytes, &cuts));
	TRY(tx_do(tx, SQL_VERSION_REFUSED,
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_T(card->name),
		CELL_I(-origin->at_ms), CELL_T(card->uid), CELL_T(card->etag),
		CELL_I(origin->who), CELL_T(origin->door), CELL_T(origin->note),
		CELL_T(origin->device), CELL_I(origin->at_ms), CELL_I(VERSION_REFUSED),
		CELL_T(cuts), CELL_B(bytes))));
	if (tx->driver->changed(tx->session))
		return OK;
	return cut_drop(tx, book->account, cuts); /* it is kept already */
}

enum err
store_version_removed(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, size_t limit, struct store_version **out,
    size_t *count)
{
	struct rows rows = { .each = sizeof **out };
	bool more;

	TRY(tx_start(tx, SQL_VERSION_REMOVED,
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_I(limit))));
	TRY(tx_step(tx, &more));
	while (more) {
		struct store_version *version = rows_add(&rows, arena);

		read_version(tx, arena, version);
		version->packed = tx_text(tx, arena, VERSION_COLUMNS);
		version->bytes = tx_text(tx, arena, VERSION_COLUMNS + 1);
		TRY(tx_step(tx, &more));
	}
	*out = (struct store_version *)(void *)rows.list;
	*count = rows.count;
	for (size_t i = 0; i < *count; i++)
		TRY(cut_join(tx, arena, book->account, STORE_WHOLE, (*out)[i].packed,
		    &(*out)[i].bytes));
	return OK;
}

enum err
store_names_touched(struct store_tx *tx, struct arena *arena,
    const struct store_book *book, int64_t after_ms, str after, size_t limit, str **out,
    size_t *count)
{
	TRY(tx_start(tx, SQL_NAMES_TOUCHED,
	    CELLS(CELL_I(book->account), CELL_I(book->id), CELL_I(after_ms),
		CELL_T(after), CELL_I(limit))));
	return all_texts(tx, arena, out, count);
}

struct pruned {
	int64_t account;
	str cuts;
};

/* The rows a statement deletes, and what they used. */
static enum err
prune(struct store_tx *tx, enum statement statement, int64_t bound, size_t limit,
    int64_t *count)
{
	SCOPED(arena) arena = arena_open();
	struct rows rows = { .each = sizeof(struct pruned) };
	struct pruned *list;
	bool more;

	TRY(tx_start(tx, statement, CELLS(CELL_I(bound), CELL_I(limit))));
	TRY(tx_step(tx, &more));
	while (more) {
		*(struct pruned *)rows_add(&rows, arena) =
		    (struct pruned){ tx_number(tx, 0), tx_text(tx, arena, 1) };
		TRY(tx_step(tx, &more));
	}
	list = (struct pruned *)(void *)rows.list;
	for (size_t i = 0; i < rows.count; i++)
		TRY(cut_drop(tx, list[i].account, list[i].cuts));
	*count += (int64_t)rows.count;
	return OK;
}

enum err
store_version_prune(
    struct store_tx *tx, int64_t before_ms, int64_t keep, size_t limit, int64_t *count)
{
	*count = 0;
	if (before_ms)
		TRY(prune(tx, SQL_VERSION_PRUNE_AGE, before_ms, limit, count));
	return keep ? prune(tx, SQL_VERSION_PRUNE_COUNT, keep, limit, count) : OK;
}
