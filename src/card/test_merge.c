/* test_merge.c - the table of merge.h cell by cell, and its laws. */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "card/match.h"
#include "card/merge.h"

#define HEAD "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\n"
#define TAIL "NOTE:private\r\nitem9.X-ODD;P=\"a:b\":kept\r\nEND:VCARD\r\n"

static struct card *
read(struct arena *arena, const char *body)
{
	struct card *card = NULL;
	struct why why = { 0 };

	must(card_read(arena, arena_printf(arena, HEAD "%s" TAIL, body), &card, &why) ==
	     OK);
	return card;
}

/* Judges one operation and carries it out. */
static enum card_cell
merge_one(
    struct arena *arena, const char *base, const char *now, struct card_op op, str *out)
{
	struct card_ops ops = { &op, 1 };
	struct card_verdicts verdicts;
	struct card *card = read(arena, now);
	struct why why = { 0 };
	bool chosen = true;

	if (!CHECK_OK(card_merge(
		arena, read(arena, base), &ops, card, STR("CN"), &verdicts, &why)))
		return CARD_CELL_NOTHING;
	CHECK_OK(card_merge_write(arena, card, &verdicts, &chosen, 0, out));
	return verdicts.list[0].cell;
}

#define OLD   "item1.TEL;TYPE=CELL;PREF=1:13800000001\r\nitem1.X-ABLabel:secret\r\n"
#define OTHER "item1.TEL;TYPE=CELL;PREF=1:13800000002\r\nitem1.X-ABLabel:secret\r\n"
#define NEW   "item1.TEL;TYPE=CELL;PREF=1:13800000003\r\nitem1.X-ABLabel:secret\r\n"

static void
cells(void)
{
	static const struct {
		const char *why;
		enum card_op_kind op;
		const char *value, *now;
		enum card_cell cell;
		const char *then; /* the body after accepting */
	} rows[] = {
		{ "confirm, unchanged", CARD_CONFIRM, "", OLD, CARD_CELL_VERIFIED,
		    OLD },
		{ "confirm, changed", CARD_CONFIRM, "", OTHER, CARD_CELL_OLD_HOLDS,
		    OTHER "TEL;TYPE=CELL:13800000001\r\n" },
		{ "confirm, gone", CARD_CONFIRM, "", "", CARD_CELL_RESTORE,
		    "TEL;TYPE=CELL:13800000001\r\n" },
		{ "change, unchanged", CARD_CHANGE, "13800000003", OLD,
		    CARD_CELL_REPLACE, NEW },
		{ "change, changed to the same", CARD_CHANGE, "+86 138-0000-0002",
		    OTHER, CARD_CELL_VERIFIED, OTHER },
		{ "change, changed otherwise", CARD_CHANGE, "13800000003", OTHER,
		    CARD_CELL_CONFLICT, OTHER "TEL;TYPE=CELL:13800000003\r\n" },
		{ "change, gone", CARD_CHANGE, "13800000003", "", CARD_CELL_ADD_BACK,
		    "TEL;TYPE=CELL:13800000003\r\n" },
		{ "gone, unchanged", CARD_GONE, "", OLD, CARD_CELL_REMOVE, "" },
		{ "gone, changed", CARD_GONE, "", OTHER, CARD_CELL_REMOVE_OTHER, "" },
		{ "gone, gone", CARD_GONE, "", "", CARD_CELL_NOTHING, "" },
		{ "insert, there already", CARD_INSERT, "138 0000 0001", OLD,
		    CARD_CELL_VERIFIED, OLD },
		{ "insert, a second", CARD_INSERT, "13800000009", OLD, CARD_CELL_APPEND,
		    OLD "TEL;TYPE=CELL:13800000009\r\n" },
		{ "insert, the first", CARD_INSERT, "13800000009", "", CARD_CELL_FILL,
		    "TEL;TYPE=CELL:13800000009\r\n" },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct card_op op = { .kind = rows[i].op,
			.field = CARD_F_MOBILE,
			.value = str_of(rows[i].value) };
		struct card *then;
		struct card *wanted;
		str out = { 0 };

		check_about(rows[i].why);
		CHECK_INT(merge_one(arena, OLD, rows[i].now, op, &out), rows[i].cell);
		/* The same lines; an added one stands by its likes. */
		wanted = read(arena, rows[i].then);
		if (!CHECK_OK(card_read(arena, out, &then, &(struct why){ 0 })) ||
		    !CHECK_INT(then->count, wanted->count))
			continue;
		for (size_t w = 0; w < wanted->count; w++)
			CHECK(str_find(out, wanted->properties[w].raw) != SIZE_MAX);
	}
}

