#include <string.h>

#include "base/buf.h"
#include "base/check.h"
#include "card/card.h"

#define OLD(body) "BEGIN:VCARD\r\nVERSION:2.1\r\n" body "END:VCARD\r\n"
#define NEW(body) "BEGIN:VCARD\r\nVERSION:3.0\r\n" body "END:VCARD\r\n"

static void
imports(void)
{
	static const struct {
		const char *why;
		str text, wanted;
	} rows[] = {
		{ "3.0 as it is",
		    STR_CONST("BEGIN:VCARD\nVERSION:3.0\nfn;x=y:A\n\nEND:VCARD"),
		    STR_CONST("BEGIN:VCARD\nVERSION:3.0\nfn;x=y:A\n\nEND:VCARD") },
		{ "4.0 as it is, less its mark",
		    STR_CONST("\xEF\xBB\xBF"
			      "BEGIN:VCARD\nVERSION:4.0\nEND:VCARD\n"),
		    STR_CONST("BEGIN:VCARD\nVERSION:4.0\nEND:VCARD\n") },
		{ "bare types", STR_CONST(OLD("FN:A\r\nTEL;HOME;VOICE;X-a=b:1\r\n")),
		    STR_CONST(NEW("FN:A\r\nTEL;TYPE=HOME,VOICE;X-a=b:1\r\n")) },
		{ "types both ways",
		    STR_CONST(OLD("FN:A\r\nTEL;TYPE=HOME,CELL;PREF:1\r\n")),
		    STR_CONST(NEW("FN:A\r\nTEL;TYPE=HOME,CELL,PREF:1\r\n")) },
		{ "quoted-printable",
		    STR_CONST(OLD(
			"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0=E4=\r\n"
			"=B8=89\r\nTEL:1\r\n")),
		    STR_CONST(NEW("FN:\xE5\xBC\xA0\xE4\xB8\x89\r\nTEL:1\r\n")) },
		{ "quoted-printable, bare, lower case, new lines and a lone =",
		    STR_CONST(
			OLD("FN:A\r\nNOTE;QUOTED-PRINTABLE:a=0D=0Ab=0ac=\r\n d= \r\n,e;"
			    "=zz=4\r\n")),
		    STR_CONST(NEW("FN:A\r\nNOTE:a\\nb\\nc d\\,e\\;=zz=4\r\n")) },
		{ "quoted-printable cannot break out",
		    STR_CONST(
			OLD("FN:A\r\nX-A;QUOTED-PRINTABLE:x=0D=0ATEL:666=00=1B\r\n")),
		    STR_CONST(NEW("FN:A\r\nX-A:x\\nTEL:666\r\n")) },
		{ "a soft break at the end",
		    STR_CONST(
			"BEGIN:VCARD\nVERSION:2.1\nFN:A\nEND;QUOTED-PRINTABLE:VCARD="),
		    STR_CONST(NEW("FN:A\r\n")) },
		{ "gbk, quoted",
		    STR_CONST(OLD(
			"FN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:=D5=C5=C8=FD\r\n")),
		    STR_CONST(NEW("FN:\xE5\xBC\xA0\xE4\xB8\x89\r\n")) },
		{ "gb2312 by name, an unknown charset by its looks",
		    STR_CONST(OLD(
			"FN;CHARSET=gb2312:\xD5\xC5\r\nORG;CHARSET=x:\xD5\xC5;\r\n")),
		    STR_CONST(NEW("FN:\xE5\xBC\xA0\r\nORG:\xE5\xBC\xA0;\r\n")) },
		{ "gbk with a backslash for a second byte",
		    STR_CONST(OLD("FN;CHARSET=GBK:\xD5\x5C\r\n")),
		    STR_CONST(NEW("FN:\xE8\xAA\xA0\r\n")) },
		{ "gb18030 of four bytes",
		    STR_CONST(OLD("FN;CHARSET=GB18030:\x95\x32\x82\x36\r\n")),
		    STR_CONST(NEW("FN:\xF0\xA0\x80\x80\r\n")) },
		{ "latin-1 unnamed", STR_CONST(OLD("FN:J\xFCrgen M\xFCller\r\n")),
		    STR_CONST(NEW("FN:J\xC3\xBCrgen M\xC3\xBCller\r\n")) },
		{ "latin-1 named", STR_CONST(OLD("FN;CHARSET=ISO-8859-1:\xE9\xE8\r\n")),
		    STR_CONST(NEW("FN:\xC3\xA9\xC3\xA8\r\n")) },
		{ "said to be utf-8 and is not",
		    STR_CONST(OLD("FN;CHARSET=UTF-8:caf\xE9\r\n")),
		    STR_CONST(NEW("FN:caf\xC3\xA9\r\n")) },
		{ "gbk in 3.0, folded inside a character",
		    STR_CONST(NEW("FN:\xD5\xC5\xC8\r\n \xFD\r\nNOTE:a\\,b\r\n")),
		    STR_CONST(NEW("FN:\xE5\xBC\xA0\xE4\xB8\x89\r\nNOTE:a\\,b\r\n")) },
		{ "base64 with its blank line",
		    STR_CONST(OLD("FN:A\r\nPHOTO;ENCODING=BASE64;TYPE=JPEG:\r\n "
				  "AAEC\r\n AwQF=\r\n"
				  "\r\nTEL:1\r\n")),
		    STR_CONST(NEW(
			"FN:A\r\nPHOTO;TYPE=JPEG;ENCODING=b:AAECAwQF=\r\nTEL:1\r\n")) },
		{ "base64 not indented",
		    STR_CONST(OLD(
			"FN:A\r\nPHOTO;JPEG;BASE64:AAEC\r\nAwQF\r\n \r\nTEL:1\r\n")),
		    STR_CONST(NEW(
			"FN:A\r\nPHOTO;TYPE=JPEG;ENCODING=b:AAECAwQF\r\nTEL:1\r\n")) },
		{ "base64 without its blank line",
		    STR_CONST(OLD("FN:A\r\nPHOTO;BASE64:AA!EC\r\nTEL:1\r\n")),
		    STR_CONST(NEW("FN:A\r\nPHOTO;ENCODING=b:AAEC\r\nTEL:1\r\n")) },
		{ "a picture elsewhere",
		    STR_CONST(OLD("FN:A\r\nPHOTO;VALUE=URL:http://x/y\r\n")),
		    STR_CONST(NEW("FN:A\r\nPHOTO;VALUE=uri:http://x/y\r\n")) },
		{ "what 3.0 escapes",
		    STR_CONST(
			OLD("N:a,b;c\\;d\r\nFN:a;b,c\\d\\,e\\:f\r\nX-Y:a,b;c\\d\r\n")),
		    STR_CONST(NEW("N:a\\,b;c\\;d\r\nFN:a\\;b\\,c\\\\d\\,e:f\r\nX-Y:a,b;"
				  "c\\d\r\n")) },
		{ "a fold keeps its blank", STR_CONST(OLD("FN:A\r\n B\r\n")),
		    STR_CONST(NEW("FN:A B\r\n")) },
		{ "a group, quotes", STR_CONST(OLD("FN:A\r\nitem1.TEL;X=\"b\":1\r\n")),
		    STR_CONST(NEW("FN:A\r\nitem1.TEL;X=b:1\r\n")) },
		{ "no version", STR_CONST("BEGIN:VCARD\nFN:A\nEND:VCARD\n"),
		    STR_CONST(NEW("FN:A\r\n")) },
		{ "a name from N", STR_CONST(OLD("N:Lovelace;Ada\r\n")),
		    STR_CONST(NEW("N:Lovelace;Ada\r\nFN:Ada Lovelace\r\n")) },
		{ "a chinese name from N",
		    STR_CONST(OLD("N:\xE5\xBC\xA0;\xE4\xB8\x89;;;\r\n")),
		    STR_CONST(NEW("N:\xE5\xBC\xA0;\xE4\xB8\x89;;;\r\n"
				  "FN:\xE5\xBC\xA0\xE4\xB8\x89\r\n")) },
		{ "half a name", STR_CONST(OLD("N:;Ada\r\n")),
		    STR_CONST(NEW("N:;Ada\r\nFN:Ada\r\n")) },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct why why = { 0 };
		str out = { 0 };

		check_about(rows[i].why);
		if (CHECK_OK(card_import(arena, rows[i].text, &out, &why)))
			CHECK_STR(out, rows[i].wanted);
	}
}

