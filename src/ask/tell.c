/* tell.c - what owners and old addresses are told of an answer. */
#include "ask/tell.h"

#include "ask/ask_int.h"
#include "ask/texts.h"
#include "base/log.h"
#include "base/when.h"
#include "json/json.h"
#include "phone/phone.h"
#include "seal/seal.h"
#include "store/account.h"
#include "store/push.h"
#include "store/tell.h"

#define NEWS_PER_ROUND 50
#define NEWS_PER_ASK   1000
#define TOLD_A_WEEK    2 /* one address, where notices have no limit */
#define LINES_MAX      ((size_t)4096)

struct telling {
	const struct call *call;
	const struct ask_rules *rules;
	const struct store_news *news; /* the row that led here ... */
	struct store_news *rows; /* ... and all that wait of its ask: told as one */
	size_t row_count;
	struct ask_case it;
	struct ask_asker owner;
	struct store_answer answer;
	struct card_ops ops;
	struct card_verdicts verdicts; /* against what the target saw */
	struct store_tell how;
};

static bool
names(str items, size_t item)
{
	str rest = items;

	while (rest.len) {
		int64_t number;

		if (str_number(str_cut(&rest, ' '), &number) && (size_t)number == item)
			return true;
	}
	return false;
}

static bool
is_meant(const struct telling *t, size_t item)
{
	bool meant = false;

	for (size_t i = 0; i < t->row_count; i++)
		meant |= names(t->rows[i].items, item);
	return meant;
}

/* A letter that cannot be written holds up no other: one owner's odd address is not to keep
 * all the others from hearing. */
static enum err
post(struct store_tx *tx, const struct telling *t, const struct courier_letter *letter)
{
	int64_t id;
	enum err e = courier_post(tx, t->call, letter, &id);

	if (e != ERR_BAD_INPUT && e != ERR_TOO_LARGE)
		return e;
	log_line(LOG_INFO, "news of an answer: %s", err_word(e));
	return OK;
}

/* --- the old number or address --- */

static bool
is_way(enum card_field field)
{
	return field == CARD_F_MOBILE || field == CARD_F_TEL || field == CARD_F_EMAIL ||
	       field == CARD_F_WORK_EMAIL;
}

static bool
address_of(const struct telling *t, const struct card_verdict *v, str *to,
    enum courier_way *way)
{
	struct phone phone;

	*to = v->before;
	*way = COURIER_MAIL;
	if (v->op.field == CARD_F_EMAIL || v->op.field == CARD_F_WORK_EMAIL)
		return t->rules->mail && str_has(v->before, '@');
	*way = COURIER_SMS;
	if (!t->rules->sms ||
	    !phone_read(t->call->arena, v->before, t->it.region, &phone) ||
	    phone.extension.len || phone.class == PHONE_FIXED)
		return false;
	*to = phone.e164;
	return true;
}

/* It is told by the rules of a notice: not who shut the door, not where no SMS may go, and
 * no more than so many a week, whoever's book it is. */
static enum err
may_be_told(struct store_tx *tx, const struct telling *t, enum courier_way way, str to,
    bool *out)
{
	const struct ask_budget *budget = &t->rules->budget;
	int64_t most = budget->per_target_week ? budget->per_target_week : TOLD_A_WEEK;
	int64_t count;
	bool blocked;

	*out = false;
	if (way == COURIER_SMS && !ask_sms_may_go(t->call->arena, budget, to))
		return OK;
	TRY(ask_block_has(tx, t->call, t->rules, t->it.row.account, to, &blocked));
	if (blocked)
		return OK;
	TRY(courier_count_to(tx, way, to, t->call->now_ms - 7 * WHEN_DAY_MS, &count));
	*out = count < most;
	return OK;
}

/* So many a day of one owner's book: what is over leaves a day after the one that took its
 * place, and what would leave too late, not at all. */
static enum err
find_time(struct store_tx *tx, const struct telling *t, int64_t *leaves_ms, bool *may)
{
	int64_t most = t->rules->budget.told_per_day;
	int64_t until_ms, free_ms;

	*leaves_ms = t->call->now_ms;
	*may = true;
	if (!most)
		return OK;
	TRY(store_recall_nth(tx, t->it.row.account, most - 1, &until_ms));
	free_ms = until_ms - ASK_RECALL_MS + WHEN_DAY_MS;
	if (until_ms && free_ms > *leaves_ms)
		*leaves_ms = free_ms;
	*may = *leaves_ms - t->call->now_ms <= ASK_TOLD_LATEST_MS;
	return OK;
}

