/* target.c - addresses: /dav/p/<account>/ and /dav/b/<account>/<book>/<card>. */
#include "dav/dav_int.h"

#define HREF_MAX_BYTES 4096

/* Account ids are lower-case hexadecimal: opaque, and nothing a client would normalise. */
static bool
account_read(str text, int64_t *out)
{
	uint64_t id = 0;

	if (!text.len || text.len > 15)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (c >= '0' && c <= '9')
			id = id << 4 | (uint64_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			id = id << 4 | (uint64_t)(c - 'a' + 10);
		else
			return false;
	}
	*out = (int64_t)id;
	return true;
}

/* The next segment, decoded; the empty one behind a final slash counts as none. */
static enum err
next_segment(struct arena *arena, str *path, str *out)
{
	enum err e = http_path_cut(arena, path, out);

	if (e == ERR_NOT_FOUND)
		*out = (str){ 0 };
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err
home_read(struct arena *arena, str path, struct dav_target *out)
{
	str rest;

	TRY(next_segment(arena, &path, &out->book));
	TRY(next_segment(arena, &path, &out->card));
	TRY(next_segment(arena, &path, &rest));
	if (rest.len || path.len || (out->card.len && !out->book.len))
		return ERR_NOT_FOUND;
	out->kind = out->card.len ? DAV_CARD : out->book.len ? DAV_BOOK : DAV_HOME;
	return OK;
}

enum err
dav_target_read(struct arena *arena, str path, struct dav_target *out)
{
	str first;
	str kind;
	str account;

	*out = (struct dav_target){ 0 };
	TRY(next_segment(arena, &path, &first));
	TRY(next_segment(arena, &path, &kind));
	if (!str_same(first, STR("dav")))
		return ERR_NOT_FOUND;
	if (!kind.len)
		return path.len ? ERR_NOT_FOUND : OK; /* DAV_ROOT */
	TRY(next_segment(arena, &path, &account));
	if (str_same(kind, STR("p"))) {
		out->kind = account.len ? DAV_PRINCIPAL : DAV_PRINCIPALS;
		if (str_same(path, STR("/")))
			path = (str){ 0 };
		return !path.len &&
			       (!account.len || account_read(account, &out->account))
			   ? OK
			   : ERR_NOT_FOUND;
	}
	if (!str_same(kind, STR("b")) || !account_read(account, &out->account))
		return ERR_NOT_FOUND;
	return home_read(arena, path, out);
}

void
dav_href_add(struct buf *buf, const struct dav_target *t)
{
	buf_add(buf, STR("/dav/"));
	if (t->kind == DAV_PRINCIPALS)
		buf_add(buf, STR("p/"));
	if (t->kind == DAV_PRINCIPAL) {
		buf_add(buf, STR("p/"));
		buf_add_hex(buf, (uint64_t)t->account);
		buf_add_char(buf, '/');
	}
	if (t->kind < DAV_HOME)
		return;
	buf_add(buf, STR("b/"));
	buf_add_hex(buf, (uint64_t)t->account);
	buf_add_char(buf, '/');
	if (t->kind == DAV_HOME)
		return;
	http_path_add(buf, t->book);
	buf_add_char(buf, '/');
	if (t->kind == DAV_CARD)
		http_path_add(buf, t->card);
}

str
dav_href(struct arena *arena, const struct dav_target *target)
{
	struct buf href = buf_in(arena, HREF_MAX_BYTES);

	dav_href_add(&href, target);
	return href.overflowed ? (str){ 0 } : buf_str(&href);
}

str
dav_card_href(const struct dav *d, str card)
{
	struct dav_target at = d->at;

	at.kind = DAV_CARD;
	at.card = card;
	return dav_href(d->call->arena, &at);
}

enum err
dav_href_read(struct arena *arena, str href, struct dav_target *out)
{
	size_t at = str_find(href, STR("://"));

	href = str_trim(href);
	if (at != SIZE_MAX && at < 6) {
		href = str_part(href, at + 3, href.len);
		at = str_find(href, STR("/"));
		href = at == SIZE_MAX ? (str){ 0 } : str_part(href, at, href.len);
	}
	/* Nothing here is named by a query, and a fragment is the client's own. */
	href = str_cut(&href, '#');
	return dav_target_read(arena, str_cut(&href, '?'), out);
}
