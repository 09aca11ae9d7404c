/*
 * post.c - POST, told apart by media type and, of XML, by the root element: clients post
 * different things to one address.
 */
#include "dav/push_int.h"

static const struct {
	enum xml_name root;
	enum err (*answer)(struct dav *d, const struct xml_element *root);
} documents[] = {
	{ XML_PUSH_REGISTER, dav_push_register },
};

static enum err
post_xml(struct dav *d)
{
	struct xml_element *root;

	TRY(dav_body(d, &root));
	for (size_t i = 0; root && i < sizeof documents / sizeof *documents; i++)
		if (documents[i].root == root->is)
			return documents[i].answer(d, root);
	d->why.what = "there is nothing to be done with this document";
	return ERR_BAD_INPUT;
}

static const struct {
	str type;
	enum err (*answer)(struct dav *d);
} types[] = {
	{ STR_CONST("application/xml"), post_xml },
	{ STR_CONST("text/xml"), post_xml },
	{ STR_CONST("text/vcard"), dav_post_cards },
};

enum err
dav_post(struct dav *d)
{
	str type = http_media_read(http_field(d->req, STR("content-type"))).type;

	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_same_nocase(types[i].type, type))
			return types[i].answer(d);
	http_answer(d->res, 415, (str){ 0 }, (str){ 0 });
	return OK;
}
