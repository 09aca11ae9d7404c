/* items.c - the values of a card that the catalogue knows, in the order of the card. */
#include "card/picture_int.h"
#include "card/profile_int.h"
#include "card/value_int.h"
#include "phone/phone.h"

struct listing {
	struct arena *arena;
	const struct card *card;
	str region;
	struct card_items items;
};

static enum card_field
tel_field(const struct listing *l, const struct card_property *p)
{
	struct phone phone;

	if (card_has_type(p, STR("FAX")))
		return CARD_F_FAX;
	if (card_has_type(p, STR("CELL")) || card_has_type(p, STR("IPHONE")) ||
	    card_has_type(p, STR("MOBILE")))
		return CARD_F_MOBILE;
	if (card_has_type(p, STR("WORK")))
		return CARD_F_WORK_TEL;
	if (card_has_type(p, STR("HOME")))
		return CARD_F_HOME_TEL;
	/* A book that holds a bare number: what the number itself says. */
	if (phone_read(
		l->arena, card_unescape(l->arena, p->value), l->region, &phone) &&
	    phone.class == PHONE_MOBILE)
		return CARD_F_MOBILE;
	return CARD_F_TEL;
}

static void
add(struct listing *l, enum card_field field, const struct card_property *p, str text,
    str key)
{
	if (text.len && key.len)
		l->items.list[l->items.count++] = (struct card_item){ field,
			(size_t)(p - l->card->properties), text, key };
}

static void
add_text(
    struct listing *l, enum card_field field, const struct card_property *p, str text)
{
	add(l, field, p, text, card_field_key(l->arena, field, text, l->region));
}

/* FN that only repeats a number or an address is no name. */
static bool
is_derived(const struct listing *l, str name)
{
	str key = key_of_words(l->arena, name);
	str tel = key_of_tel(l->arena, name, l->region);

	for (size_t i = 0; i < l->card->count; i++) {
		const struct card_property *p = &l->card->properties[i];
		str value;

		if (p->is != CARD_TEL && p->is != CARD_EMAIL)
			continue;
		value = card_unescape(l->arena, p->value);
		if (str_same(key, key_of_words(l->arena, value)) ||
		    (p->is == CARD_TEL &&
			str_same(tel, key_of_tel(l->arena, value, l->region))))
			return true;
	}
	return false;
}

static bool
has_item(const struct listing *l, enum card_field field, str key)
{
	for (size_t i = 0; i < l->items.count; i++)
		if (l->items.list[i].field == field &&
		    str_same(l->items.list[i].key, key))
			return true;
	return false;
}

/* Whether the same handle stands in a proper profile property: then its URL is a twin. */
static bool
is_twin(const struct listing *l, const struct card_property *p, str key)
{
	if (p->is != CARD_URL)
		return has_item(l, CARD_F_WEIBO, key);
	for (size_t i = 0; i < l->card->count; i++) {
		const struct card_property *other = &l->card->properties[i];
		struct profile profile;

		if (other == p || (other->is == CARD_URL && other > p))
			continue;
		profile = card_profile(l->arena, l->card, other);
		if (profile.service == SERVICE_WEIBO &&
		    str_same(key, card_field_key(l->arena, CARD_F_WEIBO, profile.handle,
				      l->region)))
			return true;
	}
	return false;
}

static bool
add_profile(struct listing *l, const struct card_property *p)
{
	static const enum card_field fields[] = { [SERVICE_QQ] = CARD_F_QQ,
		[SERVICE_WECHAT] = CARD_F_WECHAT,
		[SERVICE_WEIBO] = CARD_F_WEIBO };
	struct profile profile = card_profile(l->arena, l->card, p);
	enum card_field field;
	str key;

	if (profile.service == SERVICE_NONE)
		return false;
	if (profile.service == SERVICE_OTHER)
		return true;
	field = fields[profile.service];
	key = card_field_key(l->arena, field, profile.handle, l->region);
	if (profile.service != SERVICE_WEIBO || !is_twin(l, p, key))
		add(l, field, p, profile.handle, key);
	return true;
}

static void
add_photo(struct listing *l, const struct card_property *p)
{
	struct card_picture picture;

	if (card_picture_of(l->arena, p, &picture) == OK)
		add(l, CARD_F_PHOTO, p, picture.media_type,
		    picture_key(l->arena, picture.bytes));
	else
		add(l, CARD_F_PHOTO, p, STR("image"), p->value);
}

static void
add_property(struct listing *l, const struct card_property *p)
{
	struct arena *arena = l->arena;
	str text = { 0 };

	if (p->is != CARD_PHOTO)
		text = str_trim(card_unescape(arena, p->value));
	switch ((int)p->is) {
	case CARD_FN:
		if (!is_derived(l, text))
			add_text(l, CARD_F_NAME, p, text);
		break;
	case CARD_TEL:
		if (str_starts(text, STR("tel:")))
			text = str_part(text, 4, text.len);
		add_text(l, tel_field(l, p), p, text);
		break;
	case CARD_EMAIL:
		add_text(l,
		    card_has_type(p, STR("WORK")) ? CARD_F_WORK_EMAIL : CARD_F_EMAIL, p,
		    text);
		break;
	case CARD_ORG: add_text(l, CARD_F_ORG, p, value_of_org(arena, p->value)); break;
	case CARD_TITLE: add_text(l, CARD_F_TITLE, p, text); break;
	case CARD_ADR:
		add_text(l,
		    card_has_type(p, STR("WORK")) ? CARD_F_WORK_ADDRESS
						  : CARD_F_HOME_ADDRESS,
		    p, value_of_adr(arena, p->value));
		break;
	case CARD_BDAY: add_text(l, CARD_F_BDAY, p, value_of_bday(arena, p)); break;
	case CARD_PHOTO: add_photo(l, p); break;
	case CARD_URL:
		if (!add_profile(l, p))
			add_text(l, CARD_F_URL, p, text);
		break;
	default: (void)add_profile(l, p);
	}
}

struct card_items
card_items(struct arena *arena, const struct card *card, str region)
{
	struct listing l = { .arena = arena, .card = card, .region = region };

	l.items.list = ARENA_ARRAY(arena, struct card_item, card->count);
	for (size_t i = 0; i < card->count; i++)
		add_property(&l, &card->properties[i]);
	return l.items;
}
