#include "fold/fold.h"

#include <threads.h>
#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/err.h"

#define ROOM_MORE   16 /* UTF-16 units that short text may grow by */
#define UTF8_GROWTH 3  /* bytes of UTF-8 one UTF-16 unit can become */
#define MAX_BYTES   ((size_t)16 << 20)
#define KEY_BYTES   256 /* of most sort keys */
#define RUNE_BAD    0xFFFD

/* UTF-16, as ICU wants it. */
struct wide {
	UChar *at;
	int32_t len;
};

/* What fails here is ICU's data or our arithmetic, never the input. */
static void
must_work(UErrorCode error)
{
	must(U_SUCCESS(error));
}

static bool
is_ascii(str text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] >= 0x80)
			return false;
	return true;
}

/* No UTF-8 has more UTF-16 units than bytes, be it broken or not. */
static struct wide
widened(struct arena *arena, str text)
{
	UErrorCode error = U_ZERO_ERROR;
	struct wide wide;

	must(text.len <= MAX_BYTES);
	wide.at =
	    arena_get_raw(arena, arena_array_bytes(text.len + 1, sizeof *wide.at));
	u_strFromUTF8WithSub(wide.at, (int32_t)text.len + 1, &wide.len, text.at,
	    (int32_t)text.len, RUNE_BAD, NULL, &error);
	must_work(error);
	return wide;
}

static str
narrowed(struct arena *arena, struct wide wide)
{
	UErrorCode error = U_ZERO_ERROR;
	int32_t room = wide.len * UTF8_GROWTH + 1, len = 0;
	char *at = arena_get_raw(arena, (size_t)room);

	u_strToUTF8(at, room, &len, wide.at, wide.len, &error);
	must_work(error);
	return (str){ at, (size_t)len };
}

static struct wide
normalized(struct arena *arena, const UNormalizer2 *form, struct wide text)
{
	UErrorCode error = U_ZERO_ERROR;
	int32_t room = text.len + ROOM_MORE;
	struct wide out;

	out.at = arena_get_raw(arena, arena_array_bytes((size_t)room, sizeof *out.at));
	out.len = unorm2_normalize(form, text.at, text.len, out.at, room, &error);
	if (error == U_BUFFER_OVERFLOW_ERROR) {
		error = U_ZERO_ERROR;
		room = out.len;
		out.at = arena_get_raw(
		    arena, arena_array_bytes((size_t)room, sizeof *out.at));
		out.len =
		    unorm2_normalize(form, text.at, text.len, out.at, room, &error);
	}
	must_work(error);
	return out;
}

/* --- casemap --- */

static str
upper_ascii(struct arena *arena, str text)
{
	char *copy = arena_get_raw(arena, text.len);

	for (size_t i = 0; i < text.len; i++)
		copy[i] = (char)(text.at[i] >= 'a' && text.at[i] <= 'z'
				     ? text.at[i] - 'a' + 'A'
				     : text.at[i]);
	return (str){ copy, text.len };
}

/* Simple titlecase maps no code point out of its plane, so there is room as above. */
static struct wide
titlecased(struct arena *arena, str text)
{
	struct wide out = { .len = 0 };

	must(text.len <= MAX_BYTES);
	out.at = arena_get_raw(arena, arena_array_bytes(text.len + 1, sizeof *out.at));
	while (text.len) {
		UChar32 rune = u_totitle((UChar32)str_rune(&text));

		U16_APPEND_UNSAFE(out.at, out.len, rune);
	}
	return out;
}

str
fold_casemap(struct arena *arena, str text)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *form;

	if (is_ascii(text))
		return upper_ascii(arena, text);
	form = unorm2_getNFKDInstance(&error);
	must_work(error);
	return narrowed(arena, normalized(arena, form, titlecased(arena, text)));
}

/* --- keys and plain forms --- */

/* All white space there is lies in the basic plane. */
static struct wide
single_spaced(struct wide text)
{
	int32_t to = 0;
	bool gap = false;

	for (int32_t i = 0; i < text.len; i++) {
		if (u_isUWhiteSpace(text.at[i])) {
			gap = to > 0;
			continue;
		}
		if (gap)
			text.at[to++] = ' ';
		gap = false;
		text.at[to++] = text.at[i];
	}
	return (struct wide){ text.at, to };
}

str
fold_key(struct arena *arena, str text)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *form = unorm2_getNFKCCasefoldInstance(&error);

	must_work(error);
	return narrowed(
	    arena, single_spaced(normalized(arena, form, widened(arena, text))));
}

str
fold_nfkc(struct arena *arena, str text)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *form = unorm2_getNFKCInstance(&error);

	must_work(error);
	if (is_ascii(text))
		return arena_copy(arena, text);
	return narrowed(arena, normalized(arena, form, widened(arena, text)));
}

/* --- order --- */

static UCollator *names; /* opened once, then only read: safe from any thread */

static void
open_names(void)
{
	static const int32_t latin_first[] = { UCOL_REORDER_CODE_NONE };
	UErrorCode error = U_ZERO_ERROR;

	names = ucol_open("zh@collation=pinyin", &error);
	must_work(error);
	ucol_setReorderCodes(names, latin_first, 1, &error);
	must_work(error);
}

str
fold_sort_key(struct arena *arena, str text)
{
	static once_flag once = ONCE_FLAG_INIT;
	struct wide wide = widened(arena, text);
	uint8_t *key = arena_get_raw(arena, KEY_BYTES);
	int32_t len;

	call_once(&once, open_names);
	len = ucol_getSortKey(names, wide.at, wide.len, key, KEY_BYTES);
	if (len > KEY_BYTES) {
		key = arena_get_raw(arena, (size_t)len);
		len = ucol_getSortKey(names, wide.at, wide.len, key, len);
	}
	must(len > 0);
	return (str){ (char *)key, (size_t)len - 1 }; /* less its NUL */
}
