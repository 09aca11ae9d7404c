/*
 * card.h - vCards as values, without losing a byte.
 *
 * Knows RFC 6350 (vCard 4.0), RFC 2426 (3.0), RFC 6868 (parameter values) and nothing of
 * books, stores or HTTP.  Reading finds the properties and leaves their bytes where they
 * are; writing gives back the same bytes, but for the lines that were edited.  Pure: bytes
 * in, values out, no I/O, no clock.  Safe from any thread.
 */
#ifndef KITH_CARD_CARD_H
#define KITH_CARD_CARD_H

#include "base/buf.h"

#define CARD_MAX_BYTES      ((size_t)10 << 20) /* CARDDAV:max-resource-size, in bytes */
#define CARD_MAX_PROPERTIES 10000

enum card_version { CARD_V3, CARD_V4 };

/* The properties kith has something to say about; all others are CARD_OTHER and kept. */
enum card_name {
	CARD_OTHER,
	CARD_ADR,
	CARD_ANNIVERSARY,
	CARD_BDAY,
	CARD_CATEGORIES,
	CARD_EMAIL,
	CARD_FN,
	CARD_IMPP,
	CARD_KIND, /* also X-ADDRESSBOOKSERVER-KIND */
	CARD_LABEL,
	CARD_MEMBER, /* also X-ADDRESSBOOKSERVER-MEMBER */
	CARD_N,
	CARD_NICKNAME,
	CARD_NOTE,
	CARD_ORG,
	CARD_PHOTO,
	CARD_REV,
	CARD_ROLE,
	CARD_SOCIALPROFILE, /* also X-SOCIALPROFILE */
	CARD_TEL,
	CARD_TITLE,
	CARD_UID,
	CARD_URL,
	CARD_X_ABLABEL,
	CARD_X_QQ, /* also X-TENCENT-QQ; X-WECHAT, X-WEIBO ... are below */
	CARD_X_WECHAT,
	CARD_X_WEIBO,
	CARD_X_IM, /* X-AIM, X-ICQ, X-JABBER, X-MSN, X-SKYPE, X-SKYPE-USERNAME, X-YAHOO ... */
};

struct card_property {
	enum card_name is;
	str group;  /* "item1" of item1.EMAIL, or empty */
	str name;   /* as written; compare without case */
	str params; /* as written, unfolded, without the leading ';' */
	str value;  /* as written, unfolded, still escaped */
	str raw; /* all its lines as they stand in the source, with their line ends */
	bool
	    odd; /* not written as a property is, or lines that are none come with it */
};

struct card {
	enum card_version version;
	str text;     /* the source */
	str head;     /* from its start through the BEGIN line */
	str tail;     /* the END line and what follows it */
	str line_end; /* "\r\n", or "\n" where the source has that */
	struct card_property
	    *properties; /* in the order of the source, VERSION included */
	size_t count;
	str uid; /* the value as written; empty when there is none */
	str fn;  /* the same, still escaped */
	unsigned
	    odd; /* the first line that is part of no vCard: such are kept, and left
			 out of views; 0: none */
};

/*
 * Reads exactly one vCard.
 *
 * Liberal: FN, N or UID may be missing, properties doubled, lines ended by bare LF, folded
 * in the middle of a character; blank lines are skipped.  Lines that are no properties, as
 * programs leave that do not fold, stay with the one before them; words around the card,
 * with it.  Looks into `text` where it can and into `arena` where it must; both have to
 * outlive the card.
 *
 * ERR_BAD_INPUT    not one whole vCard in UTF-8; *why says what and in which line
 * ERR_UNSUPPORTED  VERSION is neither 3.0 nor 4.0 (missing: taken as 3.0)
 * ERR_TOO_LARGE    more than CARD_MAX_BYTES or CARD_MAX_PROPERTIES
 *
 * RFC 6350 3.2 (folding), 3.3 (syntax); RFC 6352 5.1 (one card per resource).
 */
enum err card_read(struct arena *arena, str text, struct card **out, struct why *why);

/* --- looking into a property --- */

