#include <string.h>

#include "base/check.h"
#include "xml/xml.h"

static void
reading(void)
{
	SCOPED(arena) arena = arena_open();
	struct xml_element *root = NULL;
	struct why why = { 0 };
	const struct xml_element *match;

	if (!CHECK_OK(xml_read(arena,
		STR("<?xml version='1.0'?><x:addressbook-query "
		    "xmlns:x='urn:ietf:params:xml:"
		    "ns:carddav' xmlns='DAV:' xml:lang='zh'><prop><getetag/>"
		    "<q:odd xmlns:q='urn:q'/></prop><x:filter><x:prop-filter "
		    "name='F&amp;N'>"
		    "<x:text-match negate-condition='yes'>a<![CDATA[<b>]]>\xE5\xBC\xA0"
		    "</x:text-match></x:prop-filter></x:filter></x:addressbook-query>"),
		&root, &why)))
		return;
	CHECK(root->is == XML_CARD_ADDRESSBOOK_QUERY);
	CHECK(xml_child(root, XML_DAV_PROP)->first->is == XML_DAV_GETETAG);
	CHECK(xml_child(root, XML_DAV_PROP)->first->next->is == XML_UNKNOWN);
	CHECK_STR(xml_child(root, XML_DAV_PROP)->first->next->space, STR("urn:q"));
	CHECK_STR(xml_child(root, XML_DAV_PROP)->first->next->local, STR("odd"));
	match = xml_child(xml_child(root, XML_CARD_FILTER), XML_CARD_PROP_FILTER);
	CHECK_STR(xml_attribute(match, STR("name")), STR("F&N"));
	CHECK_STR(xml_attribute(match, STR("test")), STR(""));
	match = xml_child(match, XML_CARD_TEXT_MATCH);
	CHECK_STR(match->text, STR("a<b>\xE5\xBC\xA0"));
	CHECK_STR(match->lang, STR("zh"));
}

static void
other_encodings(void)
{
	SCOPED(arena) arena = arena_open();
	struct xml_element *root = NULL;
	struct why why = { 0 };

	CHECK_OK(xml_read(arena,
	    STR("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a>caf\xE9</a>"), &root,
	    &why));
	CHECK_STR(root->text, STR("caf\xC3\xA9"));
	CHECK_ERR(xml_read(arena, STR("<?xml version=\"1.0\" encoding=\"gbk\"?><a/>"),
		      &root, &why),
	    ERR_BAD_INPUT);
	CHECK_ERR(xml_read(arena, STR("<a>\xff</a>"), &root, &why), ERR_BAD_INPUT);
}

static void
refusals(void)
{
	static const struct {
		const char *why, *text;
		unsigned line;
	} rows[] = {
		{ "empty", "", 1 },
		{ "unclosed", "<a>\n<b>", 2 },
		{ "not XML", "BEGIN:VCARD", 1 },
		{ "two roots", "<a/><b/>", 1 },
		{ "an unbound prefix", "<x:a/>", 1 },
		{ "a DOCTYPE", "<!DOCTYPE a><a/>", 1 },
		{ "a bomb",
		    "<!DOCTYPE a [<!ENTITY b \"&c;&c;\"><!ENTITY c "
		    "\"xxxx\">]>\n<a>&b;</a>",
		    1 },
		{ "a foreign file",
		    "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>"
		    "<a>&b;</a>",
		    1 },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct xml_element *root;
		struct why why = { 0 };

		check_about(rows[i].why);
		CHECK_ERR(
		    xml_read(arena, str_of(rows[i].text), &root, &why), ERR_BAD_INPUT);
		CHECK_INT(why.line, rows[i].line);
		CHECK(why.what != NULL);
	}
}

static str
repeated(struct arena *arena, const char *head, const char *unit, size_t count,
    const char *tail)
{
	struct buf buf = buf_in(arena, (size_t)64 << 20);

	buf_add(&buf, str_of(head));
	for (size_t i = 0; i < count; i++)
		buf_add(&buf, str_of(unit));
	buf_add(&buf, str_of(tail));
	return buf_str(&buf);
}

static void
ceilings(void)
{
	SCOPED(arena) arena = arena_open();
	struct xml_element *root;
	struct why why = { 0 };

	CHECK_ERR(xml_read(arena, repeated(arena, "", "<a>", 200000, ""), &root, &why),
	    ERR_TOO_LARGE);
	CHECK_ERR(
	    xml_read(arena, repeated(arena, "<r>", "<a/>", XML_MAX_ELEMENTS, "</r>"),
		&root, &why),
	    ERR_TOO_LARGE);
	CHECK_OK(xml_read(arena,
	    repeated(arena, "<r>", "<a/>", XML_MAX_ELEMENTS - 1, "</r>"), &root, &why));
	CHECK_ERR(xml_read(arena,
		      STR("<a a='' b='' c='' d='' e='' f='' g='' h='' i='' j='' k='' "
			  "l='' m='' n='' "
			  "o='' p='' q=''/>"),
		      &root, &why),
	    ERR_TOO_LARGE);
	CHECK_OK(xml_read(
	    arena, repeated(arena, "<a b='", "x", 1 << 20, "'/>"), &root, &why));
	CHECK_INT(root->attributes[0].value.len, 1 << 20);
}

