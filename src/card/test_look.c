#include <string.h>

#include "base/check.h"
#include "card/card.h"

static struct card *
card_with(struct arena *arena, const char *lines)
{
	struct card *card = NULL;
	struct why why = { 0 };
	str text = arena_printf(arena, "BEGIN:VCARD\n%sEND:VCARD\n", lines);

	must(card_read(arena, text, &card, &why) == OK);
	return card;
}

static void
names(void)
{
	static const struct {
		const char *name;
		enum card_name is;
	} rows[] = {
		{ "N", CARD_N },
		{ "FN", CARD_FN },
		{ "fn", CARD_FN },
		{ "ADR", CARD_ADR },
		{ "ANNIVERSARY", CARD_ANNIVERSARY },
		{ "BDAY", CARD_BDAY },
		{ "CATEGORIES", CARD_CATEGORIES },
		{ "EMAIL", CARD_EMAIL },
		{ "IMPP", CARD_IMPP },
		{ "KIND", CARD_KIND },
		{ "X-ADDRESSBOOKSERVER-KIND", CARD_KIND },
		{ "LABEL", CARD_LABEL },
		{ "MEMBER", CARD_MEMBER },
		{ "X-ADDRESSBOOKSERVER-MEMBER", CARD_MEMBER },
		{ "NICKNAME", CARD_NICKNAME },
		{ "NOTE", CARD_NOTE },
		{ "ORG", CARD_ORG },
		{ "PHOTO", CARD_PHOTO },
		{ "REV", CARD_REV },
		{ "ROLE", CARD_ROLE },
		{ "SOCIALPROFILE", CARD_SOCIALPROFILE },
		{ "X-SocialProfile", CARD_SOCIALPROFILE },
		{ "TEL", CARD_TEL },
		{ "TITLE", CARD_TITLE },
		{ "UID", CARD_UID },
		{ "URL", CARD_URL },
		{ "X-ABLabel", CARD_X_ABLABEL },
		{ "X-QQ", CARD_X_QQ },
		{ "X-TENCENT-QQ", CARD_X_QQ },
		{ "X-WECHAT", CARD_X_WECHAT },
		{ "X-WEIXIN", CARD_X_WECHAT },
		{ "X-WEIBO", CARD_X_WEIBO },
		{ "X-SINA-WEIBO", CARD_X_WEIBO },
		{ "X-AIM", CARD_X_IM },
		{ "X-ICQ", CARD_X_IM },
		{ "X-MSN", CARD_X_IM },
		{ "X-SKYPE", CARD_X_IM },
		{ "X-YAHOO", CARD_X_IM },
		{ "X-JABBER", CARD_X_IM },
		{ "X-GADUGADU", CARD_X_IM },
		{ "X-GROUPWISE", CARD_X_IM },
		{ "X-GOOGLE-TALK", CARD_X_IM },
		{ "X-Skype-Username", CARD_X_IM },
		{ "M", CARD_OTHER },
		{ "TEM", CARD_OTHER },
		{ "TELX", CARD_OTHER },
		{ "VERSIO", CARD_OTHER },
		{ "X-", CARD_OTHER },
		{ "X_QQ", CARD_OTHER },
		{ "X-ADDRESSBOOKSERVER-MEMBERS", CARD_OTHER },
		{ "X-ADDRESSBOOKSERVER-ABCDEFGHIJKLMNOPQRSTUVWXYZ", CARD_OTHER },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct card *card =
		    card_with(arena, arena_printf(arena, "%s:x\n", rows[i].name).at);

		check_about(rows[i].name);
		CHECK_INT(card->properties[0].is, rows[i].is);
		CHECK(card_named(card->properties, str_of(rows[i].name)));
	}
}

static void
first(void)
{
	SCOPED(arena) arena = arena_open();
	const struct card *card = card_with(arena, "FN:a\nTEL:1\nTEL:2\nX-Foo:z\n");

	CHECK(card_first(card, CARD_TEL, 0) == card->properties + 1);
	CHECK(card_first(card, CARD_TEL, 2) == card->properties + 2);
	CHECK(card_first(card, CARD_TEL, 3) == NULL);
	CHECK(card_first(card, CARD_TEL, 99) == NULL);
	CHECK(card_named(card->properties + 3, STR("X-FOO")));
	CHECK(!card_named(card->properties + 3, STR("X-FO")));
}

#define NONE NULL

