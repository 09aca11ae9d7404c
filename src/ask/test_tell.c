/* test_tell.c - what owners and old addresses are told of answers. */
#include "ask/fixture_int.h"
#include "ask/tell.h"
#include "store/tell.h"

#define LI                                                                      \
	"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li\r\nFN:李四\r\nN:李;四;;;\r\n" \
	"TEL;TYPE=CELL:18988888888\r\nNOTE:只有我知道\r\nEND:VCARD\r\n"

static void
round_of(struct house *h)
{
	struct call call = call_of(h, CALL_NOBODY);

	CHECK_OK(ask_tell(&call, &h->rules));
}

/* 李四 changes his number and adds his company; the owner accepts. */
static int64_t
changed(struct house *h)
{
	int64_t id;
	str token;
	struct card_op ops[] = { insert(CARD_F_ORG, "示例公司"),
		{ .kind = CARD_CHANGE, .value = STR("13900000000") } };
	struct ask_answered out;
	struct why why = { 0 };
	struct call zhang;

	put_card(h, "li.vcf", STR(LI));
	token = ask_self(h, "李四", ASK_FILL, &id);
	ops[1].item = offer_of(h, token, CARD_F_MOBILE).item;
	CHECK_OK(answer_with(h, token, ops, 2, &out));
	CHECK_INT(out.waiting, 1);
	round_of(h);
	zhang = call_of(h, ZHANG);
	(void)posted(h); /* that there is an answer */
	CHECK_OK(ask_decide(&zhang, id, 1, true, &why));
	round_of(h);
	return id;
}

static struct store_letter *
letter_to(struct letters *letters, const char *to)
{
	for (size_t i = 0; i < letters->count; i++)
		if (str_same(letters->list[i].to, str_of(to)))
			return &letters->list[i];
	return NULL;
}

static str
recall_token(str text)
{
	size_t at = str_find(text, STR("/r/"));

	return at == SIZE_MAX ? (str){ 0 } : str_part(text, at + 3, SEAL_TOKEN_CHARS);
}

/* Row 10 of the threats: "Hi Mum, this is my new number". */
static void
the_old_number_can_say_no(void)
{
	struct house h = house_open();
	int64_t id = changed(&h);
	struct letters letters = posted(&h);
	struct store_letter *old = letter_to(&letters, LI_NUMBER);
	struct call nobody = call_of(&h, CALL_NOBODY);
	struct ask_recall recall;
	struct why why = { 0 };
	struct ask_view view;
	str token;

	CHECK(old != NULL);
	if (!old)
		return;
	CHECK_STR(old->channel, STR("sms"));
	CHECK(has(old->body, "0000") && !has(old->body, "13900000000"));
	token = recall_token(old->body);
	CHECK_OK(ask_recall_peek(&nobody, token, &recall));
	CHECK(recall.open);
	CHECK_STR(recall.asker, STR("张三"));
	CHECK_STR(recall.tail, STR("0000"));
	CHECK(
	    has(card_bytes(&h, "li.vcf"), "13900000000")); /* a look changes nothing */
	CHECK_OK(ask_recall_do(&nobody, token, &why));
	CHECK(has(card_bytes(&h, "li.vcf"), "18988888888"));
	CHECK(!has(card_bytes(&h, "li.vcf"), "13900000000"));
	CHECK(has(card_bytes(&h, "li.vcf"), "示例公司")); /* the rest stays */
	CHECK_OK(ask_recall_peek(&nobody, token, &recall));
	CHECK(!recall.open);
	nobody = call_of(&h, ZHANG);
	CHECK_OK(ask_find(&nobody, id, &view));
	CHECK_INT(view.items[1].decision, 'u');
	CHECK_ERR(ask_recall_peek(&nobody, STR("AAAAAAAAAAAAAAAAAAAA"), &recall),
	    ERR_NOT_FOUND);
	house_close(&h);
}

/* Accepted before the courier went round: two rows of news name the number, one letter
 * does. */
