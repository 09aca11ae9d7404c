/* tray.c - the message tray: what would have gone out, while there is no gateway. */
#include "courier/courier.h"
#include "web/page_int.h"

#define LETTERS_SHOWN 50

/* Cuts the text around our own link in it, so that it can be followed. */
static void
cut_link(const struct page *p, str text, struct tray_letter *out)
{
	str link_start = p->web->rules->origin;
	size_t from = str_find(text, link_start);
	size_t len = 0;

	out->before = text;
	if (from == SIZE_MAX)
		return;
	while (from + len < text.len && (unsigned char)text.at[from + len] > ' ' &&
	       (unsigned char)text.at[from + len] < 0x7F)
		len++;
	out->before = str_part(text, 0, from);
	out->link = str_part(text, from, len);
	out->after = str_part(text, from + len, text.len);
}

void
page_tray_get(struct page *p, str rest)
{
	struct buf html = page_buf(p);
	struct tray_view view = { .head = page_head(p, web_text(p->lang, T_o_tray)) };
	struct courier_shown *letters;
	size_t count;
	enum err e = courier_tray(&p->call, LETTERS_SHOWN, &letters, &count);

	(void)rest;
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	view.letters.list = ARENA_ARRAY(p->call.arena, struct tray_letter, count);
	for (size_t i = 0; i < count; i++) {
		struct tray_letter *row = &view.letters.list[view.letters.count++];

		*row = (struct tray_letter){ .channel = letters[i].channel,
			.to = letters[i].to,
			.subject = letters[i].subject,
			.date = web_day(p, letters[i].at_ms) };
		cut_link(p, letters[i].text, row);
	}
	html_tray(&html, p, &view);
	page_send(p, 200, &html);
}
