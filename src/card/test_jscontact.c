/* test_jscontact.c - RFC 9555 row by row, and the laws of jscontact.h. */
#include <stdlib.h>

#include "base/check.h"
#include "card/jscontact.h"
#include "card/jscontact_int.h"
#include "card/view.h"

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
json_of(struct arena *arena, str text)
{
	str out = { 0 };

	CHECK_OK(card_jscontact(arena, read(arena, text), &out));
	return out;
}

static str
card_of(struct arena *arena, str json)
{
	struct why why = { 0 };
	str out = { 0 };

	if (!CHECK_OK(card_of_jscontact(arena, json, STR("fresh"), &out, &why)))
		CHECK_STR(json, STR("a Card"));
	return out;
}

static str
without_folds(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, CARD_MAX_BYTES);

	for (size_t i = 0; i < text.len; i++)
		if (str_starts(str_part(text, i, 3), STR("\r\n ")))
			i += 2;
		else
			buf_add_char(&out, text.at[i]);
	return buf_str(&out);
}

/* --- row by row --- */

#define HEAD  "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:u\r\n"
#define NAME  "FN:A\r\n"
#define TAIL  "END:VCARD\r\n"
#define START "{\"@type\":\"Card\",\"version\":\"1.0\",\"uid\":\"u\""
#define NAMED START ",\"name\":{\"full\":\"A\"}"

