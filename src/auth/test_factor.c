/* test_factor.c - codes beside the password. */
#include "auth/factor.h"
#include "auth/fixture_int.h"

struct keyed {
	struct door d;
	str secret;
	str codes[AUTH_RECOVERY_CODES];
};

static str
code_at(struct keyed *k, int64_t steps_later)
{
	str code;

	must(seal_totp(k->d.arena, k->secret,
		 k->d.call.now_ms / SEAL_TOTP_STEP_MS + steps_later, &code) == OK);
	return code;
}

static struct keyed
turned_on(void)
{
	struct keyed k = { .d = set_up() };

	k.secret = seal_totp_secret(k.d.arena);
	k.d.call.who = k.d.ada;
	CHECK_OK(auth_totp_on(k.d.auth, &k.d.call, k.secret, code_at(&k, 0), k.codes));
	k.d.call.who = CALL_NOBODY;
	k.d.call.now_ms += (int64_t)5 * SEAL_TOTP_STEP_MS;
	return k;
}

static str
ticket_of(struct keyed *k)
{
	struct auth_opened opened = { 0 };

	CHECK_OK(auth_session_open(k->d.auth, &k->d.call, STR("ada"),
	    STR("correct horse"), STR("::1"), STR("Firefox"), &opened));
	CHECK_INT(opened.token.len, 0);
	CHECK_INT(opened.ticket.len, SEAL_TOKEN_CHARS);
	return opened.ticket;
}

static enum err
second(struct keyed *k, str ticket, str code)
{
	str token = { 0 };
	str csrf;
	int64_t who = 0;
	enum err e = auth_session_second(k->d.auth, &k->d.call, ticket, code, &token);

	if (e == OK) {
		CHECK_OK(auth_session_find(k->d.auth, &k->d.call, token, &who, &csrf));
		CHECK(who == k->d.ada);
	}
	return e;
}

static void
only_after_a_right_code(void)
{
	struct keyed k = { .d = set_up() };
	struct auth_totp now;

	k.secret = seal_totp_secret(k.d.arena);
	k.d.call.who = k.d.ada;
	CHECK_ERR(auth_totp_on(k.d.auth, &k.d.call, k.secret, STR("12345"), k.codes),
	    ERR_WHO);
	CHECK_ERR(auth_totp_on(k.d.auth, &k.d.call, k.secret, code_at(&k, 3), k.codes),
	    ERR_WHO);
	CHECK_ERR(
	    auth_totp_on(k.d.auth, &k.d.call, STR("SHORT"), code_at(&k, 0), k.codes),
	    ERR_BAD_INPUT);
	CHECK_OK(auth_totp_find(&k.d.call, k.d.ada, &now));
	CHECK(!now.on);
	CHECK_OK(auth_totp_on(k.d.auth, &k.d.call, k.secret, code_at(&k, 1), k.codes));
	CHECK_OK(auth_totp_find(&k.d.call, k.d.ada, &now));
	CHECK(now.on);
	CHECK_INT(now.recovery_left, AUTH_RECOVERY_CODES);
	CHECK_ERR(auth_totp_on(k.d.auth, &k.d.call, k.secret, code_at(&k, 0), k.codes),
	    ERR_EXISTS);
	tear_down(&k.d);
}

/* The same step neither again nor, once a later one was used, at all. */
static void
a_step_is_used_once(void)
{
	struct keyed k = turned_on();
	str used = code_at(&k, 0);

	CHECK_OK(second(&k, ticket_of(&k), used));
	CHECK_ERR(second(&k, ticket_of(&k), used), ERR_WHO);
	CHECK_ERR(second(&k, ticket_of(&k), code_at(&k, -1)), ERR_WHO);
	CHECK_OK(second(&k, ticket_of(&k), code_at(&k, 1)));
	CHECK_ERR(second(&k, ticket_of(&k), code_at(&k, 2)), ERR_WHO);
	tear_down(&k.d);
}

static void
tickets_end(void)
{
	struct keyed k = turned_on();
	str ticket = ticket_of(&k);

	CHECK_ERR(second(&k, STR("no such ticket"), code_at(&k, 0)), ERR_GONE);
	CHECK_OK(second(&k, ticket, code_at(&k, 0)));
	CHECK_ERR(second(&k, ticket, code_at(&k, 1)), ERR_GONE);
	ticket = ticket_of(&k);
	k.d.call.now_ms += AUTH_SECOND_MS;
	CHECK_ERR(second(&k, ticket, code_at(&k, 0)), ERR_GONE);
	tear_down(&k.d);
}

