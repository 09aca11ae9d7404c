/* twins.c - contacts that may be one person, and the word that they are not. */
#include "book/twins.h"

#include "book/unite.h"
#include "web/people_int.h"

#define CLUSTERS_SHOWN  30
#define CLUSTER_REASONS 5

/* --- what these pages share --- */

str
people_title(const struct book *book)
{
	return book->title.len ? book->title : book->name;
}

str
people_id(const struct page *p, const struct book *book, str card)
{
	return ARENA_JOIN(p->call.arena, book->name, STR("/"), card);
}

enum err
people_id_read(const struct page *p, str id, struct book *book, str *card)
{
	str name = str_cut(&id, '/');

	*card = id;
	return name.len && id.len ? book_find(&p->call, p->call.who, name, book)
				  : ERR_NOT_FOUND;
}

str *
people_fields(
    const struct page *p, const struct http_form *form, str name, size_t *count)
{
	str *list = ARENA_ARRAY(p->call.arena, str, form->count + 1);

	*count = 0;
	for (size_t i = 0; i < form->count; i++)
		if (str_same(form->fields[i].name, name))
			list[(*count)++] = form->fields[i].value;
	return list;
}

size_t
people_bytes(str text, size_t around)
{
	size_t bytes = around + text.len;

	for (size_t i = 0; i < text.len; i++)
		bytes += str_has(STR("<>&\"'"), text.at[i]) ? 5 : 0;
	return bytes;
}

str
people_clipped(const struct page *p, str text)
{
	size_t len = PEOPLE_TEXT_BYTES;

	if (text.len <= len)
		return text;
	while (len && ((unsigned char)text.at[len] & 0xC0U) == 0x80)
		len--;
	return ARENA_JOIN(p->call.arena, str_part(text, 0, len), STR("…"));
}

/* --- the list --- */

static str
reason_words(const struct page *p, const struct book_reason *reason)
{
	static const enum web_text_key keys[] = {
		[BOOK_SAME_PHONE] = T_pe_same_phone,
		[BOOK_SAME_MAIL] = T_pe_same_mail,
		[BOOK_SAME_NAME] = T_pe_same_name,
	};

	return web_words(p, keys[reason->by], "value", reason->value);
}

static struct alike_view
alike_of(const struct page *p, const struct book_alike *alike)
{
	const struct book_card *card = &alike->card;
	str changed = web_words(p, T_pe_changed, "date", web_day(p, card->modified_ms));

	return (struct alike_view){
		.id = people_id(p, &alike->book, card->name),
		.href = page_path(p, "card", alike->book.name, card->name),
		.name = card->fn.len ? card->fn : web_text(p->lang, T_o_unnamed),
		.about = ARENA_JOIN(
		    p->call.arena, people_title(&alike->book), STR(" · "), changed),
	};
}

static str
unite_href(const struct page *p, const struct alike_view *cards, size_t count)
{
	struct buf href = page_buf(p);

	for (size_t i = 0; i < count; i++) {
		buf_add(&href, i ? STR("&card=") : STR("/unite?card="));
		http_query_add(&href, cards[i].id);
	}
	return buf_str(&href);
}

static void
fill_cluster(
    const struct page *p, const struct book_cluster *cluster, struct cluster_view *out)
{
	out->cards.list = ARENA_ARRAY(p->call.arena, struct alike_view, cluster->count);
	for (size_t i = 0; i < cluster->count; i++)
		out->cards.list[out->cards.count++] = alike_of(p, &cluster->list[i]);
	out->reasons.list = ARENA_ARRAY(p->call.arena, str, cluster->reason_count);
	for (size_t i = 0; i < cluster->reason_count && i < CLUSTER_REASONS; i++)
		out->reasons.list[out->reasons.count++] =
		    reason_words(p, &cluster->reasons[i]);
	out->unite = unite_href(p, out->cards.list, out->cards.count);
}

static str
words_of(const struct page *p, const struct book_clusters *found)
{
	if (!found->count)
		return web_text(p->lang, T_pe_twins_none);
	if (found->more || found->count > CLUSTERS_SHOWN)
		return web_words(
		    p, T_pe_twins_more, "count", app_number(p, CLUSTERS_SHOWN));
	return web_words(
	    p, T_pe_twins_count, "count", app_number(p, (long long)found->count));
}

static void
show(struct page *p, str done)
{
	struct twins_view view = { .head = page_head(p, web_text(p->lang, T_pe_twins)),
		.done = done };
	struct buf html = page_buf(p);
	struct book_clusters found;
	enum err e = book_twins(&p->call, &found);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	view.words = words_of(p, &found);
	view.clusters.list =
	    ARENA_ARRAY(p->call.arena, struct cluster_view, found.count);
	for (size_t i = 0; i < found.count && i < CLUSTERS_SHOWN; i++)
		fill_cluster(p, &found.list[i], &view.clusters.list[i]);
	view.clusters.count =
	    found.count < CLUSTERS_SHOWN ? found.count : CLUSTERS_SHOWN;
	html_twins(&html, p, &view);
	page_send(p, 200, &html);
}

void
page_twins_get(struct page *p, str rest)
{
	if (rest.len)
		page_refuse(p, ERR_NOT_FOUND, NULL);
	else
		show(p, (str){ 0 });
}

void
people_twins_of(const struct page *p, const struct book *book,
    const struct book_card *card, struct contact_view *view)
{
	struct book_alike *list;
	size_t count;

	if (book_twins_of(&p->call, book, card, &list, &count) != OK)
		return; /* a hint only */
	view->twins.list = ARENA_ARRAY(p->call.arena, struct alike_view, count);
	for (size_t i = 0; i < count; i++) {
		struct alike_view pair[2] = { { .id = people_id(p, book, card->name) },
			alike_of(p, &list[i]) };

		pair[1].reason = reason_words(p, &list[i].reason);
		pair[1].href = unite_href(p, pair, 2);
		view->twins.list[view->twins.count++] = pair[1];
	}
}

/* --- done --- */

static enum err
set_apart(struct page *p, const struct http_form *form)
{
	size_t count;
	str *ids = people_fields(p, form, STR("card"), &count);
	struct book_alike *list =
	    ARENA_ARRAY(p->call.arena, struct book_alike, count + 1);

	if (count > CARD_UNITE_MAX)
		return ERR_LIMIT;
	for (size_t i = 0; i < count; i++) {
		str name;

		TRY(people_id_read(p, ids[i], &list[i].book, &name));
		TRY(book_card(
		    &p->call, &list[i].book, name, BOOK_HEADS, &list[i].card));
	}
	TRY(book_set_apart(&p->call, list, count, true));
	page_go(p, STR("/twins"));
	return OK;
}

static enum err
take_apart(struct page *p, const struct http_form *form, struct why *why)
{
	struct book book;
	str name;

	TRY(people_id_read(p, http_form_get(form, STR("card")), &book, &name));
	TRY(book_unite_undo(&p->call, &book, name, why));
	page_go(p, page_path(p, "card", book.name, name));
	return OK;
}

void
page_twins_post(struct page *p, str rest)
{
	struct http_form form;
	struct why why = { 0 };
	enum err e = ERR_BAD_INPUT;
	str what;

	(void)rest;
	if (!page_form(p, &form))
		return;
	what = http_form_get(&form, STR("do"));
	if (str_same(what, STR("apart")))
		e = set_apart(p, &form);
	else if (str_same(what, STR("undo")))
		e = take_apart(p, &form, &why);
	if (e != OK)
		page_refuse(p, e, why.what);
}