/* What follows a name, both ways to the letter. */
static const struct {
	const char *lines, *members;
} rows[] = {
	{ "NICKNAME;PREF=1:Bo\r\n",
	    "\"nicknames\":{\"1\":{\"name\":\"Bo\",\"pref\":1}}" },
	{ "GRAMGENDER:feminine\r\nPRONOUNS;TYPE=work;PREF=2:she/her\r\n",
	    "\"speakToAs\":{\"grammaticalGender\":\"feminine\",\"pronouns\":{\"1\":{"
	    "\"pronouns\":\"she/her\",\"contexts\":{\"work\":true},\"pref\":2}}}" },
	{ "ORG;TYPE=work;SORT-AS=\"Acme,,W\":Acme\\, Inc;North;West\r\n",
	    "\"organizations\":{\"1\":{\"name\":\"Acme, Inc\",\"sortAs\":\"Acme\","
	    "\"units\":[{\"name\":\"North\"},{\"name\":\"West\",\"sortAs\":\"W\"}],"
	    "\"contexts\":{\"work\":true}}}" },
	{ "ORG:;North\r\n",
	    "\"organizations\":{\"1\":{\"units\":[{\"name\":\"North\"}]}}" },
	{ "TITLE:Boss\r\nROLE:Cook\r\n",
	    "\"titles\":{\"1\":{\"name\":\"Boss\"},\"2\":{\"kind\":\"role\","
	    "\"name\":\"Cook\"}}" },
	{ "EMAIL;TYPE=home,work;PREF=1:a@b.cn\r\n",
	    "\"emails\":{\"1\":{\"address\":\"a@b.cn\",\"contexts\":{"
	    "\"private\":true,\"work\":true},\"pref\":1}}" },
	{ "EMAIL;PROP-ID=e-1:a@b.cn\r\nEMAIL:c@d.cn\r\n",
	    "\"emails\":{\"e-1\":{\"address\":\"a@b.cn\"},\"2\":{\"address\":"
	    "\"c@d.cn\"}}" },
	{ "TEL;VALUE=uri;TYPE=home,cell,voice,text,video:tel:+1\r\n"
	  "TEL;TYPE=main-number,textphone,fax,pager:+2\r\n",
	    "\"phones\":{\"1\":{\"number\":\"tel:+1\",\"contexts\":{\"private\":true},"
	    "\"features\":{\"mobile\":true,\"voice\":true,\"text\":true,\"video\":true}"
	    "},"
	    "\"2\":{\"number\":\"+2\",\"features\":{\"main-number\":true,\"textphone\":"
	    "true,"
	    "\"fax\":true,\"pager\":true}}}" },
	{ "item1.TEL:1\r\nitem1.X-ABLabel:_$!<Assistant>!$_\r\n"
	  "item2.TEL:2\r\nitem2.X-ABLabel:the\\, hut\r\n",
	    "\"phones\":{\"1\":{\"number\":\"1\",\"vCardParams\":{\"group\":\"item1\"},"
	    "\"label\":\"Assistant\"},\"2\":{\"number\":\"2\",\"vCardParams\":{"
	    "\"group\":\"item2\"},\"label\":\"the, hut\"}}" },
	{ "IMPP;SERVICE-TYPE=Jabber:xmpp:a@b\r\n"
	  "X-SOCIALPROFILE:https://a.cn\r\n"
	  "SOCIALPROFILE;SERVICE-TYPE=M;USERNAME=a:https://m.cn/a\r\n"
	  "SOCIALPROFILE;VALUE=text;SERVICE-TYPE=W:me\r\n",
	    "\"onlineServices\":{\"1\":{\"vCardName\":\"impp\",\"uri\":\"xmpp:a@b\","
	    "\"service\":\"Jabber\"},\"2\":{\"vCardName\":\"x-socialprofile\",\"uri\":"
	    "\"https://a.cn\"},\"3\":{\"uri\":\"https://m.cn/a\",\"service\":\"M\","
	    "\"user\":\"a\"},\"4\":{\"user\":\"me\",\"service\":\"W\"}}" },
	{ "LANG;TYPE=work;PREF=1:zh\r\n",
	    "\"preferredLanguages\":{\"1\":{\"language\":\"zh\",\"contexts\":{"
	    "\"work\":true},\"pref\":1}}" },
	{ "CALURI;MEDIATYPE=text/calendar:http://c\r\nFBURL:http://f\r\n",
	    "\"calendars\":{\"1\":{\"kind\":\"calendar\",\"uri\":\"http://c\","
	    "\"mediaType\":\"text/calendar\"},\"2\":{\"kind\":\"freeBusy\",\"uri\":"
	    "\"http://f\"}}" },
	{ "CALADRURI:mailto:a@b\r\n",
	    "\"schedulingAddresses\":{\"1\":{\"uri\":\"mailto:a@b\"}}" },
	{ "GEO:geo:1,2\r\nTZ:Europe/Rome\r\n",
	    "\"addresses\":{\"1\":{\"coordinates\":\"geo:1,2\"},\"2\":{\"timeZone\":"
	    "\"Europe/Rome\"}}" },
	{ "ADR;TYPE=home,billing,delivery;PREF=1;LABEL=\"1 Way, "
	  "X\";CC=GB;GEO=\"geo:1,2\""
	  ";TZ=Etc/UTC:box;flat;1 Way;X;Y;Z;UK\r\n",
	    "\"addresses\":{\"1\":{\"components\":[{\"kind\":\"postOfficeBox\","
	    "\"value\":\"box\"},{\"kind\":\"apartment\",\"value\":\"flat\"},{\"kind\":"
	    "\"name\",\"value\":\"1 Way\"},{\"kind\":\"locality\",\"value\":\"X\"},{"
	    "\"kind\":\"region\",\"value\":\"Y\"},{\"kind\":\"postcode\",\"value\":"
	    "\"Z\"},"
	    "{\"kind\":\"country\",\"value\":\"UK\"}],\"contexts\":{\"private\":true,"
	    "\"billing\":true,\"delivery\":true},\"pref\":1,\"full\":\"1 Way, X\","
	    "\"countryCode\":\"GB\",\"coordinates\":\"geo:1,2\",\"timeZone\":\"Etc/"
	    "UTC\"}}" },
	{ "ADR:;Room 1\\, Flat 2\\, 3;9 Long Way;;;;;Room 1;Flat 2;3;9;Long Way;Tower;"
	  "Block;Sub;District;Mark;South\r\n",
	    NULL },
	{ "ADR;JSCOMPS=\"s,\\, ;10;s, ;11;3\":;;9 Long Way;Ely;;;;;;;9;Long "
	  "Way;;;;;;\r\n",
	    "\"addresses\":{\"1\":{\"defaultSeparator\":\", \",\"isOrdered\":true,"
	    "\"components\":[{\"kind\":\"number\",\"value\":\"9\"},{\"kind\":"
	    "\"separator\","
	    "\"value\":\" \"},{\"kind\":\"name\",\"value\":\"Long Way\"},{\"kind\":"
	    "\"locality\",\"value\":\"Ely\"}]}}" },
	{ "KEY;MEDIATYPE=a/b:http://k\r\n",
	    "\"cryptoKeys\":{\"1\":{\"uri\":\"http://k\",\"mediaType\":\"a/b\"}}" },
	{ "SOURCE:http://s\r\nORG-DIRECTORY;INDEX=2:http://d\r\n",
	    "\"directories\":{\"1\":{\"kind\":\"entry\",\"uri\":\"http://s\"},\"2\":{"
	    "\"kind\":\"directory\",\"uri\":\"http://d\",\"listAs\":2}}" },
	{ "CONTACT-URI;PREF=1:http://c\r\nURL;TYPE=home:http://u\r\n",
	    "\"links\":{\"1\":{\"kind\":\"contact\",\"uri\":\"http://c\",\"pref\":1},"
	    "\"2\":{\"uri\":\"http://u\",\"contexts\":{\"private\":true}}}" },
	{ "PHOTO:data:image/jpeg;base64,/9j/\r\nLOGO:http://l\r\nSOUND:http://s\r\n",
	    "\"media\":{\"1\":{\"kind\":\"photo\",\"uri\":\"data:image/jpeg;base64,/9j/"
	    "\"},"
	    "\"2\":{\"kind\":\"logo\",\"uri\":\"http://l\"},\"3\":{\"kind\":\"sound\","
	    "\"uri\":\"http://s\"}}" },
	{ "BDAY:19960415\r\nBIRTHPLACE:Ely\r\nDEATHDATE:2020-03\r\n"
	  "DEATHPLACE;VALUE=uri:geo:1,2\r\nANNIVERSARY:--0708\r\n",
	    "\"anniversaries\":{\"1\":{\"kind\":\"birth\",\"date\":{\"year\":1996,"
	    "\"month\":4,\"day\":15},\"place\":{\"full\":\"Ely\"}},\"2\":{\"kind\":"
	    "\"death\",\"date\":{\"year\":2020,\"month\":3},\"place\":{\"coordinates\":"
	    "\"geo:1,2\"}},\"3\":{\"kind\":\"wedding\",\"date\":{\"month\":7,\"day\":8}"
	    "}}" },
	{ "BDAY:1996\r\nBDAY:--04\r\nBDAY:---15\r\nBDAY:19960415T102200Z\r\n",
	    "\"anniversaries\":{\"1\":{\"kind\":\"birth\",\"date\":{\"year\":1996}},"
	    "\"2\":{"
	    "\"kind\":\"birth\",\"date\":{\"month\":4}},\"3\":{\"kind\":\"birth\","
	    "\"date\":{"
	    "\"day\":15}},\"4\":{\"kind\":\"birth\",\"date\":{\"@type\":\"Timestamp\","
	    "\"utc\":\"1996-04-15T10:22:00Z\"}}}" },
	{ "BDAY;CALSCALE=gregorian:19960415\r\n",
	    "\"anniversaries\":{\"1\":{\"kind\":\"birth\",\"date\":{\"year\":1996,"
	    "\"month\":4,\"day\":15,\"calendarScale\":\"gregorian\"}}}" },
	{ "EXPERTISE;LEVEL=beginner:a\r\nEXPERTISE;LEVEL=average:b\r\n"
	  "EXPERTISE;LEVEL=expert:c\r\nHOBBY;LEVEL=medium;INDEX=1:d\r\n"
	  "INTEREST;LEVEL=high:e\r\n",
	    "\"personalInfo\":{\"1\":{\"kind\":\"expertise\",\"value\":\"a\",\"level\":"
	    "\"low\"},\"2\":{\"kind\":\"expertise\",\"value\":\"b\",\"level\":"
	    "\"medium\"},"
	    "\"3\":{\"kind\":\"expertise\",\"value\":\"c\",\"level\":\"high\"},\"4\":{"
	    "\"kind\":\"hobby\",\"value\":\"d\",\"level\":\"medium\",\"listAs\":1},"
	    "\"5\":{"
	    "\"kind\":\"interest\",\"value\":\"e\",\"level\":\"high\"}}" },
	{ "NOTE;AUTHOR=\"mailto:a@b\";AUTHOR-NAME=Bo;CREATED=20200131T120000Z:"
	  "a\\nb\r\n",
	    "\"notes\":{\"1\":{\"note\":\"a\\nb\",\"author\":{\"uri\":\"mailto:a@b\","
	    "\"name\":\"Bo\"},\"created\":\"2020-01-31T12:00:00Z\"}}" },
	{ "CATEGORIES:a,b\\,c\r\n", "\"keywords\":{\"a\":true,\"b,c\":true}" },
	{ "MEMBER:urn:uuid:1\r\nMEMBER:mailto:a@b\r\n",
	    "\"members\":{\"urn:uuid:1\":true,\"mailto:a@b\":true}" },
	{ "RELATED;TYPE=friend,kin:urn:uuid:1\r\nRELATED;VALUE=text:Bo\r\n",
	    "\"relatedTo\":{\"urn:uuid:1\":{\"relation\":{\"friend\":true,\"kin\":true}"
	    "},"
	    "\"Bo\":{\"relation\":{}}}" },
	{ "GENDER:F\r\nX-A;x-b=1:2\r\n",
	    "\"vCardProps\":[[\"gender\",{},\"text\",\"F\"],[\"x-a\",{\"x-b\":\"1\"},"
	    "\"unknown\",\"2\"]]" },
	{ "EMAIL;TYPE=home,x;x-b=1:a@b\r\n",
	    "\"emails\":{\"1\":{\"address\":\"a@b\",\"contexts\":{\"private\":true},"
	    "\"vCardParams\":{\"type\":\"x\",\"x-b\":\"1\"}}}" },
	{ "JSPROP;JSPTR=\"a.cn:b\":[1\\,2.50]\r\n", "\"a.cn:b\":[1,2.50]" },
};

