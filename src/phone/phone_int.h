/*
 * phone_int.h - libphonenumber as C sees it.
 */
#ifndef KITH_PHONE_PHONE_INT_H
#define KITH_PHONE_PHONE_INT_H

#ifdef __cplusplus
extern "C" {
#endif

#define PHONE_E164_ROOM   24 /* bytes: '+', 3 + 17 digits, NUL */
#define PHONE_REGION_ROOM 4

enum phone_plan {
	PHONE_PLAN_OTHER,
	PHONE_PLAN_MOBILE,
	PHONE_PLAN_FIXED,
	PHONE_PLAN_PREMIUM,
	PHONE_PLAN_SHORT,
};

struct phone_found {
	char e164[PHONE_E164_ROOM];
	enum phone_plan plan;
};

/* `digits` are ASCII digits, behind a '+' when they begin with a country; 0 when they can
 * be no number of the region ("CN"; "" for none), nor of the country they name. */
int phone_look_up(const char *digits, const char *region, struct phone_found *out);

/* The region of an E.164 number; 0 when it has none. */
int phone_region_of(const char *e164, char region[PHONE_REGION_ROOM]);

#ifdef __cplusplus
}
#endif

#endif
