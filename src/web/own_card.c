/* own_card.c - a target's own card, uploaded instead of typing. */
#include "ask/given.h"
#include "card/card.h"
#include "picture/picture.h"
#include "web/target_int.h"

static enum err
the_only_one(struct arena *arena, str file, str *out, struct why *why)
{
	str rest, more;
	unsigned line = 0;

	if (card_file_text(arena, file, &rest) != OK ||
	    card_next(&rest, out, &line, why) != OK)
		return ERR_UNSUPPORTED;
	return card_next(&rest, &more, &line, why) == ERR_NOT_FOUND ? OK : ERR_SEVERAL;
}

static enum err
read_card(struct arena *arena, str file, struct card **out, struct why *why)
{
	str text;

	if (file.len > OWN_CARD_MAX_BYTES)
		return ERR_TOO_LARGE;
	TRY(the_only_one(arena, file, &text, why));
	if (card_import(arena, text, &text, why) != OK ||
	    card_read(arena, text, out, why) != OK)
		return ERR_UNSUPPORTED;
	return OK;
}

static bool
wants_picture(const struct ask_page *page, const struct ask_reply *reply)
{
	bool wanted = page->who.wanted_count == 0;

	for (size_t i = 0; i < page->who.wanted_count; i++)
		wanted |= page->who.wanted[i] == CARD_F_PHOTO;
	for (size_t i = 0; i < reply->ops.count; i++)
		wanted &= reply->ops.list[i].field != CARD_F_PHOTO;
	return wanted && reply->ops.count < CARD_MAX_OPS;
}

/* One that cannot be read is no reason to refuse the rest: the next page shows that it is
 * not there. */
static void
add_picture(const struct page *p, const struct card *card, struct ask_reply *reply)
{
	struct arena *arena = p->call.arena;
	struct card_picture picture;
	str jpeg;

	if (card_picture(arena, card, &picture) != OK ||
	    picture_square(arena, picture.bytes, &jpeg) != OK)
		return;
	reply->ops.list[reply->ops.count++] = (struct card_op){
		.kind = CARD_INSERT, .field = CARD_F_PHOTO, .value = jpeg
	};
}

enum err
own_card_read(const struct page *p, const struct ask_page *page, str token,
    const struct http_form *form, struct ask_reply *reply, struct why *why)
{
	const struct http_form_field *file = http_form_find(form, STR(ASK_GIVEN_NAME));
	struct card *card;
	enum err e;

	if (!file || !file->value.len)
		return OK;
	e = read_card(p->call.arena, file->value, &card, why);
	if (e != OK) {
		*why = (struct why){ .what = "a card that cannot be taken",
			.name = STR(ASK_GIVEN_NAME) };
		return e;
	}
	if (wants_picture(page, reply))
		add_picture(p, card, reply);
	return ask_give_card(&p->call, token, card, reply, why);
}

str
own_card_complaint(const struct page *p, enum err outcome)
{
	static const struct {
		enum err outcome;
		enum web_text_key words;
	} complaints[] = {
		{ ERR_TOO_LARGE, T_e_card_large },
		{ ERR_SEVERAL, T_e_card_several },
		{ ERR_BAD_INPUT, T_e_card_nothing },
	};

	for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++)
		if (complaints[i].outcome == outcome)
			return web_words(
			    p, complaints[i].words, "limit", STR(OWN_CARD_MAX_MB));
	return web_text(p->lang, T_e_card);
}
