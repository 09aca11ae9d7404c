/* test_view.c - lines of 3.0 and what they are in 4.0, and the laws of view.h. */
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "card/view.h"
#include "card/view_int.h"

#define NAMES "FN:A\r\nN:A;;;;\r\n"

static struct card *
read(struct arena *arena, str text)
{
	struct card *card = NULL;
	struct why why = { 0 };

	if (card_read(arena, text, &card, &why) != OK) {
		CHECK_STR(text, STR("a card that can be read"));
		abort();
	}
	return card;
}

static str
card_text(struct arena *arena, const char *version, str body)
{
	return ARENA_JOIN(arena, STR("BEGIN:VCARD\r\nVERSION:"), str_of(version),
	    STR("\r\n" NAMES), body, STR("END:VCARD\r\n"));
}

static str
view(struct arena *arena, str text, enum card_form form)
{
	str out = { 0 };

	CHECK_OK(card_view(arena, read(arena, text), form, &out));
	return out;
}

/* --- line by line --- */

#define UUID "0f8fad5b-d9cb-469f-a165-70867728950e"

/* Rows go both ways, and each side comes home from the other to the letter. */
static const struct {
	const char *three, *four;
} pairs[] = {
	{ "TEL;TYPE=CELL;TYPE=PREF:1", "TEL;TYPE=CELL;PREF=1:1" },
	{ "TEL;type=CELL;type=pref:1", "TEL;type=CELL;PREF=1:1" },
	{ "TEL;TYPE=HOME;PREF=7:1", "TEL;TYPE=HOME;PREF=7:1" },
	{ "TEL;X-VALUE=uri;TYPE=CELL:+86-189", "TEL;VALUE=uri;TYPE=CELL:tel:+86-189" },
	{ "TEL;VALUE=uri:tel:+1;ext=5", "TEL;VALUE=uri:tel:+1;ext=5" },
	{ "EMAIL;TYPE=work;TYPE=INTERNET:a@b.cn", "EMAIL;TYPE=work:a@b.cn" },
	{ "PHOTO;ENCODING=b;TYPE=JPEG:/9j/AA==",
	    "PHOTO:data:image/jpeg;base64,/9j/AA==" },
	{ "LOGO;ENCODING=b;TYPE=PNG:AA==", "LOGO:data:image/png;base64,AA==" },
	{ "SOUND;ENCODING=b;TYPE=BASIC:AA==", "SOUND:data:audio/basic;base64,AA==" },
	{ "KEY;ENCODING=b;TYPE=PGP:AA==", "KEY:data:application/pgp-keys;base64,AA==" },
	{ "PHOTO;VALUE=uri:http://a.cn/1.jpg", "PHOTO:http://a.cn/1.jpg" },
	{ "PHOTO;VALUE=uri:data:image/x-odd;base64,AA==",
	    "PHOTO:data:image/x-odd;base64,AA==" },
	{ "BDAY:1996-04-15", "BDAY:19960415" },
	{ "BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-15", "BDAY:--0415" },
	{ "BDAY:1996-04-15T10:22:00Z", "BDAY:19960415T102200Z" },
	{ "BDAY;VALUE=text:about 1800", "BDAY;VALUE=text:about 1800" },
	{ "item1.X-ABDATE:2009-08-08\r\nitem1.X-ABLabel:_$!<Anniversary>!$_",
	    "item1.ANNIVERSARY:20090808\r\nitem1.X-ABLabel:_$!<Anniversary>!$_" },
	{ "item1.X-ABDATE;X-KITH-MADE=1:2009-08-08\r\n"
	  "item1.X-ABLabel:_$!<Anniversary>!$_",
	    "ANNIVERSARY:20090808" },
	{ "item1.X-ABDATE:2009-08-08\r\nitem1.X-ABLabel:moved in",
	    "item1.X-ABDATE:2009-08-08\r\nitem1.X-ABLabel:moved in" },
	{ "X-ADDRESSBOOKSERVER-KIND:group", "KIND:group" },
	{ "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:" UUID, "MEMBER:urn:uuid:" UUID },
	{ "IMPP;X-SERVICE-TYPE=QQ;TYPE=QQ:qq:1", "IMPP;SERVICE-TYPE=QQ;TYPE=QQ:qq:1" },
	{ "X-SOCIALPROFILE;TYPE=twitter;X-USER=a:http://b.cn/a",
	    "SOCIALPROFILE;SERVICE-TYPE=twitter;USERNAME=a:http://b.cn/a" },
	{ "ADR;TYPE=HOME:;;1 Way;;;;\r\nLABEL;TYPE=HOME:1 Way\\nTown\\, X",
	    "ADR;TYPE=HOME;LABEL=\"1 Way^nTown, X\":;;1 Way;;;;" },
	{ "UID:" UUID, "UID:urn:uuid:" UUID },
	{ "UID:plain", "UID:plain" },
	{ "GEO:37.38;-122.08", "GEO:geo:37.38,-122.08" },
	{ "GEO:geo:1,2;u=3", "GEO:geo:1,2;u=3" },
	{ "TZ:-05:00", "TZ;VALUE=utc-offset:-0500" },
	{ "TZ;VALUE=text:Asia/Shanghai", "TZ:Asia/Shanghai" },
	{ "REV:1995-10-31T22:27:10Z", "REV:19951031T222710Z" },
	{ "NOTE;CHARSET=UTF-8:a", "NOTE;X-CHARSET=UTF-8:a" },
	{ "GENDER:F", "GENDER:F" },
	{ "CLASS:PUBLIC", "CLASS:PUBLIC" },
	{ "AGENT;VALUE=uri:CID:1", "AGENT;VALUE=uri:CID:1" },
	{ "MAILER:m", "MAILER:m" },
	{ "X-ODD;P=\"a:b\";Q=^n:a\\;b,c", "X-ODD;P=\"a:b\";Q=^n:a\\;b,c" },
	{ "RELATED;TYPE=friend:urn:uuid:" UUID, "RELATED;TYPE=friend:urn:uuid:" UUID },
	{ "CLIENTPIDMAP:1;urn:uuid:" UUID, "CLIENTPIDMAP:1;urn:uuid:" UUID },
	{ "NICKNAME;PID=1.1;ALTID=1:b", "NICKNAME;PID=1.1;ALTID=1:b" },
};

