#include "card/ldif.h"

#include "base/base64.h"
#include "card/csv_int.h"

/* An attribute, and the column of a table that means the same. */
static const struct {
	const char *attribute, *column;
} known[] = {
	{ "cn", "display name" },
	{ "displayname", "display name" },
	{ "givenname", "first name" },
	{ "gn", "first name" },
	{ "sn", "last name" },
	{ "surname", "last name" },
	{ "mozillanickname", "nickname" },
	{ "xmozillanickname", "nickname" },
	{ "mail", "e-mail address" },
	{ "mozillasecondemail", "e-mail 2 address" },
	{ "xmozillasecondemail", "e-mail 2 address" },
	{ "telephonenumber", "business phone" },
	{ "homephone", "home phone" },
	{ "mobile", "mobile phone" },
	{ "cellphone", "mobile phone" },
	{ "facsimiletelephonenumber", "business fax" },
	{ "fax", "business fax" },
	{ "pager", "other phone" },
	{ "o", "company" },
	{ "organizationname", "company" },
	{ "company", "company" },
	{ "ou", "department" },
	{ "department", "department" },
	{ "title", "job title" },
	{ "street", "business street" },
	{ "streetaddress", "business street" },
	{ "l", "business city" },
	{ "locality", "business city" },
	{ "st", "business state" },
	{ "postalcode", "business postal code" },
	{ "c", "business country" },
	{ "countryname", "business country" },
	{ "mozillahomestreet", "home street" },
	{ "mozillahomelocalityname", "home city" },
	{ "mozillahomestate", "home state" },
	{ "mozillahomepostalcode", "home postal code" },
	{ "mozillahomecountryname", "home country" },
	{ "mozillaworkurl", "web page" },
	{ "workurl", "web page" },
	{ "mozillahomeurl", "personal web page" },
	{ "homeurl", "personal web page" },
	{ "description", "notes" },
	/* What only a directory, or a program, needs. */
	{ "objectclass", "priority" },
	{ "modifytimestamp", "priority" },
	{ "mozillausehtmlmail", "priority" },
	{ "xmozillausehtmlmail", "priority" },
	{ "userpassword", "priority" },
};

static bool
begins(str text, const char *head)
{
	str wanted = str_of(head);

	return str_same_nocase(str_part(text, 0, wanted.len), wanted);
}

/* --- lines --- */

static str
cut_line(struct card_ldif *ldif)
{
	str line = str_cut(&ldif->rest, '\n');

	ldif->line++;
	if (line.len && line.at[line.len - 1] == '\r')
		line.len--;
	return line;
}

/* A line and those behind it that begin with a blank: RFC 2849, note 2. */
static str
cut_folded(struct arena *arena, struct card_ldif *ldif)
{
	struct buf whole = buf_in(arena, CSV_CELL_MAX_BYTES);
	str line = cut_line(ldif);

	if (!str_starts(ldif->rest, STR(" ")))
		return line;
	buf_add(&whole, line);
	while (str_starts(ldif->rest, STR(" "))) {
		line = cut_line(ldif);
		buf_add(&whole, str_part(line, 1, line.len));
	}
	return buf_str(&whole);
}

/* "cn;lang-zh:: 5p2O5Zub" */
static str
value_of(struct arena *arena, str rest)
{
	str plain;

	if (!str_starts(rest, STR(":")))
		return str_trim(rest);
	rest = str_trim(str_part(rest, 1, rest.len));
	if (base64_read(arena, rest, &plain) == OK && str_is_utf8(plain))
		return str_trim(plain);
	return (str){ 0 }; /* bytes that are no text */
}

bool
card_ldif_is(str text)
{
	while (text.len) {
		str line = str_cut(&text, '\n');

		if (!str_trim(line).len || line.at[0] == '#')
			continue;
		return begins(line, "dn:") || begins(line, "version:");
	}
	return false;
}

/* --- an entry --- */

struct entry {
	struct csv_making card;
	str year, month, day; /* of birth, each in an attribute of its own */
	str photo;            /* a JPEG, in base64 */
	bool is_list;
};

