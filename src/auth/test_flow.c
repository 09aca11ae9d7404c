/* test_flow.c - a device let in by browser: when, by whom, how often, until when. */
#include "auth/fixture_int.h"
#include "auth/flow.h"

static void
let_in_once(void)
{
	struct door d = set_up();
	struct auth_flow_begun begun;
	struct auth_flow flow;
	struct auth_caller who;
	str login;
	str password = { 0 };

	CHECK_OK(auth_flow_begin(&d.call, STR("::1"), STR("DAVx5"), &begun));
	CHECK_ERR(
	    auth_flow_poll(&d.call, begun.poll, &login, &password), ERR_NOT_FOUND);
	CHECK_ERR(
	    auth_flow_poll(&d.call, begun.page, &login, &password), ERR_NOT_FOUND);
	CHECK_ERR(auth_flow_find(&d.call, begun.poll, &flow), ERR_GONE);
	d.call.who = d.ada;
	CHECK_OK(auth_flow_grant(&d.call, begun.page));
	CHECK_OK(auth_flow_find(&d.call, begun.page, &flow));
	CHECK(flow.account == d.ada);
	CHECK_STR(flow.about, STR("DAVx5"));
	d.call.who = CALL_NOBODY;
	CHECK_OK(auth_flow_poll(&d.call, begun.poll, &login, &password));
	CHECK_STR(login, STR("ada"));
	CHECK_OK(
	    auth_basic(d.auth, &d.call, basic(&d, "ada", password), STR("::1"), &who));
	CHECK_STR(who.device.name, STR("DAVx5"));
	CHECK_ERR(
	    auth_flow_poll(&d.call, begun.poll, &login, &password), ERR_NOT_FOUND);
	tear_down(&d);
}

/* Twenty minutes in all, granted or not. */
static void
until_it_is_over(void)
{
	struct door d = set_up();
	struct auth_flow_begun begun;
	struct auth_flow flow;
	str login;
	str password;

	CHECK_OK(auth_flow_begin(&d.call, STR("::1"), STR(""), &begun));
	d.call.who = d.ada;
	d.call.now_ms += AUTH_FLOW_MS - 1;
	CHECK_OK(auth_flow_grant(&d.call, begun.page));
	d.call.now_ms += 1;
	CHECK_ERR(auth_flow_find(&d.call, begun.page, &flow), ERR_GONE);
	CHECK_ERR(auth_flow_grant(&d.call, begun.page), ERR_GONE);
	CHECK_ERR(
	    auth_flow_poll(&d.call, begun.poll, &login, &password), ERR_NOT_FOUND);
	tear_down(&d);
}

static void
by_one_account(void)
{
	struct door d = set_up();
	struct auth_flow_begun begun;

	CHECK_OK(auth_flow_begin(&d.call, STR("::1"), STR("DAVx5"), &begun));
	d.call.who = d.ada;
	CHECK_OK(auth_flow_grant(&d.call, begun.page));
	CHECK_OK(auth_flow_grant(&d.call, begun.page));
	d.call.who = d.ada + 1;
	CHECK_ERR(auth_flow_grant(&d.call, begun.page), ERR_GONE);
	CHECK_ERR(auth_flow_deny(&d.call, begun.page), ERR_GONE);
	d.call.who = d.ada;
	CHECK_OK(auth_flow_deny(&d.call, begun.page));
	CHECK_ERR(auth_flow_grant(&d.call, begun.page), ERR_GONE);
	tear_down(&d);
}

/* By address; what is over does not count. */
static void
so_many_from_one_address(void)
{
	struct door d = set_up();
	struct auth_flow_begun begun;

	for (int i = 0; i < AUTH_TICKETS_PER_PEER; i++)
		CHECK_OK(auth_flow_begin(&d.call, STR("::1"), STR("x"), &begun));
	CHECK_ERR(auth_flow_begin(&d.call, STR("::1"), STR("x"), &begun), ERR_LIMIT);
	CHECK_OK(auth_flow_begin(&d.call, STR("::2"), STR("x"), &begun));
	d.call.now_ms += AUTH_FLOW_MS;
	CHECK_OK(auth_flow_begin(&d.call, STR("::1"), STR("x"), &begun));
	tear_down(&d);
}

int
main(void)
{
	seal_start();
	return CHECK_RUN({ "let in once", let_in_once },
	    { "until it is over", until_it_is_over },
	    { "by one account", by_one_account },
	    { "AUTH_TICKETS_PER_PEER", so_many_from_one_address });
}
