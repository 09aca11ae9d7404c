/* test_hear.c - replies to notices: by code, by sender, by the address they went to. */
#include "ask/fixture_int.h"
#include "ask/form.h"

#define LI                                                                      \
	"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li\r\nFN:李四\r\nN:李;四;;;\r\n" \
	"TEL;TYPE=CELL:18988888888\r\nNOTE:只有我知道\r\nEND:VCARD\r\n"
#define DAYS_MS (2 * WHEN_DAY_MS)

/* 张三 asks 李四 for his company and mail by a form in an SMS, sent to a settled number. */
static struct ask_opened
ask_form_by(struct house *h, enum ask_by by)
{
	struct ask_opened out;
	struct ask_draft draft = { .whom = STR("李四"),
		.kind = ASK_FORM,
		.by = by,
		.wanted = { CARD_F_ORG, CARD_F_EMAIL },
		.wanted_count = 2 };
	struct why why = { 0 };
	struct call call;

	put_card(h, "li.vcf", STR(LI));
	h->now_ms += DAYS_MS;
	call = call_of(h, ZHANG);
	must(ask_open(&call, &h->rules, &draft, &out, &why) == OK);
	return out;
}

static enum err
hear_from(struct house *h, const char *from, str text, struct ask_heard *out)
{
	struct call call = call_of(h, CALL_NOBODY);
	struct ask_message message = { .from = str_of(from), .text = text };
	struct why why = { 0 };

	return ask_hear(&call, &h->rules, &message, out, &why);
}

static struct ask_view
view_of(struct house *h, int64_t id)
{
	struct call call = call_of(h, ZHANG);
	struct ask_view view;

	must(ask_find(&call, id, &view) == OK);
	return view;
}

/* The four digits of a notice. */
static str
code_in(str text)
{
	for (size_t i = 0; i + ASK_CODE_DIGITS <= text.len; i++) {
		str code = str_part(text, i, ASK_CODE_DIGITS);

		if (ask_form_first_code(code).len == ASK_CODE_DIGITS)
			return code;
	}
	return (str){ 0 };
}

static str
with_code(struct house *h, str letter, const char *text)
{
	return arena_printf(h->arena, STR_FMT " %s", STR_ARG(code_in(letter)), text);
}

static void
by_code(void)
{
	struct house h = house_open();
	struct ask_opened asked = ask_form_by(&h, ASK_BY_SMS);
	str letter = posted(&h).list[0].body;
	struct ask_heard heard;
	struct ask_view view;

	CHECK(has(letter, "1公司 2电子邮箱"));
	CHECK(has(letter, "TD"));
	CHECK(!has(letter, "/a/"));
	CHECK_OK(hear_from(
	    &h, LI_NUMBER, with_code(&h, letter, "1 示例公司 2 a@b.cn 回见"), &heard));
	CHECK_INT(heard.ask, asked.id);
	CHECK_STR(heard.asker, STR("张三"));
	view = view_of(&h, asked.id);
	CHECK_INT(view.state, ASK_MERGED);
	CHECK_INT(view.evidence, 2);
	CHECK(has(card_bytes(&h, "li.vcf"), "示例公司"));
	CHECK(has(card_bytes(&h, "li.vcf"), "NOTE:只有我知道\r\n"));
	/* It is over: what comes later is no reply. */
	CHECK_ERR(hear_from(&h, LI_NUMBER, STR("谢谢"), &heard), ERR_NOT_FOUND);
	house_close(&h);
}

