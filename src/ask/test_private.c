/*
 * test_private.c - what is the owner's own never reaches a target: cards made at random,
 * every private corner of them marked, and all a link can show searched for the marks.
 */
#include <string.h>

#include "ask/fixture_int.h"

#define ROUNDS       80
#define LINES_MAX    40
#define PRIVATE_MARK "canary"
#define HIDDEN_MARK  "7654" /* in the middle of numbers, which masks must hide */

/* Numbers that are the same in every run: xorshift. */
static uint64_t dice = 88172645463325252U;

static size_t
below(size_t limit)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (size_t)(dice % limit);
}

/* Lines of a card; %zu is a number of the line's own.  Marks stand where nobody but the
 * owner may look. */
static const char *const lines[] = {
	"NOTE:canary %zu",
	"NOTE;LANGUAGE=zh:canary\\, mehr\\n %zu",
	"note;X-P=\"canary:%zu\":canary",
	"CATEGORIES:canary-%zu,canary",
	"NICKNAME:canary%zu",
	"N:canary;canary%zu;;;",
	"FN:canary %zu",
	"item%zu.X-ABLabel:canary",
	"X-CUSTOM-%zu:canary",
	"RELATED;TYPE=spouse:canary%zu",
	"GENDER:O;canary%zu",
	"KEY:data:canary%zu",
	"X-PHONETIC-FIRST-NAME:canary%zu",
	"AGENT:canary%zu",
	"item%zu.TEL;TYPE=\"canary\";X-LABEL=canary:+8613976543211",
	"item%zu.TEL;TYPE=WORK:010-87654321",
	"TEL;TYPE=HOME,canary;PREF=%zu:+86 139 7654 3212",
	"TEL;TYPE=FAX;X-%zu=canary:01087654322",
	"item%zu.EMAIL;TYPE=canary:lcanary@qcanary.com",
	"EMAIL;TYPE=WORK;X-N=%zu:wcanary@wcanary.cn",
	"ADR;TYPE=HOME;LABEL=\"canary\":canary;canary%zu;canary;北京;canary;canary;"
	"canary",
	"item%zu.ADR;TYPE=WORK:;;canary;上海;;;",
	"item%zu.X-ABADR:canary",
	"BDAY;X-CANARY=%zu:1976-05-04",
	"PHOTO;VALUE=uri;X=%zu:https://example.com/canary.jpg",
	"PHOTO;ENCODING=b;TYPE=JPEG;X=%zu:Y2FuYXJ5Y2FuYXJ5",
	"IMPP;X-SERVICE-TYPE=QQ;X=%zu:qq:37654canary",
	"X-QQ;X=%zu:376543210",
	"item%zu.IMPP;X-SERVICE-TYPE=canary:x-apple:canary",
	"X-SOCIALPROFILE;TYPE=sinaweibo;x-user=wcanary;X=%zu:http://weibo.com/n/"
	"wcanary",
	"X-WECHAT;X=%zu:wcanary",
	"GEO;X=%zu:geo:1.canary",
	"TZ;X=%zu:canary",
	"ORG;X-SORT=canary%zu:Example",
	"TITLE;X-SORT=canary%zu:Boss",
	"item%zu.URL;X=canary:https://example.com/",
};

static str
random_card(struct arena *arena, size_t round)
{
	struct buf out = buf_in(arena, 16384);
	size_t count = below(LINES_MAX);

	buf_addf(&out, "BEGIN:VCARD\r\nVERSION:%s\r\nUID:canary-%zu\r\n",
	    below(2) ? "3.0" : "4.0", round);
	for (size_t i = 0; i < count; i++) {
		const char *line = lines[below(ASK_COUNT(lines))];
		const char *hole = strstr(line, "%zu");

		buf_add(&out, (str){ line, (size_t)(hole - line) });
		buf_addf(&out, "%zu%s\r\n", 1 + below(5), hole + 3);
	}
	buf_addf(&out, "TEL;TYPE=CELL:+8613976540%03zu\r\nEND:VCARD\r\n", round);
	return buf_str(&out);
}

static void
nothing_private(str shown, bool masked)
{
	CHECK(!has(shown, "1976") && !has(shown, "Y2Fu") && !has(shown, "05-04"));
	if (masked)
		CHECK(!has(shown, PRIVATE_MARK) && !has(shown, HIDDEN_MARK));
}

