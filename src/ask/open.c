/*
 * open.c - asking: the card is found, the way to its owner chosen, the notice made, and
 * ask and letter written together.
 */
#include "ask/ask_int.h"
#include "ask/form.h"
#include "ask/policy.h"
#include "seal/seal.h"
#include "store/account.h"

#define FIELDS_MAX_BYTES   ((size_t)512)
#define VERSIONS_LOOKED_AT 50 /* of a card, for how long an address stood in it */
#define LOOKS_SENT_MS      1000
#define CODE_BELOW         10000 /* ASK_CODE_DIGITS */

/* What a card that lacks it is asked for, when the owner names nothing: no birthday and no
 * name, which are asked only where he wants them. */
static const enum card_field usual[] = { CARD_F_MOBILE, CARD_F_WORK_TEL,
	CARD_F_HOME_TEL, CARD_F_EMAIL, CARD_F_WORK_EMAIL, CARD_F_ORG, CARD_F_TITLE,
	CARD_F_WORK_ADDRESS, CARD_F_HOME_ADDRESS, CARD_F_QQ, CARD_F_WECHAT,
	CARD_F_WEIBO, CARD_F_URL, CARD_F_PHOTO };

struct opening {
	const struct call *call;
	const struct ask_rules *rules;
	const struct ask_draft *draft;
	struct ask_opened *out;
	struct why *why;
	struct book_hit hit;
	struct card *card;
	struct card_items items;
	struct ask_asker asker;
	struct ask_choice choice;
	enum ask_kind kind;
	struct store_ask row;
	enum card_field wanted[ASK_MAX_FIELDS];
	size_t wanted_count;
	struct courier_letter letter;
	str token;
};

/* --- which card --- */

static enum err
find_by_name(struct opening *o)
{
	const struct call *call = o->call;

	o->why->what = ASK_WHY_NO_CARD;
	TRY(book_find(call, call->who, o->draft->book, &o->hit.book));
	return book_card(call, &o->hit.book, o->draft->card, BOOK_WHOLE, &o->hit.card);
}

static enum err
find_by_identifier(struct opening *o)
{
	struct book_hits hits = { 0 };
	enum err e = book_look_up(o->call, o->draft->whom, &hits);

	if (e == ERR_SEVERAL)
		o->out->candidates = hits;
	if (e == ERR_NOT_FOUND)
		*o->why =
		    (struct why){ .what = "no such contact", .name = o->draft->whom };
	TRY(e);
	o->hit = hits.list[0];
	return book_card(
	    o->call, &o->hit.book, hits.list[0].card.name, BOOK_WHOLE, &o->hit.card);
}

static enum err
find_card(struct opening *o)
{
	if (o->call->who == CALL_NOBODY)
		return ERR_FORBIDDEN;
	TRY(o->draft->card.len ? find_by_name(o) : find_by_identifier(o));
	if (o->hit.book.account != o->call->who)
		return ERR_FORBIDDEN;
	TRY(card_read(o->call->arena, o->hit.card.bytes, &o->card, o->why));
	o->items = card_items(o->call->arena, o->card, o->hit.book.region);
	o->out->fn = o->hit.card.fn.len ? o->hit.card.fn : o->draft->whom;
	return OK;
}

static enum err
choose(struct opening *o)
{
	SCOPED(store_tx) tx = NULL;
	struct ask_choosing among = { o->rules, o->draft, &o->hit, &o->items, NULL, 0 };
	struct store_said *said;

	TRY(store_look(o->call->store, &tx));
	TRY(store_said_of_card(tx, o->call->arena, o->hit.book.account, o->hit.card.id,
	    &said, &among.said_count));
	among.said = said;
	return ask_choose(o->call->arena, &among, &o->choice, o->why);
}

/* --- what for --- */

static bool
has(const struct opening *o, enum card_field field)
{
	for (size_t i = 0; i < o->items.count; i++)
		if (o->items.list[i].field == field)
			return true;
	return false;
}

static void
want(struct opening *o, enum card_field field)
{
	for (size_t i = 0; i < o->wanted_count; i++)
		if (o->wanted[i] == field)
			return;
	if (o->wanted_count < ASK_MAX_FIELDS && field != CARD_F_TEL)
		o->wanted[o->wanted_count++] = field;
}