/* Row 9 of the threats: a forged sender is a suggestion and no more. */
static void
by_sender_only(void)
{
	struct house h = house_open();
	struct ask_opened asked = ask_form_by(&h, ASK_BY_SMS);
	struct ask_heard heard;
	struct ask_view view;

	(void)posted(&h);
	CHECK_OK(hear_from(&h, LI_NUMBER, STR("1 示例公司"), &heard));
	CHECK_INT(heard.state, ASK_PARTLY); /* that the number is his still counts */
	view = view_of(&h, asked.id);
	CHECK_INT(view.evidence, 1);
	CHECK(!has(card_bytes(&h, "li.vcf"), "示例公司"));

	/* A second message adds to the first. */
	CHECK_OK(hear_from(&h, LI_NUMBER, STR("2 a@b.cn，改天聊"), &heard));
	view = view_of(&h, asked.id);
	CHECK_INT(view.item_count, 3);
	CHECK(view.item_count == 3 && str_same(view.items[0].after, STR("a@b.cn")) &&
	      str_same(view.items[2].after, STR("示例公司")));
	CHECK_STR(view.note, STR("改天聊"));
	house_close(&h);
}

static void
wrong_code(void)
{
	struct house h = house_open();
	struct ask_opened asked = ask_form_by(&h, ASK_BY_SMS);
	str letter = posted(&h).list[0].body;
	str code = code_in(letter);
	const char *wrong = str_same(code, STR("0000")) ? "0001 1 示例" : "0000 1 示例";
	struct ask_heard heard;

	CHECK_OK(hear_from(&h, LI_NUMBER, str_of(wrong), &heard));
	CHECK_INT(view_of(&h, asked.id).evidence, 1);
	/* The right one has been spent by it: no trying of ten thousand. */
	CHECK_OK(hear_from(&h, LI_NUMBER, with_code(&h, letter, "2 a@b.cn"), &heard));
	CHECK_INT(view_of(&h, asked.id).evidence, 1);
	CHECK(!has(card_bytes(&h, "li.vcf"), "a@b.cn"));
	house_close(&h);
}

static enum err
other_owner_in(struct store_tx *tx, void *arg)
{
	static const struct store_account wang = { .id = 12,
		.login = STR_CONST("wang"),
		.name = STR_CONST("王五"),
		.lang = STR_CONST("zh"),
		.region = STR_CONST("CN"),
		.policy = STR_CONST("fill"),
		.made_ms = 1 };

	(void)arg;
	return store_account_add(tx, &wang);
}

static void
several_askers(void)
{
	struct house h = house_open();
	struct ask_opened asked = ask_form_by(&h, ASK_BY_SMS);
	struct ask_opened other;
	struct ask_draft draft = { .whom = STR("李四"), .by = ASK_BY_SMS };
	struct book_put put = { .name = STR("li.vcf"), .bytes = STR(LI) };
	struct book_put_done done;
	struct books books;
	struct why why = { 0 };
	struct ask_heard heard;
	str letter = posted(&h).list[0].body;
	struct call wang;

	must(store_write(h.store, other_owner_in, NULL) == OK);
	wang = call_of(&h, 12);
	must(book_list(&wang, 12, &books) == OK);
	must(book_put(&wang, &books.list[0], &put, &done, &why) == OK);
	must(ask_open(&wang, &h.rules, &draft, &other, &why) == OK);

	/* What is meant for one must not reach the other. */
	CHECK_ERR(hear_from(&h, LI_NUMBER, STR("1 示例公司"), &heard), ERR_SEVERAL);
	CHECK_OK(hear_from(&h, LI_NUMBER, with_code(&h, letter, "1 示例公司"), &heard));
	CHECK_INT(heard.ask, asked.id);
	/* Now only one is open. */
	CHECK_OK(hear_from(&h, LI_NUMBER, STR("公司：另一家"), &heard));
	CHECK_INT(heard.ask, other.id);
	house_close(&h);
}

static void
strangers(void)
{
	struct house h = house_open();
	struct ask_heard heard;

	(void)ask_form_by(&h, ASK_BY_SMS);
	CHECK_ERR(
	    hear_from(&h, "+8613912345678", STR("1 示例公司"), &heard), ERR_NOT_FOUND);
	CHECK_ERR(hear_from(&h, LI_NUMBER, STR("  "), &heard), ERR_BAD_INPUT);
	house_close(&h);
}

