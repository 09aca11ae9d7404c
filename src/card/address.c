/* address.c - an address as people name it: keys of its parts. */
#include "card/address_int.h"
#include "card/card.h"
#include "card/value_int.h"

#define TAILS_MAX      4 /* of a street: cut behind its province, town, county */
#define TAIL_MIN_RUNES 4

/* What one writes out, another leaves out or shortens.  Wherever it stands, and on both sides:
 * whether it was meant so does not matter. */
static const struct {
	str is, as;
} shortened[] = {
	{ STR_CONST("省"), STR_CONST("") },
	{ STR_CONST("市"), STR_CONST("") },
	{ STR_CONST("区"), STR_CONST("") },
	{ STR_CONST("區"), STR_CONST("") },
	{ STR_CONST("县"), STR_CONST("") },
	{ STR_CONST("縣"), STR_CONST("") },
	{ STR_CONST("中国"), STR_CONST("") },
	{ STR_CONST("中國"), STR_CONST("") },
	{ STR_CONST("號"), STR_CONST("号") },
	{ STR_CONST("street"), STR_CONST("st") },
	{ STR_CONST("strasse"), STR_CONST("str") },
	{ STR_CONST("road"), STR_CONST("rd") },
	{ STR_CONST("avenue"), STR_CONST("ave") },
	{ STR_CONST("boulevard"), STR_CONST("blvd") },
	{ STR_CONST("square"), STR_CONST("sq") },
	{ STR_CONST("lane"), STR_CONST("ln") },
	{ STR_CONST("drive"), STR_CONST("dr") },
};

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

static str
shorten(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, text.len + 1);

	while (text.len) {
		size_t i = 0;
		str rest = text;

		while (i < COUNT_OF(shortened) && !str_starts(text, shortened[i].is))
			i++;
		if (i < COUNT_OF(shortened)) {
			buf_add(&out, shortened[i].as);
			text = str_part(text, shortened[i].is.len, text.len);
			continue;
		}
		(void)str_rune(&rest);
		buf_add(&out, str_part(text, 0, text.len - rest.len));
		text = rest;
	}
	return buf_str(&out);
}

static void
add(struct address_names *out, str name)
{
	for (size_t i = 0; i < out->count; i++)
		if (str_same(out->list[i], name))
			return;
	if (name.len && out->count < ADDRESS_NAMES_MAX)
		out->list[out->count++] = name;
}

/* --- the street behind its province, town and county --- */

static bool
is_one_of(str list, str rune)
{
	return rune.len && str_find(list, rune) != SIZE_MAX;
}

/* 海淀区 is a part of a town; 阳光小区 is a part of a street, and 市场路 is one. */
static bool
ends_division(str before, str rune, str after)
{
	if (!is_one_of(STR("省市区區县縣"), rune))
		return false;
	if (is_one_of(STR("区區"), rune))
		return !is_one_of(STR("小社园園校院厂廠"), before);
	return !(str_same(rune, STR("市")) &&
		 (str_starts(after, STR("场")) || str_starts(after, STR("場"))));
}

struct tails {
	str list[TAILS_MAX]; /* the whole first */
	size_t count;
};

static struct tails
tails_of(str street)
{
	struct tails tails = { { street }, 1 };
	str rest = street;
	str before = { 0 };

	while (rest.len && tails.count < TAILS_MAX) {
		str at = rest;
		str rune;

		(void)str_rune(&rest);
		rune = str_part(at, 0, at.len - rest.len);
		if (before.len && rest.len && ends_division(before, rune, rest))
			tails.list[tails.count++] = rest;
		before = rune;
	}
	return tails;
}

/* "3号楼" behind 园区 is no street. */
static bool
is_street(str tail)
{
	size_t runes = 0;

	if (!tail.len || (tail.at[0] >= '0' && tail.at[0] <= '9'))
		return false;
	for (; tail.len; runes++)
		(void)str_rune(&tail);
	return runes >= TAIL_MIN_RUNES;
}

/* --- the card's --- */

struct address { /* folded, bare and shortened */
	struct arena *arena;
	struct address_names *out;
	str street, town, region, code;
};

#define NAME(address, ...) \
	add((address)->out, ARENA_JOIN((address)->arena, __VA_ARGS__))