static void
nothing_in_peek(const struct ask_peek *peek)
{
	nothing_private(peek->asker, true);
	nothing_private(peek->say, true);
	nothing_private(peek->to_tail, true);
	nothing_private(peek->asker_phone, true);
	nothing_private(peek->asker_email, true);
}

/* With whole values the target reads his own numbers, and still no word of the owner's:
 * marks may stand only in the values that are his. */
static bool
is_his(enum card_field field)
{
	return field != CARD_F_ORG && field != CARD_F_TITLE && field != CARD_F_URL;
}

static void
look_at(struct house *h, str token, bool open)
{
	struct call nobody = call_of(h, CALL_NOBODY);
	struct ask_peek peek;
	struct ask_page page;

	CHECK_OK(ask_peek(&nobody, token, &peek));
	nothing_in_peek(&peek);
	CHECK_OK(ask_see(&nobody, token, &page));
	nothing_in_peek(&page.who);
	CHECK(page.offer_count > 0);
	for (size_t i = 0; i < page.offer_count; i++) {
		const struct ask_offer *offer = &page.offers[i];

		CHECK(ask_offered(offer->field));
		nothing_private(offer->shown, !open || !is_his(offer->field));
	}
}

static void
play(struct house *h, size_t round, bool open)
{
	struct call zhang = call_of(h, ZHANG);
	char name[32];
	struct ask_draft draft = { .book = STR(BOOK_DEFAULT_NAME),
		.by = open ? ASK_BY_SELF : ASK_BY_SMS,
		.open_values = open };
	struct ask_opened opened;
	struct why why = { 0 };
	str text;

	(void)snprintf(name, sizeof name, "%zu.vcf", round);
	draft.card = str_of(name);
	CHECK_OK(ask_open(&zhang, &h->rules, &draft, &opened, &why));
	text = open ? opened.text : posted(h).list[0].body;
	nothing_private(text, true);
	look_at(h, token_in(text), open);
}

static void
random_cards(void)
{
	struct house h = house_open();

	for (size_t round = 0; round < ROUNDS; round++) {
		char name[32];
		str card = random_card(h.arena, round);

		(void)snprintf(name, sizeof name, "%zu.vcf", round);
		put_card(&h, name, card);
		check_about(card.at);
		play(&h, round, false);
		play(&h, round, true);
	}
	check_about(NULL);
	house_close(&h);
}

/* All or nothing: an answer that cannot be put leaves no trace of itself. */
static void
whole_or_not(void)
{
	struct house h = house_open();
	struct buf big = buf_in(h.arena, CARD_MAX_BYTES);
	struct card_op ops[] = { insert(CARD_F_TITLE, "Boss"), insert(CARD_F_ORG, "") };
	struct ask_answered answered;
	struct ask_view view;
	struct call zhang;
	int64_t id;
	str token;
	char *long_name = arena_get(h.arena, CARD_VALUE_MAX_BYTES);

	for (size_t i = 0; i < CARD_VALUE_MAX_BYTES; i++)
		long_name[i] = 'x';
	ops[1].value = (str){ long_name, CARD_VALUE_MAX_BYTES };
	buf_add(&big, STR("BEGIN:VCARD\r\nVERSION:4.0\r\nUID:big\r\nFN:Big\r\nNOTE:"));
	while (big.len < CARD_MAX_BYTES - 1000)
		buf_add_char(&big, 'n');
	buf_add(&big, STR("\r\nEND:VCARD\r\n"));
	put_card(&h, "big.vcf", buf_str(&big));
	token = ask_self(&h, "name:Big", ASK_AUTO, &id);
	CHECK_ERR(answer_with(&h, token, ops, 2, &answered), ERR_TOO_LARGE);
	CHECK(str_same(card_bytes(&h, "big.vcf"), buf_str(&big)));
	zhang = call_of(&h, ZHANG);
	CHECK_OK(ask_find(&zhang, id, &view));
	CHECK_INT(view.state, ASK_QUEUED);
	CHECK_INT(view.evidence, -1);
	CHECK_OK(answer_with(&h, token, ops, 1, &answered));
	CHECK_INT(answered.state, ASK_MERGED);
	house_close(&h);
}

int
main(void)
{
	return CHECK_RUN(
	    { "random cards", random_cards }, { "whole or not at all", whole_or_not });
}
