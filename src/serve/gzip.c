/*
 * gzip.c - answers made smaller for who asks for it (RFC 9110 8.4, 12.5.3).
 *
 * Text of the wire only: multistatus, books, JSON.  Not what has an ETag, which would have to
 * be another one; not pages, which hold secrets beside what a stranger may have put there.
 */
#define ZLIB_CONST
#include <zlib.h>

#include "serve/serve_int.h"

#define GZIP_MIN_BYTES ((size_t)1024) /* less is not worth it */
#define GZIP_LEVEL     1 /* a phone's radio is slow, and so is a server's core */
#define GZIP_WINDOW    (15 + 16) /* zlib's way to say gzip */
#define GZIP_MEMORY    8
#define GZIP_STEP      ((size_t)16 * 1024)

static const str compressible[] = {
	STR_CONST("application/xml"),
	STR_CONST("text/vcard"),
	STR_CONST("application/json"),
	STR_CONST("application/vcard+json"),
};

/* "gzip;q=0" is a no; '*' is not taken for a yes. */
static bool
is_asked_for(str list)
{
	while (list.len) {
		str one = str_cut(&list, ',');
		str coding = one;

		if (str_same_nocase(str_trim(str_cut(&coding, ';')), STR("gzip")))
			return http_quality(one) > 0;
	}
	return false;
}

static bool
has_field(const struct http_res *res, str name)
{
	for (size_t i = 0; i < res->field_count; i++)
		if (str_same_nocase(res->fields[i].name, name))
			return true;
	return false;
}

static bool
is_compressible(const struct http_res *res)
{
	str type = { 0 };

	for (size_t i = 0; i < res->field_count; i++)
		if (str_same_nocase(res->fields[i].name, STR("Content-Type")))
			type = res->fields[i].value;
	type = str_trim(str_cut(&type, ';'));
	for (size_t i = 0; i < sizeof compressible / sizeof *compressible; i++)
		if (str_same(type, compressible[i]))
			return true;
	return false;
}

/* Appends what comes of `in`; `end` is the last of it. */
static void
squeeze(z_stream *z, str in, bool end, struct buf *out)
{
	z->next_in = (const unsigned char *)in.at;
	z->avail_in = (unsigned)in.len;
	do {
		char *room = buf_room(out, GZIP_STEP);

		if (!room)
			return; /* the buffer remembers */
		z->next_out = (unsigned char *)room;
		z->avail_out = (unsigned)GZIP_STEP;
		(void)deflate(z, end ? Z_FINISH : Z_SYNC_FLUSH);
		out->len += GZIP_STEP - z->avail_out;
	} while (!z->avail_out);
}

static z_stream *
begin(struct arena *arena)
{
	z_stream *z = ARENA_NEW(arena, z_stream);

	must(deflateInit2(z, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, GZIP_MEMORY,
		 Z_DEFAULT_STRATEGY) == Z_OK);
	return z;
}

static void
squeeze_body(struct turn *turn)
{
	z_stream *z = begin(turn->arena);
	struct buf out = buf_in(turn->arena, SIZE_MAX);

	squeeze(z, turn->res.body, true, &out);
	(void)deflateEnd(z);
	turn->res.body = buf_str(&out);
}

void
gzip_choose(struct turn *turn)
{
	struct http_res *res = &turn->res;
	bool streamed = res->stream.next != NULL;

	if ((!streamed && res->body.len < GZIP_MIN_BYTES) || !is_compressible(res) ||
	    has_field(res, STR("ETag")))
		return;
	http_set(res, STR("Vary"), STR("Accept-Encoding"));
	if (!is_asked_for(http_field(&turn->req, STR("accept-encoding"))))
		return;
	http_set(res, STR("Content-Encoding"), STR("gzip"));
	if (streamed)
		turn->gzip = begin(turn->arena);
	else
		squeeze_body(turn);
}

/* A piece is flushed whole: the client reads while the next one is made. */
void
gzip_piece(struct turn *turn)
{
	struct buf out;

	if (!turn->gzip)
		return;
	out = buf_in(turn->scratch, SIZE_MAX);
	squeeze(turn->gzip, buf_str(&turn->piece), turn->last, &out);
	turn->piece = out;
}

void
gzip_end(struct turn *turn)
{
	if (turn->gzip)
		(void)deflateEnd(turn->gzip);
	turn->gzip = NULL;
}
