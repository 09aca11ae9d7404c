/* test_form.c - only what the form changed changes. */
#include "base/check.h"
#include "card/form.h"

#define NOW_MS 1795000000000

static const char rich[] =
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u1\r\nPRODID:-//x//y\r\n"
    "N:Lovelace;Ada;King;Lady;PhD\r\nFN:Lady Ada King Lovelace PhD\r\n"
    "item1.TEL;TYPE=CELL;TYPE=PREF;X-A=\"1;2\":+44 20 7946 0958\r\n"
    "item1.X-ABLabel:Secret line\r\n"
    "item2.EMAIL;TYPE=INTERNET,HOME:ada@example.org\r\n"
    "ADR;TYPE=HOME:box 1;flat 2;St James's Square 12;London;;SW1Y;UK\r\n"
    "ORG:Engine Works;Research;Cell 3\r\nTITLE:Analyst\r\n"
    "IMPP;X-SERVICE-TYPE=Skype:skype:ada.l\r\nIMPP;X-SERVICE-TYPE=QQ;TYPE=QQ:qq:"
    "12345678\r\n"
    "X-SECRET;X-P=1:kept\r\nNOTE:one\\, two\\nthree\r\nNOTE:second\r\n"
    "BDAY:1815-12-10\r\nCATEGORIES:a,b\r\nREV:2020-01-01T00:00:00Z\r\nEND:VCARD\r\n";

static struct card *
read(struct arena *arena, str text)
{
	struct card *card = NULL;
	struct why why = { 0 };

	CHECK_OK(card_read(arena, text, &card, &why));
	return card;
}

static struct card_row *
row_of(struct card_form *form, enum card_row_kind kind, str type)
{
	for (size_t i = 0; i < form->count; i++)
		if (form->rows[i].kind == kind && str_same(form->rows[i].type, type))
			return &form->rows[i];
	return NULL;
}

static struct card_row *
add_row(struct card_form *form, enum card_row_kind kind, const char *type,
    const char *value)
{
	form->rows[form->count] = (struct card_row){ .kind = kind,
		.at = SIZE_MAX,
		.type = str_of(type),
		.cell = { str_of(value) } };
	return &form->rows[form->count++];
}

static void
shown(void)
{
	SCOPED(arena) arena = arena_open();
	struct card_form form;
	const struct card_row *row;

	card_form_read(arena, read(arena, str_of(rich)), STR("GB"), &form);
	CHECK_STR(form.text[CARD_T_FAMILY], STR("Lovelace"));
	CHECK_STR(form.text[CARD_T_PREFIX], STR("Lady"));
	CHECK_STR(form.text[CARD_T_UNIT], STR("Research"));
	CHECK_STR(form.text[CARD_T_NOTE], STR("one, two\nthree"));
	CHECK_STR(form.text[CARD_T_BDAY], STR("1815-12-10"));
	CHECK_INT(form.count, 5);
	row = row_of(&form, CARD_R_TEL, STR("mobile"));
	if (CHECK(row))
		CHECK_STR(row->label, STR("Secret line"));
	row = row_of(&form, CARD_R_ADR, STR("home"));
	if (CHECK(row)) {
		CHECK_STR(row->cell[0], STR("St James's Square 12"));
		CHECK_STR(row->cell[4], STR("UK"));
	}
	CHECK(row_of(&form, CARD_R_IM, STR("skype")));
	CHECK(row_of(&form, CARD_R_IM, STR("qq")));
}

static void
untouched(void)
{
	SCOPED(arena) arena = arena_open();
	struct card *card = read(arena, str_of(rich));
	struct card_form form;
	struct why why;
	str out;

	card_form_read(arena, card, STR("GB"), &form);
	CHECK_OK(card_form_write(arena, card, STR("GB"), &form, NOW_MS, &out, &why));
	CHECK_STR(out, str_of(rich));
}

/* An address of which the form would show nothing. */
static void
not_shown(void)
{
	static const char box[] =
	    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x\r\nADR;TYPE=WORK:box 1;flat 2;;;;;\r\n"
	    "ADR:;;;;;;;beyond\r\nEND:VCARD\r\n";
	SCOPED(arena) arena = arena_open();
	struct card *card = read(arena, STR(box));
	struct card_form form;
	struct why why;
	str out;

	card_form_read(arena, card, STR("GB"), &form);
	CHECK_INT(form.count, 0);
	CHECK_OK(card_form_write(arena, card, STR("GB"), &form, NOW_MS, &out, &why));
	CHECK_STR(out, STR(box));
}

