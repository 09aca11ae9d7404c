/*
 * recent_int.h - small documents a thread read lately, as the trees they gave.
 *
 * Programs ask the same question all day, byte for byte: a poll's body is read once and
 * copied from then on, at a tenth of the work.  Used by one thread.
 */
#ifndef KITH_XML_RECENT_INT_H
#define KITH_XML_RECENT_INT_H

#include "xml/xml.h"

#define RECENT_DOCUMENTS 4
#define RECENT_MAX_BYTES ((size_t)1024) /* of a document; longer ones are not kept */

struct recent {
	struct recent_document {
		struct arena *arena; /* NULL: none yet */
		str text;
		const struct xml_element *root;
	} documents[RECENT_DOCUMENTS];
	unsigned oldest;
};

/* A copy of the tree in the arena; NULL where that document was not read lately. */
struct xml_element *recent_find(
    const struct recent *recent, struct arena *arena, str text);

void recent_keep(struct recent *recent, str text, const struct xml_element *root);
void recent_forget(struct recent *recent);

#endif
