#include "phone/phone.h"

#include <pthread.h>
#include <string.h>

#include "phone/phone_int.h"

#define DIGITS_MAX    24 /* of a number with what is dialled before it */
#define EXTENSION_MAX 11
#define CHINA         "+86"
#define MOBILE_LEN    11 /* a Chinese mobile number without its country */

/* A number taken apart. */
struct typed {
	char
	    digits[DIGITS_MAX + 2]; /* '+' where it names its country; NUL-terminated */
	size_t len;
	char extension[EXTENSION_MAX];
	size_t extension_len;
};

/* --- reading what is typed --- */

/* What people and programs put between digits, and marks of direction that come along
 * when a number is copied from a screen. */
static const struct {
	uint32_t first, last;
} gaps[] = {
	{ '\t', '\t' },
	{ ' ', ' ' },
	{ '(', ')' },
	{ '-', '/' }, /* - . / */
	{ '[', '[' },
	{ ']', ']' },
	{ 0x00A0, 0x00A0 },
	{ 0x00AD, 0x00AD },
	{ 0x2000, 0x2015 }, /* spaces, marks of direction, dashes */
	{ 0x202A, 0x202F },
	{ 0x2060, 0x2069 },
	{ 0x2212, 0x2212 },
	{ 0x3000, 0x3000 },
	{ 0x30FC, 0x30FC },
	{ 0xFEFF, 0xFEFF },
	{ 0xFF08, 0xFF09 },
	{ 0xFF0D, 0xFF0F },
};

/* Longest first where one begins another. */
static const str extension_marks[] = {
	STR_CONST(";ext="),
	STR_CONST("extension"),
	STR_CONST("ext."),
	STR_CONST("ext"),
	STR_CONST("x"),
	STR_CONST("转"),
	STR_CONST("轉"),
	STR_CONST("分机"),
	STR_CONST("分機"),
};

static bool
is_gap(uint32_t rune)
{
	for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++)
		if (rune >= gaps[i].first && rune <= gaps[i].last)
			return true;
	return false;
}

static bool
take_mark(str *text)
{
	for (size_t i = 0; i < sizeof extension_marks / sizeof *extension_marks; i++) {
		str mark = extension_marks[i];

		if (!str_same_nocase(str_part(*text, 0, mark.len), mark))
			continue;
		*text = str_part(*text, mark.len, text->len);
		return true;
	}
	return false;
}

/* The value of a digit, ASCII or full-width, or -1. */
static int
digit_of(uint32_t rune)
{
	if (rune >= '0' && rune <= '9')
		return (int)rune - '0';
	if (rune >= 0xFF10 && rune <= 0xFF19)
		return (int)rune - 0xFF10;
	return -1;
}

static bool
is_plus(uint32_t rune)
{
	return rune == '+' || rune == 0xFF0B;
}

static bool
add_digit(char *to, size_t *len, size_t room, int digit)
{
	if (*len == room)
		return false;
	to[(*len)++] = (char)('0' + digit);
	return true;
}

static bool
read_extension(str text, struct typed *out)
{
	while (text.len) {
		uint32_t rune = str_rune(&text);
		int digit = digit_of(rune);

		if (digit < 0 && !is_gap(rune))
			return false;
		if (digit >= 0 && !add_digit(out->extension, &out->extension_len,
				      EXTENSION_MAX, digit))
			return false;
	}
	return out->extension_len > 0;
}

static bool
read_digits(str text, struct typed *out)
{
	while (text.len) {
		uint32_t rune;
		int digit;

		if (out->len && take_mark(&text))
			return read_extension(text, out);
		rune = str_rune(&text);
		digit = digit_of(rune);
		if (is_plus(rune) && !out->len)
			out->digits[out->len++] = '+';
		else if (digit < 0 && !is_gap(rune))
			return false;
		else if (digit >= 0 &&
			 !add_digit(out->digits, &out->len, DIGITS_MAX + 1, digit))
			return false;
	}
	return true;
}

/* "00" is dialled for '+' nearly everywhere, and typed for it where it is not. */
static void
name_country(struct typed *typed)
{
	if (typed->len < 2 || memcmp(typed->digits, "00", 2) != 0)
		return;
	typed->digits[0] = '+';
	memmove(typed->digits + 1, typed->digits + 2, typed->len - 2);
	typed->len--;
	typed->digits[typed->len] = '\0';
}

static bool
read_typed(str text, struct typed *out)
{
	str scheme = STR("tel:");

	if (str_same_nocase(str_part(text, 0, scheme.len), scheme))
		text = str_part(text, scheme.len, text.len);
	if (!read_digits(text, out))
		return false;
	name_country(out);
	return true;
}

