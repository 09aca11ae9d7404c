#include "base/check.h"
#include "seal/seal.h"
#include "seal/totp.h"

/* RFC 6238, appendix B: the last six of its eight digits; key "12345678901234567890". */
static void
published(void)
{
	static const struct {
		int64_t at_s;
		str code;
	} rows[] = { { 59, STR_CONST("287082") }, { 1111111109, STR_CONST("081804") },
		{ 1111111111, STR_CONST("050471") },
		{ 1234567890, STR_CONST("005924") },
		{ 2000000000, STR_CONST("279037") },
		{ 20000000000, STR_CONST("353130") } };
	SCOPED(arena) arena = arena_open();
	str code;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		CHECK_OK(seal_totp(arena, STR("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
		    rows[i].at_s * 1000 / SEAL_TOTP_STEP_MS, &code));
		CHECK_STR(code, rows[i].code);
	}
}

static void
broken_secrets(void)
{
	static const str rows[] = { STR_CONST(""),
		STR_CONST("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ"),
		STR_CONST("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQA"),
		STR_CONST("gEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
		STR_CONST("0EZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
		STR_CONST("\0EZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") };
	SCOPED(arena) arena = arena_open();
	str code;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		CHECK_ERR(seal_totp(arena, rows[i], 1, &code), ERR_BAD_INPUT);
}

static void
fresh_secrets(void)
{
	SCOPED(arena) arena = arena_open();
	str one = seal_totp_secret(arena);
	str two = seal_totp_secret(arena);
	str code;

	CHECK_INT(one.len, SEAL_TOTP_SECRET_CHARS);
	CHECK(!str_same(one, two));
	CHECK_OK(seal_totp(arena, one, 1, &code));
	CHECK_INT(code.len, SEAL_TOTP_DIGITS);
}

int
main(void)
{
	seal_start();
	return CHECK_RUN({ "RFC 6238, appendix B", published },
	    { "secrets that are none", broken_secrets },
	    { "fresh secrets", fresh_secrets });
}