static void
recovery_codes_work_once(void)
{
	struct keyed k = turned_on();
	struct auth_totp now;

	CHECK_OK(second(&k, ticket_of(&k), k.codes[3]));
	CHECK_ERR(second(&k, ticket_of(&k), k.codes[3]), ERR_WHO);
	CHECK_OK(second(&k, ticket_of(&k), k.codes[9]));
	CHECK_OK(auth_totp_find(&k.d.call, k.d.ada, &now));
	CHECK_INT(now.recovery_left, AUTH_RECOVERY_CODES - 2);
	tear_down(&k.d);
}

/* Right passwords in between forgive nothing. */
static void
guessed_codes_are_throttled(void)
{
	struct keyed k = turned_on();

	for (int i = 0; i <= AUTH_FREE_TRIES; i++)
		CHECK_ERR(second(&k, ticket_of(&k), STR("000000x")), ERR_WHO);
	CHECK_ERR(second(&k, ticket_of(&k), code_at(&k, 0)), ERR_LIMIT);
	k.d.call.now_ms += AUTH_WAIT_MAX_MS;
	CHECK_OK(second(&k, ticket_of(&k), code_at(&k, 0)));
	tear_down(&k.d);
}

/* Also when it was verified a moment before. */
static void
basic_wants_app_passwords(void)
{
	struct keyed k = { .d = set_up() };
	struct auth_caller who;
	str own = basic(&k.d, "ada", STR("correct horse"));
	str app;

	CHECK_OK(auth_basic(k.d.auth, &k.d.call, own, STR("::1"), &who));
	CHECK_OK(auth_app_password_make(&k.d.call, k.d.ada, STR("phone"), &app));
	CHECK(auth_basic_known(k.d.auth, &k.d.call, own, &who));
	k.secret = seal_totp_secret(k.d.arena);
	k.d.call.who = k.d.ada;
	CHECK_OK(auth_totp_on(k.d.auth, &k.d.call, k.secret, code_at(&k, 0), k.codes));
	CHECK(!auth_basic_known(k.d.auth, &k.d.call, own, &who));
	CHECK_ERR(
	    auth_basic(k.d.auth, &k.d.call, own, STR("::1"), &who), ERR_FORBIDDEN);
	CHECK_ERR(auth_basic(k.d.auth, &k.d.call, basic(&k.d, "ada", STR("wrong one")),
		      STR("::1"), &who),
	    ERR_WHO);
	CHECK_OK(
	    auth_basic(k.d.auth, &k.d.call, basic(&k.d, "ada", app), STR("::1"), &who));
	CHECK(who.account == k.d.ada);
	tear_down(&k.d);
}

static void
off_takes_both(void)
{
	struct keyed k = turned_on();
	struct auth_opened opened = { 0 };

	k.d.call.who = k.d.ada;
	CHECK_ERR(auth_totp_off(k.d.auth, &k.d.call, STR("wrong one"), code_at(&k, 0),
		      STR("::1")),
	    ERR_WHO);
	CHECK_ERR(auth_totp_off(k.d.auth, &k.d.call, STR("correct horse"),
		      STR("000000x"), STR("::1")),
	    ERR_WHO);
	CHECK_OK(auth_totp_off(
	    k.d.auth, &k.d.call, STR("correct horse"), code_at(&k, 0), STR("::1")));
	CHECK_ERR(auth_totp_off(k.d.auth, &k.d.call, STR("correct horse"), k.codes[0],
		      STR("::1")),
	    ERR_NOT_FOUND);
	CHECK_OK(auth_session_open(k.d.auth, &k.d.call, STR("ada"),
	    STR("correct horse"), STR("::1"), STR("x"), &opened));
	CHECK_INT(opened.token.len, SEAL_TOKEN_CHARS);
	tear_down(&k.d);
}

int
main(void)
{
	seal_start();
	return CHECK_RUN({ "on only after a right code", only_after_a_right_code },
	    { "a step is used once", a_step_is_used_once },
	    { "tickets end", tickets_end },
	    { "recovery codes work once", recovery_codes_work_once },
	    { "guessed codes are throttled", guessed_codes_are_throttled },
	    { "HTTP Basic wants app passwords", basic_wants_app_passwords },
	    { "off takes both", off_takes_both });
}
