/*
 * patch_int.h - properties as a client wants them set: of PROPPATCH (RFC 4918 9.2) and of an
 * extended MKCOL (RFC 5689 3), all or nothing.
 */
#ifndef KITH_DAV_PATCH_INT_H
#define KITH_DAV_PATCH_INT_H

#include "dav/dav_int.h"

struct dav_patch {
	const str *title, *description;
	struct book_prop *changes; /* of the client's own */
	size_t count;
	bool refused; /* a protected property was asked for */
};

/* From <set> and <remove>, in the order of the document. */
void dav_patch_read(
    const struct dav *d, const struct xml_element *root, struct dav_patch *patch);

/* <propstat>s of what became of it: `refused` says that of the protected ones, with the
 * outcome of the others. */
void dav_patch_told(struct buf *body, const struct dav *d,
    const struct xml_element *root, enum err outcome, bool refused);

#endif
