/* admin_int.h - the pages of administrators and of newcomers, the log, the doctor. */
#ifndef KITH_WEB_ADMIN_INT_H
#define KITH_WEB_ADMIN_INT_H

#include "auth/admin.h"
#include "web/app_int.h"

#define ADMIN_ROWS_PER_PAGE 50

/* --- newcomers (newcomer.c) --- */

void page_start_get(struct page *p, str rest);
void page_start_post(struct page *p, str rest);
void page_invite_get(struct page *p, str rest);
void page_invite_post(struct page *p, str rest);
void page_reset_get(struct page *p, str rest);
void page_reset_post(struct page *p, str rest);

/* --- administrators: who he is was asked before (web.c) --- */

void page_admin_get(struct page *p, str rest);
void page_admin_post(struct page *p, str rest);

/* Where among the pages of /admin: the path behind it, and the tabs with that one lit
 * (admin.c). */
struct admin_nav_view admin_nav(const struct page *p, str here);

/* "https://kith.example/invite/TOKEN". */
str admin_link(const struct page *p, const char *first, str token);

void admin_accounts_get(struct page *p, const struct http_form *query);
void admin_accounts_post(struct page *p, const struct http_form *form);
void admin_invites_get(struct page *p, const struct http_form *query);
void admin_invites_post(struct page *p, const struct http_form *form);
void admin_gates_get(struct page *p, const struct http_form *query);
void admin_gates_post(struct page *p, const struct http_form *form);
void admin_outbox_get(struct page *p, const struct http_form *query);
void admin_log_get(struct page *p, const struct http_form *query);

/* --- the log (log.c) --- */

void page_log_get(struct page *p, str rest);

/* --- the doctor (doctor.c) --- */

void page_doctor_get(struct page *p, str rest);

/* "just now", "5 minutes ago", "3 days ago" (log.c). */
str web_ago(const struct page *p, int64_t at_ms);

#endif
