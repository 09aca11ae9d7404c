/* cut.c - stretches of cards, kept by their content. */
#include "base/buf.h"
#include "store/cut_int.h"

/* --- "at len digest;" --- */

static void
pack(struct buf *out, const struct store_cut *cut)
{
	buf_add_int(out, (int64_t)cut->at);
	buf_add_char(out, ' ');
	buf_add_int(out, (int64_t)cut->len);
	buf_add_char(out, ' ');
	buf_add(out, cut->digest);
	buf_add_char(out, ';');
}

static bool
unpack(str *packed, struct store_cut *out)
{
	str one = str_cut(packed, ';');
	int64_t at;
	int64_t len;

	if (!str_number(str_cut(&one, ' '), &at) ||
	    !str_number(str_cut(&one, ' '), &len))
		return false;
	*out =
	    (struct store_cut){ .at = (size_t)at, .len = (size_t)len, .digest = one };
	return true;
}

/* --- taking away --- */

static enum err
keep(struct store_tx *tx, int64_t account, const struct store_cut *cut, str bytes)
{
	return tx_do(tx, SQL_CUT_PUT,
	    CELLS(CELL_I(account), CELL_T(cut->digest), CELL_B(cut->shown),
		CELL_B(bytes)));
}

enum err
cut_away(struct store_tx *tx, struct arena *arena, int64_t account,
    const struct store_card *card, str *bytes, str *packed)
{
	struct buf rest = buf_in(arena, card->bytes.len + 1);
	struct buf places = buf_in(arena, SIZE_MAX);
	size_t done = 0;

	*bytes = card->bytes;
	*packed = (str){ 0 };
	for (size_t i = 0; i < card->cut_count; i++) {
		const struct store_cut *cut = card->cuts + i;

		must(cut->at >= done && cut->at + cut->len <= card->bytes.len);
		buf_add(&rest, str_part(card->bytes, done, cut->at - done));
		done = cut->at + cut->len;
		pack(&places, cut);
		TRY(keep(tx, account, cut, str_part(card->bytes, cut->at, cut->len)));
	}
	if (!card->cut_count)
		return OK;
	buf_add(&rest, str_part(card->bytes, done, card->bytes.len));
	*bytes = buf_str(&rest);
	*packed = buf_str(&places);
	return OK;
}

/* --- putting back --- */

static enum err
find(struct store_tx *tx, struct arena *arena, int64_t account, enum store_part part,
    str digest, str *out)
{
	enum err e = tx_first(tx, part == STORE_SHOWN ? SQL_CUT_SHOWN : SQL_CUT_WHOLE,
	    CELLS(CELL_I(account), CELL_T(digest)));

	if (e == ERR_NOT_FOUND)
		return ERR_STORE; /* a row says it is there */
	TRY(e);
	*out = tx_text(tx, arena, 0);
	tx_done(tx);
	return OK;
}

enum err
cut_join(struct store_tx *tx, struct arena *arena, int64_t account,
    enum store_part part, str packed, str *bytes)
{
	struct buf whole = buf_in(arena, SIZE_MAX);
	struct store_cut cut;
	size_t done = 0; /* of *bytes */
	size_t gone = 0; /* lengths of the cuts so far */

	if (!packed.len)
		return OK;
	while (packed.len && unpack(&packed, &cut)) {
		str piece;

		TRY(find(tx, arena, account, part, cut.digest, &piece));
		buf_add(&whole, str_part(*bytes, done, cut.at - gone - done));
		buf_add(&whole, piece);
		done = cut.at - gone;
		gone += cut.len;
	}
	buf_add(&whole, str_part(*bytes, done, bytes->len));
	*bytes = buf_str(&whole);
	return OK;
}

/* --- uses --- */

enum err
cut_again(struct store_tx *tx, int64_t account, str packed)
{
	struct store_cut cut;

	while (packed.len && unpack(&packed, &cut))
		TRY(tx_do(
		    tx, SQL_CUT_MORE, CELLS(CELL_I(account), CELL_T(cut.digest))));
	return OK;
}

enum err
cut_drop(struct store_tx *tx, int64_t account, str packed)
{
	struct store_cut cut;

	while (packed.len && unpack(&packed, &cut)) {
		TRY(tx_do(
		    tx, SQL_CUT_LESS, CELLS(CELL_I(account), CELL_T(cut.digest))));
		TRY(tx_do(
		    tx, SQL_CUT_REMOVE, CELLS(CELL_I(account), CELL_T(cut.digest))));
	}
	return OK;
}

enum err
store_cut_find(struct store_tx *tx, int64_t account, str digest, bool *shown)
{
	TRY(tx_first(tx, SQL_CUT_FIND, CELLS(CELL_I(account), CELL_T(digest))));
	*shown = tx_number(tx, 0) > 0;
	tx_done(tx);
	return OK;
}

enum err
store_cut_shown(
    struct store_tx *tx, struct arena *arena, int64_t account, str digest, str *out)
{
	bool shown = false;
	enum err e = store_cut_find(tx, account, digest, &shown);

	*out = (str){ 0 };
	if (e == ERR_NOT_FOUND || (e == OK && !shown))
		return OK;
	return e == OK ? find(tx, arena, account, STORE_SHOWN, digest, out) : e;
}
