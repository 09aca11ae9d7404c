#include "seal/cbor.h"

#define SHORT_MAX 23 /* said by the first byte itself */
#define LONGEST   27 /* eight bytes more */

enum major { UNSIGNED, NEGATIVE, BYTES, TEXT, LIST, MAP, TAG, SIMPLE };

/* The argument of a head (RFC 8949 3), in no more bytes than it needs (4.2.1). */
static enum err
cut_argument(str *rest, unsigned info, uint64_t *out)
{
	size_t len = info > SHORT_MAX && info <= LONGEST ? (size_t)1 << (info - 24) : 0;

	*out = 0;
	if (info > LONGEST || rest->len < len)
		return ERR_BAD_INPUT;
	if (!len)
		*out = info;
	for (size_t i = 0; i < len; i++)
		*out = *out << 8 | (unsigned char)rest->at[i];
	*rest = str_part(*rest, len, rest->len);
	if (len == 1 ? *out <= SHORT_MAX : len && *out >> (4 * len) == 0)
		return ERR_BAD_INPUT;
	return OK;
}

static enum err
take_bytes(str *rest, uint64_t len, struct cbor *out)
{
	if (len > rest->len)
		return ERR_BAD_INPUT;
	out->bytes = str_part(*rest, 0, (size_t)len);
	*rest = str_part(*rest, (size_t)len, rest->len);
	return out->kind == CBOR_BYTES || str_is_utf8(out->bytes) ? OK : ERR_BAD_INPUT;
}

static enum err
take_count(const str *rest, uint64_t count, unsigned each, struct cbor *out)
{
	out->count = (size_t)count;
	return count <= rest->len / each ? OK : ERR_BAD_INPUT;
}

static enum err
take_number(uint64_t number, bool negative, struct cbor *out)
{
	if (number > INT64_MAX)
		return ERR_BAD_INPUT;
	out->number = negative ? -1 - (int64_t)number : (int64_t)number;
	return OK;
}

static enum err
take_simple(uint64_t number, struct cbor *out)
{
	out->number = (int64_t)number;
	return number >= 20 && number <= 22 ? OK : ERR_BAD_INPUT;
}

enum err
cbor_cut(str *rest, struct cbor *out)
{
	static const enum cbor_kind kinds[] = { [UNSIGNED] = CBOR_NUMBER,
		[NEGATIVE] = CBOR_NUMBER,
		[BYTES] = CBOR_BYTES,
		[TEXT] = CBOR_TEXT,
		[LIST] = CBOR_LIST,
		[MAP] = CBOR_MAP,
		[TAG] = CBOR_SIMPLE,
		[SIMPLE] = CBOR_SIMPLE };
	unsigned char head;
	uint64_t argument;

	if (!rest->len)
		return ERR_BAD_INPUT;
	head = (unsigned char)rest->at[0];
	*out = (struct cbor){ .kind = kinds[head >> 5] };
	*rest = str_part(*rest, 1, rest->len);
	TRY(cut_argument(rest, head & 31U, &argument));
	switch ((enum major)(head >> 5)) {
	case UNSIGNED: return take_number(argument, false, out);
	case NEGATIVE: return take_number(argument, true, out);
	case BYTES:
	case TEXT: return take_bytes(rest, argument, out);
	case LIST: return take_count(rest, argument, 1, out);
	case MAP: return take_count(rest, argument, 2, out);
	case SIMPLE: return take_simple(argument, out);
	case TAG: break;
	}
	return ERR_BAD_INPUT;
}

static enum err
skip(str *rest, unsigned depth)
{
	struct cbor head;
	size_t inside = 0;

	TRY(cbor_cut(rest, &head));
	if (head.kind == CBOR_LIST)
		inside = head.count;
	else if (head.kind == CBOR_MAP)
		inside = 2 * head.count;
	if (inside && depth == CBOR_MAX_DEPTH)
		return ERR_BAD_INPUT;
	for (size_t i = 0; i < inside; i++)
		TRY(skip(rest, depth + 1));
	return OK;
}

enum err
cbor_skip(str *rest)
{
	return skip(rest, 0);
}
