/* names_int.h - the table behind names.h. */
#ifndef KITH_XML_NAMES_INT_H
#define KITH_XML_NAMES_INT_H

#include "xml/xml.h"

struct xml_name_row {
	enum xml_space space;
	str local;
};

extern const struct xml_name_row xml_name_rows[XML_NAME_COUNT];
extern const str xml_space_uris[XML_SPACE_COUNT];
extern const str xml_space_prefixes[XML_SPACE_COUNT];

#endif
