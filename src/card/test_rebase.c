/* test_rebase.c - the table of rebase.h row by row, and what programs drop. */
#include "base/check.h"
#include "card/rebase.h"

#define HEAD "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\n"
#define TAIL "END:VCARD\r\n"

static struct card *
read(struct arena *arena, const char *body)
{
	struct card *card = NULL;
	struct why why = { 0 };

	must(card_read(arena, arena_printf(arena, HEAD "%s" TAIL, body), &card, &why) ==
	     OK);
	return card;
}

static const str dropped[] = { STR_CONST("SOURCE"), STR_CONST("SORT-STRING"),
	STR_CONST("PHOTO"), STR_CONST("X-ABLABEL") };

static void
rows(void)
{
	static const struct {
		const char *why, *base, *sent, *now, *then;
		bool clash;
	} table[] = {
		{ "nothing happened", "TEL:1\r\nNOTE:a\r\n", "NOTE:a\r\nTEL:1\r\n",
		    "TEL:1\r\nNOTE:a\r\n", "NOTE:a\r\nTEL:1\r\n", false },
		{ "only the writer", "TEL:1\r\n", "TEL:2\r\nEMAIL:a@b.c\r\n",
		    "TEL:1\r\n", "TEL:2\r\nEMAIL:a@b.c\r\n", false },
		{ "only the other: changed", "TEL;TYPE=CELL:1\r\nNOTE:a\r\n",
		    "TEL;TYPE=cell:1\r\nNOTE:b\r\n", "TEL;TYPE=CELL:2\r\nNOTE:a\r\n",
		    "TEL;TYPE=CELL:2\r\nNOTE:b\r\n", false },
		{ "only the other: added", "FN:A\r\n", "FN:B\r\n",
		    "FN:A\r\nTEL;TYPE=CELL:1\r\n", "FN:B\r\nTEL;TYPE=CELL:1\r\n",
		    false },
		{ "only the other: removed", "FN:A\r\nTEL:1\r\nTEL:2\r\n",
		    "FN:B\r\nTEL:1\r\nTEL:2\r\n", "FN:A\r\nTEL:2\r\n",
		    "FN:B\r\nTEL:2\r\n", false },
		{ "both added the same", "FN:A\r\n", "FN:A\r\nTEL:12\r\n",
		    "FN:A\r\nTEL:1-2\r\n", "FN:A\r\nTEL:12\r\n", false },
		{ "both changed alike", "TEL:1\r\n", "TEL:22\r\n", "TEL:2 2\r\n",
		    "TEL:22\r\n", false },
		{ "both changed, many values", "TEL;TYPE=CELL:1\r\n",
		    "TEL;TYPE=CELL:2\r\n", "TEL;TYPE=CELL:3\r\n",
		    "TEL;TYPE=CELL:2\r\nTEL;TYPE=CELL:3\r\n", true },
		{ "both changed, one value", "FN:A\r\n", "FN:B\r\n", "FN:C\r\n",
		    "FN:B\r\n", true },
		{ "gone here, changed there", "FN:A\r\nTEL:1\r\n", "FN:A\r\n",
		    "FN:A\r\nTEL:2\r\n", "FN:A\r\nTEL:2\r\n", true },
		{ "changed here, gone there", "FN:A\r\nTEL:1\r\n", "FN:A\r\nTEL:2\r\n",
		    "FN:A\r\n", "FN:A\r\nTEL:2\r\n", false },
		{ "gone on both sides", "FN:A\r\nTEL:1\r\n", "FN:A\r\n", "FN:A\r\n",
		    "FN:A\r\n", false },
		{ "a single field both added", "TEL:1\r\n",
		    "TEL:1\r\nBDAY:1990-01-01\r\n", "TEL:1\r\nBDAY:1990-02-02\r\n",
		    "TEL:1\r\nBDAY:1990-01-01\r\n", true },
		{ "his type, the other's value", "TEL;TYPE=CELL:1\r\n",
		    "TEL;TYPE=HOME:1\r\n", "TEL;TYPE=CELL:2\r\n", "TEL;TYPE=HOME:2\r\n",
		    false },
		{ "his value, the other's types", "TEL;TYPE=CELL:1\r\n",
		    "TEL;TYPE=CELL:2\r\n", "TEL;TYPE=CELL,PREF:1\r\n",
		    "TEL;TYPE=CELL,PREF:2\r\n", false },
		{ "parameters come back", "IMPP;X-SERVICE-TYPE=QQ;TYPE=home:qq:1\r\n",
		    "IMPP;TYPE=HOME:qq:1\r\n",
		    "IMPP;X-SERVICE-TYPE=QQ;TYPE=home:qq:1\r\n",
		    "IMPP;TYPE=HOME;X-SERVICE-TYPE=QQ:qq:1\r\n", false },
		{ "not to another value", "IMPP;X-SERVICE-TYPE=QQ:qq:1\r\n",
		    "IMPP:xmpp:a@b\r\n", "IMPP;X-SERVICE-TYPE=QQ:qq:1\r\n",
		    "IMPP:xmpp:a@b\r\n", false },
		{ "a property he is known to drop",
		    "FN:A\r\nSOURCE:http://a/\r\nSORT-STRING:x\r\n", "FN:B\r\n",
		    "FN:A\r\nSOURCE:http://a/\r\nSORT-STRING:x\r\n",
		    "FN:B\r\nSOURCE:http://a/\r\nSORT-STRING:x\r\n", false },
		{ "one he removed himself", "FN:A\r\nNOTE:x\r\n", "FN:A\r\n",
		    "FN:A\r\nNOTE:x\r\n", "FN:A\r\n", false },
		{ "the second picture comes back",
		    "PHOTO;ENCODING=b:AAAA\r\nPHOTO;ENCODING=b:BBBB\r\n",
		    "PHOTO;ENCODING=b:AAAA\r\n",
		    "PHOTO;ENCODING=b:AAAA\r\nPHOTO;ENCODING=b:BBBB\r\n",
		    "PHOTO;ENCODING=b:AAAA\r\nPHOTO;ENCODING=b:BBBB\r\n", false },
		{ "the only picture he removed", "FN:A\r\nPHOTO;ENCODING=b:AAAA\r\n",
		    "FN:A\r\n", "FN:A\r\nPHOTO;ENCODING=b:AAAA\r\n", "FN:A\r\n",
		    false },
		{ "a label comes back to its line",
		    "item1.URL:http://a/\r\nitem1.X-ABLabel:blog\r\n",
		    "URL:http://a/\r\n",
		    "item1.URL:http://a/\r\nitem1.X-ABLabel:blog\r\n",
		    "item1.URL:http://a/\r\nitem1.X-ABLabel:blog\r\n", false },
		{ "an added line keeps its label, not its group",
		    "item1.URL:http://a/\r\nitem1.X-ABLabel:blog\r\n",
		    "item2.URL:http://a/\r\nitem2.X-ABLabel:Blog\r\n",
		    "item1.URL:http://a/\r\nitem1.X-ABLabel:blog\r\n"
		    "item2.URL:http://b/\r\nitem2.X-ABLabel:shop\r\n",
		    "item2.URL:http://a/\r\nitem1.URL:http://b/\r\n"
		    "item1.X-ABLabel:shop\r\nitem2.X-ABLabel:Blog\r\n",
		    false },
		{ "a label the other changed",
		    "item1.URL:http://a/\r\nitem1.X-ABLabel:blog\r\n",
		    "w.URL:http://a/\r\nw.X-ABLabel:blog\r\nNOTE:n\r\n",
		    "item1.URL:http://a/\r\nitem1.X-ABLabel:shop\r\n",
		    "w.URL:http://a/\r\nw.X-ABLabel:shop\r\nNOTE:n\r\n", false },
		{ "a label the other gave", "URL:http://a/\r\n",
		    "URL:http://a/\r\nNOTE:n\r\n",
		    "item1.URL:http://a/\r\nitem1.X-ABLabel:shop\r\n",
		    "item1.URL:http://a/\r\nNOTE:n\r\nitem1.X-ABLabel:shop\r\n",
		    false },
		{ "a label in the group of a VERSION is nobody's",
		    "item1.URL:http://a/\r\nitem1.X-ABLabel:b\r\n",
		    "URL:http://a/\r\nVERSION:2.0\r\n",
		    "item1.VERSION:4.0\r\nitem1.X-ABLabel:c\r\nURL:http://a/\r\n",
		    "URL:http://a/\r\nVERSION:2.0\r\nitem1.X-ABLabel:c\r\n", false },
		{ "a picture the other changed",
		    "PHOTO;ENCODING=b;TYPE=PNG:AAAA\r\nFN:A\r\n",
		    "PHOTO;ENCODING=B;TYPE=png:AAAA\r\nFN:B\r\n",
		    "PHOTO;VALUE=URI:http://p/\r\nFN:A\r\n",
		    "PHOTO;VALUE=URI:http://p/\r\nFN:B\r\n", false },
		{ "members: one goes, one comes",
		    "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:a\r\n"
		    "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:b\r\n",
		    "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:b\r\n",
		    "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:a\r\n"
		    "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:b\r\n"
		    "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:c\r\n",
		    "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:b\r\n"
		    "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:c\r\n",
		    false },
		{ "metadata is the writer's", "REV:1\r\nPRODID:a\r\nFN:A\r\n",
		    "REV:2\r\nPRODID:b\r\nFN:A\r\n", "REV:3\r\nPRODID:c\r\nFN:A\r\n",
		    "REV:2\r\nPRODID:b\r\nFN:A\r\n", false },
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		SCOPED(arena) arena = arena_open();
		struct card_rebase rebase = { read(arena, table[i].base),
			read(arena, table[i].sent), read(arena, table[i].now), dropped,
			sizeof dropped / sizeof *dropped };
		struct card_rebased done;

		check_about(table[i].why);
		CHECK_OK(card_rebase(arena, &rebase, &done));
		CHECK_STR(done.text, read(arena, table[i].then)->text);
		CHECK(done.clash == table[i].clash);
	}
}