/* Without case: card_named(p, STR("X-EVOLUTION-FILE-AS")). */
bool card_named(const struct card_property *property, str name);

/* The first of that kind from index `from` on, or NULL. */
const struct card_property *card_first(
    const struct card *card, enum card_name is, size_t from);

/* The n-th value (from 0) of a parameter, over repetitions and comma lists, unquoted and
 * RFC 6868-decoded; false when there are fewer.  vCard 2.1's bare "HOME" counts as TYPE. */
bool card_param(struct arena *arena, const struct card_property *property, str name,
    size_t n, str *out);

/* Whether one of the TYPE values is `type`, without case.  No allocation. */
bool card_has_type(const struct card_property *property, str type);

/* The X-ABLabel text of the property's group, or empty: item1.X-ABLabel of item1.URL. */
str card_label(
    struct arena *arena, const struct card *card, const struct card_property *property);

/* A text value without its backslashes (RFC 6350 3.4). */
str card_unescape(struct arena *arena, str value);

/* Cuts the next component off a structured value at an unescaped ';' (or a list at an
 * unescaped ','), still escaped. */
str card_component_cut(str *value, char mark);

/* --- making lines --- */

/* Text as a value: backslash, newline, comma and semicolon escaped; C0 controls but tab
 * and newline dropped, so that no value can start a property of its own. */
void card_escape_add(struct buf *buf, str text);

/* A parameter value: quoted when it must be, RFC 6868 for '"', newline and '^'. */
void card_param_add(struct buf *buf, str text);

/* --- editing in place --- */

enum card_edit_kind {
	CARD_EDIT_REPLACE, /* the property `at` becomes `line` */
	CARD_EDIT_REMOVE,  /* the property `at` goes */
	CARD_EDIT_ADD,     /* `line` comes after the last property that is like it */
};

struct card_edit {
	enum card_edit_kind kind;
	size_t at;
	str line; /* one content line, unfolded, without a line end: "TEL;TYPE=CELL:+86..." */
};

/*
 * Writes the card with the edits made: untouched properties byte for byte, edited ones
 * folded at 75 bytes (never inside a character) with the card's own line end.  No edits:
 * the same bytes.  At most one edit per property; the order of ADDs is kept.
 *
 * ERR_TOO_LARGE  the result crosses CARD_MAX_BYTES
 */
enum err card_write(struct arena *arena, const struct card *card,
    const struct card_edit *edits, size_t count, str *out);

/* The first "itemN" no property of the card uses, nor any in `taken` before it. */
str card_free_group(struct arena *arena, const struct card *card, size_t skip);

/* --- files of many cards, and old ones --- */

/*
 * A file as card_next() wants it: UTF-16 (by its byte-order mark) made UTF-8, a byte-order
 * mark dropped; else the same bytes.  ERR_UNSUPPORTED when libc cannot read UTF-16.
 */
enum err card_file_text(struct arena *arena, str bytes, str *out);

/*
 * Cuts the next card, BEGIN to END, off a file of many.  What stands between cards is
 * skipped.  *line is the number of the first line of *rest (0: 1, the file's beginning)
 * and moves along.  ERR_NOT_FOUND at the end; ERR_BAD_INPUT for a BEGIN without END, with
 * *rest behind it so that the next call goes on, and why->line that of the BEGIN.
 */
enum err card_next(str *rest, str *out, unsigned *line, struct why *why);

/*
 * Makes a vCard 3.0 of whatever an import brings: 2.1 (quoted-printable, base64 with its
 * blank line, CHARSET, bare types), other charsets (GBK, GB18030, Latin-1, UTF-16 by BOM)
 * and byte-order marks.  A 3.0 or 4.0 card in UTF-8 comes back as it is, the same bytes.
 * What comes back can be read by card_read().
 *
 * ERR_BAD_INPUT    no card can be made of it; why->line is 0 when the line is not known
 * ERR_UNSUPPORTED  another VERSION, or a charset libc does not have
 * ERR_TOO_LARGE    more than CARD_MAX_BYTES, before or after
 */
enum err card_import(struct arena *arena, str text, str *out, struct why *why);

#endif
