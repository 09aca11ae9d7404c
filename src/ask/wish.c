/*
 * wish.c - asks that an owner makes in his contacts program (card/wish.h).
 *
 * The courier looks through what changed in each book; so an upload costs nothing for it.
 * A mark that is younger than the grace time may still be taken back.  The marks go from
 * the card as the ask is made, which is how the owner's devices show that it was; where
 * nobody can be asked the card stays as it is.
 */
#include "card/wish.h"

#include "ask/ask_int.h"
#include "ask/follow_int.h"
#include "ask/texts.h"
#include "base/log.h"
#include "store/wish.h"

#define BOOKS_PER_ROUND 20
#define PAGE            200
#define AT_ONCE         5 /* of one book: who selects all by mistake asks five people */
#define AGAIN_MS        ((int64_t)3600 * 1000)

struct looking {
	struct call call; /* who: the book's owner */
	const struct ask_rules *rules;
	struct book book;
	bool is_first;        /* the owner's own card is in this one */
	int64_t rev, next_ms; /* looked through; when to come back */
	size_t asked;
};

/* --- which fields --- */

static const struct {
	str word;
	enum card_field field;
} words[] = {
	{ STR_CONST("电话"), CARD_F_MOBILE },
	{ STR_CONST("phone"), CARD_F_MOBILE },
	{ STR_CONST("邮箱"), CARD_F_EMAIL },
	{ STR_CONST("mail"), CARD_F_EMAIL },
	{ STR_CONST("地址"), CARD_F_HOME_ADDRESS },
	{ STR_CONST("address"), CARD_F_HOME_ADDRESS },
	{ STR_CONST("单位"), CARD_F_ORG },
	{ STR_CONST("company"), CARD_F_ORG },
	{ STR_CONST("照片"), CARD_F_PHOTO },
};

static bool
field_named(str word, enum card_field *out)
{
	if (card_field_read(word, out))
		return true;
	for (size_t i = 0; i < CARD_F_COUNT; i++)
		if (str_same_nocase(
			word, ask_field_text(STR("zh"), (enum card_field)i)) ||
		    str_same_nocase(
			word, ask_field_text(STR("en"), (enum card_field)i))) {
			*out = (enum card_field)i;
			return true;
		}
	for (size_t i = 0; i < ASK_COUNT(words); i++)
		if (str_same_nocase(word, words[i].word)) {
			*out = words[i].field;
			return true;
		}
	return false;
}

static void
fill_wanted(const struct card_wish *wish, struct ask_draft *draft)
{
	str rest = wish->words;

	for (size_t i = 0; i < wish->count; i++)
		draft->wanted[draft->wanted_count++] = wish->fields[i];
	while (rest.len && draft->wanted_count < ASK_MAX_FIELDS) {
		str word = str_trim(str_cut(&rest, ' '));

		if (field_named(word, &draft->wanted[draft->wanted_count]))
			draft->wanted_count++;
	}
}

/* --- one card --- */

static enum err
put(const struct looking *l, const struct book_card *stands, str etag, str bytes,
    str *new_etag)
{
	struct book_put put = { .name = stands->name,
		.when = { BOOK_IF_ETAG, &etag, 1 },
		.bytes = bytes,
		.by = BOOK_BY_API,
		.note = STR("asked from a device") };
	struct book_put_done done;
	struct why why;

	TRY(book_put(&l->call, &l->book, &put, &done, &why));
	*new_etag = done.etag;
	return OK;
}

/* Not OK: the store, and all of it is tried again. */
static enum err
ask_for(struct looking *l, const struct book_card *stands, const struct card_wish *wish)
{
	struct ask_draft draft = { .book = l->book.name, .card = stands->name };
	struct ask_opened opened;
	struct why why = { 0 };
	str etag;
	enum err e = put(l, stands, stands->etag, wish->clean, &etag);

	if (e == ERR_CONDITION)
		return OK; /* changed just now: it will be looked at again */
	TRY(e);
	fill_wanted(wish, &draft);
	e = ask_open(&l->call, l->rules, &draft, &opened, &why);
	l->asked++;
	if (e == OK || e == ERR_STORE || e == ERR_BUSY)
		return e;
	log_line(
	    LOG_INFO, "an ask from a device: %s", why.what ? why.what : err_word(e));
	return put(l, stands, etag, stands->bytes, &etag);
}

static enum err
look_at(struct looking *l, const struct book_card *changed)
{
	struct book_card stands;
	struct card *card;
	struct card_wish wish;
	struct why why;
	enum err e = book_card(&l->call, &l->book, changed->name, BOOK_WHOLE, &stands);

	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	if (card_read(l->call.arena, stands.bytes, &card, &why) != OK)
		return OK;
	if (l->rules->follow && l->is_first && str_same(stands.name, ASK_OWN_CARD))
		return ask_follow_look(&l->call, &l->book, l->rev, card);
	if (!card_wish_read(l->call.arena, card, &wish))
		return OK;
	return ask_for(l, &stands, &wish);
}

/* --- one book --- */

static enum err
look_through(struct looking *l)
{
	struct book_changes changes = { .more = true };
	int64_t ripe_ms = l->call.now_ms - l->rules->wish_grace_ms;

	while (changes.more) {
		TRY(book_changes(&l->call, &l->book, l->rev, l->book.rev, PAGE,
		    BOOK_HEADS, &changes));
		for (size_t i = 0; i < changes.count; i++) {
			const struct book_card *card = &changes.list[i].card;

			if (!changes.list[i].gone && card->modified_ms > ripe_ms) {
				l->next_ms =
				    card->modified_ms + l->rules->wish_grace_ms;
				return OK;
			}
			if (l->asked == AT_ONCE) {
				l->next_ms = l->call.now_ms + AGAIN_MS;
				return OK;
			}
			if (!changes.list[i].gone)
				TRY(look_at(l, card));
			l->rev = card->rev;
		}
	}
	l->rev = l->book.rev;
	return OK;
}

static enum err
note_in(struct store_tx *tx, void *arg)
{
	const struct looking *l = arg;

	return store_wish_put(tx, l->book.account, l->book.id, l->rev, l->next_ms);
}

static enum err
find_book(struct looking *l, const struct store_wish *due)
{
	struct books books;

	TRY(book_list(&l->call, due->account, &books));
	for (size_t i = 0; i < books.count; i++)
		if (books.list[i].id == due->book && !books.list[i].shared) {
			l->book = books.list[i];
			l->is_first = i == 0;
			return OK;
		}
	return ERR_NOT_FOUND;
}

static enum err
look_into(const struct call *call, const struct ask_rules *rules,
    const struct store_wish *due)
{
	struct looking l = { .call = *call, .rules = rules, .rev = due->rev };
	enum err e;

	l.call.who = due->account;
	e = find_book(&l, due);
	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	e = look_through(&l);
	TRY(store_write(call->store, note_in, &l));
	return e;
}

static enum err
find_due(const struct call *call, struct store_wish **due, size_t *count)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	return store_wish_due(
	    tx, call->arena, call->now_ms, BOOKS_PER_ROUND, due, count);
}

enum err
ask_wishes(const struct call *call, const struct ask_rules *rules)
{
	struct store_wish *due;
	size_t count;

	TRY(find_due(call, &due, &count));
	for (size_t i = 0; i < count; i++)
		TRY(look_into(call, rules, &due[i]));
	return OK;
}
