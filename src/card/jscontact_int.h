/*
 * jscontact_int.h - a line of a 4.0 card and its place in a JSContact Card.
 *
 * The table says for each property where it stands and what its parameters are there; the
 * kinds of values have a function for each way.
 */
#ifndef KITH_CARD_JSCONTACT_INT_H
#define KITH_CARD_JSCONTACT_INT_H

#include "card/view_int.h"
#include "card/view_json_int.h"

/* --- JSON values (jscontact_tree.c) --- */

struct view_json *js_new(struct arena *arena, enum view_json_kind kind);
struct view_json *js_text(struct arena *arena, str text);
struct view_json *js_literal(struct arena *arena, str text);

/* With the same members; it can be put elsewhere. */
struct view_json *js_copy(struct arena *arena, const struct view_json *value);

/* NULL when it is no object or has no such member. */
struct view_json *js_member(const struct view_json *object, str name);
str js_member_text(const struct view_json *object, str name);

/* At the end of a list or an object; in an object nothing may have the name. */
void js_add(struct view_json *to, str name, struct view_json *value);

/* In place of the member that has the name, or at the end. */
void js_put(struct view_json *object, str name, struct view_json *value);

/* "author/uri": NULL when something on the way is missing. */
struct view_json *js_find(struct view_json *object, str path);

/* The object of that name, made when there is none; NULL when something else is there. */
struct view_json *js_step_into(struct arena *arena, struct view_json *object, str name);

/* The same for a path. */
struct view_json *js_object(struct arena *arena, struct view_json *object, str path);
bool js_put_at(
    struct arena *arena, struct view_json *object, str path, struct view_json *value);

bool js_same(const struct view_json *a, const struct view_json *b);
bool js_is_true(const struct view_json *value);
unsigned js_depth(const struct view_json *value);

/* One step of a pointer (RFC 6901 3), and back. */
str js_step_decoded(struct arena *arena, str step);
str js_step_encoded(struct arena *arena, str name);

void js_write(struct buf *out, const struct view_json *value);

/* --- the table (jscontact_rules.c) --- */

enum js_shape {
	JS_ENTRY, /* in a map of entries, each with an id */
	JS_LONE,  /* at most one in a card, a text */
	JS_NAME,  /* the parts of a name */
	JS_SET,   /* a map of what is true */
	JS_KEYED, /* in a map of entries, by value */
	JS_PLACE, /* in the anniversary of the same kind */
};

struct js_rule;

/* How a value is read out of a line into its entry, and said again.  False: not so. */
struct js_value {
	bool (*read)(struct arena *arena, const struct js_rule *rule,
	    const struct card_property *p, struct view_json *entry);
	bool (*write)(struct arena *arena, const struct js_rule *rule,
	    struct view_json *entry, struct buf *params, struct buf *value);
	str (*plain)(
	    struct arena *arena, str value); /* two that mean the same are equal */
};

extern const struct js_value js_text_value, js_raw_value, js_time_value, js_date_value,
    js_name_value, js_address_value, js_org_value, js_gender_value;

/* Which parameters a property has members for. */
enum js_params {
	JS_PREF = 1,
	JS_CONTEXTS = 2,
	JS_FEATURES = 4,
	JS_MEDIA = 8,
	JS_LABEL = 16, /* X-ABLabel of the line's group */
	JS_SERVICE = 32,
	JS_AUTHOR = 64,
	JS_PERSONAL = 128,
	JS_ADDRESS = 256,
	JS_RELATION = 512,
	JS_LIST_AS = 1024,
	JS_CALENDAR = 2048,
	JS_SORT = 4096, /* SORT-AS and JSCOMPS belong to the value */
	JS_USER = 8192,
	JS_MAILING = 16384,
};

struct js_rule {
	str name;   /* of the property */
	str member; /* where its entries stand in the Card */
	str key;    /* of the value in the entry */
	str type;   /* VALUE; empty: only a line without one */
	enum js_shape shape;
	const struct js_value *value;
	unsigned params;
	str mark, marked; /* the member that tells it from others: "kind", "photo" */
};

extern const struct js_rule js_rules[];
extern const size_t js_rule_count;

/* Of a line; NULL: none. */
const struct js_rule *js_rule_of(str name, str type);

/* A parameter that has a member of its own. */
enum js_param_kind { JS_PARAM_TEXT, JS_PARAM_NUMBER, JS_PARAM_TIME, JS_PARAM_LEVEL };

struct js_param_rule {
	unsigned params;
	str name, key;
	enum js_param_kind kind;
};
extern const struct js_param_rule js_param_rules[];
extern const size_t js_param_rule_count;

/* A TYPE that is true in a member. */
struct js_type_rule {
	unsigned params;
	str type, key, value;
};
extern const struct js_type_rule js_type_rules[];
extern const size_t js_type_rule_count;

/* Apple's words for labels, between _$!< and >!$_ */
bool js_is_word_of_apple(str label);

/* EXPERTISE has other words for its levels (RFC 6715 3.2); empty: none. */
str js_level_of(const struct js_rule *rule, str word);
str js_level_word(const struct js_rule *rule, str level);

/* --- parts of values --- */

/* 20200131T120000Z and 2020-01-31T12:00:00Z; empty: not of that form. */
str js_time_of(struct arena *arena, str value);
str js_time_back(struct arena *arena, str time);

bool js_is_uri(str text);

/* --- one line (jscontact_entry.c) --- */

/* What the line says, without its id and its label.  NULL: not to be said so. */
struct view_json *js_entry_of(
    struct arena *arena, const struct js_rule *rule, const struct card_property *p);

/* The entry as a line, with a PROP-ID if `id` is not empty; `group` goes before its own. */
bool js_line_of(struct arena *arena, const struct js_rule *rule,
    struct view_json *entry, str id, str group, str *line);

/* By the first row of the rule's member that can say it; NULL: none. */
const struct js_rule *js_line_by(struct arena *arena, const struct js_rule *rule,
    struct view_json *entry, str id, str group, str *line);

/* Whether the line means the property, its PROP-ID aside. */
bool js_is_again(struct arena *arena, const struct js_rule *rule,
    const struct card_property *p, str line);

/* A label as the value of X-ABLabel, and back. */
str js_label_of(struct arena *arena, str value);
str js_label_back(struct arena *arena, str label);

/* The full name of who has none, as a value: his parts in their order, or what else the
 * card calls him by.  In a card it is marked DERIVED and left out again (RFC 9555 2.1.1). */
str js_made_name(
    struct arena *arena, const struct view_json *root, const struct card *card);

/* The 4.0 card as a tree (jscontact_write.c). */
struct view_json *js_tree_of(struct arena *arena, const struct card *card);

#endif
