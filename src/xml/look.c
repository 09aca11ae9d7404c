/* look.c - looking into a tree. */
#include "xml/xml.h"

const struct xml_element *
xml_child(const struct xml_element *from, enum xml_name name)
{
	if (!from)
		return NULL;
	XML_EACH(from, child)
	if (child->is == name)
		return child;
	return NULL;
}

const struct xml_element *
xml_next(const struct xml_element *from, enum xml_name name)
{
	for (const struct xml_element *e = from ? from->next : NULL; e; e = e->next)
		if (e->is == name)
			return e;
	return NULL;
}

str
xml_attribute(const struct xml_element *from, str name)
{
	for (size_t i = 0; i < from->attribute_count; i++)
		if (str_same(from->attributes[i].name, name))
			return from->attributes[i].value;
	return (str){ 0 };
}