/* The bytes of ASCII text as UTF-16, one ideogram for each '#'. */
static str
utf16(struct arena *arena, const char *ascii, bool big)
{
	struct buf buf = buf_in(arena, 1024);

	buf_add(&buf, big ? STR("\xFE\xFF") : STR("\xFF\xFE"));
	for (; *ascii; ascii++) {
		char low = *ascii == '#' ? '\x20' : *ascii;
		char high = *ascii == '#' ? '\x5F' : '\0';

		buf_add_char(&buf, big ? high : low);
		buf_add_char(&buf, big ? low : high);
	}
	return buf_str(&buf);
}

static void
wide(void)
{
	SCOPED(arena) arena = arena_open();

	for (int big = 0; big < 2; big++) {
		struct why why = { 0 };
		str out = { 0 };

		CHECK_OK(
		    card_import(arena, utf16(arena, NEW("FN:#\r\n"), big), &out, &why));
		CHECK_STR(out, STR(NEW("FN:\xE5\xBC\xA0\r\n")));
		CHECK_OK(card_import(arena,
		    utf16(arena, OLD("FN:#\r\nTEL;HOME:1\r\n"), big), &out, &why));
		CHECK_STR(out, STR(NEW("FN:\xE5\xBC\xA0\r\nTEL;TYPE=HOME:1\r\n")));
		CHECK_OK(card_file_text(arena, utf16(arena, "a#b", big), &out));
		CHECK_STR(out, STR("a\xE5\xBC\xA0"
				   "b"));
	}
}

