/* target_int.h - what the files of a target's pages share. */
#ifndef KITH_WEB_TARGET_INT_H
#define KITH_WEB_TARGET_INT_H

#include "web/page_int.h"

/* --- own_card.c --- */

/* Adds to the reply what the uploaded card of his own says, if there is one.
 * With why->name ASK_GIVEN_NAME:
 *
 * ERR_TOO_LARGE     past OWN_CARD_MAX_BYTES
 * ERR_UNSUPPORTED   no vCard
 * ERR_SEVERAL       more than one
 * ERR_BAD_INPUT     nothing in it that could be told */
enum err own_card_read(const struct page *p, const struct ask_page *page, str token,
    const struct http_form *form, struct ask_reply *reply, struct why *why);

/* What is wrong with it, in words. */
str own_card_complaint(const struct page *p, enum err outcome);

/* --- target_lang.c --- */

/* The button to the other language, on the page "ask", "form" or "confirm". */
struct target_lang_view target_lang(const struct page *p, const char *page);

/* Whether a button was one of these; then p speaks the other language, here and from now on
 * in this browser, and *page is the page it stood on. */
bool target_lang_pressed(struct page *p, str step, str *page);

/* The same of "?lang=zh", for pages whose button was a link. */
void target_lang_asked(struct page *p);

/* --- typed.c: a form shown again --- */

/* What was typed and ticked, as far as a page has room for it. */
void target_keep_typed(struct target_form_view *view, const struct http_form *form);

/* And what is wrong with it, beside the inputs and above them. */
void target_mark_wrong(const struct page *p, struct target_form_view *view,
    const struct http_form *form, enum err outcome, str field_name);

/* What is wrong with a value of that field, in words. */
str target_complaint(const struct page *p, str field_name, enum err outcome);

/* --- kept.c: answers kept for the next who asks (ask/kept.h) --- */

/* The private token that this browser brings; empty: none. */
str target_kept_token(const struct page *p);

/* Fills empty inputs from what is kept under it. */
void target_kept_fill(const struct page *p, struct target_form_view *view);

/* Keeps what was sent, if that was ticked: his own link, or nothing. */
str target_keep(
    const struct page *p, const struct ask_page *page, const struct http_form *form);

/* --- inputs.c --- */

/* Whether what he said before has an input on the form. */
bool target_has_input(const struct ask_page *page, const struct card_op *op);
str target_extra_name(
    struct arena *arena, size_t at); /* of prepared.list[at], if not */

#endif
