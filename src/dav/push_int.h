/*
 * push_int.h - WebDAV-Push (draft-bitfire-webdav-push-00): its properties, registering, and
 * the field that spares some the news.
 */
#ifndef KITH_DAV_PUSH_INT_H
#define KITH_DAV_PUSH_INT_H

#include "book/push.h"
#include "dav/dav_int.h"

/* Whether there is a key to register for: until the courier made it there is no push, and
 * none of the three properties. */
bool dav_has_push(const struct dav_subject *s);

void dav_transports(struct buf *out, const struct dav_subject *s);
void dav_topic(struct buf *out, const struct dav_subject *s);
void dav_supported_triggers(struct buf *out, const struct dav_subject *s);

/* POST of a push-register. */
enum err dav_push_register(struct dav *d, const struct xml_element *root);

/* Whether the path is one of "/dav/s/<account>/<id>", and what is done with it: DELETE. */
bool dav_is_registration(str path);
enum err dav_registration(struct dav *d);

/* Push-Dont-Notify: the registrations of that account it names, or NULL where the field is
 * missing.  The rest is ignored. */
const struct book_quiet *dav_quiet(
    const struct call *call, const struct http_req *req, int64_t account);

#endif