static str
text(struct arena *arena, const char *a, const char *b, const char *c)
{
	return ARENA_JOIN(arena, str_of(a), str_of(b), str_of(c));
}

static void
row_by_row(void)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		SCOPED(arena) arena = arena_open();
		str card = text(arena, HEAD NAME, rows[i].lines, TAIL);
		str json = rows[i].members
			       ? text(arena, NAMED ",", rows[i].members, "}")
			       : json_of(arena, card);

		check_about(rows[i].lines);
		CHECK_STR(json_of(arena, card), json);
		CHECK_STR(without_folds(arena, card_of(arena, json)), card);
	}
	check_about(NULL);
}

/* What a card has once, and its name. */
static const struct {
	const char *lines, *members;
} heads[] = {
	{ "UID:urn:uuid:1\r\nKIND:group\r\nLANGUAGE:zh\r\nPRODID:-//a\\,b\r\n"
	  "CREATED:20200131T120000Z\r\nREV:20210131T120000Z\r\nFN:A\\, B\r\n",
	    "\"uid\":\"urn:uuid:1\",\"kind\":\"group\",\"language\":\"zh\",\"prodId\":"
	    "\"-//a,b\",\"created\":\"2020-01-31T12:00:00Z\",\"updated\":"
	    "\"2021-01-31T12:00:00Z\",\"name\":{\"full\":\"A, B\"}" },
	{ "UID:u\r\nFN:A\r\nN;SORT-AS=\"King,Ada\":King;Ada;Au,Gu;Dr.;PhD\r\n",
	    "\"uid\":\"u\",\"name\":{\"full\":\"A\",\"sortAs\":{\"surname\":\"King\","
	    "\"given\":\"Ada\"},\"components\":[{\"kind\":\"surname\",\"value\":"
	    "\"King\"},"
	    "{\"kind\":\"given\",\"value\":\"Ada\"},{\"kind\":\"given2\",\"value\":"
	    "\"Au\"},"
	    "{\"kind\":\"given2\",\"value\":\"Gu\"},{\"kind\":\"title\",\"value\":\"Dr."
	    "\"},"
	    "{\"kind\":\"credential\",\"value\":\"PhD\"}]}" },
	{ "UID:u\r\nFN:A\r\nN;JSCOMPS=\";3;1;0;5;6;s,\\, ;4\":Li,Wu;San;;Ms.;MD,III;Wu;"
	  "III\r\n",
	    "\"uid\":\"u\",\"name\":{\"full\":\"A\",\"isOrdered\":true,\"components\":["
	    "{\"kind\":\"title\",\"value\":\"Ms.\"},{\"kind\":\"given\",\"value\":"
	    "\"San\"},"
	    "{\"kind\":\"surname\",\"value\":\"Li\"},{\"kind\":\"surname2\",\"value\":"
	    "\"Wu\"},"
	    "{\"kind\":\"generation\",\"value\":\"III\"},{\"kind\":\"separator\","
	    "\"value\":"
	    "\", \"},{\"kind\":\"credential\",\"value\":\"MD\"}]}" },
	{ "UID:u\r\nN;JSCOMPS=\"s,-;1;0\":Li;San;;;\r\nFN;DERIVED=TRUE:San-Li\r\n",
	    "\"uid\":\"u\",\"name\":{\"defaultSeparator\":\"-\",\"isOrdered\":true,"
	    "\"components\":[{\"kind\":\"given\",\"value\":\"San\"},{\"kind\":"
	    "\"surname\","
	    "\"value\":\"Li\"}]}" },
	{ "UID:u\r\nEMAIL:a@b\r\nFN;DERIVED=TRUE:a@b\r\n",
	    "\"uid\":\"u\",\"emails\":{\"1\":{\"address\":\"a@b\"}}" },
	{ "UID:u\r\nFN;language=zh:A\r\n", "\"uid\":\"u\",\"name\":{\"full\":\"A\"},"
					   "\"vCardProps\":[[\"fn\",{\"language\":"
					   "\"zh\"},\"text\",\"A\"]]" },
};

