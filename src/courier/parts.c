/* parts.c - how an SMS is cut: GSM 03.38 (3GPP TS 23.038) 6.2.1 and its extension table. */
#include "courier/courier.h"

#define GSM_ONE      160 /* septets in a single SMS ... */
#define GSM_SEVERAL  153 /* ... and in each of several, whose header takes 7 */
#define UCS2_ONE     70
#define UCS2_SEVERAL 67

/* The basic table beyond ASCII, and what ASCII has that it has not. */
static const char gsm_beyond[] = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà";
static const char gsm_lacks[] = "`";
static const char gsm_extended[] =
    "\f^{}\\[~]|€"; /* an escape and one more: two septets */

static bool
has_rune(const char *list, uint32_t rune)
{
	str rest = str_of(list);

	while (rest.len)
		if (str_rune(&rest) == rune)
			return true;
	return false;
}

/* Septets the character takes; 0 when GSM 03.38 has none for it. */
static unsigned
septets(uint32_t rune)
{
	if (has_rune(gsm_extended, rune))
		return 2;
	if (rune == '\n' || rune == '\r')
		return 1;
	if (rune >= ' ' && rune < 0x7f)
		return !has_rune(gsm_lacks, rune);
	return has_rune(gsm_beyond, rune);
}

static unsigned
ucs2_units(uint32_t rune)
{
	return rune > 0xffff ? 2 : 1;
}

static bool
is_gsm(str text)
{
	while (text.len)
		if (!septets(str_rune(&text)))
			return false;
	return true;
}

/* Counts parts of at most `most` units: neither an escape nor a surrogate is cut off from
 * its other half. */
static struct courier_parts
cut(str text, unsigned (*weigh)(uint32_t rune), unsigned most)
{
	struct courier_parts out = { .parts = 1 };
	unsigned used = 0;

	while (text.len) {
		unsigned units = weigh(str_rune(&text));

		if (used + units > most) {
			out.parts++;
			used = 0;
		}
		used += units;
		out.units += units;
	}
	return out;
}

struct courier_parts
courier_sms_parts(str text)
{
	bool ucs2 = !is_gsm(text);
	unsigned (*weigh)(uint32_t rune) = ucs2 ? ucs2_units : septets;
	struct courier_parts out = cut(text, weigh, ucs2 ? UCS2_ONE : GSM_ONE);

	if (out.parts > 1)
		out = cut(text, weigh, ucs2 ? UCS2_SEVERAL : GSM_SEVERAL);
	out.ucs2 = ucs2;
	return out;
}
