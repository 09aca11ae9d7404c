/* mms.c - an MMS somebody sent us: what of its parts we have use for, and what is done. */
#include "inbox/inbox_int.h"
#include "picture/picture.h"

#define DEPTH_MAX 3 /* multiparts within multiparts */

struct reading {
	struct arena *arena;
	struct buf text;
	struct inbox_mms *out;
	size_t parts;
};

static bool
is_card(str type)
{
	return str_same_nocase(type, STR("text/x-vcard")) ||
	       str_same_nocase(type, STR("text/vcard")) ||
	       str_same_nocase(type, STR("text/directory"));
}

static bool
is_picture(str type)
{
	return str_same_nocase(str_part(type, 0, 6), STR("image/"));
}

/* Several texts are several pages: one under the other. */
static enum err
add_text(struct reading *r, str text)
{
	if (r->text.len && text.len)
		buf_add_char(&r->text, '\n');
	buf_add(&r->text, str_trim(text));
	return r->text.overflowed ? ERR_TOO_LARGE : OK;
}

/* What is no text, card or picture (SMIL, sound) is none of ours.  Of two cards, or two
 * pictures, the first counts. */
static enum err
read_leaf(struct reading *r, const struct http_part *part)
{
	struct http_media media = http_media_read(part->type);
	bool card = is_card(media.type);
	str text;

	if (is_picture(media.type) && !r->out->picture.len) {
		r->out->picture = part->bytes;
		r->out->picture_type = media.type;
	}
	if (!card && !str_same_nocase(media.type, STR("text/plain")))
		return OK;
	if (!inbox_text(r->arena, part->bytes, media.charset, STR(""), &text))
		return ERR_BAD_INPUT;
	if (!card)
		return add_text(r, text);
	if (!r->out->card.len)
		r->out->card = text;
	return OK;
}

static enum err
read_part(struct reading *r, const struct http_part *part, unsigned depth)
{
	struct http_related *inner;

	if (++r->parts > INBOX_MMS_MAX_PARTS)
		return ERR_TOO_LARGE;
	if (!http_is_multipart(part->type))
		return read_leaf(r, part);
	if (depth == DEPTH_MAX)
		return ERR_TOO_LARGE;
	inner = ARENA_NEW(r->arena, struct http_related);
	TRY(http_related_read(r->arena, part->type, part->bytes, inner));
	for (size_t i = 0; i < inner->count; i++)
		TRY(read_part(r, &inner->parts[i], depth + 1));
	return OK;
}

enum err
inbox_mms_read(
    struct arena *arena, const struct http_related *content, struct inbox_mms *out)
{
	struct reading r = { .arena = arena,
		.text = buf_in(arena, INBOX_MMS_TEXT_MAX_BYTES),
		.out = out };

	for (size_t i = 0; i < content->count; i++)
		TRY(read_part(&r, &content->parts[i], 0));
	out->text = buf_str(&r.text);
	return OK;
}

/* Any picture a phone sends, made small; what is none is left out. */
static str
picture_of(struct arena *arena, const struct inbox_mms *mms)
{
	str jpeg = { 0 };

	if (mms->picture.len && picture_shrink(arena, mms->picture, &jpeg) == OK)
		return jpeg;
	return (str){ 0 };
}

enum err
inbox_mms_take(
    const struct inbox *inbox, const struct call *call, const struct inbox_mms *mms)
{
	struct inbox_said said = {
		.way = COURIER_MMS, .text = mms->text, .cards = { mms->card }
	};

	if (!inbox_sender(inbox, call, mms->from, &said.from))
		return OK;
	said.card_count = mms->card.len > 0;
	said.picture = picture_of(call->arena, mms);
	if (mms->text.len <= INBOX_SMS_MAX_BYTES) /* no command is longer than that */
		said.command = mms->text;
	return inbox_talk(inbox, call, &said);
}