/* The line that goes, the line that comes: all others stay, but for REV. */
static void
check_swap(struct arena *arena, struct card *card, const struct card_form *form,
    const char *goes, const char *comes)
{
	struct why why = { 0 };
	str out;
	str rest = card->text;

	CHECK_OK(card_form_write(arena, card, STR("GB"), form, NOW_MS, &out, &why));
	CHECK(str_find(out, str_of(goes)) == SIZE_MAX);
	CHECK(str_find(out, str_of(comes)) != SIZE_MAX);
	while (rest.len) {
		str line = str_cut(&rest, '\n');

		if (str_starts(line, STR("REV")) ||
		    str_find(line, str_of(goes)) != SIZE_MAX)
			continue;
		check_about(
		    arena_printf(arena, "%s: " STR_FMT, goes, STR_ARG(line)).at);
		CHECK(str_find(out, line) != SIZE_MAX);
	}
	check_about("");
}

static void
one_change(void)
{
	SCOPED(arena) arena = arena_open();
	struct card *card = read(arena, str_of(rich));
	struct card_form form;

#define FRESH card_form_read(arena, card, STR("GB"), &form)
	FRESH;
	row_of(&form, CARD_R_TEL, STR("mobile"))->cell[0] = STR("+44 20 7946 0000");
	check_swap(arena, card, &form, "7946 0958",
	    "item1.TEL;TYPE=CELL;TYPE=PREF;X-A=\"1;2\":+44 20 7946 0000");
	FRESH;
	row_of(&form, CARD_R_EMAIL, STR("home"))->type = STR("work");
	check_swap(arena, card, &form, "item2.EMAIL;TYPE=INTERNET,HOME",
	    "item2.EMAIL;TYPE=INTERNET;TYPE=work:ada@example.org");
	FRESH;
	row_of(&form, CARD_R_ADR, STR("home"))->cell[1] = STR("Oxford; UK");
	check_swap(arena, card, &form, ";London;",
	    "ADR;TYPE=HOME:box 1;flat 2;St James's Square 12;Oxford\\; UK;;SW1Y;UK");
	FRESH;
	form.text[CARD_T_UNIT] = STR("Sales");
	check_swap(arena, card, &form, ";Research;", "ORG:Engine Works;Sales;Cell 3");
	FRESH;
	row_of(&form, CARD_R_IM, STR("skype"))->cell[0] = STR("ada.new");
	check_swap(arena, card, &form, "skype:ada.l",
	    "IMPP;X-SERVICE-TYPE=Skype:skype:ada.new");
	FRESH;
	row_of(&form, CARD_R_IM, STR("qq"))->cell[0] = STR("87654321");
	check_swap(arena, card, &form, "12345678", "qq:87654321");
	FRESH;
	form.text[CARD_T_NOTE] = STR("four\nfive");
	check_swap(arena, card, &form, "one\\, two", "NOTE:four\\nfive");
	FRESH;
	form.text[CARD_T_BDAY] = STR("12-10");
	check_swap(arena, card, &form, "BDAY:1815", "1604-12-10");
	FRESH;
	form.text[CARD_T_TITLE] = (str){ 0 };
	check_swap(arena, card, &form, "TITLE:", "NOTE:second");
}

static void
names(void)
{
	SCOPED(arena) arena = arena_open();
	struct card *card = read(arena, str_of(rich));
	struct card_form form;
	struct why why;
	str out;

	FRESH;
	form.text[CARD_T_FAMILY] = STR("Byron");
	CHECK_OK(card_form_write(arena, card, STR("GB"), &form, NOW_MS, &out, &why));
	CHECK(str_find(out, STR("\r\nN:Byron;Ada;King;Lady;PhD\r\n")) != SIZE_MAX);
	CHECK(str_find(out, STR("\r\nFN:Lady Ada King Byron PhD\r\n")) != SIZE_MAX);
	form.text[CARD_T_FN] = STR("Ada B.");
	CHECK_OK(card_form_write(arena, card, STR("GB"), &form, NOW_MS, &out, &why));
	CHECK(str_find(out, STR("\r\nFN:Ada B.\r\n")) != SIZE_MAX);
}

