/* mm7_write.c - a letter as a SubmitReq: an envelope, and beside it what it speaks of. */
#include "base/when.h"
#include "courier/attach_int.h"
#include "courier/mm7_int.h"
#include "courier/soap.h"

#define EXPIRE_MS          (7 * WHEN_DAY_MS) /* a phone that is off for longer is lost */
#define ENVELOPE_MAX_BYTES ((size_t)64 * 1024)
#define HEADS_MAX_BYTES    ((size_t)64 * 1024)
#define BODY_MAX_BYTES                                                   \
	(ENVELOPE_MAX_BYTES + HEADS_MAX_BYTES + COURIER_BODY_MAX_BYTES + \
	    COURIER_PARTS_MAX_BYTES)

struct writing {
	const struct courier_mm7 *mm7;
	const struct store_letter *letter;
	struct courier_part *parts;
	size_t count;
	str boundary; /* stands in none of them */
	struct buf out;
};

/* --- the envelope --- */

static str
schema_of(struct arena *arena, str word)
{
	return str_has(word, ':') ? word : ARENA_JOIN(arena, STR(SOAP_SCHEMAS), word);
}

static const char *
kind_of_sender(str from)
{
	if (str_has(from, '@'))
		return "RFC2822Address";
	return str_starts(from, STR("+")) ? "Number" : "ShortCode";
}

static void
add_sender(struct buf *out, const struct courier_mm7 *mm7)
{
	buf_add(out, STR("<SenderIdentification>"));
	soap_leaf(out, "VASPID", mm7->vaspid);
	soap_leaf(out, "VASID", mm7->vasid);
	if (mm7->from.len) {
		buf_add(out, STR("<SenderAddress>"));
		soap_leaf(out, kind_of_sender(mm7->from), mm7->from);
		buf_add(out, STR("</SenderAddress>"));
	}
	buf_add(out, STR("</SenderIdentification>"));
}

static str
clipped(str text, size_t runes)
{
	str rest = text;

	while (rest.len && runes--)
		(void)str_rune(&rest);
	return str_part(text, 0, text.len - rest.len);
}

/* The order is the schema's (TS 23.140 annex L.2). */
static void
add_envelope(struct writing *w)
{
	const struct store_letter *letter = w->letter;
	struct arena *arena = w->out.arena;
	str schema = schema_of(arena, w->mm7->schema);
	struct buf *out = &w->out;

	soap_open(out, arena_printf(arena, "%lld", (long long)letter->id), schema);
	buf_add(out, STR("<SubmitReq xmlns=\""));
	xml_quoted(out, schema);
	buf_add(out, STR("\">"));
	soap_leaf(out, "MM7Version", w->mm7->version);
	add_sender(out, w->mm7);
	buf_add(out, STR("<Recipients><To>"));
	soap_leaf(out, "Number", letter->to);
	buf_add(out, STR("</To></Recipients>"));
	soap_leaf(out, "ServiceCode", w->mm7->service_code);
	soap_leaf(out, "MessageClass", STR("Informational"));
	soap_leaf(out, "TimeStamp", when_rfc3339(arena, letter->made_ms));
	soap_leaf(out, "ExpiryDate", when_rfc3339(arena, letter->made_ms + EXPIRE_MS));
	soap_leaf(out, "DeliveryReport", w->mm7->reports ? STR("true") : STR("false"));
	soap_leaf(out, "ReadReply", STR("false"));
	soap_leaf(out, "Priority", STR("Normal"));
	soap_leaf(out, "Subject", clipped(letter->subject, MM7_SUBJECT_MAX_RUNES));
	soap_leaf(out, "DistributionIndicator", STR("false"));
	buf_add(
	    out, STR("<Content href=\"cid:content@kith\" allowAdaptations=\"true\"/>"
		     "</SubmitReq>"));
	soap_close(out);
}

/* --- the parts --- */

static bool
is_picture(str type)
{
	return str_same_nocase(str_part(type, 0, 6), STR("image/"));
}

/* Cards stay out of it: a phone shows them beside the pages, to be taken into its book. */
static void
add_pages(struct writing *w)
{
	struct buf *out = &w->out;

	buf_add(out, STR("<smil><head><layout>"
			 "<root-layout width=\"100%\" height=\"100%\"/>"
			 "<region id=\"Text\" left=\"0\" top=\"0\" width=\"100%\" "
			 "height=\"50%\"/>"
			 "<region id=\"Image\" left=\"0\" top=\"50%\" width=\"100%\" "
			 "height=\"50%\" fit=\"meet\"/>"
			 "</layout></head><body><par dur=\"10s\">"
			 "<text src=\"cid:text@kith\" region=\"Text\"/>"));
	for (size_t i = 0; i < w->count; i++)
		if (is_picture(w->parts[i].type)) {
			buf_addf(
			    out, "<img src=\"cid:part%zu@kith\" region=\"Image\"/>", i);
			break;
		}
	buf_add(out, STR("</par></body></smil>"));
}