static str
body(struct arena *arena, const char *lines)
{
	return ARENA_JOIN(arena, str_of(lines), STR("\r\n"));
}

static void
lines(void)
{
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		str three = card_text(arena, "3.0", body(arena, pairs[i].three));
		str four = card_text(arena, "4.0", body(arena, pairs[i].four));

		check_about(pairs[i].three);
		CHECK_STR(view(arena, three, CARD_FORM_4), four);
		CHECK_STR(view(arena, four, CARD_FORM_3), three);
	}
	check_about(NULL);
}

/* RFC 6350 6.3.1 writes a label's line break so; it comes home as RFC 6868 has it. */
static void
label_of_lines(void)
{
	SCOPED(arena) arena = arena_open();
	str four = card_text(arena, "4.0",
	    body(arena, "ADR;TYPE=HOME;LABEL=\"1 Way\\nTown\":;;1 Way;;;;"));
	str three = card_text(arena, "3.0",
	    body(arena, "ADR;TYPE=HOME:;;1 Way;;;;\r\nLABEL;TYPE=HOME:1 Way\\nTown"));

	CHECK_STR(view(arena, four, CARD_FORM_3), three);
	CHECK_STR(view(arena, three, CARD_FORM_4),
	    card_text(arena, "4.0",
		body(arena, "ADR;TYPE=HOME;LABEL=1 Way^nTown:;;1 Way;;;;")));
}

