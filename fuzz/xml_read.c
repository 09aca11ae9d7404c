/* Whatever is read, what xml_text writes of its text reads back as the same text. */
#include "xml/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	str input = { (const char *)data, size };
	struct buf out = buf_in(arena, size * 8 + 4096);
	struct xml_element *root;
	struct xml_element *again;
	struct xml_element *first;
	struct why why = { 0 };

	(void)!xml_read(arena, input, &root, &why);
	xml_start(&out, XML_DAV_PROP);
	xml_text(&out, input);
	xml_close(&out, XML_DAV_PROP);
	must(xml_read(arena, buf_str(&out), &first, &why) == OK);
	buf_clear(&out);
	xml_start(&out, XML_DAV_PROP);
	xml_text(&out, first->text);
	xml_close(&out, XML_DAV_PROP);
	must(xml_read(arena, buf_str(&out), &again, &why) == OK);
	must(str_same(first->text, again->text));
	return 0;
}
