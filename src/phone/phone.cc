#include <cstring>
#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>
#include <string>

#include "phone/phone_int.h"

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;

static const char no_region[] = "ZZ";
static const char not_geographical[] = "001";

static bool
copied(const std::string &from, char *to, size_t room)
{
	if (from.size() >= room)
		return false;
	memcpy(to, from.c_str(), from.size() + 1);
	return true;
}

static bool
has_a_length(const PhoneNumber &number)
{
	switch (PhoneNumberUtil::GetInstance()->IsPossibleNumberWithReason(number)) {
	case PhoneNumberUtil::IS_POSSIBLE:
	case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY: return true;
	default: return false;
	}
}

static bool
is_short(const PhoneNumber &number, const char *digits, const std::string &region)
{
	static const ShortNumberInfo codes;

	return digits[0] != '+' && codes.IsValidShortNumberForRegion(number, region);
}

static enum phone_plan
plan_of(const PhoneNumber &number)
{
	switch (PhoneNumberUtil::GetInstance()->GetNumberType(number)) {
	case PhoneNumberUtil::MOBILE: return PHONE_PLAN_MOBILE;
	case PhoneNumberUtil::FIXED_LINE: return PHONE_PLAN_FIXED;
	case PhoneNumberUtil::PREMIUM_RATE:
	case PhoneNumberUtil::SHARED_COST: return PHONE_PLAN_PREMIUM;
	default: return PHONE_PLAN_OTHER;
	}
}

static bool
looked_up(const char *digits, const std::string &region, struct phone_found *out)
{
	const PhoneNumberUtil *util = PhoneNumberUtil::GetInstance();
	PhoneNumber number;
	std::string e164;

	if (util->Parse(digits, region, &number) != PhoneNumberUtil::NO_PARSING_ERROR)
		return false;
	if (is_short(number, digits, region))
		out->plan = PHONE_PLAN_SHORT;
	else if (has_a_length(number))
		out->plan = plan_of(number);
	else
		return false;
	util->Format(number, PhoneNumberUtil::E164, &e164);
	return copied(e164, out->e164, sizeof out->e164);
}

static bool
region_found(const char *e164, char *region, size_t room)
{
	const PhoneNumberUtil *util = PhoneNumberUtil::GetInstance();
	PhoneNumber number;
	std::string found;

	if (util->Parse(e164, no_region, &number) != PhoneNumberUtil::NO_PARSING_ERROR)
		return false;
	util->GetRegionCodeForNumber(number, &found);
	if (found == no_region) /* of a country, but not assigned */
		util->GetRegionCodeForCountryCode(number.country_code(), &found);
	return found != no_region && found != not_geographical &&
	       copied(found, region, room);
}

/* Nothing is thrown into C. */

extern "C" int
phone_look_up(const char *digits, const char *region, struct phone_found *out)
{
	try {
		return looked_up(digits, *region ? region : no_region, out);
	} catch (...) {
		return 0;
	}
}

extern "C" int
phone_region_of(const char *e164, char region[PHONE_REGION_ROOM])
{
	try {
		return region_found(e164, region, PHONE_REGION_ROOM);
	} catch (...) {
		return 0;
	}
}