/* What the other version has no words for is carried, and comes home. */
static void
carried(void)
{
	static const struct {
		const char *three, *params, *value;
	} rows[] = {
		{ "BDAY;value=date:1996-04-15", "X-KITH-WAS=\"BDAY;value=date\"",
		    "19960415" },
		{ "BDAY:19960415", "X-KITH-WAS=\"BDAY:19960415\"", "19960415" },
		{ "PHOTO;ENCODING=b:/9j/AA==", "X-KITH-WAS=\"PHOTO;ENCODING=b\"",
		    "data:image/jpeg;base64,/9j/AA==" },
		{ "KIND:group", "X-KITH-WAS=KIND", "group" },
		{ "UID:urn:uuid:" UUID, "X-KITH-WAS=\"UID:urn:uuid:" UUID "\"",
		    "urn:uuid:" UUID },
		{ "X-ANNIVERSARY:1990-01-02", "X-KITH-WAS=X-ANNIVERSARY", "19900102" },
		{ "ADR;LABEL=q:;;1;;;;", "LABEL=q;X-KITH-KEPT=1", ";;1;;;;" },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		str three = card_text(arena, "3.0", body(arena, rows[i].three));
		str four = view(arena, three, CARD_FORM_4);
		const struct card *card = read(arena, four);

		check_about(rows[i].three);
		CHECK_STR(card->properties[3].params, str_of(rows[i].params));
		CHECK_STR(card->properties[3].value, str_of(rows[i].value));
		CHECK_STR(view(arena, four, CARD_FORM_3), three);
	}
	check_about(NULL);
}

/* A client's edit wins over what the line carries. */
static void
edited(void)
{
	SCOPED(arena) arena = arena_open();
	str four = card_text(arena, "4.0",
	    STR("BDAY;X-KITH-WAS=\"BDAY;VALUE=date:1996-04-15\":19991231\r\n"
		"TEL;X-KITH-WAS=\"NOTE\";TYPE=HOME:2\r\n"
		"X-A;X-KITH-WAS=\"BEGIN:VCARD\":1\r\n"
		"X-B;X-KITH-WAS=\"X-B^nNOTE:oops\":1\r\n"));
	str three = card_text(arena, "3.0",
	    STR("BDAY:1999-12-31\r\nTEL;TYPE=HOME:2\r\nX-A:1\r\nX-B:1\r\n"));

	CHECK_STR(view(arena, four, CARD_FORM_3), three);
}

/* A label or a sort key goes along only where it is clear whose it is. */
static void
pairs_of_lines(void)
{
	SCOPED(arena) arena = arena_open();
	str two = STR("ADR;TYPE=HOME:;;1;;;;\r\nADR;TYPE=HOME:;;2;;;;\r\n"
		      "LABEL;TYPE=HOME:1\r\n");
	str three = STR("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:R\r\nN:van R;;;;\r\n"
			"SORT-STRING:R\\, x\r\nEND:VCARD\r\n");
	str four = STR("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:R\r\n"
		       "N;SORT-AS=\"R, x\":van R;;;;\r\nEND:VCARD\r\n");
	str list = STR("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:R\r\n"
		       "N;SORT-AS=R,x:van R;;;;\r\nEND:VCARD\r\n");

	CHECK_STR(view(arena, card_text(arena, "3.0", two), CARD_FORM_4),
	    card_text(arena, "4.0", two));
	CHECK_STR(view(arena, three, CARD_FORM_4), four);
	CHECK_STR(view(arena, four, CARD_FORM_3), three);
	CHECK_STR(view(arena, view(arena, list, CARD_FORM_3), CARD_FORM_4), list);
}

/* --- cleaning --- */

