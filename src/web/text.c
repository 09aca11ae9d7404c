/* text.c - the pages' sentences, days and initials. */
#include <time.h>

#include "base/when.h"
#include "web/page_int.h"

str
web_text(enum web_lang lang, enum web_text_key key)
{
	return web_texts[lang][key];
}

static str
hole_value(const struct web_hole *holes, size_t count, str name)
{
	for (size_t i = 0; i < count; i++)
		if (str_same(str_of(holes[i].name), name))
			return holes[i].value;
	return (str){ 0 };
}

void
web_text_fill(struct buf *out, enum web_lang lang, enum web_text_key key,
    const struct web_hole *holes, size_t count)
{
	str rest = web_text(lang, key);

	while (rest.len) {
		html_text(out, str_cut(&rest, '{'));
		if (rest.len)
			html_text(out, hole_value(holes, count, str_cut(&rest, '}')));
	}
}

str
web_words_with(const struct page *p, enum web_text_key key,
    const struct web_hole *holes, size_t count)
{
	struct buf plain = buf_in(p->call.arena, WEB_PAGE_MAX_BYTES);
	str rest = web_text(p->lang, key);

	while (rest.len) {
		buf_add(&plain, str_cut(&rest, '{'));
		if (rest.len)
			buf_add(&plain, hole_value(holes, count, str_cut(&rest, '}')));
	}
	return plain.overflowed ? (str){ 0 } : buf_str(&plain);
}

str
web_words(const struct page *p, enum web_text_key key, const char *name, str value)
{
	const struct web_hole hole = { name, value };

	return web_words_with(p, key, &hole, 1);
}

str
web_initial(str name)
{
	str rest = str_trim(name);

	if (!rest.len)
		return STR("?");
	(void)str_rune(&rest);
	return (str){ str_trim(name).at, (size_t)(rest.at - str_trim(name).at) };
}

str
web_day(const struct page *p, int64_t at_ms)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t seconds = (time_t)(at_ms / WHEN_SECOND_MS);
	struct tm t = { 0 };

	(void)localtime_r(&seconds, &t);
	if (p->lang == WEB_ZH)
		return arena_printf(p->call.arena, "%d年%d月%d日", t.tm_year + 1900,
		    t.tm_mon + 1, t.tm_mday);
	return arena_printf(p->call.arena, "%d %.3s %d", t.tm_mday,
	    months + (size_t)t.tm_mon * 3, t.tm_year + 1900);
}