static void
reviewed_cells(void)
{
	static const enum card_cell free[] = { CARD_CELL_VERIFIED, CARD_CELL_FILL,
		CARD_CELL_APPEND, CARD_CELL_REPLACE, CARD_CELL_REMOVE,
		CARD_CELL_NOTHING };

	for (size_t i = 0; i < sizeof free / sizeof *free; i++)
		CHECK(!card_cell_needs_review(free[i]));
	CHECK(card_cell_needs_review(CARD_CELL_OLD_HOLDS));
	CHECK(card_cell_needs_review(CARD_CELL_CONFLICT));
	CHECK(card_cell_needs_review(CARD_CELL_REMOVE_OTHER));
}

static void
single_fields(void)
{
	SCOPED(arena) arena = arena_open();
	struct card_op op = {
		.kind = CARD_INSERT, .field = CARD_F_ORG, .value = STR("New")
	};
	str out;

	CHECK_INT(merge_one(arena, "", "", op, &out), CARD_CELL_FILL);
	CHECK_INT(
	    merge_one(arena, "ORG;X=1:Old;Unit\r\n", "ORG;X=1:Old;Unit\r\n", op, &out),
	    CARD_CELL_REPLACE);
	CHECK(str_find(out, STR("ORG;X=1:New\r\n")) != SIZE_MAX);
	CHECK_INT(
	    merge_one(arena, "", "ORG:Meanwhile\r\n", op, &out), CARD_CELL_CONFLICT);
	CHECK(str_find(out, STR("Meanwhile")) == SIZE_MAX);
	op.field = CARD_F_NAME;
	op.value = STR("欧阳修");
	CHECK_INT(merge_one(arena, "FN:13800000001\r\n" OLD, "FN:13800000001\r\n" OLD,
		      op, &out),
	    CARD_CELL_FILL);
	CHECK(str_find(out, STR("FN:欧阳修\r\n")) != SIZE_MAX);
	CHECK(str_find(out, STR("N:欧阳;修;;;\r\n")) != SIZE_MAX);
}

static void
an_address_drops_what_is_stale(void)
{
	SCOPED(arena) arena = arena_open();
	struct card_op op = { .kind = CARD_CHANGE,
		.field = CARD_F_HOME_ADDRESS,
		.value = STR("New St 2") };
	str out;
	const char *body =
	    "ADR;TYPE=HOME;LABEL=\"Old; St\";GEO=\"geo:1,2\";X-K=1:;;Old St;;;;\r\n";

	CHECK_INT(merge_one(arena, body, body, op, &out), CARD_CELL_REPLACE);
	CHECK(str_find(out, STR("ADR;TYPE=HOME;X-K=1:;;New St 2;;;;\r\n")) != SIZE_MAX);
}