static void
cleaning(void)
{
	static const struct {
		const char *what, *from;
		enum card_form form;
		const char *to; /* NULL: the same bytes */
	} rows[] = {
		{ "a clean card", "BEGIN:VCARD\nVERSION:3.0\n\nFN:a\nN:b\nEND:VCARD\n",
		    CARD_FORM_3, NULL },
		{ "controls",
		    "BEGIN:VCARD\nVERSION:4.0\nFN:a\x01\x62\nX;P=\x02:1\n"
		    "NOTE:a\n b\nEND:VCARD\n",
		    CARD_FORM_4,
		    "BEGIN:VCARD\nVERSION:4.0\nFN:ab\nX;P=:1\nNOTE:a\n b\n"
		    "END:VCARD\n" },
		{ "no VERSION", "BEGIN:VCARD\nFN:a\nN:b\nEND:VCARD\n", CARD_FORM_3,
		    "BEGIN:VCARD\nVERSION:3.0\nFN:a\nN:b\nEND:VCARD\n" },
		{ "U+FFFE", "BEGIN:VCARD\nVERSION:4.0\nFN:a\xEF\xBF\xBE\nEND:VCARD\n",
		    CARD_FORM_4, "BEGIN:VCARD\nVERSION:4.0\nFN:a\nEND:VCARD\n" },
		{ "U+FFFD stays",
		    "BEGIN:VCARD\nVERSION:4.0\nFN:\xEF\xBF\xBD\nEND:VCARD", CARD_FORM_4,
		    NULL },
		{ "a CR inside", "BEGIN:VCARD\nVERSION:4.0\nFN:a\rb\r\r\nEND:VCARD",
		    CARD_FORM_4, "BEGIN:VCARD\nVERSION:4.0\nFN:ab\nEND:VCARD" },
		{ "folded in a character",
		    "BEGIN:VCARD\nVERSION:4.0\nFN:\xC3\n \xA9\nEND:VCARD\n",
		    CARD_FORM_4, "BEGIN:VCARD\nVERSION:4.0\nFN:\xC3\xA9\nEND:VCARD\n" },
		{ "FN of N", "BEGIN:VCARD\nVERSION:4.0\nN:Doe;Jo\\,;;Dr;\nEND:VCARD\n",
		    CARD_FORM_4,
		    "BEGIN:VCARD\nVERSION:4.0\nFN:Dr Jo\\, Doe\nN:Doe;Jo\\,;;Dr;\n"
		    "END:VCARD\n" },
		{ "FN of a Chinese N", "BEGIN:VCARD\nVERSION:4.0\nN:李;四\nEND:VCARD\n",
		    CARD_FORM_4,
		    "BEGIN:VCARD\nVERSION:4.0\nFN:李四\nN:李;四\nEND:VCARD\n" },
		{ "FN of EMAIL", "BEGIN:VCARD\nVERSION:4.0\nEMAIL:a@b\nEND:VCARD\n",
		    CARD_FORM_4,
		    "BEGIN:VCARD\nVERSION:4.0\nFN:a@b\nEMAIL:a@b\nEND:VCARD\n" },
		{ "FN of ORG, N", "BEGIN:VCARD\nORG:Acme\nEND:VCARD\n", CARD_FORM_3,
		    "BEGIN:VCARD\nVERSION:3.0\nFN:Acme\nN;X-KITH-MADE=1:Acme;;;;\n"
		    "ORG:Acme\nEND:VCARD\n" },
		{ "an N that was made",
		    "BEGIN:VCARD\nVERSION:3.0\nFN:A\nN;X-KITH-MADE=1:A;;;;\nEND:"
		    "VCARD\n",
		    CARD_FORM_4, "BEGIN:VCARD\nVERSION:4.0\nFN:A\nEND:VCARD\n" },
		{ "an N that says more by now",
		    "BEGIN:VCARD\nVERSION:3.0\nFN:A\nN;X-KITH-MADE=1:B;;;;\nEND:"
		    "VCARD\n",
		    CARD_FORM_4,
		    "BEGIN:VCARD\nVERSION:4.0\nFN:A\nN:B;;;;\nEND:VCARD\n" },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		str from = str_of(rows[i].from), to;
		const struct card *card = read(arena, from);

		check_about(rows[i].what);
		CHECK(card_is_of_form(card, rows[i].form) == !rows[i].to);
		to = view(arena, from, rows[i].form);
		CHECK_STR(to, rows[i].to ? str_of(rows[i].to) : from);
		CHECK(card_is_of_form(read(arena, to), rows[i].form));
	}
	check_about(NULL);
}

/* --- cards by chance --- */

static unsigned
chance(unsigned *seed, unsigned below)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % below;
}

