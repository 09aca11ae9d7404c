#include <stddef.h>

#include "courier/courier.h"
#include "courier/template_int.h"
#include "json/json.h"
#include "wire/wire.h"

/* As many holes as fit, each filled with the longest letter in its longest writing: so what
 * was checked can be filled. */
#define PATTERN_MAX_BYTES ((size_t)4096)
#define HOLE_BYTES        4 /* "{to}" */
#define WIDEST            4 /* one byte as UTF-16 in hex */
#define FILLED_MAX_BYTES \
	(PATTERN_MAX_BYTES / HOLE_BYTES * WIDEST * COURIER_BODY_MAX_BYTES)

static void
add_as_is(struct buf *out, str value)
{
	buf_add(out, value);
}

static void
add_url(struct buf *out, str value)
{
	buf_add(out, wire_encode(out->arena, value));
}

static void
add_ucs2hex(struct buf *out, str value)
{
	while (value.len) {
		uint32_t rune = str_rune(&value);

		if (rune > 0xffff) {
			rune -= 0x10000;
			buf_addf(out, "%04X%04X", 0xd800 + (rune >> 10),
			    0xdc00 + (rune & 0x3ff));
		} else {
			buf_addf(out, "%04X", rune);
		}
	}
}

static void
add_digits(struct buf *out, str value)
{
	for (size_t i = 0; i < value.len; i++)
		if (value.at[i] >= '0' && value.at[i] <= '9')
			buf_add_char(out, value.at[i]);
}

static const struct {
	str name;
	void (*add)(struct buf *out, str value);
} filters[] = {
	{ STR_CONST("url"), add_url },
	{ STR_CONST("json"), json_quote },
	{ STR_CONST("ucs2hex"), add_ucs2hex },
	{ STR_CONST("nofmt"), add_digits },
};

static const struct {
	str name;
	size_t offset; /* in struct template_fill */
} holes[] = {
	{ STR_CONST("to"), offsetof(struct template_fill, to) },
	{ STR_CONST("text"), offsetof(struct template_fill, text) },
	{ STR_CONST("id"), offsetof(struct template_fill, id) },
	{ STR_CONST("from"), offsetof(struct template_fill, from) },
};

struct hole {
	str whole; /* "text|json"; empty: there are no more */
	size_t offset;
	bool known;
	void (*add)(struct buf *out, str value); /* NULL: no filter is named */
};

static bool
begins_hole(str rest)
{
	return rest.len > 1 && rest.at[0] == '{' && rest.at[1] >= 'a' &&
	       rest.at[1] <= 'z';
}

static struct hole
hole_named(str whole)
{
	struct hole hole = { .whole = whole };
	bool filtered = str_has(whole, '|');
	str name = str_cut(&whole, '|');
	bool known = false;

	for (size_t i = 0; i < sizeof holes / sizeof *holes; i++)
		if (str_same(holes[i].name, name)) {
			hole.offset = holes[i].offset;
			known = true;
		}
	for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
		if (filtered && str_same(filters[i].name, whole))
			hole.add = filters[i].add;
	hole.known = known && (!filtered || hole.add);
	return hole;
}

/* Cuts the text before the next hole, and the hole, off *pattern. */
static str
cut_hole(str *pattern, struct hole *out)
{
	str before = *pattern;
	bool closed;

	*out = (struct hole){ 0 };
	for (size_t i = 0; i < before.len; i++) {
		str rest = str_part(before, i, before.len);

		if (!begins_hole(rest))
			continue;
		*pattern = str_part(rest, 1, rest.len);
		closed = str_has(*pattern, '}');
		*out = hole_named(str_cut(pattern, '}'));
		out->known = out->known && closed;
		return str_part(before, 0, i);
	}
	*pattern = STR("");
	return before;
}

static bool
may_stand_bare(str pattern, enum template_kind kind, const struct hole *hole)
{
	if (kind == TEMPLATE_URL || hole->add ||
	    hole->offset != offsetof(struct template_fill, text))
		return true;
	return kind == TEMPLATE_BODY && str_same(pattern, STR("{text}"));
}

enum err
template_check(str pattern, enum template_kind kind, struct why *why)
{
	str rest = pattern;
	struct hole hole;

	if (pattern.len > PATTERN_MAX_BYTES) {
		why->what = "the template is too long";
		return ERR_BAD_INPUT;
	}
	while (rest.len) {
		(void)cut_hole(&rest, &hole);
		if (!hole.whole.len)
			continue;
		if (hole.known && may_stand_bare(pattern, kind, &hole))
			continue;
		why->what = hole.known ? "{text} needs a filter there"
				       : "there is no such hole or filter";
		why->name = hole.whole;
		return ERR_BAD_INPUT;
	}
	return OK;
}

str
template_fill(struct arena *arena, str pattern, enum template_kind kind,
    const struct template_fill *fill)
{
	struct buf out = buf_in(arena, FILLED_MAX_BYTES);
	struct hole hole;

	while (pattern.len) {
		buf_add(&out, cut_hole(&pattern, &hole));
		if (!hole.whole.len)
			continue;
		if (!hole.add)
			hole.add = kind == TEMPLATE_URL ? add_url : add_as_is;
		hole.add(&out,
		    *(const str *)(const void *)((const char *)fill + hole.offset));
	}
	return buf_str(&out);
}
