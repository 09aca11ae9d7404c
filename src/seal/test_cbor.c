/* test_cbor.c - RFC 8949, appendix A, as far as we read it; what is in no canonical form. */
#include "base/check.h"
#include "seal/cbor.h"

static void
numbers(void)
{
	static const struct {
		str bytes;
		int64_t number;
	} rows[] = { { STR_CONST("\x00"), 0 }, { STR_CONST("\x17"), 23 },
		{ STR_CONST("\x18\x18"), 24 }, { STR_CONST("\x18\xff"), 255 },
		{ STR_CONST("\x19\x03\xe8"), 1000 },
		{ STR_CONST("\x1a\x00\x0f\x42\x40"), 1000000 },
		{ STR_CONST("\x1b\x00\x00\x00\xe8\xd4\xa5\x10\x00"), 1000000000000 },
		{ STR_CONST("\x1b\x7f\xff\xff\xff\xff\xff\xff\xff"), INT64_MAX },
		{ STR_CONST("\x20"), -1 }, { STR_CONST("\x26"), -7 },
		{ STR_CONST("\x39\x01\x00"), -257 },
		{ STR_CONST("\x3b\x7f\xff\xff\xff\xff\xff\xff\xff"), INT64_MIN } };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		str rest = rows[i].bytes;
		struct cbor out;

		CHECK_OK(cbor_cut(&rest, &out));
		CHECK_INT(out.kind, CBOR_NUMBER);
		CHECK(out.number == rows[i].number);
		CHECK_INT(rest.len, 0);
	}
}

static void
other_items(void)
{
	str rest = STR("\x42\x01\x02\x63"
		       "fmt\x82\x01\x20\xa1\x01\x02\xf5");
	struct cbor out;

	CHECK_OK(cbor_cut(&rest, &out));
	CHECK_INT(out.kind, CBOR_BYTES);
	CHECK_STR(out.bytes, STR("\1\2"));
	CHECK_OK(cbor_cut(&rest, &out));
	CHECK_INT(out.kind, CBOR_TEXT);
	CHECK_STR(out.bytes, STR("fmt"));
	CHECK_OK(cbor_cut(&rest, &out));
	CHECK_INT(out.kind, CBOR_LIST);
	CHECK_INT(out.count, 2);
	CHECK_OK(cbor_skip(&rest));
	CHECK_OK(cbor_skip(&rest));
	CHECK_OK(cbor_skip(&rest)); /* the map, whole */
	CHECK_OK(cbor_cut(&rest, &out));
	CHECK_INT(out.kind, CBOR_SIMPLE);
	CHECK_INT(out.number, 21);
	CHECK_INT(rest.len, 0);
}

static void
refused(void)
{
	static const str rows[] = { STR_CONST(""), STR_CONST("\x18"),
		STR_CONST("\x18\x17"),             /* 23 in two bytes */
		STR_CONST("\x19\x00\xff"),         /* 255 in three */
		STR_CONST("\x1a\x00\x00\xff\xff"), /* 65535 in five */
		STR_CONST("\x1b\x00\x00\x00\x00\xff\xff\xff\xff"),
		STR_CONST("\x1b\xff\xff\xff\xff\xff\xff\xff\xff"), /* too great */
		STR_CONST("\x1c"), STR_CONST("\x42\x01"), STR_CONST("\x62\xc3\x28"),
		STR_CONST("\x5f\x41\x00\xff"), /* without a definite length */
		STR_CONST("\x81"), STR_CONST("\xa1\x01"),
		STR_CONST("\x9b\x7f\xff\xff\xff\xff\xff\xff\xff"),
		STR_CONST("\xc0\x00"), /* a tag */
		STR_CONST("\xf9\x00\x00"), STR_CONST("\xf7"), STR_CONST("\xff") };

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		str rest = rows[i];

		CHECK_ERR(cbor_skip(&rest), ERR_BAD_INPUT);
	}
}

static void
depth(void)
{
	str fits = STR("\x81\x81\x81\x81\x00");
	str deeper = STR("\x81\x81\x81\x81\x81\x00");

	CHECK_OK(cbor_skip(&fits));
	CHECK_ERR(cbor_skip(&deeper), ERR_BAD_INPUT);
}

int
main(void)
{
	return CHECK_RUN({ "whole numbers", numbers }, { "other items", other_items },
	    { "what is refused", refused }, { "CBOR_MAX_DEPTH", depth });
}
