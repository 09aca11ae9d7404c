#include "base/check.h"
#include "phone/phone.h"
#include "phone/phone_int.h"

#define SAMPLES 40 /* numbers of each range */

static void
typed(void)
{
	static const struct {
		const char *typed, *region, *e164, *extension;
		enum phone_class class;
	} rows[] = {
		{ "18988888888", "CN", "+8618988888888", "", PHONE_MOBILE },
		{ "+86 189-8888-8888", "", "+8618988888888", "", PHONE_MOBILE },
		{ "0086 189 8888 8888", "DE", "+8618988888888", "", PHONE_MOBILE },
		{ "tel:+86-189-8888-8888", "US", "+8618988888888", "", PHONE_MOBILE },
		{ "１８９８８８８８８８８", "CN", "+8618988888888", "", PHONE_MOBILE },
		{ "＋８６　（189）88888888", "CN", "+8618988888888", "", PHONE_MOBILE },
		{ "\xE2\x80\xAD+8618988888888\xE2\x80\xAC", "CN", "+8618988888888", "",
		    PHONE_MOBILE },
		{ "010-62345678", "CN", "+861062345678", "", PHONE_FIXED },
		{ "(010) 6234 5678 转 801", "CN", "+861062345678", "801", PHONE_FIXED },
		{ "+86 10 62345678 ext. 801", "", "+861062345678", "801", PHONE_FIXED },
		{ "+86 10 62345678x12", "", "+861062345678", "12", PHONE_FIXED },
		{ "tel:+861062345678;ext=9", "", "+861062345678", "9", PHONE_FIXED },
		{ "010-62345678分机8", "CN", "+861062345678", "8", PHONE_FIXED },
		{ "+49 (0)30 901820", "CN", "+4930901820", "", PHONE_FIXED },
		{ "030 901820", "DE", "+4930901820", "", PHONE_FIXED },
		{ "06 12 34 56 78", "FR", "+33612345678", "", PHONE_MOBILE },
		{ "+39 06 6982", "", "+39066982", "", PHONE_FIXED },
		{ "(555) 123-4567", "US", "+15551234567", "", PHONE_OTHER },
		{ "+1 900 555 0100", "", "+19005550100", "", PHONE_PREMIUM },
		{ "400-810-8888", "CN", "+864008108888", "", PHONE_PREMIUM },
		{ "110", "CN", "+86110", "", PHONE_SHORT },
		{ "112", "DE", "+49112", "", PHONE_SHORT },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct phone phone;

		check_about(rows[i].typed);
		if (!CHECK(phone_read(
			arena, str_of(rows[i].typed), str_of(rows[i].region), &phone)))
			continue;
		CHECK_STR(phone.e164, str_of(rows[i].e164));
		CHECK_STR(phone.extension, str_of(rows[i].extension));
		CHECK_INT(phone.class, rows[i].class);
	}
}

static void
refusals(void)
{
	static const struct {
		str typed;
		const char *region;
	} rows[] = {
		{ STR_CONST(""), "CN" },
		{ STR_CONST("+"), "CN" },
		{ STR_CONST("1"), "CN" },
		{ STR_CONST("18988888888"), "" },
		{ STR_CONST("18988888888"), "XX" },
		{ STR_CONST("1898888888888888"), "CN" },
		{ STR_CONST("+868"), "CN" },
		{ STR_CONST("+999 1234567"), "CN" },
		{ STR_CONST("00000000000000000000000000000000000000000000"), "CN" },
		{ STR_CONST("1-800-FLOWERS"), "US" },
		{ STR_CONST("*21*18988888888#"), "CN" },
		{ STR_CONST("18988888888#"), "CN" },
		{ STR_CONST("18988888888,,1234"), "CN" },
		{ STR_CONST("18988888888;phone-context=+1"), "CN" },
		{ STR_CONST("189+88888888"), "CN" },
		{ STR_CONST("18988888888\n+18005551212"), "CN" },
		{ STR_CONST("18988888888\0001"), "CN" },
		{ STR_CONST("18988888888 ext"), "CN" },
		{ STR_CONST("18988888888 ext 123456789012"), "CN" },
		{ STR_CONST("18988888888x1x2"), "CN" },
		{ STR_CONST("\xFF"
			    "18988888888"),
		    "CN" },
		{ STR_CONST("张三"), "CN" },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct phone phone;

		check_about(rows[i].typed.at);
		CHECK(
		    !phone_read(arena, rows[i].typed, str_of(rows[i].region), &phone));
	}
}

/* Whether the short way says what the library says. */
static void
compare(struct arena *arena, const char *typed)
{
	struct phone_found found = { 0 };
	struct phone phone = { 0 };
	bool read = phone_read(arena, str_of(typed), STR("CN"), &phone);

	check_about(typed);
	CHECK_INT(read, phone_look_up(typed, "CN", &found));
	CHECK_STR(phone.e164, str_of(found.e164));
	CHECK_INT(phone.class == PHONE_MOBILE, found.plan == PHONE_PLAN_MOBILE);
}

/* Every range of eleven digits, sampled over all its numbers. */
static void
short_way(void)
{
	SCOPED(arena) arena = arena_open();

	for (unsigned range = 100; range < 200; range++)
		for (unsigned i = 0; i < SAMPLES; i++) {
			unsigned number = (i * 2718281U + range) % 100000000U;

			compare(arena, arena_printf(arena, "%u%08u", range, number).at);
			compare(
			    arena, arena_printf(arena, "+86%u%08u", range, number).at);
		}
}

static void
regions(void)
{
	static const struct {
		const char *e164, *region;
	} rows[] = {
		{ "+8618988888888", "CN" },
		{ "+85251234567", "HK" },
		{ "+4930901820", "DE" },
		{ "+12125550100", "US" },
		{ "+14165550100", "CA" },
		{ "+15551234567", "US" },
		{ "+80012345678", "" },
		{ "+999", "" },
		{ "18988888888", "" },
		{ "", "" },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_about(rows[i].e164);
		CHECK_STR(
		    phone_region(arena, str_of(rows[i].e164)), str_of(rows[i].region));
	}
}

int
main(void)
{
	return CHECK_RUN({ "as people type", typed }, { "no numbers", refusals },
	    { "the short way agrees with the library", short_way },
	    { "regions", regions });
}
