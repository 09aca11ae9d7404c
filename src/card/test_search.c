/* test_search.c - candidates are a superset: no card that passes is without a needle. */
#include "base/check.h"
#include "card/match.h"

static const char ada[] =
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada Lovelace\r\nitem1.EMAIL:ADA@example.org\r\n"
    "NOTE:one\\, two\\nthree\r\nPHOTO:abc\r\nEND:VCARD\r\n";
static const char olaf[] =
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Müller, Ölaf\r\nTEL;TYPE=work:+49 30 1\r\n"
    "END:VCARD\r\n";
static const char li[] =
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:李四\r\nORG:北京;研发\r\nEND:VCARD\r\n";
static const char *const cards[] = { ada, olaf, li };

static const char *const texts[] = { "ada", "ADA", "müller", "MU", "四", "北京", "o",
	"one, two", "two\nthree", "example.ORG", "abc", "zzz", "", "ö" };
static const char *const names[] = { "FN", "EMAIL", "item1.EMAIL", "NOTE", "ORG",
	"PHOTO", "TEL" };

struct looked {
	unsigned passed, told; /* how often a filter said where to look */
};

static bool
has_needle(str text, const str *needles, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_find(text, needles[i]) != SIZE_MAX)
			return true;
	return false;
}

static void
look(struct card_filter *filter, struct looked *looked)
{
	SCOPED(arena) arena = arena_open();
	str *needles;
	size_t count;
	bool told;

	card_filter_prepare(arena, filter);
	told = card_filter_needles(arena, filter, &needles, &count);
	looked->told += told;
	for (size_t c = 0; c < sizeof cards / sizeof *cards; c++) {
		struct card *card;
		struct why why;

		CHECK_OK(card_read(arena, str_of(cards[c]), &card, &why));
		if (!card_matches(arena, card, filter))
			continue;
		looked->passed++;
		CHECK(
		    !told || has_needle(card_search_text(arena, card), needles, count));
	}
}

/* Every pair of texts on every pair of properties, in all combinations of any and all. */
static void
superset(void)
{
	struct looked looked = { 0 };
	size_t text_count = sizeof texts / sizeof *texts;
	size_t name_count = sizeof names / sizeof *names;

	for (size_t n = 0; n < text_count * text_count * name_count * 48; n++) {
		size_t rest = n;
		struct card_text_match matches[2] = { 0 };
		struct card_prop_filter props[2] = { 0 };
		struct card_filter filter = { .props = props, .prop_count = 2 };

		for (int i = 0; i < 2; i++) {
			matches[i].text = str_of(texts[rest % text_count]);
			rest /= text_count;
		}
		props[0].name = str_of(names[rest % name_count]);
		props[1].name = str_of(names[(rest + 1) % name_count]);
		rest /= name_count;
		filter.all = rest & 1;
		matches[0].negate = rest & 2;
		props[0].all = rest & 4;
		props[0].not_defined = (rest & 8) && (rest & 1);
		matches[1].collation = (enum card_collation)(rest / 16 % 3);
		props[0].matches = matches;
		props[0].match_count = (rest & 4) ? 2 : 1;
		props[1].matches = &matches[1];
		props[1].match_count = 1;
		look(&filter, &looked);
	}
	CHECK(looked.passed > 1000 && looked.told > 1000);
}

static void
what_tells_nothing(void)
{
	SCOPED(arena) arena = arena_open();
	struct card_prop_filter defined = { .name = STR("TEL") };
	struct card_filter filter = { .props = &defined, .prop_count = 1 };
	str *needles;
	size_t count;

	CHECK(!card_filter_needles(arena, &filter, &needles, &count));
	filter.prop_count = 0;
	CHECK(!card_filter_needles(arena, &filter, &needles, &count));
}

/* What people type, and whose card it finds. */
static void
typed(void)
{
	static const char wang[] =
	    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:abcdef\r\nFN:王小明\r\n"
	    "TEL:+86 (139) 1111-2222\r\nNOTE:Likes Tea\r\nX-PRIVATE:hidden\r\n"
	    "END:VCARD\r\n";
	static const struct {
		const char *typed;
		bool found;
	} rows[] = { { "小明", true }, { "wangxiao", true }, { "wang xiaoming", true },
		{ "wxm", true }, { "1391111", true }, { "139-1111 2222", true },
		{ "+86 139", true }, { "tea likes", true }, { "tea coffee", false },
		{ "abcdef", false }, { "hidden", false }, { "wmx", false } };
	SCOPED(arena) arena = arena_open();
	struct card *card;
	struct why why;
	str text;

	if (!CHECK_OK(card_read(arena, str_of(wang), &card, &why)))
		return;
	text = card_find_text(arena, card);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		str needle = card_find_needle(arena, str_of(rows[i].typed));

		check_about(rows[i].typed);
		CHECK_INT(
		    card_find_holds(arena, text, str_of(rows[i].typed)), rows[i].found);
		if (rows[i].found)
			CHECK(str_find(card_search_text(arena, card), needle) !=
			      SIZE_MAX);
	}
}

int
main(void)
{
	return CHECK_RUN({ "candidates are a superset", superset },
	    { "what people type", typed },
	    { "what tells nothing", what_tells_nothing });
}
