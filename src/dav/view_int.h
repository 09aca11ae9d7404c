/* view_int.h - the form a client wants cards in. */
#ifndef KITH_DAV_VIEW_INT_H
#define KITH_DAV_VIEW_INT_H

#include <string.h>

#include "card/view.h"
#include "dav/dav_int.h"

/* From <address-data> (NULL: absent).  ERR_UNSUPPORTED with its precondition. */
enum err dav_view_read(
    struct dav *d, const struct xml_element *from, struct dav_view *out);

/* From Accept, for a GET. */
struct dav_view dav_view_accepted(const struct dav *d);

/* The card so.  `mends`: also one that is to go out as it is gets an FN, and loses lines
 * that are none; a report's client must be able to read it. */
str dav_view_show(struct arena *arena, const struct dav_view *view,
    const struct book_card *stored, bool mends);

/* Its media type; `is_other`: it was converted. */
str dav_view_type(const struct dav_view *view, bool is_other);

/* The entity-tag of a view that is not the card itself, and back. */
str dav_view_etag(struct arena *arena, const struct dav_view *view, str etag);
str dav_view_etag_base(struct arena *arena, str etag);

#endif
