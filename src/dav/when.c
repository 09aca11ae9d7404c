/* when.c - If-Match and If-None-Match (RFC 9110 13.1) in the words of book/. */
#include "dav/view_int.h"

#define ETAGS_MAX 32

/* A weak tag never matches strongly; a list that cannot be read matches nothing. */
static struct book_when
listed(struct dav *d, str list, enum book_when_kind star, enum book_when_kind kind)
{
	str *etags = ARENA_ARRAY(d->call->arena, str, ETAGS_MAX);
	struct book_when when = { .kind = kind, .etags = etags };
	str etag;
	bool weak;

	while (when.count < ETAGS_MAX && http_etag_cut(&list, &etag, &weak)) {
		if (str_same(etag, STR("*")))
			return (struct book_when){ .kind = star };
		if (!weak || kind == BOOK_IF_NOT_ETAG)
			etags[when.count++] = dav_view_etag_base(d->call->arena, etag);
	}
	return when;
}

/* A date names a whole second (RFC 9110 13.1.4); what is none is no condition. */
bool
dav_date(const struct dav *d, str field, int64_t *at_ms)
{
	if (http_date_read(str_trim(http_field(d->req, field)), at_ms) != OK)
		return false;
	*at_ms += 999;
	return true;
}

struct book_when
dav_when(struct dav *d)
{
	struct http_when when = http_when_read(d->req);
	int64_t at_ms;

	if (when.if_match.len)
		return listed(d, when.if_match, BOOK_IF_EXISTS, BOOK_IF_ETAG);
	if (when.if_none_match.len)
		return listed(d, when.if_none_match, BOOK_IF_NEW, BOOK_IF_NOT_ETAG);
	if (dav_date(d, STR("if-unmodified-since"), &at_ms))
		return (struct book_when){ .kind = BOOK_IF_UNMODIFIED, .at_ms = at_ms };
	return (struct book_when){ .kind = BOOK_ALWAYS };
}