static enum err
add_recall(struct store_tx *tx, const struct telling *t, size_t item, str token,
    int64_t leaves_ms)
{
	return store_recall_add(
	    tx, &(struct store_recall){ .hash = seal_token_hash(t->call->arena, token),
		    .account = t->it.row.account,
		    .ask = t->it.row.id,
		    .item = (int64_t)item,
		    .until_ms = leaves_ms + ASK_RECALL_MS });
}

static enum err
tell_old(struct store_tx *tx, const struct telling *t, size_t item)
{
	struct arena *arena = t->call->arena;
	const struct card_verdict *v = &t->verdicts.list[item];
	str lang = t->it.row.lang;
	str token = seal_token(arena);
	struct courier_letter letter = { .account = t->it.row.account, .lang = lang };
	const struct ask_hole holes[] = {
		{ "owner", ask_clip(t->owner.name, 24) },
		{ "field", ask_field_text(lang, v->op.field) },
		{ "tail", v->after.len ? ask_mask_tail(arena, v->after) : STR("-") },
		{ "link", arena_printf(arena, STR_FMT "/r/" STR_FMT,
			      STR_ARG(t->rules->origin), STR_ARG(token)) },
		{ "server", t->rules->server_name },
	};
	bool may;

	if (!address_of(t, v, &letter.to, &letter.way))
		return OK;
	TRY(may_be_told(tx, t, letter.way, letter.to, &may));
	if (may)
		TRY(find_time(tx, t, &letter.not_before_ms, &may));
	if (!may)
		return OK;
	letter.text = ask_text(arena, lang,
	    letter.way == COURIER_MAIL ? ASK_T_CHANGED_MAIL : ASK_T_CHANGED_SMS, holes,
	    ASK_COUNT(holes));
	if (letter.way == COURIER_MAIL) {
		letter.subject = ask_text(
		    arena, lang, ASK_T_CHANGED_SUBJECT, holes, ASK_COUNT(holes));
		letter.from_name = t->owner.name;
		letter.reply_to = t->owner.email;
	}
	TRY(add_recall(tx, t, item, token, letter.not_before_ms));
	return post(tx, t, &letter);
}

/* "Hi Mum, my new number": who holds the old one hears of it and can say no. */
static enum err
tell_old_ones(struct store_tx *tx, const struct telling *t)
{
	for (size_t i = 0; i < t->verdicts.count; i++) {
		const struct card_verdict *v = &t->verdicts.list[i];

		if (is_meant(t, i) && t->answer.decisions.at[i] == 'a' &&
		    v->before.len && is_way(v->op.field) &&
		    (v->op.kind == CARD_CHANGE || v->op.kind == CARD_GONE))
			TRY(tell_old(tx, t, i));
	}
	return OK;
}

/* --- the owner --- */

static str
lines_of(const struct telling *t)
{
	struct buf out = buf_in(t->call->arena, LINES_MAX);

	for (size_t i = 0; i < t->verdicts.count; i++) {
		const struct card_verdict *v = &t->verdicts.list[i];

		if (v->cell == CARD_CELL_VERIFIED)
			continue;
		buf_add(&out, ask_field_text(t->owner.lang, v->op.field));
		buf_add(&out, STR(": "));
		if (v->op.field != CARD_F_PHOTO)
			buf_add(&out, ask_clean(t->call->arena, v->after, false));
		if (t->answer.decisions.at[i] == 'w')
			buf_add(&out, STR(" (?)"));
		buf_add_char(&out, '\n');
	}
	return str_trim(buf_str(&out));
}

/* Whether some device of his fetches the book by itself. */
static enum err
syncs(struct store_tx *tx, const struct telling *t, bool *out)
{
	struct store_credential *list;
	size_t count;

	TRY(store_credential_list(
	    tx, t->call->arena, t->it.row.account, &list, &count));
	*out = false;
	for (size_t i = 0; i < count; i++)
		*out |= list[i].kind == STORE_APP_PASSWORD && list[i].seen_ms;
	return OK;
}

static const struct {
	str word;
	enum courier_way way;
} ways[] = {
	{ STR_CONST("email"), COURIER_MAIL },
	{ STR_CONST("sms"), COURIER_SMS },
	{ STR_CONST("mms"), COURIER_MMS },
};

