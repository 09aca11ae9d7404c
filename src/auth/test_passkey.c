/* test_passkey.c - what a browser says, cut short and bent; challenges that are over. */
#include <string.h>

#include "auth/fixture_int.h"
#include "auth/passkey_int.h"
#include "seal/proof.h"

#define HOST "kith.example"

static const struct auth_site site = { STR_CONST("https://" HOST), STR_CONST(HOST) };

/* authenticatorData with a key: ES256, P-256's base point. */
static str
data_with_key(struct arena *arena)
{
	return ARENA_JOIN(arena, seal_sha256(arena, STR(HOST)), STR("\x45\0\0\0\7"),
	    STR("0123456789abcdef"), STR("\0\4name"),
	    STR("\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20"
		"\x6b\x17\xd1\xf2\xe1\x2c\x42\x47\xf8\xbc\xe6\xe5\x63\xa4\x40\xf2"
		"\x77\x03\x7d\x81\x2d\xeb\x33\xa0\xf4\xa1\x39\x45\xd8\x98\xc2\x96"
		"\x22\x58\x20"
		"\x4f\xe3\x42\xe2\xfe\x1a\x7f\x9b\x8e\xe7\xeb\x4a\x7c\x0f\x9e\x16"
		"\x2b\xce\x33\x57\x6b\x31\x5e\xce\xcb\xb6\x40\x68\x37\xbf\x51\xf5"));
}

static void
authenticator_data(void)
{
	SCOPED(arena) arena = arena_open();
	str whole = data_with_key(arena);
	struct passkey_data out;
	struct auth_site other = { STR("https://a"), STR("a") };

	CHECK_OK(passkey_data_read(arena, whole, &site, &out));
	CHECK_INT(out.counter, 7);
	CHECK_INT(out.algorithm, COSE_ES256);
	CHECK_STR(out.id, STR("name"));
	CHECK(seal_is_point(out.key));
	CHECK_ERR(passkey_data_read(arena, whole, &other, &out), ERR_BAD_INPUT);
	for (size_t len = 0; len < whole.len; len++)
		CHECK_ERR(
		    passkey_data_read(arena, str_part(whole, 0, len), &site, &out),
		    ERR_BAD_INPUT);
	CHECK_ERR(
	    passkey_data_read(arena, ARENA_JOIN(arena, whole, STR("\0")), &site, &out),
	    ERR_BAD_INPUT);
}

/* One bit at any place of the key: never a key that is none. */
static void
bent_keys(void)
{
	SCOPED(arena) arena = arena_open();
	str whole = data_with_key(arena);

	for (size_t bit = 8 * 37; bit < 8 * whole.len; bit++) {
		str copy = arena_copy(arena, whole);
		char *at = (char *)(uintptr_t)copy.at;
		struct passkey_data out;

		at[bit / 8] = (char)(at[bit / 8] ^ 1 << bit % 8);
		if (passkey_data_read(arena, copy, &site, &out) == OK)
			CHECK(seal_is_point(out.key) && out.algorithm == COSE_ES256 &&
			      out.id.len);
	}
}

static void
attestations(void)
{
	SCOPED(arena) arena = arena_open();
	str head = STR("\xa3\x63"
		       "fmt\x64none\x67"
		       "attStmt\xa0\x68"
		       "authData\x44");
	str whole = ARENA_JOIN(arena, head, STR("data"));
	str data;

	CHECK_OK(passkey_attestation_read(whole, &data));
	CHECK_STR(data, STR("data"));
	for (size_t len = 0; len < whole.len; len++)
		CHECK_ERR(passkey_attestation_read(str_part(whole, 0, len), &data),
		    ERR_BAD_INPUT);
	CHECK_ERR(passkey_attestation_read(ARENA_JOIN(arena, whole, STR("x")), &data),
	    ERR_BAD_INPUT);
	CHECK_ERR(passkey_attestation_read(STR("\xa0"), &data), ERR_BAD_INPUT);
	CHECK_ERR(passkey_attestation_read(
		      (str){ arena_get(arena, AUTH_PASSKEY_DATA_BYTES + 1),
			  AUTH_PASSKEY_DATA_BYTES + 1 },
		      &data),
	    ERR_BAD_INPUT);
}

static void
clients(void)
{
	static const char *const bad[] = { "", "{}", "[]", "no JSON",
		"{\"type\":\"webauthn.get\",\"challenge\":\"YQ\"}",
		"{\"type\":\"webauthn.get\",\"challenge\":\"YQ\",\"origin\":\"https:/"
		"/" HOST ".evil\"}",
		"{\"type\":\"webauthn.get\",\"challenge\":\"YQ\",\"origin\":\"http:/"
		"/" HOST "\"}",
		"{\"type\":\"webauthn.get\",\"challenge\":\"!\",\"origin\":\"https:/"
		"/" HOST "\"}",
		"{\"type\":\"webauthn.get\",\"challenge\":\"YQ\",\"origin\":\"https:/"
		"/" HOST "\",\"crossOrigin\":true}" };
	SCOPED(arena) arena = arena_open();
	str challenge;

	CHECK_OK(passkey_client_read(arena,
	    STR("{\"type\":\"webauthn.get\",\"challenge\":\"YQ\",\"origin\":\"https:/"
		"/" HOST "\",\"crossOrigin\":false,\"more\":[]}"),
	    "webauthn.get", &site, &challenge));
	CHECK_STR(challenge, STR("a"));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK_ERR(passkey_client_read(
			      arena, str_of(bad[i]), "webauthn.get", &site, &challenge),
		    ERR_BAD_INPUT);
}

/* Over, or spent: told before anything else is looked at. */
static void
challenges(void)
{
	struct door d = set_up();
	struct auth_passkey_said said = { .data = STR("YQ") };
	str challenge;

	d.call.who = d.ada;
	for (int late = 0; late < 2; late++) {
		CHECK_OK(auth_passkey_begin(&d.call, STR("::1"), &challenge));
		said.client = seal_base64url(d.arena,
		    arena_printf(d.arena,
			"{\"type\":\"webauthn.create\",\"challenge\":\"" STR_FMT
			"\",\"origin\":\"https://" HOST "\"}",
			STR_ARG(seal_base64url(d.arena, challenge))));
		d.call.now_ms += AUTH_PASSKEY_MS - !late;
		CHECK_ERR(auth_passkey_make(&d.call, &site, &said, STR("phone")),
		    late ? ERR_GONE : ERR_BAD_INPUT);
		CHECK_ERR(
		    auth_passkey_make(&d.call, &site, &said, STR("phone")), ERR_GONE);
	}
	tear_down(&d);
}

int
main(void)
{
	seal_start();
	return CHECK_RUN({ "authenticatorData", authenticator_data },
	    { "bent keys", bent_keys }, { "attestationObject", attestations },
	    { "clientDataJSON", clients }, { "AUTH_PASSKEY_MS", challenges });
}