static str
any_card(struct arena *arena, unsigned *seed, bool three)
{
	static const char *const heads[] = { "TEL", "item1.TEL", "EMAIL", "ADR",
		"LABEL", "PHOTO", "BDAY", "ANNIVERSARY", "X-ABDATE", "item2.X-ABDATE",
		"item2.X-ABLabel", "KIND", "X-ADDRESSBOOKSERVER-KIND", "UID", "GEO",
		"TZ", "REV", "IMPP", "X-SOCIALPROFILE", "SOCIALPROFILE", "SORT-STRING",
		"item3.ANNIVERSARY", "KEY", "X-ANNIVERSARY", "NOTE", "X-b_c",
		"MEMBER" };
	static const char *const params[] = { "TYPE=HOME", "type=pref",
		"TYPE=WORK,PREF", "HOME", "PREF=1", "PREF=2", "pref=\"1\"", "VALUE=uri",
		"VALUE=text", "VALUE=date", "ENCODING=b", "ENCODING=BASE64",
		"TYPE=JPEG", "TYPE=internet", "X-SERVICE-TYPE=QQ",
		"SERVICE-TYPE=\"a,b\"", "X-USER=u", "USERNAME=\"x;y\"",
		"LABEL=\"a^nb\"", "LABEL=q", "SORT-AS=\"R,q\"", "SORT-AS=R,q",
		"CHARSET=utf-8", "X-CHARSET=utf-8", "X-APPLE-OMIT-YEAR=1604",
		"X-VALUE=uri", "X-Q=\"a:b^^\"", "X-A=", "TYPE=\"work,voice\"",
		"LANGUAGE=zh", "MEDIATYPE=a/b", "=", "TYPE=" };
	static const char *const values[] = { "1", "", "+86-1", "tel:+1",
		"tel:+1;ext=2", "a@b.cn", ";;1 Way;;;;", "a\\nb\\, c",
		"/9j/AA==", "data:image/jpeg;base64,/9j/", "data:image/x;base64,AA",
		"http://a.cn/b", "1996-04-15", "19960415", "--0415", "--04-15",
		"1604-04-15", "19960415T102200Z", "1996-04-15T10:22:00+08:00",
		"_$!<Anniversary>!$_", "group", UUID, ("urn:uuid:" UUID), "1;2",
		"geo:1,2", "-05:00", "-0500", "qq:1", "a;b,c\\", "李\\;四" };
	struct buf out = buf_in(arena, 65536);

	buf_addf(&out, "BEGIN:VCARD\r\nVERSION:%s\r\nFN:A\r\n", three ? "3.0" : "4.0");
	if (three || chance(seed, 2))
		buf_addf(
		    &out, "N%s:A;b;;;\r\n", chance(seed, 3) ? "" : ";SORT-AS=\"z\"");
	for (unsigned n = chance(seed, 12); n; n--) {
		buf_add(
		    &out, str_of(heads[chance(seed, sizeof heads / sizeof *heads)]));
		for (unsigned p = chance(seed, 4); p; p--)
			buf_addf(&out, ";%s",
			    params[chance(seed, sizeof params / sizeof *params)]);
		buf_addf(&out, ":%s\r\n",
		    values[chance(seed, sizeof values / sizeof *values)]);
	}
	buf_add(&out, STR("END:VCARD\r\n"));
	return buf_str(&out);
}

static int
by_bytes(const void *a, const void *b)
{
	return str_compare(*(const str *)a, *(const str *)b);
}

static str
upper(struct arena *arena, str text)
{
	char *copy = arena_get_raw(arena, text.len + 1);

	for (size_t i = 0; i < text.len; i++)
		copy[i] =
		    (char)(text.at[i] >= 'a' && text.at[i] <= 'z' ? text.at[i] - 32
								  : text.at[i]);
	return (str){ copy, text.len };
}

static str
sorted(struct arena *arena, str *list, size_t count)
{
	struct buf out = buf_in(arena, 1 << 20);

	qsort(list, count, sizeof *list, by_bytes);
	for (size_t i = 0; i < count; i++) {
		buf_add(&out, list[i]);
		buf_add_char(&out, '\n');
	}
	return buf_str(&out);
}

/* The parameters as a reader sees them: each value of each name, in any order. */
static str
meaning_of_params(
    struct arena *arena, const struct card *card, const struct card_property *p)
{
	static const char *const names[] = { "TYPE", "PREF", "VALUE", "ENCODING",
		"X-SERVICE-TYPE", "SERVICE-TYPE", "X-USER", "USERNAME", "LABEL",
		"SORT-AS", "CHARSET", "X-CHARSET", "X-APPLE-OMIT-YEAR", "X-VALUE",
		"X-Q", "X-A", "LANGUAGE", "MEDIATYPE", "X-KITH-MADE", "X-KITH-WAS" };
	str list[64], value;
	size_t count = 0;
	unsigned internet = 0;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		for (size_t n = 0;
		     count < 64 && card_param(arena, p, str_of(names[i]), n, &value);
		     n++) {
			if (i == 0)
				value = upper(arena, value);
			if (i == 3 && str_same_nocase(value, STR("BASE64")))
				value = STR("b");
			if (i == 0 && card->version == CARD_V3 && p->is == CARD_EMAIL &&
			    str_same(value, STR("INTERNET")) && !internet++)
				continue; /* every mail address of 3.0 is */
			list[count++] =
			    ARENA_JOIN(arena, str_of(names[i]), STR("="), value);
		}
	return sorted(arena, list, count);
}

