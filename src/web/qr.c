/* qr.c - QR codes as SVG: no picture file, no script. */
#include <qrencode.h>

#include "base/buf.h"
#include "web/qr_int.h"

#define EDGE           4 /* fields around it that stay light (ISO/IEC 18004) */
#define PATH_MAX_BYTES ((size_t)64 * 1024)

/* A row's dark fields, one shape a run. */
static void
add_row(struct buf *out, const QRcode *code, int y)
{
	const unsigned char *row = code->data + (size_t)y * (size_t)code->width;

	for (int x = 0; x < code->width; x++) {
		int from = x;

		while (x < code->width && (row[x] & 1))
			x++;
		if (x > from)
			buf_addf(out, "M%d %dh%dv1h-%dz", from + EDGE, y + EDGE,
			    x - from, x - from);
	}
}

enum err
qr_path(struct arena *arena, str text, str *path, str *box)
{
	struct buf out = buf_in(arena, PATH_MAX_BYTES);
	str copy = arena_copy(arena, text);
	QRcode *code;

	if (text.len > QR_TEXT_MAX_BYTES)
		return ERR_TOO_LARGE;
	code = QRcode_encodeString8bit(copy.at, 0, QR_ECLEVEL_M);
	if (!code)
		return ERR_TOO_LARGE;
	for (int y = 0; y < code->width; y++)
		add_row(&out, code, y);
	*box = arena_printf(
	    arena, "0 0 %d %d", code->width + 2 * EDGE, code->width + 2 * EDGE);
	QRcode_free(code);
	return buf_text(&out, path);
}
