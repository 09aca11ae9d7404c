/* picture.c - pictures of cards: kept by content, and shown smaller where they are large. */
#include "picture/picture.h"

#include "book/book_int.h"
#include "card/field.h"
#include "seal/seal.h"
#include "store/store.h"

#define DIGEST_BYTES 32

static bool
holds_data(const struct card_property *p)
{
	return p->is == CARD_PHOTO || card_named(p, STR("LOGO")) ||
	       card_named(p, STR("SOUND")) || card_named(p, STR("KEY"));
}

void
find_pictures(struct arena *arena, const struct card *card, struct prepared *out)
{
	out->cuts = ARENA_ARRAY(arena, struct store_cut, card->count);
	for (size_t i = 0; i < card->count; i++) {
		str lines = card->properties[i].raw;

		if (lines.len < BOOK_KEPT_BYTES || !holds_data(card->properties + i))
			continue;
		out->cuts[out->row.cut_count++] = (struct store_cut){
			.at = (size_t)(lines.at - card->text.at),
			.len = lines.len,
			.digest = seal_digest(arena, (str){ 0 }, lines, DIGEST_BYTES),
		};
	}
	out->row.cuts = out->cuts;
}

/* Formats nobody here can read stay as they are. */
static str
smaller(struct arena *arena, const struct card *card, const struct card_property *photo)
{
	struct card_picture picture;
	str jpeg;
	str lines;

	if (card_picture_of(arena, photo, &picture) != OK ||
	    picture_shrink(arena, picture.bytes, &jpeg) != OK ||
	    card_picture_lines(arena, card, photo->group, jpeg, &lines) != OK ||
	    lines.len >= photo->raw.len)
		return (str){ 0 };
	return lines;
}

static bool
is_known(const struct call *call, int64_t account, str digest)
{
	SCOPED(store_tx) tx = NULL;
	bool shown = false;

	return store_look(call->store, &tx) == OK &&
	       store_cut_find(tx, account, digest, &shown) == OK && shown;
}

static const struct card_property *
photo_at(const struct card *card, size_t at)
{
	for (size_t i = 0; i < card->count; i++)
		if (card->properties[i].is == CARD_PHOTO &&
		    card->properties[i].raw.at == card->text.at + at)
			return card->properties + i;
	return NULL;
}

static void
shrink(
    const struct call *call, int64_t account, struct prepared *p, struct store_cut *cut)
{
	const struct card_property *photo;
	struct card *card;
	struct why why;

	if (is_known(call, account, cut->digest)) {
		p->shown_smaller = true;
		return;
	}
	if (card_read(call->arena, p->row.bytes, &card, &why) != OK)
		return;
	photo = photo_at(card, cut->at);
	if (photo)
		cut->shown = smaller(call->arena, card, photo);
	p->shown_smaller |= cut->shown.len > 0;
}

void
shrink_pictures(const struct call *call, const struct book *book, struct prepared *p)
{
	for (size_t i = 0; i < p->row.cut_count; i++)
		if (p->cuts[i].len > BOOK_PICTURE_BYTES)
			shrink(call, book->account, p, p->cuts + i);
}

/* The nth picture of `whole`, where that of `shown` is the one given. */
static const struct card_property *
original_of(const struct card *shown, const struct card *whole,
    const struct card_property *photo)
{
	const struct card_property *small;
	const struct card_property *large;

	for (size_t n = 0; (small = card_first(shown, CARD_PHOTO, n)); n++) {
		large = card_first(whole, CARD_PHOTO, n);
		if (large && str_same(small->value, photo->value) &&
		    !str_same(large->value, photo->value))
			return large;
	}
	return NULL;
}

str
with_originals(struct arena *arena, str sent, str shown, str whole)
{
	struct buf text = buf_in(arena, CARD_MAX_BYTES * 2);
	struct card *cards[3];
	const str bytes[] = { sent, shown, whole };
	const char *done = sent.at;
	struct why why;

	for (size_t i = 0; i < 3; i++)
		if (card_read(arena, bytes[i], &cards[i], &why) != OK)
			return sent;
	for (size_t i = 0; i < cards[0]->count; i++) {
		const struct card_property *p = &cards[0]->properties[i];
		const struct card_property *large =
		    p->is == CARD_PHOTO ? original_of(cards[1], cards[2], p) : NULL;

		if (!large)
			continue;
		buf_add(&text, (str){ done, (size_t)(p->raw.at - done) });
		buf_add(&text, large->raw);
		done = p->raw.at + p->raw.len;
	}
	if (done == sent.at)
		return sent;
	buf_add(&text, (str){ done, (size_t)(sent.at + sent.len - done) });
	return text.overflowed ? sent : buf_str(&text);
}

void
show_as_sent(struct arena *arena, str sent, struct prepared *p)
{
	const struct card_property *photo;
	struct card *card;
	struct why why;

	if (card_read(arena, sent, &card, &why) != OK)
		return;
	photo = card_first(card, CARD_PHOTO, 0);
	for (size_t i = 0; photo && i < p->row.cut_count; i++)
		if (p->cuts[i].len > BOOK_PICTURE_BYTES && !p->cuts[i].shown.len &&
		    photo->raw.len < BOOK_PICTURE_BYTES) {
			p->cuts[i].shown = photo->raw;
			p->shown_smaller = true;
			return;
		}
}

enum err
take_over_pictures(
    struct store_tx *tx, struct arena *arena, int64_t account, struct prepared *p)
{
	for (size_t i = 0; i < p->row.cut_count; i++) {
		TRY(store_cut_shown(
		    tx, arena, account, p->cuts[i].digest, &p->cuts[i].shown));
		p->shown_smaller |= p->cuts[i].shown.len > 0;
	}
	return OK;
}

void
share_pictures(const struct prepared *from, struct prepared *to)
{
	to->shown_smaller |= from->shown_smaller;
	for (size_t i = 0; i < to->row.cut_count; i++)
		for (size_t n = 0; n < from->row.cut_count; n++)
			if (str_same(to->cuts[i].digest, from->cuts[n].digest))
				to->cuts[i].shown = from->cuts[n].shown;
}
