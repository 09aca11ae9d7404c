/* told.c - a word about what was just done, or why it was not: named by the address that a
 * form leads to, so that a second press and the way back show no error. */
#include "web/owner_int.h"

static const struct {
	str word;
	enum web_text_key words;
	bool bad;
} rows[] = {
	{ STR_CONST("accept"), T_own_told_accept, false },
	{ STR_CONST("refuse"), T_own_told_refuse, false },
	{ STR_CONST("as"), T_own_told_as, false },
	{ STR_CONST("undone"), T_own_told_undone, false },
	{ STR_CONST("already"), T_own_told_already, false },
	{ STR_CONST("lost"), T_own_told_lost, true },
	{ STR_CONST("revoke"), T_own_told_revoked, false },
	/* ask_undo_word() */
	{ STR_CONST("unanswered"), T_own_no_nothing, true },
	{ STR_CONST("nothing"), T_own_no_nothing, true },
	{ STR_CONST("late"), T_own_no_late, true },
	{ STR_CONST("values"), T_own_no_values, true },
	{ STR_CONST("unkept"), T_own_no_unkept, true },
	{ STR_CONST("item"), T_own_no_item, true },
	{ STR_CONST("picture"), T_own_no_picture, true },
	{ STR_CONST("changed"), T_own_no_changed, true },
	/* the other side */
	{ STR_CONST("saved"), T_own_me_saved, false },
	{ STR_CONST("withdrawn"), T_own_withdrawn, false },
	{ STR_CONST("follow"), T_own_followed, false },
};

str
told_path(const struct page *p, str path, str word)
{
	return arena_printf(p->call.arena, STR_FMT "%sold=" STR_FMT, STR_ARG(path),
	    str_has(path, '?') ? "&t" : "?t", STR_ARG(word));
}

struct told_view
told_read(const struct page *p)
{
	struct http_form query;
	str word;

	if (http_query_read(p->call.arena, p->req->query, &query) != OK)
		return (struct told_view){ 0 };
	word = http_form_get(&query, STR("told"));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (str_same(rows[i].word, word))
			return (struct told_view){ .words =
						       web_text(p->lang, rows[i].words),
				.bad = rows[i].bad };
	return (struct told_view){ 0 };
}

struct told_view
told_trouble(const struct page *p, const struct answer_trouble *trouble)
{
	return (struct told_view){
		.words = trouble->words,
		.link = arena_printf(p->call.arena, "#item-%lld-%zu-value",
		    (long long)trouble->ask, trouble->at),
		.more = web_text(p->lang, T_own_told_mend),
		.bad = true,
	};
}
