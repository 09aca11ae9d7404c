/*
 * cbor.h - reads CBOR (RFC 8949), as authenticators write it: CTAP2's canonical form.
 *
 * Definite lengths, each in its shortest form; whole numbers, bytes, text, lists, maps,
 * true, false and null.  Tags and floats do not occur there and are refused.  What is read
 * looks into the bytes given; nothing is allocated.
 */
#ifndef KITH_SEAL_CBOR_H
#define KITH_SEAL_CBOR_H

#include "base/err.h"

#define CBOR_MAX_DEPTH 4 /* CTAP 2.1 8 */

enum cbor_kind {
	CBOR_NUMBER,
	CBOR_BYTES,
	CBOR_TEXT,
	CBOR_LIST, /* its items follow: count of them */
	CBOR_MAP,  /* its pairs follow: count of them */
	CBOR_SIMPLE
};

struct cbor {
	enum cbor_kind kind;
	int64_t
	    number;   /* of CBOR_NUMBER; 20, 21, 22 of CBOR_SIMPLE: false, true, null */
	str bytes;    /* of CBOR_BYTES and CBOR_TEXT */
	size_t count; /* never more than there are bytes left */
};

/* Cuts the next head off, with its bytes where it has any.  ERR_BAD_INPUT. */
enum err cbor_cut(str *rest, struct cbor *out);

/* Cuts off a whole item, with all that is in it.  ERR_BAD_INPUT, also when it is deeper than
 * CBOR_MAX_DEPTH. */
enum err cbor_skip(str *rest);

#endif
