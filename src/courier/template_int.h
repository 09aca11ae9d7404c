/*
 * template_int.h - what kith.conf(5) says about a provider's interface, filled in.
 *
 * A hole is {to}, {text}, {id} or {from}, with one filter after a bar: {text|json}.  A
 * brace that no letter follows is itself, so that JSON can be written as it is.
 *
 *	url      percent-encoded                 json     quoted and escaped
 *	ucs2hex  UTF-16, big-endian, hex         nofmt    the digits alone
 */
#ifndef KITH_COURIER_TEMPLATE_INT_H
#define KITH_COURIER_TEMPLATE_INT_H

#include "base/buf.h"

struct template_fill {
	str to, text, id, from;
};

enum template_kind {
	TEMPLATE_URL,   /* a hole without a filter is percent-encoded */
	TEMPLATE_BODY,  /* it stands as it is; {text} only when it is all of the body */
	TEMPLATE_FIELD, /* it stands as it is; {text} never */
};

/* ERR_BAD_INPUT: a hole or filter there is not, or a {text} that could break out of its
 * place; why->name is the hole. */
enum err template_check(str pattern, enum template_kind kind, struct why *why);

/* Fills in a pattern that was checked. */
str template_fill(struct arena *arena, str pattern, enum template_kind kind,
    const struct template_fill *fill);

#endif
