/* date.c - the three forms of a date: RFC 9110 5.6.7. */
#include <time.h>

#include "base/when.h"
#include "http/http.h"

#define DATE_MAX_BYTES 64

/* IMF-fixdate, RFC 850, asctime: the last two are obsolete and must be read. */
static const char *const forms[] = { "%a, %d %b %Y %H:%M:%S GMT",
	"%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y" };

enum err
http_date_read(str text, int64_t *out_ms)
{
	char copy[DATE_MAX_BYTES];

	text = str_trim(text);
	if (!text.len || text.len >= sizeof copy || str_has(text, '\0'))
		return ERR_BAD_INPUT;
	for (size_t i = 0; i < text.len; i++)
		copy[i] = text.at[i];
	copy[text.len] = '\0';
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct tm parts = { 0 };
		const char *end = strptime(copy, forms[i], &parts);

		if (!end || *end)
			continue;
		*out_ms = (int64_t)timegm(&parts) * WHEN_SECOND_MS;
		return OK;
	}
	return ERR_BAD_INPUT;
}