static str
meaning(struct arena *arena, str text)
{
	const struct card *card = read(arena, text);
	str list[64];
	size_t count = 0;

	for (size_t i = 0; i < card->count && count < 64; i++) {
		const struct card_property *p = card->properties + i;
		str value = p->value;

		if (p->is == CARD_LABEL || card_named(p, STR("SORT-STRING")))
			value = card_unescape(arena, value);
		list[count++] =
		    ARENA_JOIN(arena, p->group, STR("."), upper(arena, p->name),
			STR("\n"), meaning_of_params(arena, card, p), STR(":"), value);
	}
	return sorted(arena, list, count);
}

#define CARDS 20000

static void
there_and_back(void)
{
	unsigned seed = 1;

	for (int i = 0; i < CARDS; i++) {
		SCOPED(arena) arena = arena_open();
		bool three = i % 2;
		enum card_form own = three ? CARD_FORM_3 : CARD_FORM_4;
		enum card_form other = three ? CARD_FORM_4 : CARD_FORM_3;
		str text = any_card(arena, &seed, three);
		str there = view(arena, text, other);
		str back = view(arena, there, own);

		CHECK_STR(view(arena, text, own), text);
		CHECK_INT(read(arena, there)->version, three ? CARD_V4 : CARD_V3);
		if (!CHECK_STR(meaning(arena, back), meaning(arena, text))) {
			CHECK_STR(there, text);
			return;
		}
	}
}

/* --- jCard --- */

static void
as_json(void)
{
	SCOPED(arena) arena = arena_open();
	str text = STR("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A \\, \"b\"\r\n"
		       "N:Doe;Jo,Ann;;;\r\nORG:Acme;North\r\n"
		       "item1.TEL;VALUE=uri;TYPE=home,work;PREF=1:tel:+1\r\n"
		       "BDAY:--0415\r\nTZ;VALUE=utc-offset:-0500\r\n"
		       "REV:19951031T222710Z\r\nCATEGORIES:a,b\\,c\r\n"
		       "X-N;VALUE=integer:12\r\nX-RAW;LABEL=\"a^nb\":a\\;b\r\n"
		       "END:VCARD\r\n");
	str json = STR("[\"vcard\",[[\"version\",{},\"text\",\"4.0\"],"
		       "[\"fn\",{},\"text\",\"A , \\\"b\\\"\"],"
		       "[\"n\",{},\"text\",[\"Doe\",[\"Jo\",\"Ann\"],\"\",\"\",\"\"]],"
		       "[\"org\",{},\"text\",[\"Acme\",\"North\"]],"
		       "[\"tel\",{\"group\":\"item1\",\"type\":[\"home\",\"work\"],"
		       "\"pref\":\"1\"},\"uri\",\"tel:+1\"],"
		       "[\"bday\",{},\"date-and-or-time\",\"--04-15\"],"
		       "[\"tz\",{},\"utc-offset\",\"-05:00\"],"
		       "[\"rev\",{},\"timestamp\",\"1995-10-31T22:27:10Z\"],"
		       "[\"categories\",{},\"text\",\"a\",\"b,c\"],"
		       "[\"x-n\",{},\"integer\",12],"
		       "[\"x-raw\",{\"label\":\"a\\nb\"},\"unknown\",\"a\\\\;b\"]]]");
	struct why why = { 0 };
	str back = { 0 }, again;

	CHECK_STR(view(arena, text, CARD_FORM_JSON), json);
	CHECK_OK(card_of_json(arena, json, &back, &why));
	CHECK_STR(view(arena, back, CARD_FORM_JSON), json);
	CHECK_STR(meaning(arena, back), ARENA_JOIN(arena, meaning(arena, text)));
	again = view(arena, back, CARD_FORM_4);
	CHECK_STR(again, back);
}

