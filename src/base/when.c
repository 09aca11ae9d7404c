#include "base/when.h"

#include <string.h>
#include <time.h>

static int64_t
clock_ms(clockid_t clock)
{
	struct timespec now;

	(void)clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * WHEN_SECOND_MS + now.tv_nsec / 1000000;
}

int64_t
when_now_ms(void)
{
	return clock_ms(CLOCK_REALTIME);
}

int64_t
when_steady_ms(void)
{
	return clock_ms(CLOCK_MONOTONIC);
}

static struct tm
utc(int64_t at_ms)
{
	time_t seconds = (time_t)(at_ms / WHEN_SECOND_MS);
	struct tm parts = { 0 };

	(void)gmtime_r(&seconds, &parts);
	return parts;
}

str
when_rfc3339(struct arena *arena, int64_t at_ms)
{
	struct tm t = utc(at_ms);

	return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", t.tm_year + 1900,
	    t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, t.tm_sec);
}

str
when_imf(struct arena *arena, int64_t at_ms)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct tm t = utc(at_ms);

	return arena_printf(arena, "%.3s, %02d %.3s %04d %02d:%02d:%02d GMT",
	    days + (size_t)t.tm_wday * 3, t.tm_mday, months + (size_t)t.tm_mon * 3,
	    t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

bool
when_day_end(str text, int64_t *out_ms)
{
	char copy[sizeof "2026-12-31"];
	struct tm day = { 0 };
	const char *end;

	if (text.len != sizeof copy - 1)
		return false;
	memcpy(copy, text.at, text.len);
	copy[text.len] = '\0';
	end = strptime(copy, "%Y-%m-%d", &day);
	if (!end || *end)
		return false;
	*out_ms = ((int64_t)timegm(&day) + 24 * 3600) * WHEN_SECOND_MS;
	return true;
}