static bool
way_to_owner(const struct telling *t, enum courier_way *out)
{
	if (str_same(t->how.by, STR("auto"))) {
		*out =
		    t->owner.email.len && t->rules->mail ? COURIER_MAIL : COURIER_SMS;
		return *out == COURIER_MAIL || (t->owner.phone.len && t->rules->sms);
	}
	for (size_t i = 0; i < ASK_COUNT(ways); i++)
		if (str_same(t->how.by, ways[i].word)) {
			*out = ways[i].way;
			return *out == COURIER_MAIL ? t->owner.email.len > 0
						    : t->owner.phone.len > 0;
		}
	return false;
}

/* The card as it stands, for a terminal that cannot fetch it. */
static enum err
attach_card(struct store_tx *tx, const struct telling *t, struct courier_letter *letter)
{
	struct courier_part *part;
	struct ask_judged judged;
	struct why why;
	const struct card_ops none = { 0 };
	enum err e = ask_judge_in(tx, t->call, &t->it, &none, &judged, &why);

	if (e == ERR_NOT_FOUND || letter->way == COURIER_SMS)
		return OK;
	TRY(e);
	if (judged.stands.bytes.len > COURIER_PARTS_MAX_BYTES / 2)
		return OK;
	part = ARENA_NEW(t->call->arena, struct courier_part);
	*part = (struct courier_part){ STR("text/vcard"), STR("contact.vcf"),
		judged.stands.bytes };
	letter->parts = part;
	letter->part_count = 1;
	return OK;
}

static enum err
tell_owner(struct store_tx *tx, const struct telling *t)
{
	struct arena *arena = t->call->arena;
	struct courier_letter letter = { .account = t->it.row.account,
		.lang = t->owner.lang };
	const struct ask_hole holes[] = {
		{ "name", t->it.row.fn.len ? t->it.row.fn : t->it.row.to },
		{ "form", lines_of(t) },
		{ "server", t->rules->server_name },
	};
	bool fetches;

	TRY(syncs(tx, t, &fetches));
	if ((str_same(t->how.by, STR("auto")) && fetches) ||
	    !way_to_owner(t, &letter.way))
		return OK;
	letter.to = letter.way == COURIER_MAIL ? t->owner.email : t->owner.phone;
	letter.text = ask_text(arena, t->owner.lang,
	    letter.way == COURIER_MAIL ? ASK_T_NEWS_MAIL : ASK_T_NEWS_SMS, holes,
	    ASK_COUNT(holes));
	if (letter.way != COURIER_SMS) {
		letter.subject = ask_text(
		    arena, t->owner.lang, ASK_T_NEWS_SUBJECT, holes, ASK_COUNT(holes));
		letter.from_name = t->rules->server_name;
	}
	TRY(attach_card(tx, t, &letter));
	return post(tx, t, &letter);
}

/* --- the webhook --- */

static void
add_items(const struct telling *t, struct buf *out)
{
	json_key(out, STR("items"));
	json_open(out, '[');
	for (size_t i = 0; i < t->verdicts.count; i++) {
		const struct card_verdict *v = &t->verdicts.list[i];
		char letter[2] = { t->answer.decisions.at[i], '\0' };

		json_open(out, '{');
		json_pair(out, STR("field"), card_field_name(v->op.field));
		if (v->op.field != CARD_F_PHOTO) {
			json_pair(out, STR("before"), v->before);
			json_pair(out, STR("after"), v->after);
		}
		json_pair(out, STR("decision"), str_of(letter));
		json_close(out, '}');
	}
	json_close(out, ']');
}

/* What does not fit into a letter the receiver asks for by the ask's number. */
static str
hook_body(const struct telling *t, bool items)
{
	struct buf out = buf_in(t->call->arena, COURIER_BODY_MAX_BYTES);

	json_open(&out, '{');
	json_pair(&out, STR("event"), STR("answered"));
	json_pair_number(&out, STR("ask"), t->it.row.id);
	json_pair(&out, STR("card"), t->it.row.card);
	json_pair(&out, STR("name"), t->it.row.fn);
	json_pair(&out, STR("state"), ask_state_word(t->it.at.state));
	json_pair_number(&out, STR("evidence"), t->answer.evidence);
	if (items)
		add_items(t, &out);
	json_close(&out, '}');
	return out.overflowed ? hook_body(t, false) : buf_str(&out);
}

