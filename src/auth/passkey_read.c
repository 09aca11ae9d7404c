/* passkey_read.c - what a browser says about a key. */
#include "auth/passkey_int.h"
#include "base/base64.h"
#include "json/json.h"
#include "seal/cbor.h"
#include "seal/proof.h"
#include "seal/seal.h"

/* 6.1 */
#define FLAGS_AT       SEAL_SHA256_BYTES
#define COUNTER_AT     (FLAGS_AT + 1)
#define HEAD_BYTES     (COUNTER_AT + 4)
#define AAGUID_BYTES   16
#define FLAG_PRESENT   0x01U
#define FLAG_VERIFIED  0x04U
#define FLAG_KEY       0x40U
#define FLAG_EXTENSION 0x80U

/* RFC 9052 7, RFC 9053 7 */
enum cose_label { COSE_KTY = 1, COSE_ALG = 3, COSE_CRV = -1, COSE_X = -2, COSE_Y = -3 };
enum cose_value { COSE_OKP = 1, COSE_EC2 = 2, COSE_P256 = 1, COSE_ED25519 = 6 };

enum err
passkey_client_read(struct arena *arena, str json, const char *type,
    const struct auth_site *site, str *challenge)
{
	struct json *client;
	struct why why;

	if (json.len > AUTH_PASSKEY_DATA_BYTES ||
	    json_read(arena, json, &client, &why) != OK)
		return ERR_BAD_INPUT;
	if (!str_same(json_text(client, STR("type")), str_of(type)) ||
	    !str_same(json_text(client, STR("origin")), site->origin) ||
	    json_truth(client, STR("crossOrigin")))
		return ERR_BAD_INPUT;
	return base64_read(arena, json_text(client, STR("challenge")), challenge);
}

/* --- a public key: COSE_Key --- */

struct cose {
	int64_t kty, alg, crv;
	str x, y;
};

static void
keep(struct cose *key, int64_t label, const struct cbor *value)
{
	switch (label) {
	case COSE_KTY: key->kty = value->number; break;
	case COSE_ALG: key->alg = value->number; break;
	case COSE_CRV: key->crv = value->number; break;
	case COSE_X: key->x = value->bytes; break;
	case COSE_Y: key->y = value->bytes; break;
	default: break;
	}
}

/* Canonical: 1, 3, -1, -2, -3, so no label comes twice (CTAP 2.1 8). */
static bool
comes_after(int64_t label, int64_t former)
{
	if (former == 0 || (former > 0 && label < 0))
		return true;
	return label > 0 ? former > 0 && label > former : label < former;
}

static enum err
cut_cose(str *rest, struct cose *out)
{
	struct cbor map;
	int64_t former = 0;

	TRY(cbor_cut(rest, &map));
	if (map.kind != CBOR_MAP)
		return ERR_BAD_INPUT;
	for (size_t i = 0; i < map.count; i++) {
		struct cbor label;
		struct cbor value;

		TRY(cbor_cut(rest, &label));
		TRY(cbor_cut(rest, &value));
		if (label.kind != CBOR_NUMBER || !comes_after(label.number, former) ||
		    (value.kind != CBOR_NUMBER && value.kind != CBOR_BYTES))
			return ERR_BAD_INPUT;
		former = label.number;
		keep(out, former, &value);
	}
	return OK;
}

static enum err
read_key(struct arena *arena, const struct cose *cose, struct passkey_data *out)
{
	out->algorithm = cose->alg;
	if (cose->kty == COSE_EC2 && cose->alg == COSE_ES256 &&
	    cose->crv == COSE_P256) {
		out->key = ARENA_JOIN(arena, STR("\4"), cose->x, cose->y);
		return seal_is_point(out->key) ? OK : ERR_BAD_INPUT;
	}
	if (cose->kty == COSE_OKP && cose->alg == COSE_EDDSA &&
	    cose->crv == COSE_ED25519) {
		out->key = cose->x;
		return cose->x.len == SEAL_ED25519_BYTES ? OK : ERR_BAD_INPUT;
	}
	return ERR_UNSUPPORTED;
}

/* --- authenticatorData --- */

static unsigned
byte_at(str bytes, size_t at)
{
	return (unsigned char)bytes.at[at];
}

/* 6.5.1: AAGUID, length, id, key. */
static enum err
cut_credential(struct arena *arena, str *rest, struct passkey_data *out)
{
	struct cose cose = { 0 };
	size_t len;

	if (rest->len < AAGUID_BYTES + 2)
		return ERR_BAD_INPUT;
	len = (size_t)byte_at(*rest, AAGUID_BYTES) << 8 |
	      byte_at(*rest, AAGUID_BYTES + 1);
	*rest = str_part(*rest, AAGUID_BYTES + 2, rest->len);
	if (!len || len > AUTH_PASSKEY_ID_BYTES || len > rest->len)
		return ERR_BAD_INPUT;
	out->id = str_part(*rest, 0, len);
	*rest = str_part(*rest, len, rest->len);
	TRY(cut_cose(rest, &cose));
	return read_key(arena, &cose, out);
}

enum err
passkey_data_read(struct arena *arena, str bytes, const struct auth_site *site,
    struct passkey_data *out)
{
	str rest = str_part(bytes, HEAD_BYTES, bytes.len);
	unsigned flags;

	*out = (struct passkey_data){ 0 };
	if (bytes.len < HEAD_BYTES || bytes.len > AUTH_PASSKEY_DATA_BYTES)
		return ERR_BAD_INPUT;
	flags = byte_at(bytes, FLAGS_AT);
	if (!seal_same(str_part(bytes, 0, SEAL_SHA256_BYTES),
		seal_sha256(arena, site->host)) ||
	    !(flags & FLAG_PRESENT) || !(flags & FLAG_VERIFIED))
		return ERR_BAD_INPUT;
	for (size_t i = 0; i < 4; i++)
		out->counter = out->counter << 8 | byte_at(bytes, COUNTER_AT + i);
	if (flags & FLAG_KEY)
		TRY(cut_credential(arena, &rest, out));
	if (flags & FLAG_EXTENSION)
		TRY(cbor_skip(&rest));
	return rest.len ? ERR_BAD_INPUT : OK;
}

/* {"fmt": text, "attStmt": map, "authData": bytes}; the statement is not looked into. */
enum err
passkey_attestation_read(str bytes, str *data)
{
	struct cbor map;

	*data = (str){ 0 };
	if (bytes.len > AUTH_PASSKEY_DATA_BYTES || cbor_cut(&bytes, &map) != OK ||
	    map.kind != CBOR_MAP)
		return ERR_BAD_INPUT;
	for (size_t i = 0; i < map.count; i++) {
		struct cbor name;
		struct cbor value;

		TRY(cbor_cut(&bytes, &name));
		if (name.kind != CBOR_TEXT)
			return ERR_BAD_INPUT;
		if (!str_same(name.bytes, STR("authData"))) {
			TRY(cbor_skip(&bytes));
			continue;
		}
		TRY(cbor_cut(&bytes, &value));
		if (value.kind != CBOR_BYTES || data->len)
			return ERR_BAD_INPUT;
		*data = value.bytes;
	}
	return data->len && !bytes.len ? OK : ERR_BAD_INPUT;
}
