/* put.c - one card into a book: the rules, one per line. */
#include "book/book_in.h"
#include "book/group_int.h"
#include "book/put_int.h"
#include "seal/seal.h"
#include "store/store.h"

static bool
is_file_name(str text)
{
	if (!text.len || text.len > BOOK_NAME_MAX_BYTES - 4 || text.at[0] == '.')
		return false;
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if (c <= ' ' || c == '/' || c == '\\' || c == 0x7F || c == ':')
			return false;
	}
	return true;
}

str
book_fresh_uid(struct arena *arena)
{
	str urn = seal_uuid(arena);

	return str_part(urn, STR("urn:uuid:").len, urn.len);
}

/* The name of a card that came without one: its UID where that can be a name. */
static str
made_name(struct arena *arena, str uid)
{
	if (!is_file_name(uid))
		uid = seal_token(arena);
	return arena_printf(arena, STR_FMT ".vcf", STR_ARG(uid));
}

static enum err
name_is_good(str name, struct why *why)
{
	if (name.len && name.len <= BOOK_NAME_MAX_BYTES && !str_has(name, '/') &&
	    !str_has(name, '\0'))
		return OK;
	*why = (struct why){ .what = "a name of 1 to 255 bytes, without '/'",
		.name = name };
	return ERR_BAD_INPUT;
}

/* What stands at the name now, or NULL: an empty place is no error here. */
static enum err
standing(struct store_tx *tx, struct arena *arena, const struct store_book *book,
    str name, struct store_card **out)
{
	struct store_card *old = ARENA_NEW(arena, struct store_card);
	enum err e = store_card_find(tx, arena, book, name, STORE_HEAD, old);

	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	*out = e == OK ? old : NULL;
	return OK;
}

static bool
has_etag(const struct book_when *when, const struct store_card *card)
{
	for (size_t i = 0; card && i < when->count; i++)
		if (str_same(when->etags[i], card->etag))
			return true;
	return false;
}

enum err
when_holds(const struct book_when *when, const struct store_card *old)
{
	bool met = true;

	switch (when->kind) {
	case BOOK_ALWAYS: break;
	case BOOK_IF_NEW: met = !old; break;
	case BOOK_IF_EXISTS: met = old != NULL; break;
	case BOOK_IF_ETAG: met = has_etag(when, old); break;
	case BOOK_IF_NOT_ETAG: met = !has_etag(when, old); break;
	case BOOK_IF_UNMODIFIED: met = !old || old->modified_ms <= when->at_ms; break;
	}
	return met ? OK : ERR_CONDITION;
}

static enum err
uid_taken(struct why *why, const char *what, str name)
{
	*why = (struct why){ .what = what, .name = name };
	return ERR_UID_TAKEN;
}

/* RFC 6352 6.3.2.1 has two halves: a card keeps its UID (one that had none may get one) ... */
static enum err
uid_stays(const struct store_card *old, const struct store_card *fresh, struct why *why)
{
	if (!old || !old->uid.len || str_same(old->uid, fresh->uid))
		return OK;
	return uid_taken(why, "the card here has another UID", old->name);
}

/* ... and no other card of the book has it. */
static enum err
uid_is_free(struct store_tx *tx, struct arena *arena, const struct store_book *book,
    const struct store_card *fresh, struct why *why)
{
	struct store_card twin;
	enum err e;

	if (!fresh->uid.len)
		return OK;
	e = store_card_by_uid(tx, arena, book, fresh->uid, STORE_HEAD, &twin);
	if (e == ERR_NOT_FOUND)
		return OK;
	if (e != OK)
		return e;
	if (str_same(twin.name, fresh->name))
		return OK;
	return uid_taken(why, "another card has this UID", twin.name);
}

static enum err
fits_quota(
    struct store_tx *tx, const struct store_book *book, int64_t more, struct why *why)
{
	int64_t used;

	if (more <= 0)
		return OK;
	TRY(store_book_bytes(tx, book->account, &used));
	if (used + more <= BOOK_QUOTA_BYTES)
		return OK;
	*why = (struct why){ .what = "the account's quota is used up" };
	return ERR_LIMIT;
}