static void
writing(void)
{
	SCOPED(arena) arena = arena_open();
	struct buf buf = buf_in(arena, 10000);

	xml_text(&buf,
	    STR("a&b<c>"
		"d\"e\r\n\tf\x01g\x7Fh\xE5\xBC\xA0\xEF\xBF\xBF\xFF\xEF\xBF\xBD!"));
	CHECK_STR(buf_str(&buf),
	    STR("a&amp;b&lt;c&gt;d\"e&#13;\n\tfg\x7Fh\xE5\xBC\xA0\xEF\xBF\xBD!"));
	buf_clear(&buf);
	xml_quoted(&buf, STR("\"a\n"));
	CHECK_STR(buf_str(&buf), STR("&quot;a&#10;"));
	buf_clear(&buf);
	xml_leaf(&buf, XML_CARD_ADDRESS_DATA, STR("x"));
	xml_empty(&buf, XML_DAV_COLLECTION);
	CHECK_STR(
	    buf_str(&buf), STR("<C:address-data>x</C:address-data><D:collection/>"));
}

/* What is written reads back as itself: every position of a special character in a run. */
static void
there_and_back(void)
{
	static const char specials[] = "&<>\"\r\n\t";
	SCOPED(arena) arena = arena_open();

	for (size_t at = 0; at < 40; at++)
		for (size_t s = 0; s < sizeof specials - 1; s++) {
			char text[41];
			struct buf buf = buf_in(arena, 10000);
			struct xml_element *root;
			struct why why = { 0 };

			memset(text, 'x', sizeof text);
			text[at] = specials[s];
			xml_start(&buf, XML_DAV_PROP);
			xml_text(&buf, (str){ text, 40 });
			xml_close(&buf, XML_DAV_PROP);
			if (!CHECK_OK(xml_read(arena, buf_str(&buf), &root, &why)))
				return;
			CHECK_STR(root->text, ((str){ text, 40 }));
		}
}

static void
foreign_names(void)
{
	SCOPED(arena) arena = arena_open();
	struct buf buf = buf_in(arena, 10000);
	struct xml_element *root;
	struct why why = { 0 };

	xml_empty_foreign(&buf, STR("urn:a\"&<b"), STR("odd"));
	CHECK_OK(xml_read(arena, buf_str(&buf), &root, &why));
	CHECK_STR(root->space, STR("urn:a\"&<b"));
	CHECK_STR(root->local, STR("odd"));
}

/* What a client kept comes back as it was, wherever it stands. */
static void
whole_elements(void)
{
	SCOPED(arena) arena = arena_open();
	struct buf out = buf_in(arena, SIZE_MAX);
	struct xml_element *root;
	struct xml_element *again;
	struct why why;

	CHECK_OK(xml_read(arena,
	    STR("<p:a xmlns:p='urn:p' xmlns:q='urn:q' xml:lang='de'><q:b q:x='1' "
		"y='&lt;'"
		">one<p:c/>two<q:d> </q:d>three</q:b></p:a>"),
	    &root, &why));
	xml_whole(&out, root->first);
	CHECK_STR(buf_str(&out),
	    STR("<b xmlns=\"urn:q\" xmlns:a0=\"urn:q\" a0:x=\"1\" y=\"&lt;\" "
		"xml:lang=\"de\">one<c xmlns=\"urn:p\"></c>two<d> </d>three</b>"));
	CHECK_OK(xml_read(arena, buf_str(&out), &again, &why));
	CHECK_STR(again->space, STR("urn:q"));
	CHECK_STR(again->text, STR("onetwothree"));
	CHECK_STR(again->first->tail, STR("two"));
	CHECK_STR(again->lang, STR("de"));
}

static str
read_and_written(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, SIZE_MAX);
	struct xml_element *root;
	struct why why;

	if (xml_read(arena, text, &root, &why) != OK)
		return STR("refused");
	xml_whole(&out, root);
	return buf_str(&out);
}

/* A document read again, alone and among others, is the one that was sent: every attribute,
 * text and tail, in memory of its own. */
static void
read_again(void)
{
	SCOPED(arena) arena = arena_open();
	str first[8];

	for (int round = 0; round < 3; round++)
		for (int n = 0; n < 8; n++) {
			SCOPED(arena) mine = arena_open();
			str text = arena_printf(mine,
			    "<a xmlns='urn:a' b='%d'>x<c xml:lang='de'>y</c>z<d/></a>",
			    n);
			str got = read_and_written(mine, text);

			if (round)
				CHECK_STR(got, first[n]);
			else
				first[n] = arena_copy(arena, got);
			CHECK_STR(read_and_written(mine, text), first[n]);
			CHECK(!n || !str_same(first[n], first[0]));
			CHECK_STR(
			    read_and_written(mine, STR("<a><b></a>")), STR("refused"));
		}
}

int
main(void)
{
	return CHECK_RUN({ "reading", reading }, { "other encodings", other_encodings },
	    { "refusals", refusals }, { "ceilings", ceilings }, { "writing", writing },
	    { "there and back", there_and_back }, { "foreign names", foreign_names },
	    { "whole elements", whole_elements }, { "read again", read_again });
}
