/* unite_held.c - the properties of a card as they compare with those of another. */
#include "card/field.h"
#include "card/group.h"
#include "card/profile_int.h"
#include "card/unite_int.h"
#include "card/value_int.h"

static str
lower(struct arena *arena, str text)
{
	return card_uid_key(arena, text);
}

static str
joined(struct arena *arena, str value)
{
	struct buf text = buf_in(arena, SIZE_MAX);

	while (value.len) {
		str part =
		    str_trim(card_unescape(arena, card_component_cut(&value, ';')));

		if (part.len && text.len)
			buf_add_char(&text, ' ');
		buf_add(&text, part);
	}
	return buf_str(&text);
}

/* A number or an address is the same whatever the cards call it, but for a fax. */
static str
family_of(enum card_field field)
{
	switch ((int)field) {
	case CARD_F_MOBILE:
	case CARD_F_WORK_TEL:
	case CARD_F_HOME_TEL:
	case CARD_F_TEL: return STR("tel");
	case CARD_F_EMAIL:
	case CARD_F_WORK_EMAIL: return STR("email");
	default: return card_field_name(field);
	}
}

/* A handle on a service, whatever property holds it. */
static bool
hold_profile(struct arena *arena, const struct card *card, size_t at, struct held *out)
{
	struct profile profile = card_profile(arena, card, card->properties + at);
	str key = key_of_words(arena, profile.handle);

	if (profile.service == SERVICE_NONE || !key.len)
		return false;
	out->family = profile.service == SERVICE_QQ       ? STR("qq")
		      : profile.service == SERVICE_WECHAT ? STR("wechat")
		      : profile.service == SERVICE_WEIBO  ? STR("weibo")
							  : STR("im");
	out->key = profile.service == SERVICE_OTHER
		       ? ARENA_JOIN(arena, profile.name, STR(":"), key)
		       : key;
	return true;
}

/* Of each property by itself: what else is in its card has no say, or a card that has come
 * in would compare otherwise than it did before. */
static bool
hold_alone(struct arena *arena, const struct card *card, size_t at, struct held *out)
{
	const struct card_property *p = card->properties + at;

	if (p->is == CARD_FN) {
		str key = key_of_words(arena, card_unescape(arena, p->value));

		out->key = key.len ? key : out->key;
		return true;
	}
	return hold_profile(arena, card, at, out);
}

void
source_hold(struct arena *arena, struct source *source, str region)
{
	const struct card *card = source->card;
	struct card_items items = card_items(arena, card, region);
	bool *alone = ARENA_ARRAY(arena, bool, card->count + 1);

	source->held = ARENA_ARRAY(arena, struct held, card->count);
	for (size_t i = 0; i < card->count; i++) {
		const struct card_property *p = card->properties + i;

		source->held[i] = (struct held){ lower(arena, p->name),
			source->side.plain[i], joined(arena, p->value) };
		alone[i] = hold_alone(arena, card, i, &source->held[i]);
	}
	for (size_t i = 0; i < items.count; i++)
		if (!alone[items.list[i].at])
			source->held[items.list[i].at] =
			    (struct held){ family_of(items.list[i].field),
				    items.list[i].key, items.list[i].text };
}

/* --- fields with one value --- */

bool
source_is_single(str name)
{
	static const str names[] = { STR_CONST("FN"), STR_CONST("N"), STR_CONST("BDAY"),
		STR_CONST("ANNIVERSARY"), STR_CONST("PHOTO"), STR_CONST("ORG"),
		STR_CONST("TITLE"), STR_CONST("ROLE"), STR_CONST("KIND"),
		STR_CONST("X-ADDRESSBOOKSERVER-KIND"), STR_CONST("GENDER"),
		STR_CONST("CLASS"), STR_CONST("SORT-STRING"), STR_CONST("PROFILE"),
		STR_CONST("X-PHONETIC-FIRST-NAME"), STR_CONST("X-PHONETIC-LAST-NAME"),
		STR_CONST("X-ABSHOWAS") };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_same_nocase(name, names[i]))
			return true;
	return false;
}

size_t
source_first(const struct source *s, str name)
{
	for (size_t i = 0; i < s->card->count; i++)
		if (str_same_nocase(s->card->properties[i].name, name))
			return i;
	return SIZE_MAX;
}
