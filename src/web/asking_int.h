/* asking_int.h - what the pages of asking share: how and what for, the text as it goes out,
 * why not. */
#ifndef KITH_WEB_ASKING_INT_H
#define KITH_WEB_ASKING_INT_H

#include "web/app_int.h"

#define ASKING_PLANNED     5   /* people of one proposal */
#define ASKING_PEOPLE_PAGE 100 /* of a campaign, on one page */

/* --- one function per page; `rest` is the path behind the first segment --- */

void page_plan_get(struct page *p, str rest);
void page_plan_post(struct page *p, str rest);
void page_campaigns_get(struct page *p, str rest);
void page_campaigns_post(struct page *p, str rest);

void campaign_new_get(struct page *p);
void campaign_new_post(struct page *p, const struct http_form *form);

/* --- how and what for (asking_wish.c) --- */

/* What the form says: kind, way, fields, sentence, mode, values, once.  ERR_BAD_INPUT for a
 * word that no form of ours has. */
enum err asking_read(const struct http_form *form, struct ask_draft *out);

/* The form as that draft has it; of the ways only which one is chosen, and not the owner's
 * own when `many` are asked. */
void asking_wish_fill(const struct page *p, const struct ask_draft *draft, bool many,
    struct wish_view *out);

/* What can be asked for, in the order of the form. */
size_t asking_fields(const enum card_field **out);

/* Room for what asking_carry() adds, and `more`. */
struct carry_view *asking_carry_room(const struct page *p, size_t more);

/* The draft as hidden inputs; how many. */
size_t asking_carry(
    const struct page *p, const struct ask_draft *draft, struct carry_view *out);

/* "Everything waits for me". */
str asking_mode_words(const struct page *p, enum ask_mode mode);

/* --- in words (asking_said.c) --- */

str asking_way_words(const struct page *p, enum ask_by by);

/* Why an ask was refused, or would be: from why->what, or what a campaign noted. */
str asking_why(const struct page *p, str what);
str asking_why_way(const struct page *p, enum ask_by by, enum err e, str what);

/* "Mobile, Work phone". */
str asking_field_words(const struct page *p, const enum card_field *list, size_t count);

void asking_notice(const struct page *p, const struct ask_opened *opened,
    struct notice_text_view *out);

/* --- the owner's own link (asking_done.c) --- */

void asking_done(
    struct page *p, const struct ask_draft *draft, const struct ask_opened *opened);

/* --- what happened to an ask (timeline.c) --- */

enum err timeline_fill(
    const struct page *p, const struct ask_view *ask, struct timeline_view *out);

/* Reminds or revokes if that is what the form wants; true: it did, and answered. */
bool timeline_post(struct page *p, int64_t id, const struct http_form *form);

#endif
