/* security_int.h - the pages about signing in. */
#ifndef KITH_WEB_SECURITY_INT_H
#define KITH_WEB_SECURITY_INT_H

#include "web/app_int.h"

/* Signed in: the cookie is set, the book comes next (login.c). */
void page_login_done(struct page *p, str token);

void page_security_get(struct page *p, str rest);
void page_security_post(struct page *p, str rest);

#endif
