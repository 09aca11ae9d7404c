/* edit_int.h - the form of a contact. */
#ifndef KITH_WEB_EDIT_INT_H
#define KITH_WEB_EDIT_INT_H

#include "card/form.h"
#include "web/app_int.h"

#define EDIT_ROWS_PER_KIND CARD_FORM_MAX_ROWS

void edit_form_fill(
    const struct page *p, const struct card_form *form, struct edit_view *view);

/* ERR_BAD_INPUT and ERR_TOO_LARGE with why->name "photo". */
enum err edit_form_read(const struct page *p, const struct http_form *form,
    struct card_form *out, struct why *why);

/* What to tell of a value that was refused. */
str edit_wrong(const struct page *p, enum err outcome, str field);

#endif