static void
leaving(void)
{
	static const struct {
		const char *text;
		enum ask_state state;
	} rows[] = { { "打错了", ASK_NOT_ME }, { "No thanks.", ASK_DECLINED } };

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		struct house h = house_open();
		struct ask_opened asked = ask_form_by(&h, ASK_BY_SMS);
		struct ask_heard heard;

		CHECK_OK(hear_from(&h, LI_NUMBER, str_of(rows[i].text), &heard));
		CHECK_INT(heard.state, rows[i].state);
		CHECK_INT(state_of(&h, asked.id), rows[i].state);
		house_close(&h);
	}
}

/* --- by mail: the address it went to has the token --- */

#define LI_BY_MAIL                                                              \
	"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:li\r\nFN:李四\r\nN:李;四;;;\r\n" \
	"EMAIL:lisi@example.com\r\nEND:VCARD\r\n"

static str
reply_token(str reply_to)
{
	str local;

	CHECK(str_starts(reply_to, STR("ask+")));
	CHECK(str_ends(reply_to, STR("@kith.example")));
	local = str_cut(&reply_to, '@');
	return str_part(local, 4, local.len);
}

static void
by_mail(void)
{
	static const struct {
		const char *about, *from;
		bool proven;
		int evidence;
	} rows[] = {
		{ "his own address, vouched for", "lisi@example.com", true, 3 },
		{ "nobody vouches", "lisi@example.com", false, 2 },
		{ "another address", "li@elsewhere.example", true, 2 },
	};

	for (size_t i = 0; i < ASK_COUNT(rows); i++) {
		struct house h = house_open();
		struct ask_draft draft = { .whom = STR("李四") };
		struct ask_message message = { .from = str_of(rows[i].from),
			.proven = rows[i].proven,
			.text = STR("公司：示例公司\n祝好") };
		struct ask_opened asked;
		struct ask_heard heard;
		struct letters letters;
		struct why why = { 0 };
		struct call call;

		check_about(rows[i].about);
		h.rules.reply_to = STR("ask@kith.example");
		put_card(&h, "li.vcf", STR(LI_BY_MAIL));
		h.now_ms += DAYS_MS;
		call = call_of(&h, ZHANG);
		CHECK_OK(ask_open(&call, &h.rules, &draft, &asked, &why));
		letters = posted(&h);
		CHECK_STR(letters.list[0].channel, STR("email"));
		CHECK(has(letters.list[0].body, "1. 手机：\n2. 办公电话：\n"));
		CHECK(
		    has(letters.list[0].body, "/a/")); /* the link stands in it, too */
		message.token = reply_token(letters.list[0].reply_to);
		CHECK_OK(ask_hear(&call, &h.rules, &message, &heard, &why));
		CHECK_INT(view_of(&h, asked.id).evidence, rows[i].evidence);
		CHECK_INT(heard.state, ASK_MERGED);
		CHECK(has(card_bytes(&h, "li.vcf"), "示例公司\n祝好") ||
		      has(card_bytes(&h, "li.vcf"), "示例公司"));
		house_close(&h);
	}
	check_about(NULL);
}

static void
by_own_card(void)
{
	struct house h = house_open();
	struct ask_opened asked = ask_form_by(&h, ASK_BY_SMS);
	str letter = posted(&h).list[0].body;
	struct call call = call_of(&h, CALL_NOBODY);
	struct ask_message message = { .from = STR(LI_NUMBER),
		.text = code_in(letter),
		.cards = { STR("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Li "
			       "Si\r\nTEL;TYPE=CELL:+86 189 8888 8888\r\n"
			       "ORG:示例公司\r\nEMAIL:a@b.cn\r\nNOTE:mine\r\n"
			       "END:VCARD\r\n") },
		.card_count = 1 };
	struct ask_heard heard;
	struct why why = { 0 };
	struct ask_view view;
	str card;

	CHECK_OK(ask_hear(&call, &h.rules, &message, &heard, &why));
	CHECK_INT(heard.state, ASK_MERGED);
	view = view_of(&h, asked.id);
	CHECK_INT(view.item_count, 3);
	card = card_bytes(&h, "li.vcf");
	CHECK(has(card, "ORG:示例公司"));
	CHECK(has(card, "a@b.cn"));
	CHECK(has(card, "FN:李四\r\n")); /* his name in the book is the owner's */
	CHECK(has(card, "NOTE:只有我知道\r\n")); /* and so is the note */
	CHECK(!has(card, "mine"));
	house_close(&h);
}