static void
heads_of_cards(void)
{
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		SCOPED(arena) arena = arena_open();
		str card =
		    text(arena, "BEGIN:VCARD\r\nVERSION:4.0\r\n", heads[i].lines, TAIL);
		str json = text(arena, "{\"@type\":\"Card\",\"version\":\"1.0\",",
		    heads[i].members, "}");

		check_about(heads[i].lines);
		CHECK_STR(json_of(arena, card), json);
		CHECK_STR(without_folds(arena, card_of(arena, json)), card);
	}
	check_about(NULL);
}

/* --- lines that say the same otherwise, and lines that say what has no member --- */

static void
lines_by_others(void)
{
	static const struct {
		const char *lines, *back; /* NULL: the same */
	} others[] = {
		{ "NICKNAME:a,b\\,c\r\n", "NICKNAME:a\r\nNICKNAME:b\\,c\r\n" },
		{ "CATEGORIES:a\r\nCATEGORIES:b\r\n", "CATEGORIES:a,b\r\n" },
		{ "N:A;B\r\n", "N:A;B;;;\r\n" },
		{ "N;SORT-AS=A,B:A;B;;;\r\n", "N;SORT-AS=\"A,B\":A;B;;;\r\n" },
		{ "ORG:A;\r\n", "ORG:A\r\n" },
		{ "ORG:A, Inc\r\n", "ORG:A\\, Inc\r\n" },
		{ "BDAY;VALUE=date:1996-04-15\r\n", "BDAY:19960415\r\n" },
		{ "PHOTO;VALUE=uri:http://a\r\n", "PHOTO:http://a\r\n" },
		{ "email;type=HOME:a@b\r\n", "EMAIL;TYPE=home:a@b\r\n" },
		/* no member, no change */
		{ "BDAY;VALUE=text:long ago\r\n", NULL },
		{ "BDAY:19960415T102200+0100\r\n", NULL },
		{ "BIRTHPLACE:Ely\r\n", NULL },
		{ "TZ;VALUE=utc-offset:-0500\r\n", NULL },
		{ "KEY;VALUE=text:abc\r\n", NULL },
		{ "XML:<a/>\r\n", NULL },
		{ "CLIENTPIDMAP:1;urn:uuid:1\r\n", NULL },
		{ "RELATED:urn:uuid:1\r\nRELATED:urn:uuid:1\r\n", NULL },
		{ "CATEGORIES;pref=1:a\r\n", NULL },
		{ "EMAIL;pref=01:a@b\r\n", "EMAIL;pref=01:a@b\r\n" },
		{ "TITLE;altid=1;language=zh:A\r\nEMAIL;pid=1.1:a@b\r\n",
		    "TITLE;altid=1;language=zh:A\r\nEMAIL;pid=1.1:a@b\r\n" },
		{ "item1.X-ABLabel:alone\r\n", "item1.X-ABLABEL:alone\r\n" },
		{ "JSPROP;jsptr=a/b:{\r\n", NULL },
		{ "JSPROP:1\r\n", NULL },
		{ "JSPROP;jsptr=@type:1\r\n", NULL },
	};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		SCOPED(arena) arena = arena_open();
		str card = text(arena, HEAD NAME, others[i].lines, TAIL), json;
		str back = others[i].back ? text(arena, HEAD NAME, others[i].back, TAIL)
					  : card;

		check_about(others[i].lines);
		json = json_of(arena, card);
		CHECK_STR(without_folds(arena, card_of(arena, json)), back);
		CHECK_STR(json_of(arena, back), json);
	}
	check_about(NULL);
}

