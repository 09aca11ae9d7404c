/* rebase.c - an upload held against what its device had before it. */
#include "card/rebase.h"

#include "book/put_int.h"
#include "card/view.h"

/* The card as a device of that version has it before it. */
static enum err
as_version(struct arena *arena, str bytes, enum card_version version, struct card **out)
{
	struct why why;

	TRY(card_read(arena, bytes, out, &why));
	if ((*out)->version == version)
		return OK;
	TRY(card_view(
	    arena, *out, version == CARD_V3 ? CARD_FORM_3 : CARD_FORM_4, &bytes));
	return card_read(arena, bytes, out, &why);
}

static enum err
rebased(const struct putting *p, str base, str now, struct card_rebased *out)
{
	struct arena *arena = p->call->arena;
	const struct book_edit *edit = p->put->edit;
	struct card *sent;
	struct card *before;
	struct card *stands;

	TRY(card_read(arena, p->sent.row.bytes, &sent, p->why));
	TRY(as_version(arena, base, sent->version, &before));
	stands = before;
	if (now.at != base.at)
		TRY(as_version(arena, now, sent->version, &stands));
	return card_rebase(arena,
	    &(struct card_rebase){
		before, sent, stands, edit->dropped, edit->dropped_count },
	    out);
}

/* What was sent on top of `now`, seen from `base`.  What cannot be brought there, because it
 * would grow too large, stays as it was sent, and clashes. */
static enum err
bring(struct putting *p, str base, str now, bool *clash)
{
	struct card_rebased done;

	*clash = true;
	if (rebased(p, base, now, &done) != OK)
		return OK;
	*clash = done.clash;
	if (done.text.at == p->sent.row.bytes.at)
		return OK;
	p->rewritten = true;
	TRY(prepare_card(
	    p->call->arena, p->book->region, done.text, &p->fresh, p->why));
	p->fresh.row.name = p->sent.row.name;
	share_pictures(&p->sent, &p->fresh);
	return OK;
}

/* The card as devices are shown it; the same bytes where that makes no difference. */
static enum err
shown_bytes(struct store_tx *tx, const struct putting *p, const struct store_book *book,
    const struct store_card *now, str *out)
{
	struct store_card shown;

	*out = now->bytes;
	if (!now->packed.len)
		return OK;
	TRY(store_card_find(tx, p->call->arena, book, now->name, STORE_SHOWN, &shown));
	*out = shown.bytes;
	return OK;
}

static bool
is_of_now(const struct putting *p, const struct store_card *now)
{
	int64_t rev = p->put->edit->seen_rev;

	return p->put->when.kind == BOOK_IF_ETAG || (rev && now->rev <= rev);
}

/* What the device knew: by the rev it has seen, where no ETag says that it is up to date. */
static enum err
seen_bytes(struct store_tx *tx, const struct putting *p, const struct store_book *book,
    const struct store_card *now, str *out)
{
	int64_t rev = p->put->edit->seen_rev;
	struct store_version version;

	if (is_of_now(p, now))
		return shown_bytes(tx, p, book, now, out);
	if (!rev)
		return ERR_NOT_FOUND;
	TRY(store_version_as_of(
	    tx, p->call->arena, book, now->name, rev, STORE_SHOWN, &version));
	*out = version.bytes;
	return OK;
}

/* Nobody knows what it saw: it is taken as it is.  But a picture that it has from us, made
 * small, is ours. */
static enum err
keep_pictures(struct store_tx *tx, struct putting *p, const struct store_book *book,
    const struct store_card *now)
{
	str sent = p->sent.row.bytes;
	str shown;
	str text;

	TRY(shown_bytes(tx, p, book, now, &shown));
	if (shown.at == now->bytes.at)
		return OK;
	text = with_originals(p->call->arena, sent, shown, now->bytes);
	if (text.at == sent.at)
		return OK;
	p->rewritten = true;
	TRY(prepare_card(p->call->arena, p->book->region, text, &p->fresh, p->why));
	p->fresh.row.name = p->sent.row.name;
	share_pictures(&p->sent, &p->fresh);
	return OK;
}

enum err
rebase_upload(struct store_tx *tx, struct putting *p, const struct store_book *book,
    const struct store_card *old)
{
	struct store_origin origin = origin_of(p->call, p->put->by, STR("clash"));
	struct store_card now;
	bool clash = false;
	str base;
	enum err e;

	if (!p->put->edit || book->plain)
		return OK;
	TRY(store_card_find(tx, p->call->arena, book, old->name, STORE_WHOLE, &now));
	e = seen_bytes(tx, p, book, &now, &base);
	if (e == ERR_NOT_FOUND)
		return keep_pictures(tx, p, book, &now);
	if (e != OK)
		return e;
	TRY(bring(p, base, now.bytes, &clash));
	if (p->rewritten && base.at != now.bytes.at && is_of_now(p, &now))
		show_as_sent(p->call->arena, p->sent.row.bytes, &p->fresh);
	return clash && p->rewritten
		   ? store_version_refused(tx, book, &p->sent.row, &origin)
		   : OK;
}

/* --- too late --- */

/* Whether since then only answers came in, and what was rescued on top of them. */
static enum err
only_answers_since(struct store_tx *tx, const struct putting *p,
    const struct store_book *book, str name, int64_t rev, bool *only)
{
	str *doors;
	size_t count;

	TRY(store_doors_since(tx, p->call->arena, book, name, rev, &doors, &count));
	*only = count > 0;
	for (size_t i = 0; i < count; i++)
		*only &= str_same(doors[i], door_word(BOOK_BY_ANSWER)) ||
			 str_same(doors[i], door_word(BOOK_BY_RESCUE));
	return OK;
}

static enum err
version_matched(struct store_tx *tx, const struct putting *p,
    const struct store_book *book, str name, struct store_version *out)
{
	const struct book_when *when = &p->put->when;
	enum err e = ERR_NOT_FOUND;

	for (size_t i = 0; i < when->count && e == ERR_NOT_FOUND; i++)
		e = store_version_by_etag(
		    tx, p->call->arena, book, name, when->etags[i], STORE_SHOWN, out);
	return e;
}

enum err
rescue_upload(struct store_tx *tx, struct putting *p, const struct store_book *book,
    const struct store_card *old, bool *rescued)
{
	struct store_version base;
	struct store_card now;
	bool clash = false;
	bool only;
	enum err e;

	*rescued = false;
	if (!p->put->edit || book->plain || !old)
		return OK;
	e = version_matched(tx, p, book, old->name, &base);
	if (e == ERR_NOT_FOUND)
		return OK;
	if (e != OK)
		return e;
	TRY(only_answers_since(tx, p, book, old->name, base.rev, &only));
	if (!only)
		return OK;
	TRY(store_card_find(tx, p->call->arena, book, old->name, STORE_WHOLE, &now));
	TRY(bring(p, base.bytes, now.bytes, &clash));
	*rescued = !clash;
	return OK;
}