static void
refusals(void)
{
	static const struct {
		const char *why;
		str text;
		enum err outcome;
	} rows[] = {
		{ "nothing", STR_CONST(""), ERR_BAD_INPUT },
		{ "no card", STR_CONST("hello\r\n"), ERR_BAD_INPUT },
		{ "no BEGIN", STR_CONST("FN:A\r\nVERSION:2.1\r\nEND:VCARD\r\n"),
		    ERR_BAD_INPUT },
		{ "no END", STR_CONST("BEGIN:VCARD\r\nVERSION:2.1\r\n"),
		    ERR_BAD_INPUT },
		{ "no colon", STR_CONST(OLD("FN:A\r\nhello\r\n")), ERR_BAD_INPUT },
		{ "a name with a blank", STR_CONST(OLD("T EL;HOME:1\r\n")),
		    ERR_BAD_INPUT },
		{ "two", STR_CONST(OLD("") OLD("")), ERR_BAD_INPUT },
		{ "one within another", STR_CONST(OLD("AGENT:\r\n" OLD(""))),
		    ERR_BAD_INPUT },
		{ "1.0", STR_CONST("BEGIN:VCARD\r\nVERSION:1.0\r\nEND:VCARD\r\n"),
		    ERR_UNSUPPORTED },
		{ "wide and cut short",
		    STR_CONST("\xFF\xFE"
			      "B"),
		    ERR_BAD_INPUT },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct why why = { 0 };
		str out;

		check_about(rows[i].why);
		CHECK_ERR(
		    card_import(arena, rows[i].text, &out, &why), rows[i].outcome);
		CHECK(why.what != NULL);
	}
}