/* "t=<seconds>,v1=<HMAC-SHA-256 of "<seconds>.<body>">": an old call cannot be played again
 * for a new one. */
static str
signature(const struct telling *t, str body)
{
	struct arena *arena = t->call->arena;
	long long now_s = (long long)(t->call->now_ms / 1000);
	str text = arena_printf(arena, "%lld." STR_FMT, now_s, STR_ARG(body));

	return arena_printf(arena, "t=%lld,v1=" STR_FMT, now_s,
	    STR_ARG(seal_hmac_hex(arena, t->how.secret, text)));
}

static enum err
call_hook(struct store_tx *tx, const struct telling *t)
{
	struct courier_letter letter = {
		.way = COURIER_HOOK, .account = t->it.row.account, .to = t->how.hook
	};

	if (!t->how.hook.len)
		return OK;
	letter.text = hook_body(t, true);
	letter.subject = signature(t, letter.text);
	return post(tx, t, &letter);
}

/* --- one piece of news --- */

static enum err
read_how(struct store_tx *tx, struct telling *t)
{
	enum err e = store_tell_find(tx, t->call->arena, t->news->account, &t->how);

	if (e == ERR_NOT_FOUND)
		t->how = (struct store_tell){ .by = STR("auto") };
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
read_news(struct store_tx *tx, struct telling *t)
{
	struct why why;

	TRY(ask_case_find(tx, t->call, t->news->account, t->news->ask, &t->it));
	TRY(ask_case_base(t->call, &t->it));
	TRY(ask_asker_read(tx, t->call->arena, t->news->account, &t->owner));
	TRY(store_answer_find(
	    tx, t->call->arena, t->news->account, t->news->ask, true, &t->answer));
	TRY(ask_answer_ops(t->call->arena, &t->answer, &t->ops));
	TRY(card_merge(t->call->arena, t->it.base, &t->ops, t->it.base, t->it.region,
	    &t->verdicts, &why));
	return t->verdicts.count <= t->answer.decisions.len ? read_how(tx, t)
							    : ERR_NOT_FOUND;
}

static enum err
forget_rows(struct store_tx *tx, const struct telling *t)
{
	for (size_t i = 0; i < t->row_count; i++)
		TRY(store_news_done(tx, t->rows[i].id));
	return OK;
}

/* What was decided in several steps since the last round is told once, as it stands. */
static enum err
tell_in(struct store_tx *tx, void *arg)
{
	struct telling *t = arg;
	enum err e;

	TRY(store_news_of(tx, t->call->arena, t->news->account, t->news->ask,
	    NEWS_PER_ASK, &t->rows, &t->row_count));
	if (!t->row_count)
		return OK; /* with a row before it */
	e = read_news(tx, t);
	if (e == OK) {
		TRY(tell_old_ones(tx, t));
		TRY(tell_owner(tx, t));
		TRY(call_hook(tx, t));
	} else if (e != ERR_NOT_FOUND) {
		return e; /* not found: the ask, or its owner, is gone meanwhile */
	}
	return forget_rows(tx, t);
}

static enum err
find_due(const struct call *call, struct store_news **news, size_t *count)
{
	SCOPED(store_tx) tx = NULL;

	TRY(store_look(call->store, &tx));
	return store_news_due(tx, call->arena, NEWS_PER_ROUND, news, count);
}

enum err
ask_tell(const struct call *call, const struct ask_rules *rules)
{
	struct store_news *news;
	size_t count;

	TRY(find_due(call, &news, &count));
	for (size_t i = 0; i < count; i++) {
		struct telling telling = {
			.call = call, .rules = rules, .news = &news[i]
		};

		TRY(store_write(call->store, tell_in, &telling));
	}
	return OK;
}

/* --- the row that a decision leaves --- */

enum err
ask_news_in(struct store_tx *tx, const struct call *call, const struct ask_case *it,
    str letters, const bool *meant)
{
	struct buf items = buf_in(call->arena, LINES_MAX);

	for (size_t i = 0; i < letters.len; i++)
		if (!meant || meant[i])
			buf_addf(&items, "%s%zu", items.len ? " " : "", i);
	return store_news_add(tx, &(struct store_news){ .account = it->row.account,
				      .ask = it->row.id,
				      .at_ms = call->now_ms,
				      .items = buf_str(&items) });
}
