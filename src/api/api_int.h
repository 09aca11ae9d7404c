/* api_int.h - one request of the JSON interface, and what its files share. */
#ifndef KITH_API_API_INT_H
#define KITH_API_API_INT_H

#include "api/api.h"
#include "json/json.h"

#define API_ANSWER_MAX_BYTES ((size_t)4 << 20)
#define API_LIST_MAX         200 /* asks in one answer */

struct exchange {
	const struct api *api;
	const struct call *call;
	const struct http_req *req;
	struct http_res *res;
	const struct json *body; /* of a POST; NULL when it has none */
	struct buf out;          /* the answer, being written */
};

/* One row per method and path.  In a path "{id}" stands for a number and "{token}" for any
 * segment; what stood there is handed to the call. */
struct api_row {
	enum http_method method;
	const char *path; /* behind /api/v1/ */
	unsigned status;  /* when it is done */
	enum err (*answer)(struct exchange *x, str place, struct why *why);
};

void api_dispatch(struct exchange *x, const struct api_row *rows, size_t count);

/* Writes an outcome as {"error": word, "what": ...}; candidates, where there are any, have
 * been put into x->out as members already. */
void api_refuse(struct exchange *x, enum err outcome, const struct why *why);

enum err api_id(str place, int64_t *out); /* ERR_NOT_FOUND when it is no number */

/* The card that "BOOK/CARD" names as other answers do, also one that is gone, or any
 * identifier. */
enum err api_card_find(struct exchange *x, str whom, struct book *book, str *card);

/* What and how to ask, of a POST's body.  ERR_BAD_INPUT. */
enum err api_draft_read(struct exchange *x, struct ask_draft *draft, struct why *why);

/* "how": one of the ways a target leaves.  ERR_BAD_INPUT. */
enum err api_exit_read(const struct json *body, enum ask_exit *out, struct why *why);

/* --- the calls: account.c, books.c, asks.c, history.c, answers.c --- */

enum err api_me(struct exchange *x, str place, struct why *why);
enum err api_telling(struct exchange *x, str place, struct why *why);
enum err api_telling_set(struct exchange *x, str place, struct why *why);
enum err api_device_make(struct exchange *x, str place, struct why *why);
enum err api_device_list(struct exchange *x, str place, struct why *why);
enum err api_device_set(struct exchange *x, str place, struct why *why);
enum err api_device_remove(struct exchange *x, str place, struct why *why);
enum err api_book_list(struct exchange *x, str place, struct why *why);
enum err api_book_set(struct exchange *x, str place, struct why *why);
enum err api_find(struct exchange *x, str place, struct why *why);
enum err api_ask_open(struct exchange *x, str place, struct why *why);
enum err api_ask_list(struct exchange *x, str place, struct why *why);
enum err api_ask_find(struct exchange *x, str place, struct why *why);
enum err api_ask_decide(struct exchange *x, str place, struct why *why);
enum err api_ask_revoke(struct exchange *x, str place, struct why *why);
enum err api_ask_undo(struct exchange *x, str place, struct why *why);
enum err api_ask_remind(struct exchange *x, str place, struct why *why);
enum err api_campaign_preview(struct exchange *x, str place, struct why *why);
enum err api_campaign_open(struct exchange *x, str place, struct why *why);
enum err api_campaign_list(struct exchange *x, str place, struct why *why);
enum err api_campaign_find(struct exchange *x, str place, struct why *why);
enum err api_campaign_cancel(struct exchange *x, str place, struct why *why);
enum err api_said(struct exchange *x, str place, struct why *why);
enum err api_plan(struct exchange *x, str place, struct why *why);
enum err api_notice_list(struct exchange *x, str place, struct why *why);
enum err api_notice_see(struct exchange *x, str place, struct why *why);
enum err api_notice_answer(struct exchange *x, str place, struct why *why);
enum err api_notice_leave(struct exchange *x, str place, struct why *why);
enum err api_own_card(struct exchange *x, str place, struct why *why);
enum err api_own_change(struct exchange *x, str place, struct why *why);
enum err api_given_list(struct exchange *x, str place, struct why *why);
enum err api_given_forget(struct exchange *x, str place, struct why *why);
enum err api_given_follow(struct exchange *x, str place, struct why *why);
enum err api_history(struct exchange *x, str place, struct why *why);
enum err api_undo(struct exchange *x, str place, struct why *why);
enum err api_twins(struct exchange *x, str place, struct why *why);
enum err api_twins_apart(struct exchange *x, str place, struct why *why);
enum err api_merge(struct exchange *x, str place, struct why *why);
enum err api_merge_undo(struct exchange *x, str place, struct why *why);
enum err api_removed(struct exchange *x, str place, struct why *why);
enum err api_revive(struct exchange *x, str place, struct why *why);
enum err api_restore(struct exchange *x, str place, struct why *why);
enum err api_events(struct exchange *x, str place, struct why *why);
enum err api_answer_peek(struct exchange *x, str place, struct why *why);
enum err api_answer_see(struct exchange *x, str place, struct why *why);
enum err api_answer_send(struct exchange *x, str place, struct why *why);
enum err api_answer_leave(struct exchange *x, str place, struct why *why);

#endif
