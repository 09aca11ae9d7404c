/*
 * phone.h - a number as typed -> E.164 and its class.
 *
 * libphonenumber behind one C++ file; the commonest shape, a Chinese mobile, is read
 * without it.
 * Results live in the arena.  Any thread.
 */
#ifndef KITH_PHONE_PHONE_H
#define KITH_PHONE_PHONE_H

#include "base/arena.h"

enum phone_class {
	PHONE_OTHER, /* parses, but of no class below */
	PHONE_MOBILE,
	PHONE_FIXED,
	PHONE_PREMIUM, /* premium and shared cost: never merged unseen */
	PHONE_SHORT,   /* an emergency or service code */
};

struct phone {
	str e164;      /* "+8618988888888" */
	str extension; /* digits, or empty */
	enum phone_class class;
};

/*
 * Reads a number as a person types it: spaces, dashes, brackets, full-width digits, "00",
 * an extension.  `region` ("CN") is used where the number names no country.
 * False when it is no telephone number: letters, '*', '#', too short, too long.
 */
bool phone_read(struct arena *arena, str typed, str region, struct phone *out);

/* The two-letter region of an E.164 number, or empty. */
str phone_region(struct arena *arena, str e164);

#endif
