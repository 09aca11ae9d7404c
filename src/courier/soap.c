#include "courier/soap.h"

#define ENVELOPE "http://schemas.xmlsoap.org/soap/envelope/"

static const struct xml_element *
child_of(const struct xml_element *from, str local)
{
	XML_EACH(from, child)
	if (str_same(child->local, local))
		return child;
	return NULL;
}

const struct xml_element *
soap_find(const struct xml_element *from, str path)
{
	while (from && path.len)
		from = child_of(from, str_cut(&path, '/'));
	return from;
}

str
soap_text(const struct xml_element *from, str path)
{
	const struct xml_element *at = soap_find(from, path);

	return at ? str_trim(at->text) : (str){ 0 };
}

enum err
soap_read(struct arena *arena, str text, struct soap *out)
{
	struct xml_element *root;
	const struct xml_element *body;
	struct why why = { 0 };

	*out = (struct soap){ 0 };
	TRY(xml_read(arena, text, &root, &why));
	body = soap_find(root, STR("Body"));
	if (!str_same(root->local, STR("Envelope")) || !body || !body->first)
		return ERR_BAD_INPUT;
	*out = (struct soap){
		.transaction = soap_text(root, STR("Header/TransactionID")),
		.schema = body->first->space,
		.version = soap_text(body->first, STR("MM7Version")),
		.name = body->first->local,
		.message = body->first,
	};
	return OK;
}

void
soap_open(struct buf *out, str transaction, str schema)
{
	buf_add(out, STR("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
			 "<env:Envelope xmlns:env=\"" ENVELOPE "\">"));
	if (transaction.len) {
		buf_add(out, STR("<env:Header><mm7:TransactionID xmlns:mm7=\""));
		xml_quoted(out, schema);
		buf_add(out, STR("\" env:mustUnderstand=\"1\">"));
		xml_text(out, transaction);
		buf_add(out, STR("</mm7:TransactionID></env:Header>"));
	}
	buf_add(out, STR("<env:Body>"));
}

void
soap_close(struct buf *out)
{
	buf_add(out, STR("</env:Body></env:Envelope>\n"));
}

void
soap_leaf(struct buf *out, const char *name, str value)
{
	if (!value.len)
		return;
	buf_addf(out, "<%s>", name);
	xml_text(out, value);
	buf_addf(out, "</%s>", name);
}