/* --- the way without the library --- */

/* The ranges 1xx that every edition of the plan has had as mobile for years; newer ones
 * are left to the library. */
static const char *const mobile_ranges[10] = {
	['3' - '0'] = "0123456789",
	['5' - '0'] = "012356789",
	['6' - '0'] = "6",
	['7' - '0'] = "35678",
	['8' - '0'] = "0123456789",
	['9' - '0'] = "89",
};

static bool
chinese_mobile(const struct typed *typed, str region, const char **national)
{
	const char *own = typed->digits, *range;
	size_t len = typed->len;

	if (str_starts((str){ own, len }, STR(CHINA))) {
		own += sizeof CHINA - 1;
		len -= sizeof CHINA - 1;
	} else if (!str_same(region, STR("CN"))) {
		return false;
	}
	if (len != MOBILE_LEN || own[0] != '1' || own[1] < '0' || own[1] > '9')
		return false;
	range = mobile_ranges[own[1] - '0'];
	*national = own;
	return range && strchr(range, own[2]);
}

/* --- what was looked up lately --- */

/* The library takes 20 to 40 us for a number, and the same numbers come again with every
 * edit of the cards they stand on.  One place a number, the latest one has it. */
#define LATELY_PLACES 1024

struct lately {
	char digits[DIGITS_MAX + 2];
	char region[PHONE_REGION_ROOM];
	bool known; /* what was found; false: it is no number */
	struct phone_found found;
};

static struct lately lately[LATELY_PLACES];
static pthread_mutex_t lately_lock = PTHREAD_MUTEX_INITIALIZER;

static struct lately *
place_of(const struct lately *wanted)
{
	uint32_t hash = 2166136261u; /* FNV-1a */

	for (const char *at = wanted->digits; *at; at++)
		hash = (hash ^ (unsigned char)*at) * 16777619u;
	for (const char *at = wanted->region; *at; at++)
		hash = (hash ^ (unsigned char)*at) * 16777619u;
	return &lately[hash % LATELY_PLACES];
}

static bool
is_known(struct lately *wanted)
{
	const struct lately *place = place_of(wanted);
	bool same;

	(void)pthread_mutex_lock(&lately_lock);
	same = strcmp(place->digits, wanted->digits) == 0 &&
	       strcmp(place->region, wanted->region) == 0;
	if (same)
		*wanted = *place;
	(void)pthread_mutex_unlock(&lately_lock);
	return same;
}

static bool
look_up(const char *digits, str region, struct phone_found *out)
{
	struct lately wanted = { 0 };

	if (!*digits || region.len >= sizeof wanted.region)
		return false;
	memcpy(wanted.digits, digits, strlen(digits));
	if (region.len)
		memcpy(wanted.region, region.at, region.len);
	if (!is_known(&wanted)) {
		wanted.known = phone_look_up(digits, wanted.region, &wanted.found) != 0;
		(void)pthread_mutex_lock(&lately_lock);
		*place_of(&wanted) = wanted;
		(void)pthread_mutex_unlock(&lately_lock);
	}
	*out = wanted.found;
	return wanted.known;
}

/* --- both --- */

static const enum phone_class classes[] = {
	[PHONE_PLAN_OTHER] = PHONE_OTHER,
	[PHONE_PLAN_MOBILE] = PHONE_MOBILE,
	[PHONE_PLAN_FIXED] = PHONE_FIXED,
	[PHONE_PLAN_PREMIUM] = PHONE_PREMIUM,
	[PHONE_PLAN_SHORT] = PHONE_SHORT,
};

bool
phone_read(struct arena *arena, str typed, str region, struct phone *out)
{
	struct typed read = { 0 };
	struct phone_found found;
	const char *national;

	if (!read_typed(typed, &read))
		return false;
	*out = (struct phone){ 0 };
	if (chinese_mobile(&read, region, &national)) {
		out->e164 = arena_printf(arena, CHINA "%s", national);
		out->class = PHONE_MOBILE;
	} else if (look_up(read.digits, region, &found)) {
		out->e164 = arena_copy(arena, str_of(found.e164));
		out->class = classes[found.plan];
	} else {
		return false;
	}
	out->extension = arena_copy(arena, (str){ read.extension, read.extension_len });
	return true;
}

str
phone_region(struct arena *arena, str e164)
{
	char region[PHONE_REGION_ROOM];

	if (str_starts(e164, STR(CHINA)))
		return STR("CN");
	if (!str_starts(e164, STR("+")) ||
	    !phone_region_of(arena_copy(arena, e164).at, region))
		return (str){ 0 };
	return arena_copy(arena, str_of(region));
}