/* A name stands in quotes in a header field, where only ASCII is safe with every relay. */
static str
plain_name(struct arena *arena, str name)
{
	struct buf out = buf_in(arena, name.len);

	while (name.len) {
		uint32_t rune = str_rune(&name);

		buf_add_char(&out, rune < 0x80 ? (char)rune : '_');
	}
	return buf_str(&out);
}

static void
open_part(struct writing *w, const char *within, str type, str id)
{
	buf_addf(&w->out,
	    "--" STR_FMT "%s\r\nContent-Type: " STR_FMT "\r\nContent-ID: <" STR_FMT
	    "@kith>\r\n",
	    STR_ARG(w->boundary), within, STR_ARG(type), STR_ARG(id));
}

static void
add_file(struct writing *w, size_t i)
{
	const struct courier_part *part = &w->parts[i];
	struct arena *arena = w->out.arena;
	str name = plain_name(arena, part->name);

	open_part(w, ".content",
	    arena_printf(arena, STR_FMT "; name=\"" STR_FMT "\"", STR_ARG(part->type),
		STR_ARG(name)),
	    arena_printf(arena, "part%zu", i));
	buf_addf(&w->out,
	    "Content-Location: " STR_FMT
	    "\r\nContent-Transfer-Encoding: binary\r\n\r\n",
	    STR_ARG(name));
	buf_add(&w->out, part->bytes);
	buf_add(&w->out, STR("\r\n"));
}

static void
add_content(struct writing *w)
{
	struct buf *out = &w->out;

	open_part(w, ".content", STR("application/smil; charset=utf-8"), STR("smil"));
	buf_add(out, STR("Content-Location: pages.smil\r\n\r\n"));
	add_pages(w);
	buf_add(out, STR("\r\n"));
	open_part(w, ".content", STR("text/plain; charset=utf-8"), STR("text"));
	buf_add(out, STR("Content-Location: text.txt\r\n"
			 "Content-Transfer-Encoding: 8bit\r\n\r\n"));
	buf_add(out, w->letter->body);
	buf_add(out, STR("\r\n"));
	for (size_t i = 0; i < w->count; i++)
		add_file(w, i);
	buf_addf(out, "--" STR_FMT ".content--\r\n", STR_ARG(w->boundary));
}

/* --- all of it --- */

static bool
stands_inside(const struct writing *w, str boundary)
{
	bool found = str_find(w->letter->body, boundary) != SIZE_MAX;

	for (size_t i = 0; i < w->count; i++)
		found |= str_find(w->parts[i].bytes, boundary) != SIZE_MAX;
	return found;
}

/* Made of the letter's id, so that a second sending is the same message; counted on until
 * nothing in the letter looks like it. */
static str
boundary_of(const struct writing *w)
{
	for (unsigned n = 0;; n++) {
		str boundary = arena_printf(
		    w->out.arena, "kith.%lld.%u", (long long)w->letter->id, n);

		if (!stands_inside(w, boundary))
			return boundary;
	}
}

enum err
mm7_write(const struct courier_mm7 *mm7, struct arena *arena,
    const struct store_letter *letter, struct mm7_message *out)
{
	struct writing w = {
		.mm7 = mm7, .letter = letter, .out = buf_in(arena, BODY_MAX_BYTES)
	};

	TRY(attach_read(arena, letter->parts, &w.parts, &w.count));
	w.boundary = boundary_of(&w);
	open_part(&w, "", STR("text/xml; charset=utf-8"), STR("soap"));
	buf_add(&w.out, STR("Content-Transfer-Encoding: 8bit\r\n\r\n"));
	add_envelope(&w);
	buf_add(&w.out, STR("\r\n"));
	open_part(&w, "",
	    arena_printf(arena,
		"multipart/related; boundary=\"" STR_FMT
		".content\"; type=\"application/smil\"; start=\"<smil@kith>\"",
		STR_ARG(w.boundary)),
	    STR("content"));
	buf_add(&w.out, STR("\r\n"));
	add_content(&w);
	buf_addf(&w.out, "\r\n--" STR_FMT "--\r\n", STR_ARG(w.boundary));
	out->type = arena_printf(arena,
	    "multipart/related; boundary=\"" STR_FMT
	    "\"; type=\"text/xml\"; start=\"<soap@kith>\"",
	    STR_ARG(w.boundary));
	return buf_text(&w.out, &out->body);
}