static void
fresh(void)
{
	SCOPED(arena) arena = arena_open();
	struct card *card = read(arena, card_form_blank(arena, STR("new-1")));
	struct card_form form;
	struct why why = { 0 };
	str out;

	card_form_read(arena, card, STR("CN"), &form);
	CHECK_ERR(card_form_write(arena, card, STR("CN"), &form, NOW_MS, &out, &why),
	    ERR_BAD_INPUT);
	CHECK_STR(why.name, STR("fn"));
	form.text[CARD_T_FAMILY] = STR("李");
	form.text[CARD_T_GIVEN] = STR("四");
	form.text[CARD_T_UNIT] = STR("研发");
	(void)add_row(&form, CARD_R_TEL, "mobile", "18988888888");
	(void)add_row(&form, CARD_R_IM, "wechat", "lisi_88");
	(void)add_row(&form, CARD_R_IM, "telegram", "lisi");
	(void)add_row(&form, CARD_R_ADR, "work", "建国路 88 号");
	CHECK_OK(card_form_write(arena, card, STR("CN"), &form, NOW_MS, &out, &why));
	CHECK(str_find(out, STR("\r\nFN:李四\r\n")) != SIZE_MAX);
	CHECK(str_find(out, STR("\r\nN:李;四;;;\r\n")) != SIZE_MAX);
	CHECK(str_find(out, STR("\r\nORG:;研发\r\n")) != SIZE_MAX);
	CHECK(str_find(out, STR("TEL;TYPE=CELL:18988888888")) != SIZE_MAX);
	CHECK(str_find(out, STR("weixin:lisi_88")) != SIZE_MAX);
	CHECK(str_find(out, STR("telegram:lisi")) != SIZE_MAX);
	CHECK(str_find(out, STR("ADR;TYPE=work:;;建国路 88 号;;;;\r\n")) != SIZE_MAX);
	form.text[CARD_T_FAMILY] = form.text[CARD_T_GIVEN] = (str){ 0 };
	form.text[CARD_T_FN] = STR("王五");
	CHECK_OK(card_form_write(arena, card, STR("CN"), &form, NOW_MS, &out, &why));
	CHECK(str_find(out, STR("\r\nN:王;五;;;\r\n")) != SIZE_MAX);
}

/* A row that is emptied or left out goes, with its label; what is no value is refused. */
static void
rows(void)
{
	SCOPED(arena) arena = arena_open();
	struct card *card = read(arena, str_of(rich));
	struct card_form form;
	struct why why = { 0 };
	str out;

	FRESH;
	row_of(&form, CARD_R_TEL, STR("mobile"))->cell[0] = (str){ 0 };
	CHECK_OK(card_form_write(arena, card, STR("GB"), &form, NOW_MS, &out, &why));
	CHECK(str_find(out, STR("TEL")) == SIZE_MAX);
	CHECK(str_find(out, STR("Secret line")) == SIZE_MAX);
	FRESH;
	form.count = 0;
	CHECK_OK(card_form_write(arena, card, STR("GB"), &form, NOW_MS, &out, &why));
	CHECK(str_find(out, STR("IMPP")) == SIZE_MAX);
	CHECK(str_find(out, STR("X-SECRET;X-P=1:kept")) != SIZE_MAX);
	FRESH;
	row_of(&form, CARD_R_EMAIL, STR("home"))->cell[0] = STR("nobody");
	CHECK_ERR(card_form_write(arena, card, STR("GB"), &form, NOW_MS, &out, &why),
	    ERR_BAD_INPUT);
	CHECK_STR(why.name, STR("email"));
	FRESH;
	form.rows[0].at = 0;
	CHECK_ERR(card_form_write(arena, card, STR("GB"), &form, NOW_MS, &out, &why),
	    ERR_BAD_INPUT);
	FRESH;
	(void)add_row(&form, CARD_R_TEL, "pigeon", "123456");
	CHECK_ERR(card_form_write(arena, card, STR("GB"), &form, NOW_MS, &out, &why),
	    ERR_BAD_INPUT);
	FRESH;
	row_of(&form, CARD_R_IM, STR("skype"))->type = STR("qq");
	row_of(&form, CARD_R_IM, STR("qq"))->cell[0] = STR("87654321");
	CHECK_ERR(card_form_write(arena, card, STR("GB"), &form, NOW_MS, &out, &why),
	    ERR_BAD_INPUT); /* a Skype name is no QQ number */
}

static void
pictures(void)
{
	SCOPED(arena) arena = arena_open();
	struct card *card = read(arena, str_of(rich));
	struct card_form form;
	struct why why = { 0 };
	str out;

	FRESH;
	form.photo = STR("\xFF\xD8\xFF\xDA\x00\x02 picture\xFF\xD9");
	CHECK_OK(card_form_write(arena, card, STR("GB"), &form, NOW_MS, &out, &why));
	CHECK(str_find(out, STR("PHOTO;ENCODING=b;TYPE=JPEG:")) != SIZE_MAX);
	card = read(arena, out);
	FRESH;
	form.photo_gone = true;
	CHECK_OK(card_form_write(arena, card, STR("GB"), &form, NOW_MS, &out, &why));
	CHECK(str_find(out, STR("PHOTO")) == SIZE_MAX);
}

int
main(void)
{
	return CHECK_RUN({ "what is shown", shown }, { "untouched", untouched },
	    { "not shown", not_shown }, { "one change", one_change },
	    { "names", names }, { "a new card", fresh }, { "rows", rows },
	    { "pictures", pictures });
}
