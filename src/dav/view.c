/*
 * view.c - in which form a client wants cards, and which of their properties (RFC 6352 5.1,
 * 8.6.2, 10.4; RFC 9110 12.5.1).
 *
 * Who does not say gets them as they are stored; but Apple's clients, which do not say
 * either, can only be relied on with 3.0.
 */
#include "dav/view_int.h"

static const struct {
	str type, version;
	enum card_form form;
} forms[] = {
	{ STR_CONST("text/vcard"), STR_CONST("3.0"), CARD_FORM_3 },
	{ STR_CONST("text/vcard"), STR_CONST("4.0"), CARD_FORM_4 },
	{ STR_CONST("application/vcard+json"), STR_CONST(""), CARD_FORM_JSON },
	{ STR_CONST("application/vcard+json"), STR_CONST("4.0"), CARD_FORM_JSON },
};

static bool
form_named(str type, str version, enum card_form *out)
{
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (str_same_nocase(forms[i].type, type) &&
		    str_same(forms[i].version, version)) {
			*out = forms[i].form;
			return true;
		}
	return false;
}

static struct dav_view
view_of_who_does_not_say(const struct dav *d)
{
	return (struct dav_view){ .converts = d->client->wants_3, .form = CARD_FORM_3 };
}

/* --- <address-data> --- */

static void
read_wanted(struct arena *arena, const struct xml_element *from, struct dav_view *out)
{
	size_t count = 0;
	struct card_wanted *list;

	XML_EACH(from, counted)
	count += counted->is == XML_CARD_PROP;
	list = ARENA_ARRAY(arena, struct card_wanted, count);
	XML_EACH(from, prop)
	if (prop->is == XML_CARD_PROP)
		list[out->wanted_count++] = (struct card_wanted){
			.name = xml_attribute(prop, STR("name")),
			.no_value = str_same_nocase(
			    xml_attribute(prop, STR("novalue")), STR("yes")),
		};
	out->wanted = list;
}

/* vdirsyncer writes "Content-Type", with capitals. */
static str
type_of(const struct xml_element *e)
{
	str type = xml_attribute(e, STR("content-type"));

	return type.len ? type : xml_attribute(e, STR("Content-Type"));
}

enum err
dav_view_read(struct dav *d, const struct xml_element *from, struct dav_view *out)
{
	str type = from ? type_of(from) : (str){ 0 };
	str version = from ? xml_attribute(from, STR("version")) : (str){ 0 };

	*out = view_of_who_does_not_say(d);
	if (!from)
		return OK;
	read_wanted(d->call->arena, from, out);
	if (!type.len && !version.len)
		return OK;
	if (!type.len)
		type = STR("text/vcard");
	if (!version.len && str_same_nocase(type, STR("text/vcard")))
		return OK;
	out->converts = true;
	if (form_named(type, version, &out->form))
		return OK;
	d->condition = XML_CARD_SUPPORTED_ADDRESS_DATA_CONVERSION;
	return ERR_UNSUPPORTED;
}

/* --- Accept --- */

/* One element of the list: a form of ours by its name, or a range that any card is of. */
static bool
is_ours(str element, struct dav_view *view)
{
	struct http_media media = http_media_read(element);

	view->converts = form_named(media.type, media.version, &view->form);
	return view->converts || str_same(media.type, STR("*/*")) ||
	       str_same_nocase(media.type, STR("text/*")) ||
	       (str_same_nocase(media.type, STR("text/vcard")) && !media.version.len);
}

/* What is liked best of ours; of equals one that is named, then the first. */
struct dav_view
dav_view_accepted(const struct dav *d)
{
	str list = http_field(d->req, STR("accept"));
	struct dav_view best = view_of_who_does_not_say(d);
	unsigned weight = 0;

	while (list.len) {
		str element = str_trim(str_cut(&list, ','));
		struct dav_view view = view_of_who_does_not_say(d);
		bool ours = is_ours(element, &view);
		unsigned quality = ours ? http_quality(element) * 2 + view.converts : 0;

		if (!view.converts)
			view = view_of_who_does_not_say(d);
		if (quality > 1 && quality > weight) {
			best = view;
			weight = quality;
		}
	}
	return best;
}

/* --- showing --- */

str
dav_view_show(struct arena *arena, const struct dav_view *view,
    const struct book_card *stored, bool mends)
{
	struct card *card;
	struct why why;
	enum card_form form;
	str bytes = stored->bytes;
	str shown = bytes;

	mends = mends && (!stored->fn.len || stored->odd);
	if (!view->converts && !view->wanted_count && !mends)
		return bytes;
	/* What cannot be read is shown as it is: one bad card stops nobody's sync. */
	if (card_read(arena, bytes, &card, &why) != OK)
		return bytes;
	form = view->converts             ? view->form
	       : card->version == CARD_V4 ? CARD_FORM_4
					  : CARD_FORM_3;
	if (view->wanted_count)
		return card_part(arena, card, form, view->wanted, view->wanted_count,
			   &shown) == OK
			   ? shown
			   : bytes;
	return card_is_of_form(card, form) || card_view(arena, card, form, &shown) != OK
		   ? bytes
		   : shown;
}

str
dav_view_type(const struct dav_view *view, bool is_other)
{
	return is_other && view->form == CARD_FORM_JSON
		   ? STR("application/vcard+json; charset=utf-8")
		   : STR("text/vcard; charset=utf-8");
}

/* --- ETags of views --- */

static const char marks[] = {
	[CARD_FORM_3] = '3', [CARD_FORM_4] = '4', [CARD_FORM_JSON] = 'j'
};

str
dav_view_etag(struct arena *arena, const struct dav_view *view, str etag)
{
	char mark[] = { '-', marks[view->form], '"' };

	return ARENA_JOIN(
	    arena, str_part(etag, 0, etag.len - 1), (str){ mark, sizeof mark });
}

/* Any view's tag stands for the card's own: they change together. */
str
dav_view_etag_base(struct arena *arena, str etag)
{
	if (etag.len < 5 || etag.at[etag.len - 3] != '-' ||
	    !memchr(marks, etag.at[etag.len - 2], sizeof marks))
		return etag;
	return ARENA_JOIN(arena, str_part(etag, 0, etag.len - 3), STR("\""));
}
