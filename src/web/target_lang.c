/* target_lang.c - a target's pages in the other language, with all that was typed. */
#include "web/target_int.h"

#define STEP_HEAD "lang-"

static const struct {
	str word;
	enum web_lang lang;
} langs[] = {
	{ STR_CONST("en"), WEB_EN },
	{ STR_CONST("zh"), WEB_ZH },
};

struct target_lang_view
target_lang(const struct page *p, const char *page)
{
	str code = web_text(p->lang, T_t_other_code);

	return (struct target_lang_view){
		.step = arena_printf(
		    p->call.arena, STEP_HEAD STR_FMT "-%s", STR_ARG(code), page),
		.word = web_text(p->lang, T_t_other_lang),
		.code = code,
	};
}

static bool
speak(struct page *p, str word)
{
	for (size_t i = 0; i < sizeof langs / sizeof *langs; i++)
		if (str_same(langs[i].word, word)) {
			p->lang = langs[i].lang;
			p->lang_word = langs[i].word;
			page_keep_lang(p, langs[i].word);
			return true;
		}
	return false;
}

bool
target_lang_pressed(struct page *p, str step, str *page)
{
	if (!str_starts(step, STR(STEP_HEAD)))
		return false;
	step = str_part(step, sizeof STEP_HEAD - 1, step.len);
	*page = step;
	return speak(p, str_cut(page, '-'));
}

void
target_lang_asked(struct page *p)
{
	struct http_form query;

	if (http_query_read(p->call.arena, p->req->query, &query) == OK)
		(void)speak(p, http_form_get(&query, STR("lang")));
}