static void
what_two_decisions_name_is_told_once(void)
{
	struct house h = house_open();
	struct card_op ops[] = { insert(CARD_F_ORG, "示例公司"),
		{ .kind = CARD_CHANGE, .value = STR("13900000000") } };
	struct call zhang = call_of(&h, ZHANG);
	struct ask_answered out;
	struct why why = { 0 };
	struct letters letters;
	size_t to_old = 0, to_owner = 0;
	int64_t id;
	str token;

	put_card(&h, "li.vcf", STR(LI));
	token = ask_self(&h, "李四", ASK_FILL, &id);
	ops[1].item = offer_of(&h, token, CARD_F_MOBILE).item;
	CHECK_OK(answer_with(&h, token, ops, 2, &out));
	CHECK_OK(ask_decide(&zhang, id, 1, true, &why));
	round_of(&h);
	letters = posted(&h);
	for (size_t i = 0; i < letters.count; i++) {
		to_old += str_same(letters.list[i].to, STR(LI_NUMBER));
		to_owner += str_same(letters.list[i].to, STR("zhang@example.com"));
	}
	CHECK_INT(to_old, 1);
	CHECK_INT(to_owner, 1);
	round_of(&h);
	CHECK_INT(posted(&h).count, 0);
	house_close(&h);
}

/* Nobody is told at a door he has shut, nor more often than he is asked. */
static void
the_old_number_is_left_in_peace(void)
{
	struct house h = house_open();
	struct call nobody = call_of(&h, CALL_NOBODY);
	struct letters letters;
	size_t told = 0;

	h.rules.budget.per_target_week = 2;
	for (size_t i = 0; i < 4; i++) {
		(void)changed(&h);
		letters = posted(&h);
		told += letter_to(&letters, LI_NUMBER) != NULL;
	}
	CHECK_INT(told, 2);
	h.now_ms += 8 * WHEN_DAY_MS;
	h.rules.budget.sms_countries = STR("HK");
	(void)changed(&h);
	letters = posted(&h);
	CHECK(!letter_to(&letters, LI_NUMBER));
	h.rules.budget.sms_countries = STR("CN");
	CHECK_OK(ask_block_address(&nobody, &h.rules, STR(LI_NUMBER)));
	(void)changed(&h);
	letters = posted(&h);
	CHECK(!letter_to(&letters, LI_NUMBER));
	house_close(&h);
}

/* 李四's number, changed by him on a day of its own. */
static void
change_another(struct house *h, size_t n)
{
	char name[16], card[256];
	struct card_op op = { .kind = CARD_CHANGE, .value = STR("13900000000") };
	struct ask_answered out;
	struct why why = { 0 };
	struct call zhang;
	int64_t id;
	str token;

	(void)snprintf(name, sizeof name, "n%zu.vcf", n);
	(void)snprintf(card, sizeof card,
	    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:n%zu\r\nFN:N %zu\r\n"
	    "TEL;TYPE=CELL:1898888%04zu\r\nEND:VCARD\r\n",
	    n, n, n);
	put_card(h, name, str_of(card));
	(void)snprintf(card, sizeof card, "1898888%04zu", n);
	token = ask_self(h, card, ASK_FILL, &id);
	op.item = offer_of(h, token, CARD_F_MOBILE).item;
	CHECK_OK(answer_with(h, token, &op, 1, &out));
	zhang = call_of(h, ZHANG);
	CHECK_OK(ask_decide(&zhang, id, SIZE_MAX, true, &why));
	round_of(h);
}

static size_t
told_since(struct house *h)
{
	struct letters letters = posted(h);
	size_t count = 0;

	for (size_t i = 0; i < letters.count; i++)
		count += has(letters.list[i].body, "/r/");
	return count;
}

/* Threat 12: so many old numbers a day of one owner; the next ones later, and those whose
 * turn would come in more than a week not at all. */