/* Of 3.0 it is what the 4.0 view of it is. */
static void
of_three(void)
{
	SCOPED(arena) arena = arena_open();

	CHECK_STR(
	    json_of(arena,
		STR("BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u\r\nFN:A\r\nN:A;;;;\r\n"
		    "TEL;TYPE=CELL;TYPE=PREF:1\r\nPHOTO;ENCODING=b;TYPE=JPEG:/9j/\r\n"
		    "END:VCARD\r\n")),
	    STR(START
		",\"name\":{\"full\":\"A\",\"components\":[{\"kind\":\"surname\","
		"\"value\":\"A\"}]},\"phones\":{\"1\":{\"number\":\"1\",\"features\":{"
		"\"mobile\":true},\"pref\":1}},\"media\":{\"1\":{\"kind\":\"photo\","
		"\"uri\":\"data:image/jpeg;base64,/9j/\"}}}"));
}

/* --- members no line says --- */

static void
members_by_others(void)
{
	/* Each stands in a Card and comes back to the letter; NULL: as something else. */
	static const struct {
		const char *members, *back;
	} others[] = {
		{ "\"a.cn:b\":{\"c\":[1,2.50,true,null,\"\\u0001\"]}", NULL },
		{ "\"id\":\"J\",\"addressBookIds\":{\"a\":true}", NULL },
		{ "\"emails\":{\"1\":{\"address\":\"a@b\",\"a.cn:b\":1}}", NULL },
		{ "\"emails\":{\"1\":{\"address\":\"a@b\",\"contexts\":{\"work\":true,"
		  "\"school\":true}}}",
		    NULL },
		{ "\"emails\":{\"1\":{\"address\":7}}", NULL },
		{ "\"emails\":[1]", NULL },
		{ "\"emails\":{}", NULL },
		{ "\"emails\":{\"\":{\"address\":\"a@b\"}}", NULL },
		{ "\"emails\":{\"a~b/c\":{\"x\":1}}", NULL },
		{ "\"keywords\":{\"a\":true,\"\":true}", NULL },
		{ "\"keywords\":{\"a\":true,\"b\":false}", NULL },
		{ "\"notes\":{\"1\":{\"note\":\"a\\u0001b\"}}", NULL },
		{ "\"anniversaries\":{\"1\":{\"kind\":\"x\",\"date\":{\"year\":1}}}",
		    NULL },
		{ "\"anniversaries\":{\"1\":{\"kind\":\"birth\",\"date\":{\"year\":"
		  "1996,"
		  "\"month\":4,\"calendarScale\":\"hebrew\"},\"place\":{\"full\":\"a\","
		  "\"countryCode\":\"GB\"}}}",
		    NULL },
		{ "\"localizations\":{\"zh\":{\"name/full\":\"B\"}}", NULL },
		{ "\"titles\":{\"1\":{\"name\":\"A\",\"organizationId\":\"o\"}}",
		    NULL },
		{ "\"relatedTo\":{\"urn:uuid:1\":{\"relation\":{\"x\":true}}}", NULL },
		{ "\"kind\":7", NULL },
		{ "\"vCardProps\":[[\"email\",{},\"text\",\"a@b\"]]", NULL },
		{ "\"vCardProps\":[7]", NULL },
		{ "\"emails\":{\"1\":{\"@type\":\"EmailAddress\",\"address\":\"a@b\"}}",
		    "\"emails\":{\"1\":{\"address\":\"a@b\"}}" },
		{ "\"titles\":{\"1\":{\"@type\":\"Title\",\"name\":\"A\",\"kind\":"
		  "\"title\"}}",
		    "\"titles\":{\"1\":{\"name\":\"A\"}}" },
		{ "\"emails\":{\"1\":{\"address\":\"a@b\",\"label\":\"hut\"}}",
		    "\"emails\":{\"1\":{\"address\":\"a@b\",\"vCardParams\":{\"group\":"
		    "\"item1\"},\"label\":\"hut\"}}" },
		{ "\"name\":{\"components\":[{\"kind\":\"title\",\"value\":\"Dr.\"},{"
		  "\"kind\":"
		  "\"given\",\"value\":\"A\",\"phonetic\":\"a\"}]}",
		    NULL },
	};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		SCOPED(arena) arena = arena_open();
		str json = text(arena, START ",", others[i].members, "}");
		str back =
		    others[i].back ? text(arena, START ",", others[i].back, "}") : json;

		check_about(others[i].members);
		CHECK_STR(json_of(arena, card_of(arena, json)), back);
	}
	check_about(NULL);
}

/* --- what is no Card, and limits --- */

