/* plan.c - whom to ask this week: five people, and all of them at once. */
#include "ask/said.h"
#include "web/asking_int.h"

/* "ONCE/BOOK/CARD": what makes asking the same person twice by one page the same ask. */
static str
value_of(const struct page *p, const struct ask_planned *one)
{
	struct buf value = page_buf(p);

	http_path_add(&value, ask_once(&p->call));
	buf_add_char(&value, '/');
	http_path_add(&value, one->book);
	buf_add_char(&value, '/');
	http_path_add(&value, one->card);
	return buf_str(&value);
}

static str
why_of(const struct page *p, const struct ask_planned *one)
{
	struct buf words = page_buf(p);

	if (one->missing_count)
		buf_add(&words,
		    web_words(p, T_ak_lacks, "fields",
			asking_field_words(p, one->missing, one->missing_count)));
	if (one->missing_count && one->stale)
		buf_add(&words, p->lang == WEB_ZH ? STR("；") : STR("; "));
	if (one->stale)
		buf_add(&words, web_text(p->lang, T_ak_stale));
	return buf_str(&words);
}

void
page_plan_get(struct page *p, str rest)
{
	struct buf html = page_buf(p);
	struct plan_view view = { .head = page_head(p, web_text(p->lang, T_ak_plan)) };
	struct ask_planned *people;
	size_t count;
	enum err e = rest.len ? ERR_NOT_FOUND
			      : ask_plan(&p->call, p->web->rules, ASKING_PLANNED,
				    &people, &count);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	view.rows.list = ARENA_ARRAY(p->call.arena, struct plan_row, count);
	for (size_t i = 0; i < count; i++)
		view.rows.list[view.rows.count++] = (struct plan_row){
			.value = value_of(p, &people[i]),
			.name = people[i].fn.len ? people[i].fn
						 : web_text(p->lang, T_o_unnamed),
			.why = why_of(p, &people[i]),
			.ask = page_path(p, "ask", people[i].book, people[i].card),
		};
	html_plan(&html, p, &view);
	page_send(p, 200, &html);
}

/* --- all at once --- */

static bool
read_value(const struct page *p, str value, struct ask_draft *draft)
{
	struct arena *arena = p->call.arena;

	return http_path_cut(arena, &value, &draft->once) == OK &&
	       http_path_cut(arena, &value, &draft->book) == OK &&
	       http_path_cut(arena, &value, &draft->card) == OK && !value.len &&
	       draft->once.len && draft->card.len;
}

static str
asked_words(const struct page *p, const struct ask_opened *opened)
{
	const struct web_hole holes[] = { { "by", asking_way_words(p, opened->by) },
		{ "to", opened->to } };

	return web_words_with(p, T_ak_planned_ok, holes, 2);
}

/* One is refused, the others are asked all the same. */
static enum err
ask_one(const struct page *p, const struct ask_draft *draft, struct planned_row *out)
{
	struct ask_opened opened = { 0 };
	struct why why = { 0 };
	enum err e = ask_open(&p->call, p->web->rules, draft, &opened, &why);

	if (e == ERR_STORE || e == ERR_BUSY || e == ERR_FULL)
		return e;
	out->failed = e != OK;
	out->name = opened.fn.len ? opened.fn : web_text(p->lang, T_o_unnamed);
	out->href = e == OK ? page_path(p, "asks", app_number(p, opened.id), (str){ 0 })
			    : page_path(p, "ask", draft->book, draft->card);
	out->words = e == OK ? asked_words(p, &opened)
			     : web_words(p, T_ak_planned_no, "why",
				   asking_why(p, str_of(why.what)));
	return OK;
}

static enum err
ask_all(const struct page *p, const struct http_form *form, struct planned_view *view)
{
	view->rows.list =
	    ARENA_ARRAY(p->call.arena, struct planned_row, ASKING_PLANNED);
	for (size_t i = 0; i < form->count; i++) {
		struct ask_draft draft = { 0 };

		if (!str_same(form->fields[i].name, STR("who")))
			continue;
		if (view->rows.count == ASKING_PLANNED ||
		    !read_value(p, form->fields[i].value, &draft))
			return ERR_BAD_INPUT;
		TRY(ask_one(p, &draft, &view->rows.list[view->rows.count]));
		view->rows.count++;
	}
	return OK;
}

void
page_plan_post(struct page *p, str rest)
{
	struct buf html = page_buf(p);
	struct planned_view view = { .head = page_head(
					 p, web_text(p->lang, T_ak_planned)) };
	struct http_form form;
	enum err e;

	if (!page_form(p, &form))
		return;
	e = rest.len ? ERR_NOT_FOUND : ask_all(p, &form, &view);
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	html_planned(&html, p, &view);
	page_send(p, view.rows.count ? 200 : 422, &html);
}