static void
params(void)
{
	static const struct {
		const char *line, *name;
		size_t n;
		const char *wanted;
	} rows[] = {
		{ "TEL;TYPE=HOME:1", "type", 0, "HOME" },
		{ "TEL;TYPE=HOME:1", "TYPE", 1, NONE },
		{ "TEL;TYPE=HOME:1", "PREF", 0, NONE },
		{ "TEL:1", "TYPE", 0, NONE },
		{ "TEL;TYPE=HOME,VOICE;PREF=1;type=pref:1", "TYPE", 1, "VOICE" },
		{ "TEL;TYPE=HOME,VOICE;PREF=1;type=pref:1", "TYPE", 2, "pref" },
		{ "TEL;TYPE=HOME,VOICE;PREF=1;type=pref:1", "TYPE", 3, NONE },
		{ "TEL;TYPE=\"voice,cell\":1", "TYPE", 1, "cell" },
		{ "TEL;TYPE=\"voice\",\"cell\":1", "TYPE", 1, "cell" },
		{ "TEL;HOME;CELL:1", "TYPE", 1, "CELL" },
		{ "TEL; TYPE = HOME :1", "TYPE", 0, "HOME" },
		{ "TEL;TYPE=:1", "TYPE", 0, "" },
		{ "TEL;;TYPE=A;:1", "TYPE", 0, "A" },
		{ "ADR;LABEL=\"a;b:c,d\";X=1:v", "LABEL", 0, "a;b:c,d" },
		{ "ADR;LABEL=\"a;b:c,d\";X=1:v", "X", 0, "1" },
		{ "ADR;LABEL=a^nb^^c^'d^e^:v", "LABEL", 0, "a\nb^c\"d^e^" },
		{ "X;P=\"a\"b\",c:v", "P", 0, "a\"b\",c" },
		{ "X;P=a=b:v", "P", 0, "a=b" },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct card *card =
		    card_with(arena, arena_printf(arena, "%s\n", rows[i].line).at);
		str got = { 0 };
		bool found = card_param(
		    arena, card->properties, str_of(rows[i].name), rows[i].n, &got);

		check_about(rows[i].line);
		CHECK(found == (rows[i].wanted != NONE));
		if (rows[i].wanted != NONE)
			CHECK_STR(got, str_of(rows[i].wanted));
	}
}

static void
types(void)
{
	SCOPED(arena) arena = arena_open();
	const struct card_property *p =
	    card_with(arena, "TEL;type=CELL,\"Voice,x\";FAX;PREF=1;X=HOME:1\n")
		->properties;

	CHECK(card_has_type(p, STR("cell")));
	CHECK(card_has_type(p, STR("VOICE")));
	CHECK(card_has_type(p, STR("X")));
	CHECK(card_has_type(p, STR("fax")));
	CHECK(!card_has_type(p, STR("HOME")));
	CHECK(!card_has_type(p, STR("CEL")));
	CHECK(!card_has_type(p, STR("1")));
}

static void
labels(void)
{
	SCOPED(arena) arena = arena_open();
	const struct card *card =
	    card_with(arena, "item1.URL:a\nITEM1.X-ABLabel:my\\, "
			     "own\nitem2.URL:b\nURL:c\nX-ABLabel:none\n");

	CHECK_STR(card_label(arena, card, card->properties), STR("my, own"));
	CHECK_STR(card_label(arena, card, card->properties + 2), STR(""));
	CHECK_STR(card_label(arena, card, card->properties + 3), STR(""));
}

static void
unescaping(void)
{
	static const struct {
		const char *escaped, *text;
	} rows[] = {
		{ "", "" },
		{ "plain", "plain" },
		{ "a\\nb\\Nc", "a\nb\nc" },
		{ "a\\,b\\;c\\\\d\\:e", "a,b;c\\d:e" },
		{ "C:\\temp", "C:\\temp" },
		{ "\\\\n", "\\n" },
		{ "end\\", "end\\" },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		CHECK_STR(card_unescape(arena, str_of(rows[i].escaped)),
		    str_of(rows[i].text));
}

static void
components(void)
{
	str n = STR("Zh\\;ang;;a\\\\;b,c\\,d\\");

	CHECK_STR(card_component_cut(&n, ';'), STR("Zh\\;ang"));
	CHECK_STR(card_component_cut(&n, ';'), STR(""));
	CHECK_STR(card_component_cut(&n, ';'), STR("a\\\\"));
	CHECK_STR(card_component_cut(&n, ','), STR("b"));
	CHECK_STR(card_component_cut(&n, ','), STR("c\\,d\\"));
	CHECK_STR(card_component_cut(&n, ','), STR(""));
	CHECK_INT(n.len, 0);
}

int
main(void)
{
	return CHECK_RUN({ "names", names }, { "the first of a kind", first },
	    { "parameters", params }, { "types", types }, { "labels", labels },
	    { "unescaping", unescaping }, { "components", components });
}
