#include <string.h>

#include "base/check.h"
#include "fold/fold.h"

static void
forms(void)
{
	static const struct {
		const char *why;
		str (*fold)(struct arena *, str);
		str text, wanted;
	} rows[] = {
		{ "casemap, ascii", fold_casemap, STR_CONST("Ada 1@z"),
		    STR_CONST("ADA 1@Z") },
		{ "casemap, nothing", fold_casemap, STR_CONST(""), STR_CONST("") },
		{ "casemap, umlaut", fold_casemap, STR_CONST("müller"),
		    STR_CONST("MU\xCC\x88LLER") },
		{ "casemap, a ligature", fold_casemap, STR_CONST("ﬁne"),
		    STR_CONST("fiNE") },
		{ "casemap, sharp s is none of two", fold_casemap, STR_CONST("straße"),
		    STR_CONST("STRAßE") },
		{ "casemap, final sigma", fold_casemap, STR_CONST("ΣΊσυφος"),
		    STR_CONST("ΣΙ\xCC\x81ΣΥΦΟΣ") },
		{ "casemap, a title letter", fold_casemap, STR_CONST("ǆ"),
		    STR_CONST("Dz\xCC\x8C") },
		{ "casemap, beyond the basic plane", fold_casemap, STR_CONST("𐐨𐐩"),
		    STR_CONST("𐐀𐐁") },
		{ "casemap, broken", fold_casemap, STR_CONST("a\xFF"),
		    STR_CONST("A�") },
		{ "casemap, a NUL", fold_casemap, STR_CONST("ä\0b"),
		    STR_CONST("A\xCC\x88\0B") },
		{ "nfkc, ascii", fold_nfkc, STR_CONST("Ab  c"), STR_CONST("Ab  c") },
		{ "nfkc, full width", fold_nfkc, STR_CONST("１８９Ａ"),
		    STR_CONST("189A") },
		{ "nfkc, composes", fold_nfkc, STR_CONST("u\xCC\x88"), STR_CONST("ü") },
		{ "nfkc, one becomes eighteen", fold_nfkc, STR_CONST("ﷺﷺ"),
		    STR_CONST("صلى الله عليه وسلمصلى الله عليه وسلم") },
		{ "nfkc, cut short", fold_nfkc, STR_CONST("a\xE5\xBC"),
		    STR_CONST("a�") },
		{ "key, case and gaps", fold_key, STR_CONST("  Ada \t\n LOVELACE　"),
		    STR_CONST("ada lovelace") },
		{ "key, full width", fold_key, STR_CONST("ＡＤＡ　１"),
		    STR_CONST("ada 1") },
		{ "key, sharp s", fold_key, STR_CONST("Straße"), STR_CONST("strasse") },
		{ "key, chinese stays", fold_key, STR_CONST(" 张三 "),
		    STR_CONST("张三") },
		{ "key, what is not seen", fold_key,
		    STR_CONST("a\xE2\x80\x8B"
			      "b"),
		    STR_CONST("ab") },
		{ "key, gaps alone", fold_key, STR_CONST(" \xC2\xA0 "), STR_CONST("") },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_about(rows[i].why);
		CHECK_STR(rows[i].fold(arena, rows[i].text), rows[i].wanted);
	}
}

/* Folding what is folded changes nothing. */
static void
again(void)
{
	static const char *const texts[] = { "müller", "ﬁne ǅ", "  a B ", "Ω ﷺ Å",
		"张 三" };
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		str once = fold_key(arena, str_of(texts[i]));
		str plain = fold_nfkc(arena, str_of(texts[i]));

		CHECK_STR(fold_key(arena, once), once);
		CHECK_STR(fold_nfkc(arena, plain), plain);
	}
}

static void
order(void)
{
	static const char *const names[] = { "", "1", "Ada", "ada b", "Åse", "Bo",
		"Zoe", "Ωmega", "Яна", "陈伟", "李四", "王五", "张三", "张伟" };
	SCOPED(arena) arena = arena_open();

	for (size_t i = 1; i < sizeof names / sizeof *names; i++) {
		str before = fold_sort_key(arena, str_of(names[i - 1]));

		check_about(names[i]);
		CHECK(str_compare(before, fold_sort_key(arena, str_of(names[i]))) < 0);
	}
	CHECK_STR(fold_sort_key(arena, STR("张三")), fold_sort_key(arena, STR("张三")));
}

static void
long_text(void)
{
	SCOPED(arena) arena = arena_open();
	size_t len = 100000;
	char *text = arena_get(arena, len);
	str key;

	memset(text, 'a', len);
	memset(text + len / 2, '\xFF', len / 2);
	CHECK_INT(fold_nfkc(arena, (str){ text, len }).len, len / 2 + len / 2 * 3);
	key = fold_sort_key(arena, (str){ text, len / 2 });
	text[len / 2 - 1] = 'b';
	CHECK(str_compare(key, fold_sort_key(arena, (str){ text, len / 2 })) < 0);
}

static void
readings(void)
{
	static const struct {
		const char *text, *said;
		char letter;
	} rows[] = {
		{ "张三", "zhang san", 'Z' },
		{ "欧阳Lily 修", "ou yang lily xiu", 'O' },
		{ "李 Bob", "li bob", 'L' },
		{ "Ada", "", 'A' },
		{ "éclair", "", 'E' },
		{ "  (bob)", "", 'B' },
		{ "Яна", "", '#' },
		{ "9", "", '#' },
		{ "", "", '#' },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		str text = str_of(rows[i].text);

		check_about(rows[i].text);
		CHECK_STR(fold_pinyin(arena, text), str_of(rows[i].said));
		CHECK_INT(fold_letter(arena, text), rows[i].letter);
	}
}

/* Whether the name lies between where its letter begins and where the next one does. */
static void
letters(void)
{
	static const struct {
		const char *name;
		char letter;
		bool chinese;
	} rows[] = { { "Ada", 'A', false }, { "b", 'B', false }, { "Zoë", 'Z', false },
		{ "陈伟", 'C', true }, { "李四", 'L', true }, { "王五", 'W', true },
		{ "张三", 'Z', true }, { "安", 'A', true } };
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		str key = fold_sort_key(arena, str_of(rows[i].name));

		check_about(rows[i].name);
		CHECK(
		    str_compare(fold_letter_key(arena, rows[i].letter, rows[i].chinese),
			key) <= 0);
		CHECK(str_compare(fold_letter_key(arena, (char)(rows[i].letter + 1),
				      rows[i].chinese),
			  key) > 0);
	}
}

int
main(void)
{
	return CHECK_RUN({ "forms", forms }, { "folding twice", again },
	    { "the order of names", order }, { "readings", readings },
	    { "letters", letters }, { "long text", long_text });
}