/* What needs nothing is not written anew: the very bytes stay. */
static void
untouched(void)
{
	SCOPED(arena) arena = arena_open();
	struct card *base = read(arena, "TEL:1\r\nFN:A\r\n");
	struct card *sent = read(arena, "FN:A\r\nTEL;X-NEW=1:1\r\n");
	struct card_rebase rebase = { base, sent, base, NULL, 0 };
	struct card_rebased done;

	CHECK_OK(card_rebase(arena, &rebase, &done));
	CHECK(done.text.at == sent->text.at);
}

static void
too_many(void)
{
	SCOPED(arena) arena = arena_open();
	struct buf body = buf_in(arena, CARD_MAX_BYTES);
	struct card *small = read(arena, "FN:A\r\n");
	struct card_rebase rebase = { small, NULL, NULL, NULL, 0 };
	struct card_rebased done;

	for (int i = 0; i < CARD_REBASE_MAX_PROPERTIES; i++)
		buf_add(&body, STR("TEL:1\r\n"));
	buf_add_char(&body, '\0');
	rebase.sent = small;
	rebase.now = read(arena, buf_str(&body).at);
	CHECK_OK(card_rebase(arena, &rebase, &done));
	CHECK(done.text.at == small->text.at);
}

int
main(void)
{
	return CHECK_RUN({ "row by row", rows }, { "the same bytes", untouched },
	    { "too many properties", too_many });
}
