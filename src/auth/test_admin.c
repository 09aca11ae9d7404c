/* test_admin.c - administrators, invitations, the first start, and the log of it all. */
#include "auth/admin.h"
#include "auth/deed.h"
#include "auth/fixture_int.h"
#include "auth/invite.h"
#include "base/when.h"
#include "store/deed.h"

static int64_t
add(struct door *d, const char *login)
{
	struct auth_new fresh = { .login = str_of(login),
		.name = str_of(login),
		.password = STR("correct horse"),
		.lang = STR("en"),
		.region = STR("GB") };
	struct why why = { 0 };
	int64_t id = 0;

	CHECK_OK(auth_account_add(&d->call, &fresh, &id, &why));
	return id;
}

static bool
is_admin(struct door *d, int64_t account)
{
	bool admin = false;

	CHECK_OK(auth_is_admin(&d->call, account, &admin));
	return admin;
}

/* --- administrators --- */

static void
the_last_one_stays(void)
{
	struct door d = set_up();
	int64_t bob = add(&d, "bob");

	CHECK(is_admin(&d, d.ada) && !is_admin(&d, bob) && !is_admin(&d, 12345));
	CHECK_ERR(auth_admin_set(&d.call, d.ada, false), ERR_CONDITION);
	CHECK_ERR(auth_disabled_set(&d.call, d.ada, true), ERR_CONDITION);
	CHECK_ERR(auth_account_remove(&d.call, d.ada), ERR_CONDITION);
	CHECK_ERR(auth_admin_set(&d.call, 12345, true), ERR_NOT_FOUND);
	CHECK_OK(auth_admin_set(&d.call, bob, true));
	CHECK_OK(auth_disabled_set(&d.call, bob, true));
	CHECK(!is_admin(&d, bob));
	CHECK_ERR(auth_admin_set(&d.call, d.ada, false), ERR_CONDITION);
	CHECK_OK(auth_disabled_set(&d.call, bob, false));
	CHECK_OK(auth_account_remove(&d.call, d.ada));
	CHECK_ERR(auth_admin_set(&d.call, bob, false), ERR_CONDITION);
	CHECK_OK(auth_account_remove(&d.call, bob)); /* nobody is left behind */
	tear_down(&d);
}

static void
shut_out(void)
{
	struct door d = set_up();
	int64_t bob = add(&d, "bob");
	str header = basic(&d, "bob", STR("correct horse"));
	struct auth_caller who = { 0 };
	struct auth_opened opened;
	struct auth_account found;
	str csrf;
	int64_t account;

	CHECK_OK(auth_basic(d.auth, &d.call, header, STR("1.2.3.4"), &who));
	CHECK_INT(who.tried, bob);
	CHECK_OK(auth_session_open(d.auth, &d.call, STR("bob"), STR("correct horse"),
	    STR("1.2.3.4"), STR("Firefox"), &opened));
	CHECK_OK(auth_disabled_set(&d.call, bob, true));
	CHECK(!auth_basic_known(d.auth, &d.call, header, &who));
	CHECK_ERR(auth_basic(d.auth, &d.call, header, STR("1.2.3.4"), &who), ERR_WHO);
	CHECK_ERR(
	    auth_session_find(d.auth, &d.call, opened.token, &account, &csrf), ERR_WHO);
	CHECK_ERR(auth_session_open(d.auth, &d.call, STR("bob"), STR("correct horse"),
		      STR("1.2.3.4"), STR("Firefox"), &opened),
	    ERR_WHO);
	CHECK_OK(auth_account_by_login(&d.call, STR("bob"), &found));
	CHECK(found.disabled);
	CHECK_OK(auth_disabled_set(&d.call, bob, false));
	CHECK_OK(auth_basic(d.auth, &d.call, header, STR("1.2.3.4"), &who));
	tear_down(&d);
}

