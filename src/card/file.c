/*
 * file.c - the forms in which a whole book is a file.
 *
 * application/jscontact+json is one Card (RFC 9553 4.1), application/vcard+json one jCard;
 * a list of them is application/json.
 */
#include "card/file.h"

#include "card/csv.h"
#include "card/jscontact.h"
#include "card/view.h"

static void
add_text(struct buf *out, str text)
{
	buf_add(out, text);
	if (text.len && text.at[text.len - 1] != '\n')
		buf_add(out, STR("\r\n"));
}

static enum err
add_view(
    struct arena *arena, const struct card *card, enum card_form form, struct buf *out)
{
	str text;

	TRY(card_view(arena, card, form, &text));
	add_text(out, text);
	return OK;
}

static enum err
add_v3(struct arena *arena, const struct card *card, str region, struct buf *out)
{
	(void)region;
	return add_view(arena, card, CARD_FORM_3, out);
}

static enum err
add_v4(struct arena *arena, const struct card *card, str region, struct buf *out)
{
	(void)region;
	return add_view(arena, card, CARD_FORM_4, out);
}

static enum err
add_jcard(struct arena *arena, const struct card *card, str region, struct buf *out)
{
	(void)region;
	return add_view(arena, card, CARD_FORM_JSON, out);
}

static enum err
add_jscontact(struct arena *arena, const struct card *card, str region, struct buf *out)
{
	str text;

	(void)region;
	TRY(card_jscontact(arena, card, &text));
	add_text(out, text);
	return OK;
}

static enum err
add_row(struct arena *arena, const struct card *card, str region, struct buf *out)
{
	card_csv_add(out, arena, card, region);
	return OK;
}

static const struct card_file_form forms[] = {
	{ .name = STR_CONST("vcard3"),
	    .file = STR_CONST("contacts.vcf"),
	    .media_type = STR_CONST("text/vcard; charset=utf-8"),
	    .groups = true,
	    .add = add_v3 },
	{ .name = STR_CONST("vcard4"),
	    .file = STR_CONST("contacts-4.vcf"),
	    .media_type = STR_CONST("text/vcard; charset=utf-8"),
	    .groups = true,
	    .add = add_v4 },
	{ .name = STR_CONST("jcard"),
	    .file = STR_CONST("contacts.json"),
	    .media_type = STR_CONST("application/json; charset=utf-8"),
	    .groups = true,
	    .begins = STR_CONST("["),
	    .between = STR_CONST(","),
	    .ends = STR_CONST("]\n"),
	    .add = add_jcard },
	{ .name = STR_CONST("jscontact"),
	    .file = STR_CONST("contacts-jscontact.json"),
	    .media_type = STR_CONST("application/json; charset=utf-8"),
	    .groups = true,
	    .begins = STR_CONST("["),
	    .between = STR_CONST(","),
	    .ends = STR_CONST("]\n"),
	    .add = add_jscontact },
	{ .name = STR_CONST("csv"),
	    .file = STR_CONST("contacts.csv"),
	    .media_type = STR_CONST("text/csv; charset=utf-8"),
	    .begins = STR_CONST("\xEF\xBB\xBF"),
	    .head = card_csv_add_head,
	    .add = add_row },
};

const struct card_file_form *
card_file_form_of(str name)
{
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (str_same(forms[i].name, name))
			return &forms[i];
	return NULL;
}