static void
no_cards(void)
{
	static const struct {
		const char *json;
		unsigned line;
	} none[] = {
		{ "", 1 },
		{ "[]", 0 },
		{ "7", 0 },
		{ "{}", 0 },
		{ "{\"@type\":\"Group\",\"uid\":\"u\"}", 0 },
		{ "{\"@type\":7,\"uid\":\"u\"}", 0 },
		{ "{\"uid\":\"u\"", 1 },
		{ "{\n\"uid\":\n\"u\",\n}", 4 },
		{ "{\n\"uid\":\"u\",\n\"uid\":\"v\"}", 3 },
		{ "{\"uid\":\"u\",\"a\":{\"b\":1,\"b\":1}}", 1 },
		{ "{\"uid\":\"\xFF\"}", 1 },
		{ "{\"uid\":\"u\",\"\":1}", 0 },
		{ "{\"uid\":\"u\",\"a\\u0001\":1}", 0 },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
		struct why why = { 0 };
		str out;

		check_about(none[i].json);
		CHECK_ERR(card_of_jscontact(
			      arena, str_of(none[i].json), STR("fresh"), &out, &why),
		    ERR_BAD_INPUT);
		CHECK(why.what != NULL);
		CHECK_INT(why.line, none[i].line);
	}
	check_about(NULL);
	CHECK_STR(card_of(arena, STR("{\"name\":{\"full\":\"A\"}}")),
	    STR("BEGIN:VCARD\r\nVERSION:4.0\r\nUID:fresh\r\nFN:A\r\nEND:VCARD\r\n"));
}

static str
repeated(struct arena *arena, const char *head, const char *each, size_t count,
    const char *tail)
{
	struct buf out = buf_in(arena, CARD_MAX_BYTES * 2);

	buf_add(&out, str_of(head));
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add_char(&out, ',');
		buf_add(&out, str_of(each));
		if (str_ends(str_of(each), STR(":")))
			buf_addf(&out, "%zu", i);
		if (str_ends(str_of(each), STR("\"x")))
			buf_addf(&out, "%zu\":1", i);
	}
	buf_add(&out, str_of(tail));
	return buf_str(&out);
}

static enum err
outcome(str json)
{
	SCOPED(arena) arena = arena_open();
	struct why why = { 0 };
	str out;

	return card_of_jscontact(arena, json, STR("fresh"), &out, &why);
}

static void
limits(void)
{
	SCOPED(arena) arena = arena_open();
	size_t left = VIEW_JSON_MAX_VALUES - 4; /* the Card, uid, a, its list */

	check_about("depth");
	for (unsigned depth = VIEW_JSON_MAX_DEPTH - 1; depth <= VIEW_JSON_MAX_DEPTH;
	     depth++) {
		struct buf json = buf_in(arena, 4096);

		buf_add(&json, STR("{\"uid\":\"u\",\"a\":"));
		for (unsigned i = 2; i < depth; i++)
			buf_add_char(&json, '[');
		buf_add_char(&json, depth == VIEW_JSON_MAX_DEPTH ? '[' : '1');
		if (depth == VIEW_JSON_MAX_DEPTH)
			buf_add(&json, STR("1]"));
		for (unsigned i = 2; i < depth; i++)
			buf_add_char(&json, ']');
		buf_add_char(&json, '}');
		CHECK(outcome(buf_str(&json)) ==
		      (depth < VIEW_JSON_MAX_DEPTH ? OK : ERR_BAD_INPUT));
	}
	check_about("values");
	CHECK_OK(outcome(repeated(arena, "{\"uid\":\"u\",\"a\":[", "1", left, "]}")));
	CHECK_ERR(
	    outcome(repeated(arena, "{\"uid\":\"u\",\"a\":[", "1", left + 2, "]}")),
	    ERR_TOO_LARGE);
	check_about("members");
	CHECK_OK(outcome(repeated(
	    arena, "{\"uid\":\"u\",\"a\":{", "\"x", VIEW_JSON_MAX_MEMBERS, "}}")));
	CHECK_ERR(outcome(repeated(arena, "{\"uid\":\"u\",\"a\":{", "\"x",
		      VIEW_JSON_MAX_MEMBERS + 1, "}}")),
	    ERR_TOO_LARGE);
	check_about("lines");
	CHECK_ERR(outcome(repeated(
		      arena, "{\"uid\":\"u\",", "\"x", CARD_MAX_PROPERTIES - 1, "}")),
	    ERR_TOO_LARGE);
	check_about("bytes");
	CHECK_ERR(outcome(repeated(arena, "{\"uid\":\"", "aaaaaaaaaaaaaaa",
		      CARD_MAX_BYTES / 16 + 1, "\"}")),
	    ERR_TOO_LARGE);
	check_about(NULL);
}

/* More entries than fit a map stay lines; none is lost. */
static void
many_lines(void)
{
	SCOPED(arena) arena = arena_open();
	struct buf card = buf_in(arena, CARD_MAX_BYTES);
	str json, back;
	size_t kept;

	buf_add(&card, STR(HEAD NAME));
	for (int i = 0; i < 5000; i++)
		buf_addf(&card, "MEMBER:urn:uuid:%d\r\n", i);
	buf_add(&card, STR(TAIL));
	json = json_of(arena, buf_str(&card));
	kept = str_find(
	    json, STR("\"vCardProps\":[[\"member\",{},\"uri\",\"urn:uuid:2000\"]"));
	CHECK(kept != SIZE_MAX);
	back = card_of(arena, json);
	CHECK_STR(back, buf_str(&card));
}

/* --- by chance --- */

#define CARDS 5000

static unsigned
chance(unsigned *seed, unsigned below)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % below;
}

#define ANY(list) (list)[chance(seed, sizeof(list) / sizeof *(list))]

