/* test_csv.c - tables in, tables out, and nothing a spreadsheet computes. */
#include "base/check.h"
#include "card/csv.h"

/* A table and what its first card must have, a line each. */
static const struct {
	const char *about, *table, *has[8];
} rows[] = {
	{ "Google",
	    "First Name,Middle Name,Last Name,Organization Name,Labels,E-mail 1 - "
	    "Label,"
	    "E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Address 1 - Street,"
	    "Address 1 - City,Custom Field 1 - Value\r\n"
	    "Ada,,Lovelace,\"Engine, Works\",* myContacts ::: Friends,* Work,"
	    "ada@example.org,Mobile,+44 20 7946 0958 ::: 020 7946 0000,"
	    "\"St James's \"\"Sq\"\"\n12\",London,x=1\r\n",
	    { "FN:Ada Lovelace", "N:Lovelace;Ada;;;", "ORG:Engine\\, Works",
		"EMAIL;TYPE=INTERNET,WORK:ada@example.org",
		"TEL;TYPE=CELL:020 7946 0000", "St James's \"Sq\"\\n12;London",
		"CATEGORIES:Friends", "NOTE:Custom Field 1 - Value: x=1" } },
	{ "Outlook",
	    "Title,First Name,Last Name,Company,Business Street,Business City,"
	    "Business Phone,Mobile Phone,E-mail Address,E-mail 2 "
	    "Address,Birthday,Notes\r\n"
	    "Dr,Bob,Miller,Acme,1 Main St,Springfield,+1 212 555 0100,,bob@example.com,"
	    "b@example.com,8/20/1990,hi\r\n",
	    { "FN:Dr Bob Miller", "N:Miller;Bob;;Dr;",
		"ADR;TYPE=work:;;1 Main St;Springfield",
		"TEL;TYPE=WORK,VOICE:+1 212 555 0100",
		"EMAIL;TYPE=INTERNET,HOME:b@example.com", "BDAY:1990-08-20",
		"NOTE:hi" } },
	{ "Chinese, semicolons", "姓名;手机;公司;备注\n李四;18988888888;示例;=1+1\n",
	    { "FN:李四", "N:李;四;;;", "TEL;TYPE=CELL:18988888888", "NOTE:=1+1" } },
	{ "what its field refuses is a note",
	    "Name,Phone 1 - Value,E-mail 1 - Value,Birthday\nEve,call me,nobody,soon\n",
	    { "FN:Eve", "tel: call me", "email: nobody", "Birthday: soon" } },
	{ "a guarded cell", "Name,Notes,Phone\nX,'=cmd(),'+1 212 555 0100\n",
	    { "NOTE:=cmd()", "TEL:+1 212 555 0100" } },
	{ "a number alone", "Phone\n+1 212 555 0100\n", { "FN:+1 212 555 0100" } },
};

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

static void
tables(void)
{
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct card_csv csv;
		struct why why = { 0 };
		struct card *card;
		str text = { 0 };

		check_about(rows[i].about);
		CHECK_OK(
		    card_csv_open(arena, str_of(rows[i].table), STR("CN"), &csv, &why));
		CHECK_OK(card_csv_next(arena, &csv, STR("u1"), &text, &why));
		CHECK_OK(card_read(arena, text, &card, &why));
		text = unfolded(arena, text);
		for (size_t n = 0; n < 8 && rows[i].has[n]; n++) {
			check_about(arena_printf(arena, "%s: %s in " STR_FMT,
			    rows[i].about, rows[i].has[n], STR_ARG(text))
					.at);
			CHECK(str_find(text, str_of(rows[i].has[n])) != SIZE_MAX);
		}
		CHECK_ERR(
		    card_csv_next(arena, &csv, STR("u2"), &text, &why), ERR_NOT_FOUND);
	}
}