static struct regrouping
regrouping_of(struct store_tx *tx, const struct putting *p,
    const struct store_book *book, const struct store_origin *origin)
{
	return (struct regrouping){ .tx = tx,
		.call = p->call,
		.book = book,
		.region = p->book->region,
		.origin = origin,
		.groups = p->put->edit ? p->put->edit->groups : BOOK_GROUPS_BOTH,
		.after = p->fresh.keys,
		.after_count = p->fresh.key_count,
		.uid = p->fresh.uid,
		.is_group = p->fresh.row.is_group };
}

/* A group that lists this card's UID has it, whatever the card says. */
static enum err
join_groups(struct putting *p, struct regrouping *groups)
{
	str text = p->fresh.row.bytes;
	str name = p->fresh.row.name;
	struct prepared before = p->fresh;

	TRY(regroup_join(groups, &text));
	if (text.at == before.row.bytes.at)
		return OK;
	p->rewritten = true;
	TRY(prepare_card(p->call->arena, p->book->region, text, &p->fresh, p->why));
	p->fresh.row.name = name;
	share_pictures(&before, &p->fresh);
	groups->after = p->fresh.keys;
	groups->after_count = p->fresh.key_count;
	return OK;
}

/* A program that leaves the UID away means the card that has it. */
static enum err
keep_uid(struct store_tx *tx, struct putting *p, const struct store_book *book,
    const struct store_card *old)
{
	struct arena *arena = p->call->arena;
	struct prepared before = p->fresh;
	struct card_edit add = { .kind = CARD_EDIT_ADD };
	struct store_card now;
	struct card *stands;
	struct card *fresh;
	str text;

	if (!old || !old->uid.len || p->fresh.row.uid.len)
		return OK;
	TRY(store_card_find(tx, arena, book, old->name, STORE_WHOLE, &now));
	TRY(card_read(arena, now.bytes, &stands, p->why));
	TRY(card_read(arena, p->fresh.row.bytes, &fresh, p->why));
	add.line = ARENA_JOIN(arena, STR("UID:"), stands->uid);
	TRY(card_write(arena, fresh, &add, 1, &text));
	p->rewritten = true;
	TRY(prepare_card(arena, p->book->region, text, &p->fresh, p->why));
	p->fresh.row.name = before.row.name;
	share_pictures(&before, &p->fresh);
	return OK;
}

/* Writes what is prepared over what stands. */
static enum err
write_rows(struct store_tx *tx, struct putting *p, struct store_book *book,
    const struct store_card *old, enum book_door by)
{
	struct store_origin origin = origin_of(p->call, by, p->put->note);
	struct regrouping groups;
	struct store_card fresh;

	TRY(keep_uid(tx, p, book, old));
	groups = regrouping_of(tx, p, book, &origin);
	TRY(regroup_begin(&groups, old));
	TRY(join_groups(p, &groups));
	fresh = p->fresh.row;
	fresh.modified_ms = p->call->now_ms;
	*p->done = (struct book_put_done){ .name = fresh.name,
		.etag = fresh.etag,
		.created = !old,
		.rewritten = p->rewritten || p->fresh.shown_smaller };
	if (old && str_same(old->etag, fresh.etag) && !p->put->anew) {
		p->done->unchanged = true;
		p->done->rev = old->rev;
		return OK;
	}
	TRY(uid_stays(old, &fresh, p->why));
	TRY(uid_is_free(tx, p->call->arena, book, &fresh, p->why));
	TRY(fits_quota(tx, book, fresh.size - (old ? old->size : 0), p->why));
	TRY(store_card_put(
	    tx, book, &fresh, old, p->fresh.keys, p->fresh.key_count, &origin));
	p->done->rev = book->rev;
	return regroup_others(&groups);
}