/* Cards people keep of themselves have odd values in them: the others are taken all the
 * same, and the owner reads what was not. */
static void
by_odd_card(void)
{
	struct house h = house_open();
	struct ask_opened asked = ask_form_by(&h, ASK_BY_SMS);
	str letter = posted(&h).list[0].body;
	struct call call = call_of(&h, CALL_NOBODY);
	struct ask_message message = { .from = STR(LI_NUMBER),
		.text = ARENA_JOIN(h.arena, code_in(letter), STR(" 见附件")),
		.cards = { STR("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Li Si\r\n"
			       "ORG:示例公司\r\nURL:见面谈\r\nEMAIL:none yet\r\n"
			       "PHOTO;ENCODING=b;TYPE=JPEG:/9j/AAAA\r\n"
			       "BDAY:1990\r\nEND:VCARD\r\n") },
		.card_count = 1 };
	struct ask_heard heard;
	struct why why = { 0 };
	struct ask_view view;

	CHECK_OK(ask_hear(&call, &h.rules, &message, &heard, &why));
	view = view_of(&h, asked.id);
	CHECK(has(card_bytes(&h, "li.vcf"), "ORG:示例公司"));
	CHECK(!has(card_bytes(&h, "li.vcf"), "PHOTO"));
	CHECK(has(view.note, "见附件"));
	CHECK(has(view.note, "见面谈"));
	CHECK(has(view.note, "none yet"));
	house_close(&h);
}

/* A form is two parts at the most, and one of the kinds alone says no more than who asks. */
static void
lengths(void)
{
	static const str langs[] = { STR_CONST("zh"), STR_CONST("en") };
	static const enum card_field wanted[] = { CARD_F_MOBILE, CARD_F_WORK_TEL,
		CARD_F_HOME_TEL, CARD_F_EMAIL, CARD_F_WORK_EMAIL, CARD_F_ORG,
		CARD_F_TITLE, CARD_F_PHOTO };

	for (size_t i = 0; i < ASK_COUNT(langs); i++) {
		SCOPED(arena) arena = arena_open();
		const struct ask_asker asker = { .name = STR("张三"),
			.phone = STR("+8613800000000") };
		struct ask_notice notice = { .kind = ASK_FORM,
			.by = ASK_BY_SMS,
			.asker = &asker,
			.lang = langs[i],
			.server = STR("Kith"),
			.code = STR("4721"),
			.wanted = wanted,
			.wanted_count = ASK_COUNT(wanted) };
		struct courier_letter letter;

		CHECK_OK(ask_notice_make(arena, &notice, &letter));
		CHECK(courier_sms_parts(letter.text).parts <= 2);
		CHECK(has(letter.text, "4721"));
		notice.kind = ASK_ID;
		CHECK_OK(ask_notice_make(arena, &notice, &letter));
		CHECK(courier_sms_parts(letter.text).parts <= 2);
		CHECK(has(letter.text, "+8613800000000"));
		CHECK(!has(letter.text, "/a/"));
	}
}

int
main(void)
{
	return CHECK_RUN({ "a reply with its code", by_code },
	    { "a reply without a code waits for the owner", by_sender_only },
	    { "a wrong code spends the right one", wrong_code },
	    { "several askers: only the code tells", several_askers },
	    { "strangers and empty words", strangers },
	    { "he is somebody else, he will not", leaving },
	    { "a reply by mail", by_mail }, { "a returned card", by_own_card },
	    { "a card with odd values", by_odd_card },
	    { "forms in SMS are short", lengths });
}