static void
so_many_a_day(void)
{
	struct house h = house_open();
	struct letters letters;
	struct ask_recall recall;
	struct call nobody;
	int64_t start_ms;

	h.rules.budget.told_per_day = 3;
	start_ms = h.now_ms;
	for (size_t n = 0; n < 4; n++)
		change_another(&h, n);
	CHECK_INT(told_since(&h), 3);
	h.now_ms = start_ms + WHEN_DAY_MS - WHEN_HOUR_MS;
	CHECK_INT(told_since(&h), 0);
	h.now_ms = start_ms + WHEN_DAY_MS + WHEN_HOUR_MS;
	letters = posted(&h);
	CHECK_INT(letters.count, 1);
	h.now_ms += ASK_RECALL_MS - 3 * WHEN_HOUR_MS; /* from when it left */
	nobody = call_of(&h, CALL_NOBODY);
	CHECK_OK(ask_recall_peek(&nobody, recall_token(letters.list[0].body), &recall));
	CHECK(recall.open);
	h.now_ms += 8 * WHEN_DAY_MS;
	for (size_t n = 10; n < 10 + 3 * 8 + 5; n++)
		change_another(&h, n);
	CHECK_INT(told_since(&h), 3);
	h.now_ms += 30 * WHEN_DAY_MS;
	CHECK_INT(told_since(&h), 3 * 7);
	house_close(&h);
}

/* A link that is over says so for a while, and is gone then. */
static void
old_links_go(void)
{
	struct house h = house_open();
	struct letters letters;
	struct ask_recall recall;
	struct call nobody;
	str token;

	(void)changed(&h);
	letters = posted(&h);
	token = recall_token(letter_to(&letters, LI_NUMBER)->body);
	h.now_ms += ASK_RECALL_MS + 29 * WHEN_DAY_MS;
	nobody = call_of(&h, CALL_NOBODY);
	CHECK_OK(ask_sweep(&nobody, 10));
	CHECK_OK(ask_recall_peek(&nobody, token, &recall));
	CHECK(!recall.open);
	h.now_ms += 2 * WHEN_DAY_MS;
	nobody = call_of(&h, CALL_NOBODY);
	CHECK_OK(ask_sweep(&nobody, 10));
	CHECK_ERR(ask_recall_peek(&nobody, token, &recall), ERR_NOT_FOUND);
	house_close(&h);
}

/* An address nobody can write to keeps no one else's news back. */
static void
an_odd_address(void)
{
	struct house h = house_open();
	struct card_op op = { .kind = CARD_CHANGE, .value = STR("li@example.com") };
	struct ask_answered out;
	struct why why = { 0 };
	struct letters letters;
	struct call zhang;
	int64_t id;
	str token;

	put_card(&h, "odd.vcf",
	    STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:odd\r\nFN:王五\r\n"
		"EMAIL:a@b.cn\\, c@d.cn\r\nEND:VCARD\r\n"));
	token = ask_self(&h, "王五", ASK_FILL, &id);
	op.item = offer_of(&h, token, CARD_F_EMAIL).item;
	CHECK_OK(answer_with(&h, token, &op, 1, &out));
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_decide(&zhang, id, SIZE_MAX, true, &why));
	(void)changed(&h);
	letters = posted(&h);
	CHECK(letter_to(&letters, LI_NUMBER) != NULL);
	house_close(&h);
}

static void
for_three_days(void)
{
	struct house h = house_open();
	struct letters letters;
	struct call nobody;
	struct ask_recall recall;
	struct why why = { 0 };
	str token;

	(void)changed(&h);
	letters = posted(&h);
	token = recall_token(letter_to(&letters, LI_NUMBER)->body);
	h.now_ms += ASK_RECALL_MS;
	nobody = call_of(&h, CALL_NOBODY);
	CHECK_OK(ask_recall_peek(&nobody, token, &recall));
	CHECK(!recall.open);
	CHECK_ERR(ask_recall_do(&nobody, token, &why), ERR_GONE);
	CHECK(has(card_bytes(&h, "li.vcf"), "13900000000"));
	house_close(&h);
}

