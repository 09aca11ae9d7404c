/*
 * passkey.h - signing in with a key that a device keeps (Web Authentication, level 2).
 *
 * Discoverable credentials with user verification: what the device asks for (a finger, a
 * face, a PIN) is the second factor, so a passkey alone signs in, codes or not.  ES256 and
 * Ed25519.  Attestation is not asked for ("none") and, where it comes all the same, not
 * looked at: whose make a device is decides nothing here.  A challenge is good for one
 * answer, right or wrong.  Any thread but a loop's: a signature takes some 40 ms.
 */
#ifndef KITH_AUTH_PASSKEY_H
#define KITH_AUTH_PASSKEY_H

#include "auth/auth.h"

#define AUTH_PASSKEYS_MAX        20 /* of an account */
#define AUTH_PASSKEY_LABEL_BYTES 100
#define AUTH_PASSKEY_ID_BYTES    1023               /* 5.4.3, 6.5.1 */
#define AUTH_PASSKEY_DATA_BYTES  ((size_t)8 * 1024) /* of each thing a browser sends */
#define AUTH_PASSKEY_MS          ((int64_t)5 * 60 * 1000)

/* What a browser answers, each in base64url as the script sends it. */
struct auth_passkey_said {
	str client;    /* clientDataJSON */
	str data;      /* attestationObject when made, authenticatorData when used */
	str signature; /* when used */
	str id;        /* when used */
	str user;      /* when used: the userHandle, may be empty */
};

/* The site as a browser names it: "https://kith.example" and "kith.example". */
struct auth_site {
	str origin, host;
};

/* What stands in base64url for the account on its devices; says nothing of it. */
str auth_passkey_user(struct arena *arena, int64_t account);

/* A challenge for the caller, or for whoever wants to sign in.  ERR_LIMIT: he has
 * AUTH_PASSKEYS_MAX; or this peer begins too often. */
enum err auth_passkey_begin(const struct call *call, str peer, str *challenge);

/*
 * Keeps a key just made for the caller.
 *
 * ERR_BAD_INPUT  unreadable, for another site, without user verification, a bad label
 * ERR_GONE       the challenge is unknown, used or over
 * ERR_EXISTS     that key is kept already     ERR_LIMIT  AUTH_PASSKEYS_MAX
 */
enum err auth_passkey_make(const struct call *call, const struct auth_site *site,
    const struct auth_passkey_said *said, str label);

/*
 * Opens a session for whose key it is.  ERR_GONE as above; ERR_WHO: anything else that is
 * not right, also a counter that did not move on (a copied key); ERR_LIMIT: throttled.
 */
enum err auth_passkey_session(struct auth *auth, const struct call *call,
    const struct auth_site *site, const struct auth_passkey_said *said, str peer,
    str about, str *token);

struct auth_passkey {
	str id;
	str label;
	int64_t made_ms, seen_ms; /* seen_ms 0: never used */
};

/* The caller's. */
enum err auth_passkey_list(
    const struct call *call, struct auth_passkey **out, size_t *count);
enum err auth_passkey_remove(const struct call *call, str id);

#endif