/* Ten megabytes that grow when converted are refused, not trusted to fit. */
static void
growth(void)
{
	static const struct {
		const char *head;
		char c;
	} rows[] = {
		{ "BEGIN:VCARD\nVERSION:2.1\nNOTE:", ',' },
		{ "BEGIN:VCARD\nVERSION:2.1\nNOTE:", '\xFF' },
		{ "BEGIN:VCARD\nVERSION:2.1\nNOTE;X=", '^' },
		{ "BEGIN:VCARD\nVERSION:2.1\nNOTE;X=", '\xFF' },
		{ "BEGIN:VCARD\nVERSION:2.1\nNOTE;", '\xFF' },
		{ "BEGIN:VCARD\nVERSION:3.0\nNOTE:", '\xFF' },
		{ "\xFF\xFE", '\x5F' },
	};
	const char end[] = ":\nEND:VCARD\n";

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		SCOPED(arena) arena = arena_open();
		char *text = arena_get(arena, CARD_MAX_BYTES + 1);
		struct why why;
		str out;

		memset(text, rows[i].c, CARD_MAX_BYTES + 1);
		memcpy(text, rows[i].head, strlen(rows[i].head));
		memcpy(text + CARD_MAX_BYTES - strlen(end), end, strlen(end));
		CHECK_ERR(card_import(arena, (str){ text, CARD_MAX_BYTES }, &out, &why),
		    ERR_TOO_LARGE);
		CHECK_ERR(
		    card_import(arena, (str){ text, CARD_MAX_BYTES + 1 }, &out, &why),
		    ERR_TOO_LARGE);
	}
}

static void
files(void)
{
	static const struct {
		enum err outcome;
		str card;
		unsigned line, why_line;
	} steps[] = {
		{ OK, STR_CONST("BEGIN:VCARD\r\nFN:A\r\nEND:VCARD\r\n"), 5, 0 },
		{ OK,
		    STR_CONST(
			"begin : vcard \nX:END:VCARD\n END:VCALENDAR\nend:vcard\n"),
		    10, 0 },
		{ ERR_BAD_INPUT, STR_CONST(""), 12, 10 },
		{ OK, STR_CONST("BEGIN:VCARD\nEND:VCARD\n"), 14, 0 },
		{ ERR_BAD_INPUT, STR_CONST(""), 16, 15 },
		{ ERR_NOT_FOUND, STR_CONST(""), 16, 0 },
	};
	str rest = STR("noise\r\nBEGIN:VCARD\r\nFN:A\r\nEND:VCARD\r\n"
		       "\r\n\xEF\xBB\xBF"
		       "begin : vcard \nX:END:VCARD\n END:VCALENDAR\nend:vcard\n"
		       "BEGIN:VCARD\nFN:B\nBEGIN:VCARD\nEND:VCARD\n\nBEGIN:VCARD\n");
	unsigned line = 0;

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		struct why why = { 0 };
		str card = { 0 };

		CHECK_ERR(card_next(&rest, &card, &line, &why), steps[i].outcome);
		CHECK_STR(card, steps[i].card);
		CHECK_INT(line, steps[i].line);
		CHECK_INT(why.line, steps[i].why_line);
	}
	CHECK_INT(rest.len, 0);
}

static void
last_line(void)
{
	str rest = STR("BEGIN:VCARD\nEND:VCARD"), card = { 0 };
	unsigned line = 1;
	struct why why;

	CHECK_OK(card_next(&rest, &card, &line, &why));
	CHECK_STR(card, STR("BEGIN:VCARD\nEND:VCARD"));
	CHECK_ERR(card_next(&rest, &card, &line, &why), ERR_NOT_FOUND);
}

int
main(void)
{
	return CHECK_RUN({ "what an import makes", imports }, { "utf-16", wide },
	    { "refusals", refusals }, { "what grows is refused", growth },
	    { "files of many cards", files },
	    { "a last line without its end", last_line });
}