static void
settle_wanted(struct opening *o)
{
	const struct ask_draft *draft = o->draft;

	for (size_t i = 0; i < draft->wanted_count; i++)
		want(o, draft->wanted[i]);
	for (size_t i = 0; !draft->wanted_count && i < ASK_COUNT(usual); i++)
		if (!has(o, usual[i]))
			want(o, usual[i]);
}

static str
wanted_text(const struct opening *o)
{
	struct buf out = buf_in(o->call->arena, FIELDS_MAX_BYTES);

	for (size_t i = 0; i < o->wanted_count; i++) {
		if (i)
			buf_add_char(&out, ' ');
		buf_add(&out, card_field_name(o->wanted[i]));
	}
	return buf_str(&out);
}

/* --- how long the address has been there --- */

static bool
stood_in(const struct opening *o, str bytes)
{
	struct arena *arena = o->call->arena;
	struct card *card;
	struct card_items items;
	struct why why;

	if (card_read(arena, bytes, &card, &why) != OK)
		return false;
	items = card_items(arena, card, o->hit.book.region);
	for (size_t i = 0; i < items.count; i++)
		if (str_same(items.list[i].key, o->choice.key))
			return true;
	return false;
}

/* Since when the address stands in the card without a break: back through its versions, no
 * farther than settles the question. */
static enum err
find_stored_ms(struct opening *o, int64_t *out)
{
	struct book_version *versions;
	size_t count;
	int64_t settled_ms = o->call->now_ms - ASK_SETTLED_MS;

	*out = o->hit.card.modified_ms;
	TRY(book_history(o->call, &o->hit.book, o->hit.card.name, &versions, &count));
	for (size_t i = 0; i < count && i < VERSIONS_LOOKED_AT; i++) {
		struct book_version version;

		if (*out <= settled_ms || versions[i].removed)
			break;
		if (versions[i].at_ms >= *out)
			continue;
		TRY(book_version(o->call, &o->hit.book, o->hit.card.name,
		    versions[i].rev, &version));
		if (!stood_in(o, version.bytes))
			break;
		*out = versions[i].at_ms;
	}
	return OK;
}

/* A number that nothing was heard of for years may be another's by now: then even where
 * the owner says so no value is shown whole. */
static enum err
may_show_whole(const struct opening *o, bool *out)
{
	SCOPED(store_tx) tx = NULL;
	int64_t since_ms = o->call->now_ms - ASK_OLD_MS;

	*out = false;
	if (!o->draft->open_values)
		return OK;
	*out = o->hit.card.modified_ms > since_ms;
	if (*out)
		return OK;
	TRY(store_look(o->call->store, &tx));
	return ask_said_since(
	    tx, o->call->arena, o->hit.book.account, o->hit.card.id, since_ms, out);
}

/* --- once --- */

/* What a form sends twice gives the same id and the same token, which nobody can foretell
 * without the server's key.  The way is part of it: a link that an owner was shown is never
 * one that the server sends. */
static str
once_text(const struct opening *o, const char *what)
{
	return arena_printf(o->call->arena, "%s %lld " STR_FMT " " STR_FMT, what,
	    (long long)o->call->who, STR_ARG(ask_by_word(o->choice.by)),
	    STR_ARG(o->draft->once));
}

static str
make_token(const struct opening *o)
{
	if (!o->draft->once.len)
		return seal_token(o->call->arena);
	return seal_digest(o->call->arena, o->rules->block_key,
	    once_text(o, "link of an ask"), SEAL_TOKEN_BYTES);
}

str
ask_once(const struct call *call)
{
	return seal_token(call->arena);
}

int64_t
ask_once_id(
    const struct call *call, const struct ask_rules *rules, const char *what, str once)
{
	uint64_t bits;
	str text = arena_printf(
	    call->arena, "%s %lld " STR_FMT, what, (long long)call->who, STR_ARG(once));

	if (!once.len)
		return store_fresh_id();
	seal_digest_raw(
	    rules->block_key, text, (unsigned char *)(void *)&bits, sizeof bits);
	return store_id_of(bits);
}

/* --- ask and notice --- */