static void
members_in_pages(void)
{
	struct door d = set_up();
	struct auth_member *list;
	struct auth_counts counts;
	size_t count;

	(void)add(&d, "bob");
	(void)add(&d, "cyd");
	CHECK_OK(auth_member_list(&d.call, (str){ 0 }, 2, &list, &count));
	CHECK_INT(count, 2);
	CHECK_STR(list[0].login, STR("ada"));
	CHECK(list[0].admin && !list[1].admin);
	CHECK_OK(auth_member_list(&d.call, list[1].login, 2, &list, &count));
	CHECK_INT(count, 1);
	CHECK_STR(list[0].login, STR("cyd"));
	CHECK_OK(auth_counts(&d.call, &counts));
	CHECK(counts.accounts == 3 && counts.admins == 1 && counts.disabled == 0);
	tear_down(&d);
}

/* --- ways in --- */

static const struct auth_new newcomer = { .login = STR_CONST("newcomer"),
	.name = STR_CONST("New"),
	.password = STR_CONST("good morning"),
	.lang = STR_CONST("en"),
	.region = STR_CONST("GB") };

static void
first_start(void)
{
	struct door d = set_up();
	struct why why = { 0 };
	str former;
	str code;
	str token;

	CHECK_OK(auth_start_code(&d.call, &code));
	CHECK_INT(code.len, 0);
	CHECK_ERR(
	    auth_start(d.auth, &d.call, STR("aaaa"), &newcomer, STR(""), &token, &why),
	    ERR_EXISTS);
	CHECK_OK(auth_account_remove(&d.call, d.ada));
	CHECK_OK(auth_start_code(&d.call, &former));
	CHECK_OK(auth_start_code(&d.call, &code));
	CHECK_INT(code.len, AUTH_START_GROUPS * 5 - 1);
	d.call.peer = STR("192.0.2.7");
	CHECK_ERR(auth_start(d.auth, &d.call, former, &newcomer, STR(""), &token, &why),
	    ERR_WHO);
	for (int i = 1; i < AUTH_FREE_TRIES + 1; i++)
		CHECK_ERR(auth_start(d.auth, &d.call, STR("nonsense"), &newcomer,
			      STR(""), &token, &why),
		    ERR_WHO);
	CHECK_ERR(auth_start(d.auth, &d.call, code, &newcomer, STR(""), &token, &why),
	    ERR_LIMIT);
	d.call.now_ms += AUTH_WAIT_MAX_MS;
	CHECK_OK(auth_start(d.auth, &d.call, code, &newcomer, STR(""), &token, &why));
	CHECK_INT(token.len, SEAL_TOKEN_CHARS);
	CHECK_ERR(auth_start(d.auth, &d.call, code, &newcomer, STR(""), &token, &why),
	    ERR_EXISTS);
	tear_down(&d);
}

static void
invitations(void)
{
	struct door d = set_up();
	struct auth_invite *list;
	struct auth_new taken = newcomer;
	struct why why = { 0 };
	str invite;
	str token;
	size_t count;

	taken.login = STR("ada");
	d.call.who = d.ada;
	CHECK_OK(auth_invite_make(&d.call, STR("for New"), &invite));
	CHECK_OK(auth_invite_list(&d.call, &list, &count));
	CHECK_INT(count, 1);
	CHECK_INT(list[0].expires_ms, d.call.now_ms + AUTH_INVITE_MS);
	CHECK_ERR(auth_invite_find(&d.call, list[0].id), ERR_GONE);
	d.call.who = CALL_NOBODY;
	CHECK_OK(auth_invite_find(&d.call, invite));
	CHECK_ERR(auth_invite_take(&d.call, invite, &taken, STR(""), &token, &why),
	    ERR_EXISTS);
	CHECK_OK(auth_invite_take(&d.call, invite, &newcomer, STR(""), &token, &why));
	CHECK_ERR(auth_invite_take(&d.call, invite, &newcomer, STR(""), &token, &why),
	    ERR_GONE);
	d.call.who = d.ada;
	for (int i = 0; i < AUTH_INVITES_MAX; i++)
		CHECK_OK(auth_invite_make(&d.call, (str){ 0 }, &invite));
	CHECK_ERR(auth_invite_make(&d.call, (str){ 0 }, &token), ERR_LIMIT);
	CHECK_OK(auth_invite_list(&d.call, &list, &count));
	CHECK_OK(auth_invite_withdraw(&d.call, list[0].id));
	CHECK_ERR(auth_invite_withdraw(&d.call, list[0].id), ERR_NOT_FOUND);
	d.call.now_ms += AUTH_INVITE_MS;
	CHECK_ERR(auth_invite_find(&d.call, invite), ERR_GONE);
	CHECK_OK(auth_invite_list(&d.call, &list, &count));
	CHECK_INT(count, 0);
	tear_down(&d);
}