/* However many there are, they stay values of one parameter. */
static void
json_of_empty_values(void)
{
	SCOPED(arena) arena = arena_open();
	struct buf text = buf_in(arena, 4096);
	struct why why = { 0 };
	str json, back = { 0 };

	buf_add(&text, STR("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\nX-N;X-A=\"\""));
	for (int i = 0; i < 2 * VIEW_MAX_PARAMS; i++)
		buf_add(&text, STR(",\"\""));
	buf_add(&text, STR(",b:1\r\nEND:VCARD\r\n"));
	json = view(arena, buf_str(&text), CARD_FORM_JSON);
	CHECK(str_find(json, STR("\"\",\"b\"]")) != SIZE_MAX);
	CHECK_OK(card_of_json(arena, json, &back, &why));
	CHECK_STR(view(arena, back, CARD_FORM_JSON), json);
}

/* Of any card: once through JSON is as good as twice, and the card can be read. */
static void
json_and_back(void)
{
	unsigned seed = 7;

	for (int i = 0; i < CARDS / 4; i++) {
		SCOPED(arena) arena = arena_open();
		str json = view(arena, any_card(arena, &seed, i % 2), CARD_FORM_JSON);
		struct why why = { 0 };
		str back = { 0 };

		if (!CHECK_OK(card_of_json(arena, json, &back, &why)) ||
		    !CHECK_STR(view(arena, back, CARD_FORM_JSON), json))
			return;
	}
}

#define V "[\"version\",{},\"text\",\"4.0\"]"

static void
not_json(void)
{
	static const char *const rows[] = {
		"",
		"{}",
		"[]",
		"[\"vcard\"]",
		"[\"vcard\",{}]",
		"[\"vcard\",[]]",
		"[\"vcard\",[" V "]",
		"[\"vcard\",[" V "]] x",
		"[\"vcard\",[" V ",]]",
		"[\"vcard\",[" V "],1]",
		"[[\"vcard\",[" V "]]]",
		"[\"vcalendar\",[" V "]]",
		"[\"vcard\",[[\"version\",{},\"text\",\"3.0\"]]]",
		"[\"vcard\",[[\"version\",{},\"text\",\"5.0\"]]]",
		"[\"vcard\",[" V ",[\"fn\",{},\"text\"]]]",
		"[\"vcard\",[" V ",[\"fn\",[],\"text\",\"a\"]]]",
		"[\"vcard\",[" V ",[\"f:n\",{},\"text\",\"a\"]]]",
		"[\"vcard\",[" V ",[\"end\",{},\"text\",\"VCARD\"]]]",
		"[\"vcard\",[" V ",[\"fn\",{\"a:b\":\"c\"},\"text\",\"a\"]]]",
		"[\"vcard\",[" V ",[\"fn\",{\"group\":\"a\\nb\"},\"text\",\"a\"]]]",
		"[\"vcard\",[" V ",[\"fn\",{},\"te\\nxt\",\"a\"]]]",
		"[\"vcard\",[" V ",[\"fn\",{},\"text\",{}]]]",
		"[\"vcard\",[" V ",[\"fn\",{},\"text\",[[[[\"a\"]]]]]]]",
		"[\"vcard\",[" V ",[\"fn\",{},\"text\",\"\\ud800\"]]]",
		"[\"vcard\",[" V ",[\"fn\",{},\"text\",\"\\x\"]]]",
		"[\"vcard\",[" V ",[\"fn\",{},\"text\",\"a\nb\"]]]",
		"[\"vcard\",[" V ",[\"fn\",{},\"text\",01]]]",
		"[\"vcard\",[" V ",[\"fn\",{},\"text\",\"\xFF\"]]]",
	};
	SCOPED(arena) arena = arena_open();
	struct why why = { 0 };
	str out;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_about(rows[i]);
		why.what = NULL;
		CHECK_ERR(
		    card_of_json(arena, str_of(rows[i]), &out, &why), ERR_BAD_INPUT);
		CHECK(why.what != NULL);
	}
	check_about("no value starts a property");
	CHECK_OK(card_of_json(arena,
	    STR("[\"vcard\",[" V
		",[\"x\",{\"p\":\"a\\r\\nb\\\"\"},\"uri\",\"a\\r\\nTEL:1\","
		"\"\\ud83d\\ude00\"]]]"),
	    &out, &why));
	CHECK_STR(
	    out, STR("BEGIN:VCARD\r\nVERSION:4.0\r\nX;p=a^nb^';VALUE=uri:a\\nTEL:1,"
		     "\xF0\x9F\x98\x80\r\nEND:VCARD\r\n"));
	check_about(NULL);
}