/* The first language of his that we speak (RFC 6350 6.4.4, RFC 5646), as his entry has it. */
static str
language_of(const struct opening *o)
{
	static const struct {
		str tag, ours;
	} tongues[] = {
		{ STR_CONST("zh"), STR_CONST("zh") },
		{ STR_CONST("cmn"), STR_CONST("zh") },
		{ STR_CONST("yue"), STR_CONST("zh") },
		{ STR_CONST("en"), STR_CONST("en") },
	};

	for (size_t i = 0; i < o->card->count; i++) {
		str tag = str_trim(o->card->properties[i].value);

		if (!card_named(&o->card->properties[i], STR("LANG")))
			continue;
		tag = str_cut(&tag, '-');
		for (size_t k = 0; k < ASK_COUNT(tongues); k++)
			if (str_same_nocase(tag, tongues[k].tag))
				return tongues[k].ours;
	}
	return o->rules->lang;
}

static enum err
read_asker(struct opening *o)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(o->call->store, &tx));
	return ask_asker_read(tx, o->call->arena, o->call->who, &o->asker);
}

static int64_t
expiry(const struct opening *o)
{
	int64_t in_ms = o->rules->expire_ms;

	if (in_ms < ASK_EXPIRE_MIN_DAYS * WHEN_DAY_MS)
		in_ms = ASK_EXPIRE_MIN_DAYS * WHEN_DAY_MS;
	if (in_ms > ASK_EXPIRE_MAX_DAYS * WHEN_DAY_MS)
		in_ms = ASK_EXPIRE_MAX_DAYS * WHEN_DAY_MS;
	return o->call->now_ms + in_ms;
}

static enum err
make_row(struct opening *o)
{
	struct arena *arena = o->call->arena;
	enum ask_mode mode = o->draft->mode;

	o->kind = ask_kind_settle(o->rules, o->draft->kind, o->choice.by);
	o->row = (struct store_ask){
		.account = o->call->who,
		.id = ask_once_id(o->call, o->rules, "id of an ask", o->draft->once),
		.book = o->hit.book.id,
		.card = o->hit.card.name,
		.uid = o->hit.card.uid,
		.fn = o->hit.card.fn,
		.snapshot = o->hit.card.bytes,
		.kind = ask_kind_word(o->kind),
		.channel = ask_by_word(o->choice.by),
		.to = o->choice.to,
		.fields = wanted_text(o),
		.say = ask_say(arena, o->draft->say),
		.lang = language_of(o),
		.mode = ask_mode_word(mode == ASK_MODE_ACCOUNT ? o->asker.mode : mode),
		.state = ask_state_word(ASK_QUEUED),
		.made_ms = o->call->now_ms,
		.expires_ms = expiry(o),
		.token_hash = seal_token_hash(arena, o->token),
		.code = arena_printf(arena, "%04d", (int)seal_random_below(CODE_BELOW)),
	};
	TRY(may_show_whole(o, &o->row.open_values));
	if (o->choice.by == ASK_BY_SELF)
		return OK;
	o->row.to_hash = ask_address_hash(o->call, o->rules, o->row.to);
	return find_stored_ms(o, &o->row.stored_ms);
}

/* The notice with that link in it, and that address to reply to. */
static enum err
make_notice(const struct opening *o, str link, str reply_to, struct courier_letter *out)
{
	const struct ask_notice notice = {
		.kind = o->kind,
		.by = o->choice.by,
		.asker = &o->asker,
		.to = o->choice.to,
		.say = o->row.say,
		.lang = o->row.lang,
		.link = link,
		.server = o->rules->server_name,
		.code = o->row.code,
		.reply_to = reply_to,
		.wanted = o->wanted,
		.wanted_count = o->wanted_count,
	};

	TRY(ask_notice_make(o->call->arena, &notice, out));
	out->account = o->row.account;
	out->ask = o->row.id;
	return OK;
}

/* It leaves later, or not at all, and nobody can tell: in a moment it reads "sent", as
 * others do. */
static enum err
pretend(struct store_tx *tx, const struct opening *o)
{
	return store_ask_state(tx, o->row.account, o->row.id, ask_state_word(ASK_SENT),
	    (str){ 0 }, o->call->now_ms + LOOKS_SENT_MS);
}

