/*
 * page_int.h - what every page knows, and the two sides of answering: views filled by C,
 * pages made of them by tools/pages.
 */
#ifndef KITH_WEB_PAGE_INT_H
#define KITH_WEB_PAGE_INT_H

#include "web/views_int.h"

enum web_lang { WEB_EN, WEB_ZH };
/* Whether our script may run on a page without a session. */
enum page_script {
	NO_SCRIPT,
	SCRIPT_ALONE, /* it cuts a picture, and fetches nothing */
	SCRIPT_ASKS,  /* the log-in: passkeys want it */
};
enum page_tab {
	TAB_BOOK,
	TAB_ASKS,
	TAB_ACCOUNT,
	TAB_INBOX,
	TAB_REVIEW,
};

struct page {
	const struct web *web;
	struct call call; /* who: the session's account, or CALL_NOBODY */
	const struct http_req *req;
	struct http_res *res;
	enum web_lang lang;
	str lang_word; /* "zh" */
	str csrf;      /* the session's form secret; empty without a session */
	enum page_script script;
	str *default_book; /* its name, once somebody asked (app_is_default) */
	enum page_tab tab; /* where in the owner's pages this one is */
};

#include "web/pages.h"

#define LANG_COOKIE        "kith-lang" /* the language chosen in this browser */
#define WEB_PAGE_MAX_BYTES ((size_t)512 * 1024)

/* --- escaping, by where a value stands --- */

void html_text(struct buf *out, str text); /* also inside quoted attributes */

/* A whole URL attribute: anything but a path of ours, http, https, mailto, tel, sms or an
 * image's data becomes "#". */
void html_url(struct buf *out, str url);

/* --- texts --- */

struct web_hole {
	const char *name;
	str value;
};

str web_text(enum web_lang lang, enum web_text_key key);
void web_text_fill(struct buf *out, enum web_lang lang, enum web_text_key key,
    const struct web_hole *holes, size_t count); /* escaped */
str web_words_with(const struct page *p, enum web_text_key key,
    const struct web_hole *holes, size_t count); /* plain: a page escapes it */
str web_words(const struct page *p, enum web_text_key key, const char *name, str value);

/* The first letter of a name, for the round face beside it. */
str web_initial(str name);

/* A day as people write it: "23 Nov 2026" or "2026年11月23日". */
str web_day(const struct page *p, int64_t at_ms);

/* --- answering --- */

struct buf page_buf(const struct page *p);
void page_send(struct page *p, unsigned status, const struct buf *html);
void page_go(struct page *p, str path); /* 303 */

/* This browser is answered in that language from now on. */
void page_keep_lang(struct page *p, str word);

/* An outcome as a page of its own. */
void page_refuse(struct page *p, enum err outcome, const char *what);

/* Reads the request's form; false, and answered, when it cannot be read or, on a page of a
 * session, does not carry its secret. */
bool page_form(struct page *p, struct http_form *form);

struct head_view page_head(const struct page *p, str title);

/* "/card/contacts/x.vcf": a path of ours with two encoded segments. */
str page_path(const struct page *p, const char *first, str second, str third);

/* --- one function per page; `rest` is the path behind the first segment --- */

void page_target_get(struct page *p, str rest);
void page_target_post(struct page *p, str rest);
void page_kept_get(struct page *p, str rest);
void page_kept_post(struct page *p, str rest);
void page_recall_get(struct page *p, str rest);
void page_recall_post(struct page *p, str rest);
void page_login_get(struct page *p, str rest);
void page_login_post(struct page *p, str rest);
void page_logout_post(struct page *p, str rest);
void page_ask_get(struct page *p, str rest);
void page_ask_post(struct page *p, str rest);
void page_asks_get(struct page *p, str rest);
void page_asks_post(struct page *p, str rest);
void page_tray_get(struct page *p, str rest);

/* How many wait there, beside the name of a section: "3", or nothing (inbox.c). */
str page_badge(const struct page *p, enum page_tab tab);

/* How far the caller's asks have come: what is told behind it is new to this page (news.c). */
str page_news_since(const struct page *p);

/* One line of a list of asks (asks.c). */
str ask_state_text(const struct page *p, enum ask_state state);
struct ask_row ask_row_of(const struct page *p, const struct ask_view *ask);

/* --- a target's form: fields, inputs, operations (inputs.c, answer_read.c) --- */

/* The row of a field that can be asked; NULL for one that cannot. */
const struct input_row *input_row(enum card_field field);

/* Fills offers and inputs from what the target is shown and has said before. */
void target_form_fill(
    const struct page *p, const struct ask_page *page, struct target_form_view *view);

/* What the form says, as operations: a picture is shrunk on the way.  ERR_BAD_INPUT and
 * ERR_TOO_LARGE with why->name the field. */
enum err target_form_read(const struct page *p, const struct ask_page *page,
    const struct http_form *form, struct ask_reply *out, struct why *why);

#endif