static str
any_card(struct arena *arena, unsigned *seed)
{
	static const char *const names[] = { "TEL", "item1.TEL", "EMAIL", "item2.EMAIL",
		"ADR", "ORG", "TITLE", "N", "FN", "BDAY", "DEATHDATE", "BIRTHPLACE",
		"DEATHPLACE", "ANNIVERSARY", "item1.X-ABLabel", "item2.X-ABLabel",
		"KIND", "UID", "GEO", "TZ", "REV", "CREATED", "IMPP", "SOCIALPROFILE",
		"X-SOCIALPROFILE", "KEY", "PHOTO", "NOTE", "X-b", "MEMBER", "RELATED",
		"CATEGORIES", "NICKNAME", "HOBBY", "EXPERTISE", "LANG", "LANGUAGE",
		"PRONOUNS", "GRAMGENDER", "GENDER", "PRODID", "URL", "SOURCE", "XML" };
	static const char *const params[] = { "TYPE=HOME", "type=work", "TYPE=cell,x",
		"HOME", "PREF=1", "pref=\"2\"", "PREF=01", "VALUE=uri", "VALUE=text",
		"VALUE=date", "SORT-AS=\"R,q\"", "SORT-AS=R,q", "LABEL=\"a^nb\"",
		"CC=GB", "GEO=\"geo:1,2\"", "LEVEL=high", "LEVEL=expert", "INDEX=1",
		"SERVICE-TYPE=QQ", "USERNAME=\"x;y\"", "AUTHOR-NAME=b", "MEDIATYPE=a/b",
		"CREATED=20200101T000000Z", "CALSCALE=gregorian", "LANGUAGE=zh",
		"ALTID=1", "PROP-ID=p", "PROP-ID=1", "JSCOMPS=\";1;0\"",
		"JSCOMPS=\"s,-;0;s,/;1\"", "X-Q=\"a:b^^\"",
		"X-A=", "TYPE=\"work,voice\"", "DERIVED=TRUE", "X-L=a,\"b,c\"", "=",
		"TYPE=" };
	static const char *const values[] = { "1", "", "+86-1", "tel:+1", "a@b.cn",
		";;1 Way;;;;", ";;1 Way;;;;;;;;1;Way;;;;;;", "A;B", "A;B;;;",
		"A,C;B;;;;A;", "a\\nb\\, c", "a,b", "data:image/jpeg;base64,/9j/",
		"http://a.cn/b", "19960415", "1996-04", "--0415", "---15", "1996",
		"19960415T102200Z", "1996-04-15", "_$!<Other>!$_", "Other", "group",
		"urn:uuid:1", "geo:1,2", "-0500", "a;b,c\\", "李\\;四", "\\;", ",", ";",
		"en" };
	struct buf out = buf_in(arena, 65536);

	buf_add(&out, STR("BEGIN:VCARD\r\nVERSION:4.0\r\nFN:A\r\n"));
	for (unsigned n = chance(seed, 14); n; n--) {
		buf_add(&out, str_of(ANY(names)));
		for (unsigned p = chance(seed, 3); p; p--)
			buf_addf(&out, ";%s", ANY(params));
		buf_addf(&out, ":%s\r\n", ANY(values));
	}
	buf_add(&out, STR(TAIL));
	return buf_str(&out);
}

static int
by_bytes(const void *a, const void *b)
{
	return str_compare(*(const str *)a, *(const str *)b);
}

static str
sorted(struct arena *arena, str *list, size_t count)
{
	struct buf out = buf_in(arena, 1 << 20);

	qsort(list, count, sizeof *list, by_bytes);
	for (size_t i = 0; i < count; i++)
		buf_addf(&out, STR_FMT "\n", STR_ARG(list[i]));
	return buf_str(&out);
}

static void
add_values(struct buf *out, const struct view_json *first, char mark)
{
	for (const struct view_json *v = first; v; v = v->next) {
		if (v != first)
			buf_add_char(out, mark);
		if (v->kind == VIEW_JSON_LIST)
			add_values(out, v->first, mark == '|' ? '\x1e' : '\x1f');
		else
			buf_add(out, v->text);
	}
	while (mark == '\x1e' && out->len && out->at[out->len - 1] == mark)
		out->len--;
}

/* Each type by itself, in any order; a PROP-ID is only a number here. */
static str
meaning_of_params(struct arena *arena, const struct view_json *params)
{
	str list[64];
	size_t count = 0;

	for (const struct view_json *m = params->first; m; m = m->next) {
		struct buf out = buf_in(arena, 4096);
		bool type = str_same(m->name, STR("type"));

		if (str_same(m->name, STR("prop-id")))
			continue;
		if (m->kind == VIEW_JSON_LIST && type) {
			for (const struct view_json *v = m->first; v && count < 63;
			     v = v->next)
				list[count++] = ARENA_JOIN(arena, STR("type="),
				    view_json_lower(arena, v->text));
			continue;
		}
		if (m->kind == VIEW_JSON_LIST)
			add_values(&out, m->first, ',');
		else
			buf_add(&out, type ? view_json_lower(arena, m->text) : m->text);
		if (count < 64)
			list[count++] =
			    ARENA_JOIN(arena, m->name, STR("="), buf_str(&out));
	}
	return sorted(arena, list, count);
}

static str
meaning_of(struct arena *arena, const struct card *card, const struct card_property *p)
{
	struct buf json = buf_in(arena, 65536), out = buf_in(arena, 65536);
	const struct view_json_shape *shape = view_json_shape_of(p->name);
	struct view_json property;
	const struct view_json *at;
	struct why why;
	str type;

	view_json_property(arena, &json, card, p);
	CHECK_OK(view_json_read(arena, buf_str(&json), &property, &why));
	at = property.first;
	buf_addf(&out, STR_FMT "\n", STR_ARG(at->text));
	at = at->next;
	buf_add(&out, meaning_of_params(arena, at));
	type = at->next->text;
	if (str_same(shape->type, STR("date-and-or-time")) && view_json_is_date(type))
		type = shape->type;
	buf_addf(&out, STR_FMT ":", STR_ARG(type));
	add_values(&out, at->next->next, '|');
	return card_named(p, STR("GRAMGENDER")) ? view_json_lower(arena, buf_str(&out))
						: buf_str(&out);
}