static void
weibo_goes_with_its_twin(void)
{
	SCOPED(arena) arena = arena_open();
	const char *body =
	    "X-SOCIALPROFILE;type=sinaweibo;x-user=old:http://weibo.com/n/old\r\n"
	    "item1.URL:https://weibo.com/n/old\r\nitem1.X-ABLabel:微博\r\n";
	struct card_op op = {
		.kind = CARD_CHANGE, .field = CARD_F_WEIBO, .value = STR("fresh")
	};
	str out;

	CHECK_INT(merge_one(arena, body, body, op, &out), CARD_CELL_REPLACE);
	CHECK(str_find(out, STR("old")) == SIZE_MAX);
	CHECK(
	    str_find(out, STR("item1.URL:https://weibo.com/n/fresh\r\n")) != SIZE_MAX);
	op.kind = CARD_GONE;
	CHECK_INT(merge_one(arena, body, body, op, &out), CARD_CELL_REMOVE);
	CHECK(str_find(out, STR("weibo")) == SIZE_MAX);
	CHECK(str_find(out, STR("item1")) == SIZE_MAX);
}

static void
dangerous_numbers(void)
{
	static const struct {
		const char *value;
		bool class_new;
	} rows[] = { { "13800000003", false }, { "+1 202 555 0123", true },
		{ "+447700900123", true } };
	SCOPED(arena) arena = arena_open();
	struct card *card = read(arena, OLD);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct card_op op = { .kind = CARD_CHANGE,
			.field = CARD_F_MOBILE,
			.value = str_of(rows[i].value) };
		struct card_ops ops = { &op, 1 };
		struct card_verdicts verdicts;
		struct why why;

		check_about(rows[i].value);
		CHECK_OK(
		    card_merge(arena, card, &ops, card, STR("CN"), &verdicts, &why));
		CHECK(verdicts.list[0].class_new == rows[i].class_new);
		CHECK(verdicts.list[0].last);
	}
}

static void
bad_operations(void)
{
	SCOPED(arena) arena = arena_open();
	struct card *card = read(arena, OLD "ORG:x\r\n");
	struct card_op list[] = {
		{ CARD_CONFIRM, 9, CARD_F_MOBILE, { 0 } },
		{ CARD_CONFIRM, 0, CARD_F_ORG, { 0 } },
		{ CARD_INSERT, 0, CARD_F_EMAIL, STR("no") },
	};
	struct card_op twice[] = { { CARD_CONFIRM, 0, CARD_F_MOBILE, { 0 } },
		{ CARD_GONE, 0, CARD_F_MOBILE, { 0 } } };
	struct card_ops two = { twice, 2 };
	struct card_verdicts verdicts;
	struct why why;

	for (size_t i = 0; i < 3; i++) {
		struct card_ops ops = { &list[i], 1 };

		CHECK_ERR(
		    card_merge(arena, card, &ops, card, STR("CN"), &verdicts, &why),
		    ERR_BAD_INPUT);
	}
	CHECK_ERR(card_merge(arena, card, &two, card, STR("CN"), &verdicts, &why),
	    ERR_BAD_INPUT);
}

/* Whatever is answered, what is outside the catalogue survives byte for byte, and an answer
 * said twice changes nothing the second time. */
