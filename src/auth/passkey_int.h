/* passkey_int.h - what a browser says about a key, read (Web Authentication, level 2). */
#ifndef KITH_AUTH_PASSKEY_INT_H
#define KITH_AUTH_PASSKEY_INT_H

#include "auth/passkey.h"

#define COSE_ES256 (-7) /* RFC 9053 2.1 */
#define COSE_EDDSA (-8)

/* authenticatorData (6.1), about this site, with a person present and verified. */
struct passkey_data {
	int64_t counter;
	str id;  /* with a key alone */
	str key; /* as our proof.h takes it; empty: there is none */
	int64_t algorithm;
};

/* clientDataJSON (5.8.1): *challenge, when type and origin are these.  ERR_BAD_INPUT. */
enum err passkey_client_read(struct arena *arena, str json, const char *type,
    const struct auth_site *site, str *challenge);

/* ERR_BAD_INPUT for whatever is broken, of another site, or without user verification;
 * ERR_UNSUPPORTED for a key of another kind. */
enum err passkey_data_read(struct arena *arena, str bytes, const struct auth_site *site,
    struct passkey_data *out);

/* The authenticatorData within an attestationObject (6.5.4).  ERR_BAD_INPUT. */
enum err passkey_attestation_read(str bytes, str *data);

#endif
