/* edit.c - a contact changed in place, and a new one.
 *
 * A new one's form carries the UID the contact will have, so that a form sent twice makes one
 * contact.  Otherwise the form carries the ETag of what it showed.  Where the card has changed since, both are
 * shown; who then still wants his has it brought to what stands (card/rebase.h). */
#include "base/base64.h"
#include "card/rebase.h"
#include "web/edit_int.h"

#define UID_BYTES 36 /* as book_fresh_uid() makes one */

struct editing {
	struct page *p;
	struct book book;
	struct book_card stored; /* what stands */
	struct card *card;       /* what the form showed */
	str etag;                /* of that */
	const struct http_form *sent;
	struct card_form form;
	bool fresh;
};

static str
action_of(const struct editing *e)
{
	return e->fresh ? page_path(e->p, "new", e->book.name, (str){ 0 })
			: page_path(e->p, "edit", e->book.name, e->stored.name);
}

static void
show(struct editing *e, unsigned status, str wrong)
{
	struct page *p = e->p;
	struct buf html = page_buf(p);
	struct edit_view view = {
		.head = page_head(p, web_text(p->lang, e->fresh ? T_o_new : T_o_edit)),
		.action = action_of(e),
		.etag = e->etag,
		.wrong = wrong,
		.cancel = e->fresh ? app_book_href(p, e->book.name, "", (str){ 0 })
				   : page_path(p, "card", e->book.name, e->stored.name),
		.has_photo = card_first(e->card, CARD_PHOTO, 0) != NULL,
	};

	edit_form_fill(p, &e->form, &view);
	html_edit(&html, p, &view);
	page_send(p, status, &html);
}

static bool
parse(struct editing *e, str bytes)
{
	struct why why = { 0 };
	enum err outcome = card_read(e->p->call.arena, bytes, &e->card, &why);

	if (outcome != OK)
		page_refuse(e->p, outcome, why.what);
	return outcome == OK;
}

/* --- shown --- */

void
page_edit_get(struct page *p, str rest)
{
	struct editing e = { .p = p };

	if (!app_card_read(p, rest, &e.book, &e.stored) || !parse(&e, e.stored.bytes))
		return;
	e.etag = e.stored.etag;
	card_form_read(p->call.arena, e.card, e.book.region, &e.form);
	show(&e, 200, (str){ 0 });
}

/* The UID of a form that may have been sent before; whatever else it says is not taken. */
static str
uid_of_form(const struct editing *e, const struct http_form *sent)
{
	str uid = sent ? http_form_get(sent, STR("etag")) : (str){ 0 };
	bool ours = uid.len == UID_BYTES;

	for (size_t i = 0; ours && i < uid.len; i++)
		ours = (uid.at[i] >= '0' && uid.at[i] <= '9') ||
		       (uid.at[i] >= 'a' && uid.at[i] <= 'f') || uid.at[i] == '-';
	return ours ? uid : book_fresh_uid(e->p->call.arena);
}

static bool
begin_blank(struct editing *e, str uid)
{
	e->etag = uid;
	return parse(e, card_form_blank(e->p->call.arena, uid));
}

static bool
begin_new(struct editing *e, str rest, const struct http_form *sent)
{
	struct page *p = e->p;
	str name = { 0 };
	enum err outcome = http_path_cut(p->call.arena, &rest, &name);

	e->fresh = true;
	if (outcome == OK || outcome == ERR_NOT_FOUND)
		outcome = app_book_named(p, name, &e->book);
	if (outcome == OK && !e->book.may_write)
		outcome = ERR_FORBIDDEN;
	if (outcome == OK)
		return begin_blank(e, uid_of_form(e, sent));
	page_refuse(p, outcome, NULL);
	return false;
}

void
page_new_get(struct page *p, str rest)
{
	struct editing e = { .p = p };

	if (!begin_new(&e, rest, NULL))
		return;
	card_form_read(p->call.arena, e.card, e.book.region, &e.form);
	show(&e, 200, (str){ 0 });
}

