/* options.c - what can be done here (RFC 4918 9.1; RFC 6352 6.1).  Claims what is true. */
#include "dav/dav_int.h"

void
dav_set_class(struct dav *d)
{
	http_set(d->res, STR("DAV"),
	    STR("1, 2, 3, access-control, extended-mkcol, addressbook, webdav-push"));
	http_set(d->res, STR("Allow"), STR(DAV_ALLOWED));
}

enum err
dav_options(struct dav *d)
{
	dav_set_class(d);
	http_answer(d->res, 200, (str){ 0 }, (str){ 0 });
	return OK;
}