/* Of a card's lines, with lists as one line for each value. */
static str
meaning(struct arena *arena, str text)
{
	const struct card *card = read(arena, text);
	str list[256];
	size_t count = 0;

	for (size_t i = 0; i < card->count; i++) {
		struct card_property one = card->properties[i];
		str rest = one.value;
		bool several = one.is == CARD_NICKNAME || one.is == CARD_CATEGORIES;

		do {
			if (several)
				one.value = card_component_cut(&rest, ',');
			list[count++] = meaning_of(arena, card, &one);
		} while (several && rest.at && count < 255);
	}
	return sorted(arena, list, count);
}

/* Every line of a card comes home. */
static void
there_and_back(void)
{
	unsigned seed = 1;

	for (int i = 0; i < CARDS; i++) {
		SCOPED(arena) arena = arena_open();
		str card = ARENA_JOIN(arena, any_card(arena, &seed)), json, back;

		json = json_of(arena, card);
		back = card_of(arena, json);
		if (str_find(back, STR("UID:fresh\r\n")) != SIZE_MAX)
			card = ARENA_JOIN(arena, STR("BEGIN:VCARD\r\nUID:fresh"),
			    str_part(card, 11, card.len));
		if (!CHECK_STR(meaning(arena, back), meaning(arena, card))) {
			CHECK_STR(json, card);
			return;
		}
	}
}

static void
add_any(struct buf *out, unsigned *seed, unsigned depth)
{
	static const char *const values[] = { "true", "false", "null", "1", "0", "2.50",
		"100", "\"\"", "\"a\"", "\"work\"", "\"birth\"",
		"\"2020-01-01T00:00:00Z\"", "\"http://a\"", "\"a,b;c\\n\"",
		"\"\\u0001\"", "\"李\"", "\"high\"", "\"hobby\"", "\"role\"",
		"\"impp\"", "\"en\"", "\"surname\"", "\"name\"", "\"locality\"",
		"\"separator\"" };
	static const char *const names[] = { "name", "full", "components", "address",
		"number", "contexts", "work", "private", "features", "mobile", "pref",
		"value", "kind", "uri", "date", "year", "month", "day", "place", "note",
		"relation", "friend", "units", "sortAs", "level", "listAs",
		"vCardParams", "group", "user", "service", "pronouns", "vCardName",
		"language", "1", "2", "a/b~c", "coordinates", "timeZone",
		"defaultSeparator", "created", "author" };
	bool any = false;
	unsigned what = chance(seed, 8);

	if (depth > 4 || what < 3) {
		buf_add(out, str_of(ANY(values)));
		return;
	}
	buf_add_char(out, what == 3 ? '[' : '{');
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (chance(seed, 12))
			continue;
		if (any)
			buf_add_char(out, ',');
		any = true;
		if (what != 3)
			buf_addf(out, "\"%s\":", names[i]);
		add_any(out, seed, depth + 1);
	}
	buf_add_char(out, what == 3 ? ']' : '}');
}

static str
any_json(struct arena *arena, unsigned *seed)
{
	static const char *const names[] = { "name", "nicknames", "emails", "phones",
		"addresses", "anniversaries", "organizations", "titles", "notes",
		"links", "media", "onlineServices", "personalInfo", "relatedTo",
		"members", "keywords", "kind", "updated", "language", "prodId",
		"speakToAs", "preferredLanguages", "a.cn:b", "localizations",
		"vCardProps", "calendars" };
	struct buf out = buf_in(arena, CARD_MAX_BYTES);

	buf_add(&out, STR("{\"@type\":\"Card\",\"version\":\"1.0\",\"uid\":\"u\""));
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (chance(seed, 3))
			continue;
		buf_addf(&out, ",\"%s\":", names[i]);
		add_any(&out, seed, 0);
	}
	buf_add_char(&out, '}');
	return buf_str(&out);
}

static struct view_json *
tree(struct arena *arena, str json)
{
	struct view_json *root = js_new(arena, VIEW_JSON_OBJECT);
	struct why why;

	CHECK_OK(view_json_read(arena, json, root, &why));
	return root;
}

/* Every member of a Card comes home, whatever nonsense it is. */
static void
members_and_back(void)
{
	unsigned seed = 2;

	for (int i = 0; i < CARDS; i++) {
		SCOPED(arena) arena = arena_open();
		str json = any_json(arena, &seed), card = card_of(arena, json);
		str back = json_of(arena, card);

		if (!CHECK(js_same(tree(arena, json), tree(arena, back)))) {
			CHECK_STR(back, json);
			CHECK_STR(card, (str){ 0 });
			return;
		}
	}
}

int
main(void)
{
	return CHECK_RUN({ "row by row", row_by_row },
	    { "heads of cards", heads_of_cards },
	    { "lines by others", lines_by_others }, { "of 3.0", of_three },
	    { "members by others", members_by_others }, { "no cards", no_cards },
	    { "limits", limits }, { "many lines", many_lines },
	    { "there and back", there_and_back },
	    { "members and back", members_and_back });
}
