/*
 * view_date.c - dates and times: extended in 3.0 (RFC 2426 4: 1996-04-15), basic in 4.0
 * (RFC 6350 4.3: 19960415).  Whatever has neither form is left as it stands.
 */
#include "card/view_int.h"

/* Whether the text has the pattern's shape: '9' is a digit, '+' either sign. */
static bool
shaped(str text, str pattern)
{
	if (text.len < pattern.len)
		return false;
	for (size_t i = 0; i < pattern.len; i++) {
		char c = text.at[i];
		bool fits = pattern.at[i] == '9'   ? c >= '0' && c <= '9'
			    : pattern.at[i] == '+' ? c == '+' || c == '-'
						   : c == pattern.at[i];
		if (!fits)
			return false;
	}
	return true;
}

/* One form and the other; a letter in the second stands for the place of a byte of the
 * first ('a' the first byte), anything else for itself. */
struct shape {
	str from, to;
};

static bool
reshaped(struct buf *out, str *text, const struct shape *shapes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct shape *shape = shapes + i;

		if (!shaped(*text, shape->from))
			continue;
		for (size_t k = 0; k < shape->to.len; k++) {
			char c = shape->to.at[k];

			buf_add_char(out, c >= 'a' && c <= 'z' ? text->at[c - 'a'] : c);
		}
		*text = str_part(*text, shape->from.len, text->len);
		return true;
	}
	return false;
}

#define SHAPES(list) (list), sizeof(list) / sizeof *(list)

static const struct shape dates_to_4[] = {
	{ STR_CONST("9999-99-99"), STR_CONST("abcdfgij") },
	{ STR_CONST("--99-99"), STR_CONST("--cdfg") },
};
static const struct shape dates_to_3[] = {
	{ STR_CONST("99999999"), STR_CONST("abcd-ef-gh") },
	{ STR_CONST("--9999"), STR_CONST("--cd-ef") },
};
static const struct shape times_to_4[] = { { STR_CONST("T99:99:99"),
    STR_CONST("Tbcefhi") } };
static const struct shape times_to_3[] = { { STR_CONST("T999999"),
    STR_CONST("Tbc:de:fg") } };
static const struct shape offsets_to_4[] = { { STR_CONST("+99:99"),
    STR_CONST("abcef") } };
static const struct shape offsets_to_3[] = { { STR_CONST("+9999"),
    STR_CONST("abc:de") } };

static bool
offset(struct buf *out, str *text, const struct shape *shapes)
{
	if (str_same(*text, STR("Z"))) {
		buf_add(out, *text);
		*text = (str){ 0 };
		return true;
	}
	return reshaped(out, text, shapes, 1);
}

static bool
date(struct arena *arena, str value, str *out, bool to_4)
{
	struct buf made = buf_in(arena, 64);

	if (!(to_4 ? reshaped(&made, &value, SHAPES(dates_to_4))
		   : reshaped(&made, &value, SHAPES(dates_to_3))))
		return false;
	if (value.len && !reshaped(&made, &value, to_4 ? times_to_4 : times_to_3, 1))
		return false;
	if (value.len)
		(void)offset(&made, &value, to_4 ? offsets_to_4 : offsets_to_3);
	if (value.len)
		return false;
	*out = buf_str(&made);
	return true;
}

bool
view_date_to_4(struct arena *arena, str value, str *out)
{
	return date(arena, value, out, true);
}

bool
view_date_to_3(struct arena *arena, str value, str *out)
{
	return date(arena, value, out, false);
}

static bool
whole_offset(struct arena *arena, str value, str *out, const struct shape *shapes)
{
	struct buf made = buf_in(arena, 16);

	if (!reshaped(&made, &value, shapes, 1) || value.len)
		return false;
	*out = buf_str(&made);
	return true;
}

bool
view_offset_to_4(struct arena *arena, str value, str *out)
{
	return whole_offset(arena, value, out, offsets_to_4);
}

bool
view_offset_to_3(struct arena *arena, str value, str *out)
{
	return whole_offset(arena, value, out, offsets_to_3);
}