static void
forgotten_password(void)
{
	struct door d = set_up();
	struct auth_caller who = { 0 };
	struct why why = { 0 };
	str former;
	str reset;
	str login;

	CHECK_ERR(auth_reset_make(&d.call, 12345, &reset), ERR_NOT_FOUND);
	CHECK_OK(auth_reset_make(&d.call, d.ada, &former));
	CHECK_OK(auth_reset_make(&d.call, d.ada, &reset));
	CHECK_ERR(auth_reset_find(&d.call, former, &login), ERR_GONE);
	CHECK_OK(auth_reset_find(&d.call, reset, &login));
	CHECK_STR(login, STR("ada"));
	CHECK_ERR(auth_reset_take(&d.call, reset, STR("short"), &why), ERR_BAD_INPUT);
	CHECK_OK(auth_reset_take(&d.call, reset, STR("battery staple"), &why));
	CHECK_ERR(
	    auth_reset_take(&d.call, reset, STR("battery staple"), &why), ERR_GONE);
	CHECK_OK(auth_basic(d.auth, &d.call, basic(&d, "ada", STR("battery staple")),
	    STR("1.2.3.4"), &who));
	CHECK_OK(auth_reset_make(&d.call, d.ada, &reset));
	d.call.now_ms += AUTH_RESET_MS;
	CHECK_ERR(auth_reset_find(&d.call, reset, &login), ERR_GONE);
	tear_down(&d);
}

/* --- the log --- */

static void
masked(void)
{
	static const struct {
		const char *peer, *wanted;
	} cases[] = {
		{ "203.0.113.77", "203.0.113.x" },
		{ "2001:db8:7:4:5:6:7:8", "2001:db8:7::x" },
		{ "2001:db8::1", "2001:db8::x" },
		{ "::1", "::x" },
		{ "::ffff:192.0.2.1", "::ffff:192.0.2.x" },
		{ "", "" },
	};
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		CHECK_STR(auth_peer_masked(arena, str_of(cases[i].peer)),
		    str_of(cases[i].wanted));
}

static const struct auth_deed_place beginning = { INT64_MAX, 0 };

static void
failures_are_counted(void)
{
	struct door d = set_up();
	struct auth_caller who;
	struct auth_deed_row *rows;
	size_t count;

	d.call.peer = STR("192.0.2.7");
	for (int i = 0; i < 3; i++)
		CHECK_ERR(auth_basic(d.auth, &d.call, basic(&d, "ada", STR("wrong")),
			      d.call.peer, &who),
		    ERR_WHO);
	for (int i = 0; i < 3; i++) {
		d.call.peer = arena_printf(d.arena, "198.51.%d.1", i);
		CHECK_ERR(auth_basic(d.auth, &d.call, basic(&d, "nobody", STR("wrong")),
			      d.call.peer, &who),
		    ERR_WHO);
	}
	CHECK_OK(auth_deed_list(&d.call, d.ada, beginning, 10, &rows, &count));
	CHECK_INT(count, 2); /* it was made, too */
	CHECK_INT(rows[0].count + rows[1].count, 4);
	CHECK_OK(auth_deed_list(&d.call, 0, beginning, 10, &rows, &count));
	CHECK_INT(count, 3);
	d.call.now_ms += WHEN_HOUR_MS;
	CHECK_ERR(auth_basic(d.auth, &d.call, basic(&d, "ada", STR("wrong")),
		      STR("192.0.2.8"), &who),
	    ERR_WHO);
	CHECK_OK(auth_deed_list(&d.call, 0, beginning, 10, &rows, &count));
	CHECK_INT(count, 4);
	CHECK_INT(rows[0].deed, AUTH_DEED_LOGIN_FAILED);
	CHECK_STR(rows[0].login, STR("ada"));
	tear_down(&d);
}

