/* news.c - what a page has to know to hear of what comes after it (api/events). */
#include "web/page_int.h"

str
page_news_since(const struct page *p)
{
	int64_t seq;

	if (ask_moved_last(&p->call, &seq) != OK)
		return (str){ 0 };
	return arena_printf(p->call.arena, "%lld", (long long)seq);
}