static bool
is_eastern(str text)
{
	while (text.len)
		if (str_rune(&text) >=
		    0x2E80) /* CJK Radicals Supplement, and all after */
			return true;
	return false;
}

/* The large before the small; in the west also the small before the large. */
static void
add_street(const struct address *a, str street)
{
	NAME(a, street);
	NAME(a, a->town, street);
	if (is_eastern(street)) {
		NAME(a, a->region, street);
		NAME(a, a->region, a->town, street);
		return;
	}
	NAME(a, street, a->town);
	NAME(a, street, a->code, a->town);
	NAME(a, street, a->town, a->region);
}

/* Under a mark that nothing typed has. */
static void
add_townless(const struct address *a)
{
	NAME(a, STR("?"), a->street);
}

/* What the street itself says of its town may be left out, all of it or the middle. */
static void
add_tails(const struct address *a, const struct tails *tails)
{
	str whole = tails->list[0];
	size_t first_len = whole.len - tails->list[1].len;
	str first = shorten(a->arena, str_part(whole, 0, first_len));

	for (size_t i = 1; i < tails->count; i++) {
		str tail = shorten(a->arena, tails->list[i]);

		if (!is_street(tail))
			continue;
		add_street(a, tail);
		NAME(a, first, tail);
	}
}

void
address_names(struct arena *arena, str adr, struct address_names *out)
{
	enum { BOX, EXTENSION, STREET, TOWN, REGION, CODE, COUNTRY, PARTS };
	str part[PARTS] = { 0 };
	struct address a = { .arena = arena, .out = out };
	struct tails tails;

	out->count = 0;
	for (size_t i = 0; i < PARTS && adr.len; i++)
		part[i] = key_of_words(
		    arena, card_unescape(arena, card_component_cut(&adr, ';')));
	if (!part[STREET].len)
		return;
	a.town = shorten(arena, part[TOWN]);
	a.region = shorten(arena, part[REGION]);
	a.code = part[CODE];
	a.street = shorten(arena, part[STREET]);
	tails = tails_of(part[STREET]);
	add_street(&a, a.street);
	if (tails.count > 1)
		add_tails(&a, &tails);
	else if (!a.town.len && !a.region.len)
		add_townless(&a);
	if (part[EXTENSION].len)
		add_street(
		    &a, ARENA_JOIN(arena, a.street, shorten(arena, part[EXTENSION])));
}

/* --- what was typed --- */

static str
cut_line(str *text)
{
	static const str ends[] = { STR_CONST(","), STR_CONST("，"), STR_CONST("\n") };
	str line = *text;
	size_t end_len = 0;

	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		size_t at = str_find(line, ends[i]);

		if (at == SIZE_MAX)
			continue;
		line.len = at;
		end_len = ends[i].len;
	}
	*text = str_part(*text, line.len + end_len, text->len);
	return line;
}

static str
without_digits(struct arena *arena, str text)
{
	struct buf out = buf_in(arena, text.len + 1);

	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] < '0' || text.at[i] > '9')
			buf_add_char(&out, text.at[i]);
	return buf_str(&out);
}

/* "1 Main Street, Springfield, IL": the street, and the town behind it. */
static void
guess_by_lines(struct address *a, str typed)
{
	str street = shorten(a->arena, key_of_words(a->arena, cut_line(&typed)));
	str town = key_of_words(a->arena, cut_line(&typed));

	if (!street.len || !town.len)
		return;
	a->street = street;
	NAME(a, shorten(a->arena, without_digits(a->arena, town)), street);
	add_townless(a);
}

/* "江苏省南京市人民路1号": with its town alone; the street alone, of who has no town. */
static void
guess_by_tails(struct address *a, str typed)
{
	struct tails tails = tails_of(key_of_words(a->arena, typed));

	for (size_t i = 1; i < tails.count; i++) {
		a->street = shorten(a->arena, tails.list[i]);
		if (i + 1 < tails.count)
			NAME(a, a->street);
		else
			add_townless(a);
	}
}

void
address_guesses(struct arena *arena, str typed, struct address_names *out)
{
	struct address a = { .arena = arena, .out = out };

	out->count = 0;
	NAME(&a, shorten(arena, key_of_words(arena, typed)));
	guess_by_lines(&a, typed);
	guess_by_tails(&a, typed);
}
