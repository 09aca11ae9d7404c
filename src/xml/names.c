#include "xml/names_int.h"

const str xml_space_uris[XML_SPACE_COUNT] = {
	[XML_DAV] = STR_CONST("DAV:"),
	[XML_CARD] = STR_CONST("urn:ietf:params:xml:ns:carddav"),
	[XML_CS] = STR_CONST("http://calendarserver.org/ns/"),
	[XML_PUSH] = STR_CONST("https://bitfire.at/webdav-push"),
};

const str xml_space_prefixes[XML_SPACE_COUNT] = {
	[XML_DAV] = STR_CONST("D"),
	[XML_CARD] = STR_CONST("C"),
	[XML_CS] = STR_CONST("CS"),
	[XML_PUSH] = STR_CONST("P"),
};

#define ROW(name, space, local) [name] = { space, STR_CONST(local) },
const struct xml_name_row xml_name_rows[XML_NAME_COUNT] = { XML_NAMES(ROW) };
#undef ROW

/* A hundred rows, told apart by length and first byte before anything is compared: a name
 * costs about as much as a hash of it would. */
enum xml_name
xml_name_of(str space, str local)
{
	for (size_t i = XML_UNKNOWN + 1; i < XML_NAME_COUNT; i++) {
		const struct xml_name_row *row = &xml_name_rows[i];

		if (row->local.len == local.len && row->local.at[0] == local.at[0] &&
		    str_same(row->local, local) &&
		    str_same(xml_space_uris[row->space], space))
			return (enum xml_name)i;
	}
	return XML_UNKNOWN;
}