/* A12: an owner whose terminal fetches nothing gets what changed, and the card. */
static void
the_owner_hears(void)
{
	static const struct {
		const char *by, *to, *channel;
	} rows[] = {
		{ "auto", "zhang@example.com", "email" },
		{ "sms", "+8613800000000", "sms" },
		{ "none", NULL, NULL },
	};

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		struct house h = house_open();
		struct call zhang = call_of(&h, ZHANG);
		struct ask_telling telling;
		struct why why = { 0 };
		struct letters letters;
		struct store_letter *letter;

		check_about(rows[i].by);
		CHECK_OK(ask_telling_set(
		    &zhang, str_of(rows[i].by), (str){ 0 }, &telling, &why));
		(void)changed(&h);
		letters = posted(&h);
		CHECK_INT(
		    letters.count, rows[i].to ? 2 : 1); /* the old number's, too */
		if (rows[i].to) {
			letter = letter_to(&letters, rows[i].to);
			CHECK(letter &&
			      str_same(letter->channel, str_of(rows[i].channel)));
			CHECK(letter && has(letter->body, "13900000000"));
			CHECK(letter && has(letter->body, "李四"));
			if (letter && i == 0)
				CHECK(has(letter->parts, "BEGIN:VCARD"));
		}
		house_close(&h);
	}
	check_about(NULL);
}

static void
a_webhook(void)
{
	struct house h = house_open();
	struct call zhang = call_of(&h, ZHANG);
	struct ask_telling telling;
	struct why why = { 0 };
	struct letters letters;
	struct store_letter *letter;
	str text;

	CHECK_OK(ask_telling_set(
	    &zhang, STR("none"), STR("https://example.com/hook"), &telling, &why));
	CHECK_INT(telling.secret.len, SEAL_TOKEN_CHARS);
	(void)changed(&h);
	letters = posted(&h);
	letter = letter_to(&letters, "https://example.com/hook");
	CHECK(letter != NULL);
	if (!letter)
		return;
	CHECK_STR(letter->channel, STR("hook"));
	CHECK(has(letter->body, "\"event\":\"answered\""));
	CHECK(has(letter->body, "13900000000"));
	CHECK(!has(letter->body, "只有我知道"));
	/* "t=<seconds>,v1=<mac>" over "<seconds>.<body>" */
	text = str_part(letter->subject, 2, letter->subject.len);
	text = str_cut(&text, ',');
	text = arena_printf(
	    h.arena, STR_FMT "." STR_FMT, STR_ARG(text), STR_ARG(letter->body));
	CHECK(str_ends(letter->subject, seal_hmac_hex(h.arena, telling.secret, text)));
	house_close(&h);
}

static void
bad_settings(void)
{
	static const struct {
		const char *by, *hook;
	} rows[] = {
		{ "pigeon", "" },
		{ "auto", "ftp://example.com" },
		{ "auto", "javascript:alert(1)" },
		{ "auto", "https://a\nb" },
	};
	struct house h = house_open();
	struct call zhang = call_of(&h, ZHANG);
	struct ask_telling telling;

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		struct why why = { 0 };

		check_about(rows[i].hook);
		CHECK_ERR(ask_telling_set(&zhang, str_of(rows[i].by),
			      str_of(rows[i].hook), &telling, &why),
		    ERR_BAD_INPUT);
	}
	check_about(NULL);
	CHECK_OK(ask_telling_find(&zhang, &telling));
	CHECK_STR(telling.by, STR("auto"));
	house_close(&h);
}

int
main(void)
{
	return CHECK_RUN({ "the old number can say no", the_old_number_can_say_no },
	    { "the old number is left in peace", the_old_number_is_left_in_peace },
	    { "so many a day", so_many_a_day }, { "old links go", old_links_go },
	    { "what two decisions name is told once",
		what_two_decisions_name_is_told_once },
	    { "an odd address", an_odd_address }, { "for three days", for_three_days },
	    { "the owner hears", the_owner_hears }, { "a webhook", a_webhook },
	    { "bad settings", bad_settings });
}