/* Rows of one millisecond, too, are each on one page. */
static void
log_in_pages(void)
{
	struct door d = set_up();
	struct auth_deed_place at = beginning;
	struct auth_deed_row *rows;
	size_t count;
	size_t all = 0;

	for (int i = 0; i < 25; i++)
		CHECK_OK(auth_deed_note(&d.call, AUTH_DEED_CHECKED, (str){ 0 }));
	do {
		CHECK_OK(auth_deed_list(&d.call, 0, at, 4, &rows, &count));
		all += count;
		if (count)
			at = (struct auth_deed_place){ rows[count - 1].at_ms,
				rows[count - 1].id };
	} while (count);
	CHECK_INT(all, 26);
	tear_down(&d);
}

static void
kept_for_a_time(void)
{
	struct door d = set_up();
	struct auth_deed_row *rows;
	int64_t at_ms;
	size_t count;

	CHECK_OK(auth_deed_note(&d.call, AUTH_DEED_BACKUP, (str){ 0 }));
	CHECK_OK(auth_deed_last(&d.call, AUTH_DEED_BACKUP, &at_ms));
	CHECK_INT(at_ms, d.call.now_ms);
	d.call.now_ms += STORE_DEED_KEPT_MS + 1;
	CHECK_OK(auth_deed_note(&d.call, AUTH_DEED_CHECKED, (str){ 0 }));
	CHECK_OK(auth_deed_list(&d.call, 0, beginning, 10, &rows, &count));
	CHECK_INT(count, 1);
	CHECK_OK(auth_deed_last(&d.call, AUTH_DEED_BACKUP, &at_ms));
	CHECK_INT(at_ms, 0);
	tear_down(&d);
}

static void
what_is_left_of_who_left(void)
{
	struct door d = set_up();
	int64_t bob = add(&d, "bob");
	struct auth_deed_row *rows;
	str password;
	size_t count;

	d.call.who = bob;
	CHECK_OK(auth_app_password_make(&d.call, bob, STR("phone"), &password));
	CHECK_OK(auth_invite_make(&d.call, STR("friend"), &password));
	CHECK_OK(auth_account_remove(&d.call, bob));
	d.call.who = d.ada;
	CHECK_OK(auth_deed_list(&d.call, 0, beginning, 10, &rows, &count));
	CHECK_INT(count, 3); /* ada was made; an invitation; bob is gone */
	for (size_t i = 0; i < count; i++)
		CHECK(rows[i].account != bob && rows[i].actor != bob);
	tear_down(&d);
}

int
main(void)
{
	seal_start();
	return CHECK_RUN({ "the last administrator stays", the_last_one_stays },
	    { "a disabled account is shut out", shut_out },
	    { "accounts in pages", members_in_pages },
	    { "the first start", first_start }, { "invitations", invitations },
	    { "a forgotten password", forgotten_password },
	    { "addresses are masked", masked },
	    { "failures are counted", failures_are_counted },
	    { "the log in pages", log_in_pages },
	    { "the log is kept for a time", kept_for_a_time },
	    { "what is left of who left", what_is_left_of_who_left });
}