/* --- limits --- */

static str
with_params(struct arena *arena, const char *head, size_t count)
{
	struct buf line = buf_in(arena, CARD_MAX_BYTES);

	buf_add(&line, str_of(head));
	for (size_t i = 0; i < count; i++)
		buf_add(&line, arena_printf(arena, ";X-P%zu=%zu", i, i));
	buf_add(&line, STR(":data:image/jpeg;base64,/9j/AA==\r\n"));
	return buf_str(&line);
}

static str
unfolded(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, CARD_MAX_BYTES);

	for (size_t fold; (fold = str_find(text, STR("\r\n "))) < text.len;) {
		buf_add(&out, str_part(text, 0, fold));
		text = str_part(text, fold + 3, text.len);
	}
	buf_add(&out, text);
	return buf_str(&out);
}

/* Around VIEW_MAX_PARAMS: whatever is made of a line, it comes home. */
static void
many_params(void)
{
	for (size_t count = VIEW_MAX_PARAMS - 6; count < VIEW_MAX_PARAMS + 12;
	     count++) {
		SCOPED(arena) arena = arena_open();
		str four = card_text(arena, "4.0", with_params(arena, "PHOTO", count));
		str three = view(arena, four, CARD_FORM_3);

		check_about(arena_printf(arena, "%zu", count).at);
		CHECK_STR(unfolded(arena, view(arena, three, CARD_FORM_4)), four);
		CHECK((str_find(three, STR(":data:")) < three.len) ==
		      (count > VIEW_MAX_PARAMS));
	}
	check_about(NULL);
}

/* --- a part --- */

static void
part(void)
{
	static const struct card_wanted wanted[] = {
		{ STR_CONST("email"), false },
		{ STR_CONST("item2.TEL"), false },
		{ STR_CONST("NOTE"), true },
	};
	SCOPED(arena) arena = arena_open();
	str text =
	    STR("BEGIN:VCARD\nFN:a\nitem1.EMAIL:1\nVERSION:3.0\nTEL:2\n"
		"item1.TEL:3\nitem2.TEL:4\nNOTE;A=b:lo\n ng\nEMAIL:5\nEND:VCARD\n");

	str out = { 0 };

	CHECK_OK(card_part(arena, read(arena, text), CARD_FORM_3, wanted, 3, &out));
	CHECK_STR(
	    out, STR("BEGIN:VCARD\nitem1.EMAIL:1\nVERSION:3.0\nitem2.TEL:4\nNOTE;A=b:\n"
		     "EMAIL:5\nEND:VCARD\n"));
	CHECK_OK(card_part(arena, read(arena, text), CARD_FORM_3, NULL, 0, &out));
	CHECK_STR(out, STR("BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n"));
	CHECK_OK(card_part(arena, read(arena, STR("BEGIN:VCARD\nEND:VCARD\n")),
	    CARD_FORM_3, wanted, 3, &out));
	CHECK_STR(out, STR("BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n"));
	CHECK_OK(
	    card_part(arena, read(arena, text), CARD_FORM_JSON, wanted + 1, 1, &out));
	CHECK_STR(out, STR("[\"vcard\",[[\"version\",{},\"text\",\"4.0\"],"
			   "[\"tel\",{\"group\":\"item2\"},\"text\",\"4\"]]]"));
}

int
main(void)
{
	return CHECK_RUN({ "line by line", lines },
	    { "a label of lines", label_of_lines }, { "carried", carried },
	    { "an edit wins", edited }, { "two lines and one", pairs_of_lines },
	    { "cleaning", cleaning }, { "there and back", there_and_back },
	    { "as JSON", as_json }, { "JSON and back", json_and_back },
	    { "JSON of empty values", json_of_empty_values }, { "no jCard", not_json },
	    { "many parameters", many_params }, { "a part", part });
}