enum err
put_rows(struct store_tx *tx, void *arg)
{
	struct putting *p = arg;
	struct store_book book = row_of_book(p->book);
	struct store_card *old;

	p->fresh = p->sent;
	p->rewritten = false;
	TRY(standing(tx, p->call->arena, &book, p->sent.row.name, &old));
	TRY(when_holds(&p->put->when, old));
	if (old && !str_same(old->etag, p->sent.row.etag))
		TRY(rebase_upload(tx, p, &book, old));
	return write_rows(tx, p, &book, old, p->put->by);
}

/* Within somebody's write: no other process is waited for. */
static enum err
prepare_bytes(struct putting *p)
{
	str name = p->put->name;

	TRY(prepare_card(
	    p->call->arena, p->book->region, p->put->bytes, &p->sent, p->why));
	if (!name.len)
		name = made_name(p->call->arena, p->sent.row.uid);
	p->sent.row.name = name;
	return name_is_good(name, p->why);
}

enum err
put_prepare(struct putting *p)
{
	TRY(may_write(p->call, p->book));
	TRY(prepare_bytes(p));
	shrink_pictures(p->call, p->book, &p->sent);
	return OK;
}

enum err
book_put_in(struct store_tx *tx, const struct call *call, const struct book *book,
    const struct book_put *put, struct book_put_done *out, struct why *why)
{
	struct putting p = {
		.call = call, .book = book, .put = put, .done = out, .why = why
	};

	TRY(prepare_bytes(&p));
	if (put->from && put->from != book->account)
		TRY(take_over_pictures(tx, call->arena, put->from, &p.sent));
	return put_rows(tx, &p);
}

/* Phones throw an edit away that was refused: its bytes stay here (why: it is the only place
 * left where they are), and where only answers came in between, an edit of what stood before
 * them goes on top of them. */
static enum err
keep_refused(struct store_tx *tx, void *arg)
{
	struct putting *p = arg;
	struct store_book book = row_of_book(p->book);
	struct store_origin origin = origin_of(p->call, p->put->by, p->put->note);
	struct store_card *old;
	bool rescued;

	p->fresh = p->sent;
	TRY(standing(tx, p->call->arena, &book, p->sent.row.name, &old));
	if (old && str_same(old->etag, p->sent.row.etag))
		return OK; /* sent again: it is what stands */
	TRY(store_version_refused(tx, &book, &p->sent.row, &origin));
	if (p->put->when.kind != BOOK_IF_ETAG)
		return OK;
	TRY(rescue_upload(tx, p, &book, old, &rescued));
	return rescued ? write_rows(tx, p, &book, old, BOOK_BY_RESCUE) : OK;
}

void
put_refused(struct putting *p)
{
	/* Whoever is refused is to hear of a rescue, too. */
	if (p->put->when.kind == BOOK_IF_ETAG || p->put->by == BOOK_BY_DAV)
		(void)!store_write(p->call->store, keep_refused, p);
}

enum err
book_put(const struct call *call, const struct book *book, const struct book_put *put,
    struct book_put_done *out, struct why *why)
{
	struct putting p = {
		.call = call, .book = book, .put = put, .done = out, .why = why
	};
	enum err e;

	TRY(put_prepare(&p));
	e = change_book(call, book, NULL, put_rows, &p);
	if (e == ERR_CONDITION)
		put_refused(&p);
	return e;
}

enum err
book_put_keep(const struct call *call, const struct book *book,
    const struct book_put *put, struct why *why)
{
	struct putting p = { .call = call, .book = book, .put = put, .why = why };

	TRY(may_write(call, book));
	TRY(prepare_bytes(&p));
	put_refused(&p);
	return OK;
}

enum err
book_card_in(struct store_tx *tx, const struct call *call, int64_t account,
    int64_t book, str name, struct book *out_book, struct book_card *out)
{
	struct store_book row;
	struct store_card card;

	TRY(store_book_by_id(tx, call->arena, account, book, &row));
	TRY(store_card_find(tx, call->arena, &row, name, STORE_WHOLE, &card));
	*out_book = book_of_row(call, &row);
	*out = card_of_row(&card);
	return OK;
}
