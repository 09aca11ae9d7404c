/* api.c - which call. */
#include "api/api.h"

#include "api/api_int.h"

static const struct api_row owner_rows[] = {
	{ HTTP_GET, "me", 200, api_me },
	{ HTTP_GET, "devices", 200, api_device_list },
	{ HTTP_POST, "devices", 201, api_device_make },
	{ HTTP_POST, "devices/{id}", 200, api_device_set },
	{ HTTP_DELETE, "devices/{id}", 200, api_device_remove },
	{ HTTP_GET, "books", 200, api_book_list },
	{ HTTP_POST, "books", 200, api_book_set },
	{ HTTP_GET, "find", 200, api_find },
	{ HTTP_GET, "asks", 200, api_ask_list },
	{ HTTP_POST, "asks", 201, api_ask_open },
	{ HTTP_GET, "asks/{id}", 200, api_ask_find },
	{ HTTP_DELETE, "asks/{id}", 200, api_ask_revoke },
	{ HTTP_POST, "asks/{id}/decide", 200, api_ask_decide },
	{ HTTP_POST, "asks/{id}/undo", 200, api_ask_undo },
	{ HTTP_POST, "asks/{id}/remind", 200, api_ask_remind },
	{ HTTP_GET, "campaigns", 200, api_campaign_list },
	{ HTTP_POST, "campaigns", 201, api_campaign_open },
	{ HTTP_POST, "campaigns/preview", 200, api_campaign_preview },
	{ HTTP_GET, "campaigns/{id}", 200, api_campaign_find },
	{ HTTP_DELETE, "campaigns/{id}", 200, api_campaign_cancel },
	{ HTTP_GET, "said", 200, api_said },
	{ HTTP_GET, "plan", 200, api_plan },
	{ HTTP_GET, "notices", 200, api_notice_list },
	{ HTTP_POST, "notices/{id}", 200, api_notice_answer },
	{ HTTP_POST, "notices/{id}/open", 200, api_notice_see },
	{ HTTP_POST, "notices/{id}/leave", 200, api_notice_leave },
	{ HTTP_GET, "me/card", 200, api_own_card },
	{ HTTP_POST, "me/card", 200, api_own_change },
	{ HTTP_GET, "me/telling", 200, api_telling },
	{ HTTP_POST, "me/telling", 200, api_telling_set },
	{ HTTP_GET, "given", 200, api_given_list },
	{ HTTP_POST, "given/{id}", 200, api_given_follow },
	{ HTTP_DELETE, "given/{id}", 200, api_given_forget },
	{ HTTP_GET, "history", 200, api_history },
	{ HTTP_POST, "undo", 200, api_undo },
	{ HTTP_GET, "twins", 200, api_twins },
	{ HTTP_POST, "twins/apart", 200, api_twins_apart },
	{ HTTP_POST, "merge", 200, api_merge },
	{ HTTP_POST, "merge/undo", 200, api_merge_undo },
	{ HTTP_GET, "events", 200, api_events },
	{ HTTP_GET, "removed", 200, api_removed },
	{ HTTP_POST, "revive", 200, api_revive },
	{ HTTP_POST, "restore", 200, api_restore },
};

static const struct api_row target_rows[] = {
	{ HTTP_GET, "answers/{token}", 200, api_answer_peek },
	{ HTTP_POST, "answers/{token}/open", 200, api_answer_see },
	{ HTTP_POST, "answers/{token}", 200, api_answer_send },
	{ HTTP_POST, "answers/{token}/leave", 200, api_answer_leave },
};

static void
answer(struct exchange *x, const struct api_row *rows, size_t count)
{
	http_set(x->res, STR("Cache-Control"), STR("no-store"));
	http_set(x->res, STR("X-Content-Type-Options"), STR("nosniff"));
	x->out = buf_in(x->call->arena, API_ANSWER_MAX_BYTES);
	api_dispatch(x, rows, count);
}

void
api_answer(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res)
{
	struct exchange x = { .api = self, .call = call, .req = req, .res = res };

	answer(&x, owner_rows, sizeof owner_rows / sizeof *owner_rows);
}

void
api_target_answer(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res)
{
	struct exchange x = { .api = self, .call = call, .req = req, .res = res };

	answer(&x, target_rows, sizeof target_rows / sizeof *target_rows);
}