static void
laws(void)
{
	static const char *const lines[] = { OLD, "ORG:Acme;Unit\r\n",
		"item2.EMAIL:a@b.cn\r\nitem2.X-ABLabel:mine\r\n",
		"TEL;TYPE=WORK:010-65521234\r\n", "X-QQ:12345678\r\n",
		"ADR;TYPE=HOME:;;x;;;;\r\n", "CATEGORIES:canary\r\n" };
	static const struct {
		enum card_field field;
		const char *value;
	} values[] = { { CARD_F_MOBILE, "13911111111" }, { CARD_F_ORG, "New; Org" },
		{ CARD_F_EMAIL, "x@y.cn" }, { CARD_F_QQ, "87654321" },
		{ CARD_F_HOME_ADDRESS, "y\nz" }, { CARD_F_WEIBO, "who" },
		{ CARD_F_TITLE, "T" }, { CARD_F_BDAY, "08-20" } };
	unsigned seed = 11;

	for (int round = 0; round < 300; round++) {
		SCOPED(arena) arena = arena_open();
		struct buf base = buf_in(arena, 10000), now = buf_in(arena, 10000);
		struct card_op list[4];
		struct card_ops ops = { list, 0 };
		struct card_items items;
		struct card_verdicts verdicts;
		bool chosen[4] = { true, true, true, true };
		struct card *from, *card, *after;
		struct why why;
		str out, again;

		for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
			if (rand_r(&seed) % 4)
				buf_add(&base, str_of(lines[i]));
			if (rand_r(&seed) % 4)
				buf_add(&now, str_of(lines[i]));
		}
		from = read(arena, arena_copy(arena, buf_str(&base)).at);
		card = read(arena, arena_copy(arena, buf_str(&now)).at);
		items = card_items(arena, from, STR("CN"));
		for (size_t i = 0; i < items.count && ops.count < 2; i++)
			if (rand_r(&seed) % 2 && items.list[i].field != CARD_F_NAME)
				list[ops.count++] =
				    (struct card_op){ rand_r(&seed) % 2 ? CARD_GONE
									: CARD_CONFIRM,
					    i, items.list[i].field, { 0 } };
		for (int i = 0; i < 2; i++) {
			size_t v =
			    (size_t)rand_r(&seed) % (sizeof values / sizeof *values);

			list[ops.count++] = (struct card_op){ CARD_INSERT, 0,
				values[v].field, str_of(values[v].value) };
		}
		if (card_merge(arena, from, &ops, card, STR("CN"), &verdicts, &why) !=
		    OK)
			continue; /* one single field named twice */
		CHECK_OK(card_merge_write(arena, card, &verdicts, chosen, 0, &out));
		if (!CHECK_OK(card_read(arena, out, &after, &why)))
			return;
		for (size_t i = 0; i < card->count; i++) {
			str raw = card->properties[i].raw;

			if (str_starts(raw, STR("NOTE")) ||
			    str_starts(raw, STR("CATEG")) ||
			    str_starts(raw, STR("item9")) ||
			    str_starts(raw, STR("UID")))
				CHECK(str_find(out, raw) != SIZE_MAX);
		}
		/* Said again of what is now: every insert is there already. */
		for (size_t i = 0; i < ops.count; i++)
			chosen[i] = list[i].kind == CARD_INSERT;
		if (!CHECK_OK(card_merge(
			arena, from, &ops, after, STR("CN"), &verdicts, &why)))
			return;
		for (size_t i = 0; i < ops.count; i++)
			if (list[i].kind == CARD_INSERT)
				CHECK(verdicts.list[i].cell == CARD_CELL_VERIFIED);
		CHECK_OK(card_merge_write(arena, after, &verdicts, chosen, 0, &again));
		CHECK(again.at == after->text.at);
		/* Nothing chosen: the card itself. */
		memset(chosen, 0, sizeof chosen);
		CHECK_OK(card_merge_write(arena, card, &verdicts, chosen, 0, &again));
		CHECK(again.at == card->text.at);
	}
}

static void
revisions(void)
{
	SCOPED(arena) arena = arena_open();
	struct card_op op = {
		.kind = CARD_INSERT, .field = CARD_F_QQ, .value = STR("12345678")
	};
	str out;

	(void)merge_one(arena, "", "REV:2020-01-01T00:00:00Z\r\n", op, &out);
	CHECK(str_find(out, STR("REV:1970-01-01T00:00:00Z\r\n")) != SIZE_MAX);
	(void)merge_one(arena, "", "REV:20200101T000000Z\r\n", op, &out);
	CHECK(str_find(out, STR("REV:19700101T000000Z\r\n")) != SIZE_MAX);
}

/* --- match.h --- */