static enum err
was_opened(struct store_tx *tx, struct opening *o)
{
	struct store_ask former;
	enum err e =
	    store_ask_find(tx, o->call->arena, o->row.account, o->row.id, &former);

	o->out->again = e == OK;
	if (e == OK && !str_same(former.channel, o->row.channel))
		return ERR_EXISTS;
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
open_in(struct store_tx *tx, void *arg)
{
	struct opening *o = arg;
	int64_t letter;

	TRY(was_opened(tx, o));
	if (o->out->again)
		return OK;
	TRY(ask_budget_in(
	    tx, o->call, &o->rules->budget, &o->row, &o->letter.not_before_ms, o->why));
	TRY(store_ask_add(tx, &o->row));
	if (o->choice.by == ASK_BY_SELF)
		return OK;
	if (o->letter.not_before_ms > o->call->now_ms)
		TRY(pretend(tx, o)); /* not today; the owner need not know */
	if (o->letter.not_before_ms >= o->row.expires_ms)
		return OK;
	return courier_post(tx, o->call, &o->letter, &letter);
}

static size_t
runes_of(str text)
{
	size_t count = 0;

	for (; text.len; count++)
		(void)str_rune(&text);
	return count;
}

/* Of the text as it is, with its whole link. */
static void
measure(const struct opening *o)
{
	struct ask_opened *out = o->out;
	struct courier_parts sms = courier_sms_parts(o->letter.text);
	bool may_be_sms = out->by == ASK_BY_SMS || out->by == ASK_BY_SELF;

	out->runes = runes_of(o->letter.text);
	out->sms_parts = may_be_sms ? sms.parts : 0;
	out->sms_ucs2 = may_be_sms && sms.ucs2;
}

static str
link_of(const struct opening *o, str token)
{
	return arena_printf(o->call->arena, STR_FMT "/a/" STR_FMT,
	    STR_ARG(o->rules->origin), STR_ARG(token));
}

/* The owner sees a link only when it is he who sends it: one that the server sends proves
 * that its reader holds the number or address. */
static enum err
tell(const struct opening *o, bool whole)
{
	struct ask_opened *out = o->out;
	bool self = whole && o->choice.by == ASK_BY_SELF;
	str link = link_of(o, self ? o->token : STR("…"));
	struct courier_letter shown;

	TRY(make_notice(o, link, (str){ 0 }, &shown));
	out->id = o->row.id;
	out->state = ASK_QUEUED;
	out->by = o->choice.by;
	out->to = o->choice.to;
	out->fn = o->hit.card.fn;
	out->link = self ? link : (str){ 0 };
	out->text = shown.text;
	out->subject = shown.subject;
	out->wanted_count = o->wanted_count;
	for (size_t i = 0; i < o->wanted_count; i++)
		out->wanted[i] = o->wanted[i];
	measure(o);
	return OK;
}

/* Everything up to the write. */
static enum err
prepare(struct opening *o)
{
	*o->out = (struct ask_opened){ 0 };
	TRY(find_card(o));
	TRY(read_asker(o));
	TRY(choose(o));
	o->token = make_token(o);
	settle_wanted(o);
	TRY(make_row(o));
	return make_notice(o, link_of(o, o->token),
	    ask_reply_address(o->call->arena, o->rules, o->token), &o->letter);
}

enum err
ask_open(const struct call *call, const struct ask_rules *rules,
    const struct ask_draft *draft, struct ask_opened *out, struct why *why)
{
	struct opening o = {
		.call = call, .rules = rules, .draft = draft, .out = out, .why = why
	};

	TRY(prepare(&o));
	TRY(store_write(call->store, open_in, &o));
	return tell(&o, true);
}

enum err
ask_preview(const struct call *call, const struct ask_rules *rules,
    const struct ask_draft *draft, struct ask_opened *out, struct why *why)
{
	struct opening o = {
		.call = call, .rules = rules, .draft = draft, .out = out, .why = why
	};

	TRY(prepare(&o));
	if (o.choice.by == ASK_BY_SMS)
		TRY(ask_budget_country(call->arena, &rules->budget, o.choice.to, why));
	TRY(tell(&o, false));
	out->id = 0;
	return OK;
}