/* --- saved --- */

/* Whether the contact that this form made before says what it says now. */
static bool
is_there_already(const struct editing *e, str bytes, struct book_card *there)
{
	const struct call *call = &e->p->call;

	return book_card_by_uid(call, &e->book, e->etag, BOOK_WHOLE, there) == OK &&
	       !app_diff(e->p, there->bytes, bytes, e->book.region).list.count;
}

static void put_new(struct editing *e, str bytes);

/* Sent twice: the contact of the first time.  Sent again with other words, as after going
 * back: another contact. */
static void
put_again(struct editing *e, str bytes)
{
	struct book_card there;
	struct why why = { 0 };
	str anew;

	if (is_there_already(e, bytes, &there)) {
		page_go(e->p, page_path(e->p, "card", e->book.name, there.name));
		return;
	}
	if (!begin_blank(e, book_fresh_uid(e->p->call.arena)))
		return;
	if (card_form_write(e->p->call.arena, e->card, e->book.region, &e->form,
		e->p->call.now_ms, &anew, &why) == OK)
		put_new(e, anew);
	else
		page_refuse(e->p, ERR_BAD_INPUT, why.what);
}

static void
put_new(struct editing *e, str bytes)
{
	struct page *p = e->p;
	struct book_put put = {
		.when = { BOOK_IF_NEW }, .bytes = bytes, .by = BOOK_BY_WEB
	};
	struct book_put_done done;
	struct why why = { 0 };
	enum err outcome = book_put(&p->call, &e->book, &put, &done, &why);

	if (outcome == OK)
		page_go(p, page_path(p, "card", e->book.name, done.name));
	else if (outcome == ERR_CONDITION || outcome == ERR_UID_TAKEN)
		put_again(e, bytes);
	else
		page_refuse(p, outcome, why.what);
}

static void
put(struct editing *e, str bytes, str etag)
{
	struct page *p = e->p;
	struct book_put put = { .name = e->stored.name,
		.when = { BOOK_IF_ETAG, &etag, 1 },
		.bytes = bytes,
		.by = BOOK_BY_WEB };
	struct book_put_done done;
	struct why why = { 0 };
	enum err outcome = book_put(&p->call, &e->book, &put, &done, &why);

	if (outcome == OK)
		page_go(p, page_path(p, "card", e->book.name, done.name));
	else
		page_refuse(p, outcome, why.what);
}

/* The card the form showed: what stands, or one of its former versions. */
static enum err
find_shown(struct editing *e)
{
	const struct call *call = &e->p->call;
	struct book_version *list;
	size_t count;

	if (str_same(e->etag, e->stored.etag))
		return OK;
	TRY(book_history(call, &e->book, e->stored.name, &list, &count));
	for (size_t i = 0; i < count; i++) {
		struct book_version version;
		struct why why;

		if (list[i].refused || !str_same(list[i].etag, e->etag))
			continue;
		TRY(book_version(
		    call, &e->book, e->stored.name, list[i].rev, &version));
		return card_read(call->arena, version.bytes, &e->card, &why);
	}
	return ERR_CONDITION;
}

static str
hidden_photo(const struct editing *e)
{
	struct buf text = buf_in(e->p->call.arena, CARD_MAX_BYTES);

	base64_add(&text, e->form.photo);
	return buf_str(&text);
}

/* All that was typed goes with the page, so that nothing is lost. */
static void
carry_fields(const struct editing *e, struct clash_view *view)
{
	view->fields.list =
	    ARENA_ARRAY(e->p->call.arena, struct edit_cell_view, e->sent->count + 1);
	for (size_t i = 0; i < e->sent->count; i++) {
		const struct http_form_field *f = &e->sent->fields[i];

		if (f->file_name.len || f->media_type.len ||
		    str_same(f->name, STR("csrf")) || str_same(f->name, STR("over")) ||
		    str_same(f->name, STR("photo64")))
			continue;
		view->fields.list[view->fields.count++] =
		    (struct edit_cell_view){ .name = f->name, .value = f->value };
	}
	if (e->form.photo.len)
		view->fields.list[view->fields.count++] =
		    (struct edit_cell_view){ .name = STR("photo64"),
			    .value = hidden_photo(e) };
}

