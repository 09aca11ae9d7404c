/* security_int.h - the pages about signing in. */
#ifndef KITH_WEB_SECURITY_INT_H
#define KITH_WEB_SECURITY_INT_H

#include "auth/passkey.h"
#include "web/app_int.h"

/* Signed in: the cookie is set; the book comes next, or the device that waits (login.c).
 * `flow`: as its form said it. */
void page_login_done(struct page *p, str token, str flow);

/* The browser it was, in its owner's words (login.c). */
str page_browser(const struct page *p);

/* How browsers name this site (passkeys.c). */
struct auth_site page_site(const struct page *p);

/* Signing in by passkey: rest is what follows /login/passkey. */
void page_passkey_login(struct page *p, str rest);

/* The log-in, with a word about what was wrong (login.c). */
void page_login_show(struct page *p, unsigned status, str login, str wrong, str flow);

/* A device that wants to be let in by browser (flow.c): what it begins, and all below
 * /login/v2: its questions, its page. */
void page_flow_begin(struct page *p, str rest);
void page_flow_get(struct page *p, str rest);
void page_flow_post(struct page *p, str rest);
str page_flow_path(const struct page *p, str flow); /* empty: none */

void page_reach_get(struct page *p, str rest);
void page_reach_post(struct page *p, str rest);
void page_download(struct page *p);     /* the account as a .zip (download.c) */
void page_login_forget(struct page *p); /* the cookie goes (login.c) */
void page_data_get(struct page *p, str rest);
void page_data_post(struct page *p, str rest);
void page_passkeys_get(struct page *p, str rest);
void page_passkeys_post(struct page *p, str rest);
void page_security_get(struct page *p, str rest);
void page_security_post(struct page *p, str rest);

#endif