static void
matching(void)
{
	static const struct {
		const char *why, *name, *text;
		enum card_collation collation;
		enum card_match_kind kind;
		bool negate, hit;
	} rows[] = {
		{ "contains, any case", "EMAIL", "EXAMPLE", CARD_UNICODE_CASEMAP,
		    CARD_CONTAINS, false, true },
		{ "octet keeps case", "EMAIL", "EXAMPLE", CARD_OCTET, CARD_CONTAINS,
		    false, false },
		{ "a group's own name", "item1.EMAIL", "ada", CARD_OCTET, CARD_STARTS,
		    false, true },
		{ "another group", "item2.EMAIL", "ada", CARD_OCTET, CARD_STARTS, false,
		    false },
		{ "equals", "FN", "Ångström", CARD_UNICODE_CASEMAP, CARD_EQUALS, false,
		    true },
		{ "equals, decomposed", "FN", "a\xCC\x8Angstro\xCC\x88m",
		    CARD_UNICODE_CASEMAP, CARD_EQUALS, false, true },
		{ "ends", "FN", "STRÖM", CARD_UNICODE_CASEMAP, CARD_ENDS, false, true },
		{ "ascii folds only ascii", "FN", "STRÖM", CARD_ASCII_CASEMAP,
		    CARD_ENDS, false, false },
		{ "an escaped comma", "NOTE", "a, b", CARD_OCTET, CARD_EQUALS, false,
		    true },
		{ "not", "FN", "x", CARD_OCTET, CARD_CONTAINS, true, true },
		{ "not of what is missing", "ROLE", "x", CARD_OCTET, CARD_CONTAINS,
		    true, false },
		{ "some instance is not", "TEL", "1", CARD_OCTET, CARD_EQUALS, true,
		    true },
	};
	SCOPED(arena) arena = arena_open();
	struct card *card;
	struct why why;

	must(card_read(arena,
		 STR("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ångström\r\nitem1.EMAIL:ada@"
		     "example.org\r\n"
		     "NOTE:a\\, b\r\nTEL:1\r\nTEL:2\r\nEND:VCARD\r\n"),
		 &card, &why) == OK);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct card_text_match match = { .text = str_of(rows[i].text),
			.collation = rows[i].collation,
			.kind = rows[i].kind,
			.negate = rows[i].negate };
		struct card_prop_filter prop = { .name = str_of(rows[i].name),
			.matches = &match,
			.match_count = 1 };
		struct card_filter filter = { .props = &prop, .prop_count = 1 };

		check_about(rows[i].why);
		card_filter_prepare(arena, &filter);
		CHECK(card_matches(arena, card, &filter) == rows[i].hit);
	}
}

static void
parameters(void)
{
	SCOPED(arena) arena = arena_open();
	struct card *card = read(arena, "TEL;TYPE=CELL,VOICE:1\r\nTEL;TYPE=HOME:2\r\n");
	struct card_text_match home = { .text = STR("home"),
		.collation = CARD_ASCII_CASEMAP,
		.kind = CARD_EQUALS };
	struct card_text_match one = {
		.text = STR("1"), .collation = CARD_OCTET, .kind = CARD_EQUALS
	};
	struct card_param_filter type = { .name = STR("TYPE"), .match = &home };
	struct card_prop_filter prop = { .name = STR("TEL"),
		.all = true,
		.matches = &one,
		.match_count = 1,
		.params = &type,
		.param_count = 1 };
	struct card_filter filter = { .props = &prop, .prop_count = 1 };

	card_filter_prepare(arena, &filter);
	CHECK(!card_matches(arena, card, &filter)); /* of one instance, not of two */
	prop.all = false;
	CHECK(card_matches(arena, card, &filter));
	type.not_defined = true;
	type.name = STR("PREF");
	prop.all = true;
	CHECK(card_matches(arena, card, &filter));
}

int
main(void)
{
	return CHECK_RUN({ "every cell", cells },
	    { "which wait for the owner", reviewed_cells },
	    { "fields of one value", single_fields },
	    { "an address drops what is stale", an_address_drops_what_is_stale },
	    { "Weibo goes with its twin", weibo_goes_with_its_twin },
	    { "dangerous numbers", dangerous_numbers },
	    { "bad operations", bad_operations }, { "laws", laws },
	    { "REV", revisions }, { "text-match", matching },
	    { "param-filter", parameters });
}