static bool
took_birth(struct entry *e, str attribute, str value)
{
	const struct {
		const char *name;
		str *into;
	} parts[] = { { "birthyear", &e->year }, { "birthmonth", &e->month },
		{ "birthday", &e->day } };

	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (str_same_nocase(attribute, str_of(parts[i].name))) {
			*parts[i].into = value;
			return true;
		}
	return false;
}

/* Of several values of an attribute each is a row of its own; of several notes the second
 * stands behind the first. */
static struct card_csv_column
column_of(const struct entry *e, str attribute, size_t nth)
{
	struct card_csv_column column = { .is = CSV_OTHER };

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_same_nocase(attribute, str_of(known[i].attribute)))
			column = csv_column(str_of(known[i].column));
	if (column.is == CSV_CELL && column.kind != CARD_R_ADR)
		column.row += nth * 1000;
	if (column.is == CSV_TEXT && column.text == CARD_T_NOTE &&
	    e->card.form.text[CARD_T_NOTE].len)
		column.is = CSV_OTHER;
	column.name = attribute;
	return column;
}

static void
take_line(struct arena *arena, struct entry *e, str line, size_t nth)
{
	str head = str_cut(&line, ':');
	str attribute = str_cut(&head, ';'); /* without its options */
	str value = value_of(arena, line);
	struct card_csv_column column;

	if (str_same_nocase(attribute, STR("jpegphoto")) && str_starts(line, STR(":")))
		e->photo = str_trim(str_part(line, 1, line.len));
	if (str_same_nocase(attribute, STR("dn")) ||
	    str_same_nocase(attribute, STR("version")) || !value.len)
		return;
	e->is_list |= str_same_nocase(attribute, STR("member")) ||
		      (str_same_nocase(attribute, STR("objectclass")) &&
			  begins(value, "groupOf"));
	if (took_birth(e, attribute, value))
		return;
	column = column_of(e, attribute, nth);
	csv_take(&e->card, &column, value);
}

static void
take_birth(struct arena *arena, struct entry *e)
{
	const struct card_csv_column column = csv_column(STR("birthday"));
	int64_t year = 0, month, day;

	if (!str_number(e->month, &month) || !str_number(e->day, &day))
		return;
	csv_take(&e->card, &column,
	    str_number(e->year, &year) && year > 0
		? arena_printf(arena, "%04lld-%02lld-%02lld", (long long)year,
		      (long long)month, (long long)day)
		: arena_printf(
		      arena, "%02lld-%02lld", (long long)month, (long long)day));
}

static enum err
add_photo(struct arena *arena, str base64, str *text, struct why *why)
{
	struct card *card;
	str bytes;

	if (base64_read(arena, base64, &bytes) != OK ||
	    !str_starts(bytes, STR("\xFF\xD8")))
		return OK;
	TRY(card_read(arena, *text, &card, why));
	return card_write(arena, card,
	    &(struct card_edit){ .kind = CARD_EDIT_ADD,
		.line = ARENA_JOIN(arena, STR("PHOTO;ENCODING=b;TYPE=JPEG:"), base64) },
	    1, text);
}

static enum err
make(struct arena *arena, struct entry *e, str *out, struct why *why)
{
	if (e->is_list) {
		*why = (struct why){ .what = "a list of people, not a contact" };
		return ERR_BAD_INPUT;
	}
	take_birth(arena, e);
	TRY(csv_make(&e->card, out, why));
	return e->photo.len ? add_photo(arena, e->photo, out, why) : OK;
}

enum err
card_ldif_next(
    struct arena *arena, struct card_ldif *ldif, str uid, str *out, struct why *why)
{
	struct entry entry = { 0 };
	unsigned first = ldif->line;
	size_t lines = 0;
	enum err e;

	TRY(csv_begin(arena, ldif->region, uid, &entry.card, why));
	while (ldif->rest.len) {
		unsigned at = ldif->line;
		str line = cut_folded(arena, ldif);

		if (!line.len && (entry.card.some || entry.is_list))
			break;
		if (!line.len)
			lines = 0; /* "version: 1" stands before all entries */
		if (!line.len || line.at[0] == '#')
			continue;
		if (!lines++)
			first = at;
		take_line(arena, &entry, line, lines);
	}
	if (!entry.card.some && !entry.is_list)
		return ERR_NOT_FOUND;
	e = make(arena, &entry, out, why);
	if (e != OK)
		why->line = first;
	return e;
}