/* Three versions: what both had before them, what stands, what was typed. */
static void
show_clash(struct editing *e, str mine)
{
	struct page *p = e->p;
	struct buf html = page_buf(p);
	struct clash_view view = {
		.head = page_head(p, web_text(p->lang, T_o_clash)),
		.action = action_of(e),
		.over = e->stored.etag,
		.card = page_path(p, "card", e->book.name, e->stored.name),
	};

	view.theirs = app_diff(p, e->card->text, e->stored.bytes, e->book.region);
	view.mine = app_diff(p, e->card->text, mine, e->book.region);
	carry_fields(e, &view);
	html_clash(&html, p, &view);
	page_send(p, 409, &html);
}

/* "over" names what stood when both were shown: mine is brought to that. */
static void
put_over(struct editing *e, str mine)
{
	struct arena *arena = e->p->call.arena;
	struct card_rebase rebase = { .base = e->card };
	struct card_rebased done;
	struct card *sent;
	struct card *now;
	struct why why = { 0 };
	enum err outcome = card_read(arena, mine, &sent, &why);

	if (outcome == OK)
		outcome = card_read(arena, e->stored.bytes, &now, &why);
	if (outcome == OK) {
		rebase.sent = sent;
		rebase.now = now;
		outcome = card_rebase(arena, &rebase, &done);
	}
	if (outcome == OK)
		put(e, done.text, e->stored.etag);
	else
		page_refuse(e->p, outcome, why.what);
}

static void
save(struct editing *e)
{
	str over = http_form_get(e->sent, STR("over"));
	struct why why = { 0 };
	str bytes;
	enum err outcome = card_form_write(e->p->call.arena, e->card, e->book.region,
	    &e->form, e->p->call.now_ms, &bytes, &why);

	if (outcome == ERR_BAD_INPUT || outcome == ERR_TOO_LARGE)
		show(e, 422, edit_wrong(e->p, outcome, why.name));
	else if (outcome != OK)
		page_refuse(e->p, outcome, why.what);
	else if (e->fresh)
		put_new(e, bytes);
	else if (str_same(e->etag, e->stored.etag))
		put(e, bytes, e->etag);
	else if (str_same(over, e->stored.etag))
		put_over(e, bytes);
	else
		show_clash(e, bytes);
}

static bool
read_sent(struct editing *e)
{
	struct why why = { 0 };
	enum err outcome = edit_form_read(e->p, e->sent, &e->form, &why);
	str carried = http_form_get(e->sent, STR("photo64"));

	if (outcome == OK && carried.len && !e->form.photo.len &&
	    base64_read(e->p->call.arena, carried, &e->form.photo) != OK)
		outcome = ERR_BAD_INPUT;
	if (outcome == OK)
		return true;
	show(e, 422, edit_wrong(e->p, outcome, STR("photo")));
	return false;
}

void
page_edit_post(struct page *p, str rest)
{
	struct editing e = { .p = p };
	struct http_form form;
	enum err outcome;

	if (!page_form(p, &form) || !app_card_read(p, rest, &e.book, &e.stored) ||
	    !parse(&e, e.stored.bytes))
		return;
	e.sent = &form;
	e.etag = http_form_get(&form, STR("etag"));
	outcome = find_shown(&e);
	if (outcome != OK)
		page_refuse(p, outcome, "the version that was edited is not kept");
	else if (read_sent(&e))
		save(&e);
}

void
page_new_post(struct page *p, str rest)
{
	struct editing e = { .p = p };
	struct http_form form;

	if (!page_form(p, &form) || !begin_new(&e, rest, &form))
		return;
	e.sent = &form;
	if (read_sent(&e))
		save(&e);
}
