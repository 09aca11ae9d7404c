/* test_ldif.c - entries of a directory as cards. */
#include <string.h>

#include "base/check.h"
#include "card/ldif.h"
#include "card/view.h"

static str
unfolded(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, text.len + 1);

	for (size_t i = 0; i < text.len; i++) {
		if (str_starts(str_part(text, i, 3), STR("\r\n ")))
			i += 2;
		else
			buf_add_char(&out, text.at[i]);
	}
	return buf_str(&out);
}

static const char thunderbird[] =
    "dn: cn=Ada Lovelace,mail=ada@example.org\r\n"
    "objectclass: top\r\nobjectclass: inetOrgPerson\r\n"
    "givenName: Ada\r\nsn: Lovelace\r\ncn: Ada Lovelace\r\n"
    "mail: ada@example.org\r\nmail: second@example.org\r\n"
    "mozillaSecondEmail: third@example.org\r\n"
    "telephoneNumber: +44 20 7946 0958\r\nmobile: +44 7700 900123\r\n"
    "mozillaHomeStreet: St James's Sq 12\r\nmozillaHomeLocalityName: London\r\n"
    "street: 1 Main St\r\nl: Springfield\r\npostalCode: 12345\r\n"
    "o: Engine Works\r\ntitle: Analyst\r\n"
    "birthyear: 1815\r\nbirthmonth: 12\r\nbirthday: 10\r\n"
    "description: first\r\ndescription: seco\r\n nd\r\nmozillaCustom1: x=1\r\n"
    "jpegPhoto:: /9j/AA==\r\nmodifytimestamp: 0Z\r\n"
    "\r\n# a comment\r\n"
    "dn:: Y249\r\ncn:: 5p2O5Zub\r\nmobile: 18988888888\r\n";

static void
entries(void)
{
	static const char *const has[] = { "FN:Ada Lovelace\r\n",
		"N:Lovelace;Ada;;;\r\n", ":ada@example.org\r\n",
		":second@example.org\r\n", ":third@example.org\r\n",
		"TEL;TYPE=WORK,VOICE:+44 20 7946 0958\r\n",
		"TEL;TYPE=CELL:+44 7700 900123\r\n", ";;St James's Sq 12;London;",
		";;1 Main St;Springfield;;12345;", "ORG:Engine Works\r\n",
		"TITLE:Analyst\r\n", "BDAY:1815-12-10\r\n",
		"NOTE:first\\ndescription: second\\nmozillaCustom1: x=1\r\n",
		"PHOTO;ENCODING=b;TYPE=JPEG:/9j/AA==\r\n" };
	SCOPED(arena) arena = arena_open();
	struct card_ldif ldif = { STR(thunderbird), 1, STR("GB") };
	struct why why = { 0 };
	struct card *card;
	str text;

	CHECK(card_ldif_is(ldif.rest));
	CHECK_OK(card_ldif_next(arena, &ldif, STR("u1"), &text, &why));
	CHECK_OK(card_read(arena, text, &card, &why));
	for (size_t i = 0; i < sizeof has / sizeof *has; i++) {
		check_about(has[i]);
		CHECK(str_find(unfolded(arena, text), str_of(has[i])) < text.len);
	}
	check_about(NULL);
	CHECK(str_find(text, STR("inetOrgPerson")) == SIZE_MAX);
	CHECK_OK(card_ldif_next(arena, &ldif, STR("u2"), &text, &why));
	CHECK(str_find(text, STR("FN:李四")) < text.len);
	CHECK_ERR(card_ldif_next(arena, &ldif, STR("u3"), &text, &why), ERR_NOT_FOUND);
}

static void
what_is_none(void)
{
	SCOPED(arena) arena = arena_open();
	struct card_ldif ldif = { STR("version: 1\n\ndn: cn=Friends\n"
				      "objectclass: groupOfNames\nmember: cn=Ada\n\n"
				      "dn: cn=Bob\ncn: Bob\n"),
		1, STR("GB") };
	struct why why = { 0 };
	str text;

	CHECK(card_ldif_is(STR("# made by hand\n\nDN: cn=x\n")));
	CHECK(!card_ldif_is(STR("Name,Phone\ndn: x\n")) && !card_ldif_is((str){ 0 }));
	CHECK_ERR(card_ldif_next(arena, &ldif, STR("u1"), &text, &why), ERR_BAD_INPUT);
	CHECK_INT(why.line, 3);
	CHECK_OK(card_ldif_next(arena, &ldif, STR("u2"), &text, &why));
	CHECK(str_find(text, STR("FN:Bob")) < text.len);
	CHECK_ERR(card_ldif_next(arena, &ldif, STR("u3"), &text, &why), ERR_NOT_FOUND);
}

/* One jCard, several, none, and one that breaks off. */
static void
files_of_jcards(void)
{
	static const struct {
		const char *file;
		int cards;
		enum err end;
	} rows[] = {
		{ "[\"vcard\",[[\"fn\",{},\"text\",\"a\"]]]", 1, ERR_NOT_FOUND },
		{ " [ [\"vcard\",[]] ,\n[\"vcard\",[[\"x\",{},\"text\",\"]\\\"[\"]]] "
		  "]\n",
		    2, ERR_NOT_FOUND },
		{ "[]", 0, ERR_NOT_FOUND },
		{ "", 0, ERR_NOT_FOUND },
		{ "[[\"vcard\",[]],[\"vcard\",[", 1, ERR_BAD_INPUT },
		{ "[[\"vcard\",[]],7]", 1, ERR_BAD_INPUT },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		str rest = str_of(rows[i].file);
		str one;
		int count = 0;
		enum err e;

		check_about(rows[i].file);
		while ((e = card_json_next(&rest, &one)) == OK) {
			CHECK(str_starts(one, STR("[\"vcard\"")));
			count++;
		}
		CHECK_INT(count, rows[i].cards);
		CHECK(e == rows[i].end);
		CHECK(!rest.len);
	}
	check_about(NULL);
}

int
main(void)
{
	return CHECK_RUN({ "entries", entries }, { "what is none", what_is_none },
	    { "files of jCards", files_of_jcards });
}
