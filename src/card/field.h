/*
 * field.h - the catalogue: what an address book shows, a form asks and an answer names.
 *
 * A field is a property of a kind and a type ("work-tel" is a TEL with TYPE=work); an item
 * is one value of a field in one card.  What is not in the catalogue (NOTE, CATEGORIES,
 * X-...) can be neither shown to a target nor changed by him.
 * REQUIREMENTS' identifiers; canonical forms for each client: facts kept in
 * ARCHITECTURE.md, "What a field is on the wire".
 */
#ifndef KITH_CARD_FIELD_H
#define KITH_CARD_FIELD_H

#include "card/card.h"

enum card_field {
	CARD_F_NAME, /* FN/N: asked blank, never shown */
	CARD_F_MOBILE,
	CARD_F_WORK_TEL,
	CARD_F_HOME_TEL,
	CARD_F_FAX,
	CARD_F_TEL, /* of no type the others have; shown, never asked */
	CARD_F_EMAIL,
	CARD_F_WORK_EMAIL,
	CARD_F_ORG,
	CARD_F_TITLE,
	CARD_F_WORK_ADDRESS,
	CARD_F_HOME_ADDRESS,
	CARD_F_QQ,
	CARD_F_WECHAT,
	CARD_F_WEIBO,
	CARD_F_URL,
	CARD_F_BDAY,
	CARD_F_PHOTO,
	CARD_F_COUNT
};

/* "work-tel": the name in forms, the JSON interface, `kith ask --for` and answers. */
str card_field_name(enum card_field field);
bool card_field_read(str name, enum card_field *out);

/* Fields of which a card has one value at most: an addition to one that is filled is a
 * change of it. */
bool card_field_single(enum card_field field);

struct card_item {
	enum card_field field;
	size_t at; /* the property's index in its card */
	str text;  /* for people: unescaped; an address as lines "street\ncity ..." */
	str key; /* for comparing: two items of a field with one key are the same value */
};

/*
 * The items of a card in the order of its properties.  The list depends on the card's
 * bytes alone, so an item's number in it is stable for a given snapshot.  A PHOTO's text
 * is its media type, its key a digest of its bytes.
 */
struct card_items {
	struct card_item *list;
	size_t count;
};

struct card_items card_items(struct arena *arena, const struct card *card, str region);

/*
 * The content line (or lines: Weibo is a profile and a labelled URL) that holds a value of
 * a field in a card of that version.  A PHOTO's value is the JPEG's bytes; an address is
 * lines, kept as the street where it is not "street\ncity\nregion\ncode\ncountry".
 *
 * ERR_BAD_INPUT  the value is none of this field: no telephone number, no mail address ...
 * ERR_TOO_LARGE  CARD_VALUE_MAX_BYTES (a picture: CARD_PHOTO_MAX_BYTES)
 */
#define CARD_VALUE_MAX_BYTES ((size_t)2048)
#define CARD_PHOTO_MAX_BYTES ((size_t)100 * 1024)
#define CARD_LINES_MAX       3

struct card_lines {
	str list[CARD_LINES_MAX];
	size_t count;
};

enum err card_field_lines(struct arena *arena, const struct card *card,
    enum card_field field, str value, struct card_lines *out, struct why *why);

struct card_picture {
	str media_type; /* "image/jpeg", "image/png", "image/gif" or "image/webp", by its bytes */
	str bytes;
};

/* The card's own picture, decoded.  ERR_NOT_FOUND: none, one kept elsewhere (a URL is
 * never fetched), or no picture of these kinds. */
enum err card_picture(
    struct arena *arena, const struct card *card, struct card_picture *out);

/* That of one PHOTO property; the same. */
enum err card_picture_of(
    struct arena *arena, const struct card_property *photo, struct card_picture *out);

/* The folded lines of a PHOTO of that group (or none) as a card of that version and with
 * those line ends has them.  ERR_TOO_LARGE. */
enum err card_picture_lines(
    struct arena *arena, const struct card *card, str group, str jpeg, str *out);

/* The comparing key of a value of a field, as card_items makes it. */
str card_field_key(struct arena *arena, enum card_field field, str value, str region);

#endif