static void
refused(void)
{
	static const char *const tables[] = { "", "a,b,c\n1,2,3\n", "Photo\nx\n",
		"\xFF\xFE\xFF" };
	SCOPED(arena) arena = arena_open();
	struct card_csv csv;
	struct why why = { 0 };
	struct buf wide = buf_in(arena, SIZE_MAX);

	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
		check_about(tables[i]);
		CHECK_ERR(
		    card_csv_open(arena, str_of(tables[i]), STR("CN"), &csv, &why),
		    ERR_BAD_INPUT);
	}
	for (int i = 0; i <= CARD_CSV_MAX_COLUMNS; i++)
		buf_add(&wide, STR("Notes,"));
	CHECK_ERR(
	    card_csv_open(arena, buf_str(&wide), STR("CN"), &csv, &why), ERR_TOO_LARGE);
}

/* The line of a bad row is told, and the next one is read. */
static void
lines(void)
{
	SCOPED(arena) arena = arena_open();
	struct card_csv csv;
	struct why why = { 0 };
	str text;

	CHECK_OK(card_csv_open(arena,
	    STR("Name,Birthday,Notes\n\n\"A\nB\",,x\n,1990-01-01,\nC,,\n"), STR("CN"),
	    &csv, &why));
	CHECK_OK(card_csv_next(arena, &csv, STR("u"), &text, &why));
	CHECK_ERR(card_csv_next(arena, &csv, STR("u"), &text, &why), ERR_BAD_INPUT);
	CHECK_INT(why.line, 5);
	CHECK_OK(card_csv_next(arena, &csv, STR("u"), &text, &why));
	CHECK(str_find(text, STR("FN:C\r\n")) != SIZE_MAX);
	CHECK_ERR(card_csv_next(arena, &csv, STR("u"), &text, &why), ERR_NOT_FOUND);
}

static void
there_and_back(void)
{
	static const char source[] =
	    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u1\r\nFN:=Ada\r\nN:=Lovelace;-Ada;;;\r\n"
	    "TEL;TYPE=CELL:+44 20 7946 "
	    "0958\r\nEMAIL;TYPE=INTERNET,WORK:ada@example.org\r\n"
	    "NOTE:@one\\n\"two\"\r\nCATEGORIES:A,B\r\nADR;TYPE=HOME:;;S;C;R;1;U\r\n"
	    "END:VCARD\r\n";
	static const char *const kept[] = { "FN:=Ada", "N:=Lovelace;-Ada;;;",
		"TEL;TYPE=CELL:+44 20 7946 0958", "ada@example.org",
		"NOTE:@one\\n\"two\"", "CATEGORIES:A,B", ":;;S;C;R;1;U" };
	SCOPED(arena) arena = arena_open();
	struct buf table = buf_in(arena, SIZE_MAX);
	struct card_csv csv;
	struct card *card;
	struct why why = { 0 };
	str text = { 0 };

	CHECK_OK(card_read(arena, STR(source), &card, &why));
	card_csv_add_head(&table);
	card_csv_add(&table, arena, card, STR("GB"));
	text = buf_str(&table);
	CHECK(str_find(text, STR("\"'=Ada\"")) != SIZE_MAX);
	CHECK(str_find(text, STR("\"'-Ada\"")) != SIZE_MAX);
	CHECK(str_find(text, STR("\"'+44 20 7946 0958\"")) != SIZE_MAX);
	CHECK(str_find(text, STR("\"'@one")) != SIZE_MAX);
	CHECK_OK(card_csv_open(arena, text, STR("GB"), &csv, &why));
	CHECK_OK(card_csv_next(arena, &csv, STR("u1"), &text, &why));
	text = unfolded(arena, text);
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		check_about(kept[i]);
		CHECK(str_find(text, str_of(kept[i])) != SIZE_MAX);
	}
}

int
main(void)
{
	return CHECK_RUN({ "tables", tables }, { "no tables of contacts", refused },
	    { "lines", lines }, { "there and back", there_and_back });
}
