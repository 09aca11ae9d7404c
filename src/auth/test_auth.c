#include <time.h>

#include "auth/fixture_int.h"
#include "base/when.h"

static void
passwords(void)
{
	struct door d = set_up();
	str right = basic(&d, "ada", STR("correct horse"));
	struct auth_caller who = { 0 };
	struct why why = { 0 };

	CHECK(!auth_basic_known(d.auth, &d.call, right, &who));
	CHECK_OK(auth_basic(d.auth, &d.call, right, STR("127.0.0.1"), &who));
	CHECK(who.account == d.ada);
	who = (struct auth_caller){ 0 };
	CHECK(auth_basic_known(d.auth, &d.call, right, &who));
	CHECK(who.account == d.ada);
	CHECK_ERR(auth_basic(d.auth, &d.call, basic(&d, "ada", STR("wrong")),
		      STR("127.0.0.1"), &who),
	    ERR_WHO);
	CHECK_ERR(auth_basic(d.auth, &d.call, STR("Bearer x"), STR("127.0.0.1"), &who),
	    ERR_WHO);
	CHECK_ERR(
	    auth_basic(d.auth, &d.call, STR(""), STR("127.0.0.1"), &who), ERR_WHO);

	/* A new password ends the old one at once, remembered or not. */
	CHECK_OK(auth_password_set(&d.call, d.ada, STR("battery staple"), &why));
	CHECK(!auth_basic_known(d.auth, &d.call, right, &who));
	CHECK_ERR(auth_basic(d.auth, &d.call, right, STR("127.0.0.1"), &who), ERR_WHO);
	CHECK_OK(auth_basic(d.auth, &d.call, basic(&d, "ada", STR("battery staple")),
	    STR("127.0.0.1"), &who));
	CHECK_ERR(auth_password_set(&d.call, d.ada, STR("short"), &why), ERR_BAD_INPUT);
	tear_down(&d);
}

static void
forgetting(void)
{
	struct door d = set_up();
	str right = basic(&d, "ada", STR("correct horse"));
	struct auth_caller who;

	CHECK_OK(auth_basic(d.auth, &d.call, right, STR("127.0.0.1"), &who));
	d.call.now_ms += AUTH_CACHE_MS + 1;
	CHECK(!auth_basic_known(d.auth, &d.call, right, &who));
	tear_down(&d);
}

static void
devices(void)
{
	struct door d = set_up();
	struct auth_device *list;
	size_t count = 0;
	str password;
	str header;
	struct auth_caller who;

	CHECK_OK(auth_app_password_make(&d.call, d.ada, STR("phone"), &password));
	CHECK_INT(password.len, 29);
	header = basic(&d, "ada", password);
	CHECK_OK(auth_basic(d.auth, &d.call, header, STR("127.0.0.1"), &who));
	CHECK(auth_basic_known(d.auth, &d.call, header, &who));
	CHECK_OK(auth_device_list(&d.call, d.ada, &list, &count));
	CHECK_INT(count, 1);
	CHECK_INT(list[0].seen_ms, d.call.now_ms);
	CHECK_OK(auth_device_remove(&d.call, d.ada, list[0].id));
	CHECK(!auth_basic_known(d.auth, &d.call, header, &who));
	CHECK_ERR(auth_basic(d.auth, &d.call, header, STR("127.0.0.1"), &who), ERR_WHO);
	CHECK_ERR(auth_device_remove(&d.call, d.ada, list[0].id), ERR_NOT_FOUND);
	tear_down(&d);
}

static int64_t
cpu_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* The same answer, and the same work: one hash. */
static void
nobody_and_somebody(void)
{
	struct door d = set_up();
	struct auth_caller who;
	int64_t from = cpu_us();
	int64_t nobody_us;
	int64_t somebody_us;

	CHECK_ERR(auth_basic(d.auth, &d.call, basic(&d, "nobody", STR("wrong horse")),
		      STR("::1"), &who),
	    ERR_WHO);
	nobody_us = cpu_us() - from;
	from = cpu_us();
	CHECK_ERR(auth_basic(d.auth, &d.call, basic(&d, "ada", STR("wrong horse")),
		      STR("::1"), &who),
	    ERR_WHO);
	somebody_us = cpu_us() - from;
	CHECK(nobody_us > somebody_us / 4 && somebody_us > nobody_us / 4);
	tear_down(&d);
}

static void
throttling(void)
{
	struct door d = set_up();
	str wrong = basic(&d, "ada", STR("wrong horse"));
	str right = basic(&d, "ada", STR("correct horse"));
	struct auth_caller who;

	for (int i = 0; i <= AUTH_FREE_TRIES; i++)
		CHECK_ERR(
		    auth_basic(d.auth, &d.call, wrong, STR("10.0.0.1"), &who), ERR_WHO);
	/* Now this address waits, whatever it says, and so does this login. */
	CHECK_ERR(auth_basic(d.auth, &d.call, right, STR("10.0.0.1"), &who), ERR_LIMIT);
	CHECK_ERR(auth_basic(d.auth, &d.call, right, STR("10.0.0.2"), &who), ERR_LIMIT);
	d.call.now_ms += AUTH_WAIT_FIRST_MS + 1;
	CHECK_OK(auth_basic(d.auth, &d.call, right, STR("10.0.0.1"), &who));
	tear_down(&d);
}

static void
taken(void)
{
	struct door d = set_up();
	static const struct {
		const char *why, *login, *phone;
		enum err outcome;
	} rows[] = {
		{ "the login", "ada", "", ERR_EXISTS },
		{ "the number", "bob", "+447700900123", ERR_EXISTS },
		{ "a colon", "b:b", "", ERR_BAD_INPUT },
		{ "a blank", "b b", "", ERR_BAD_INPUT },
		{ "nothing", "", "", ERR_BAD_INPUT },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct auth_new fresh = { .login = str_of(rows[i].login),
			.lang = STR("en"),
			.region = STR("GB"),
			.phone = str_of(rows[i].phone) };
		struct why why = { 0 };
		int64_t id;

		check_about(rows[i].why);
		CHECK_ERR(
		    auth_account_add(&d.call, &fresh, &id, &why), rows[i].outcome);
		CHECK(why.what != NULL);
	}
	tear_down(&d);
}

static void
sessions(void)
{
	struct door d = set_up();
	struct auth_opened opened = { 0 };
	str csrf = { 0 };
	int64_t who = 0;
	str token;

	CHECK_ERR(auth_session_open(d.auth, &d.call, STR("ada"), STR("wrong"),
		      STR("::1"), STR("Firefox"), &opened),
	    ERR_WHO);
	CHECK_OK(auth_session_open(d.auth, &d.call, STR("ada"), STR("correct horse"),
	    STR("::1"), STR("Firefox"), &opened));
	token = opened.token;
	CHECK_INT(opened.ticket.len, 0);
	CHECK_OK(auth_session_find(d.auth, &d.call, token, &who, &csrf));
	CHECK(who == d.ada);
	CHECK_INT(csrf.len, SEAL_TOKEN_CHARS);
	CHECK_ERR(
	    auth_session_find(d.auth, &d.call, STR("no such"), &who, &csrf), ERR_WHO);
	CHECK_OK(auth_session_close(&d.call, token));
	CHECK_ERR(auth_session_find(d.auth, &d.call, token, &who, &csrf), ERR_WHO);
	CHECK_OK(auth_session_open(d.auth, &d.call, STR("ada"), STR("correct horse"),
	    STR("::1"), STR("Firefox"), &opened));
	d.call.now_ms += AUTH_SESSION_MS;
	CHECK_ERR(
	    auth_session_find(d.auth, &d.call, opened.token, &who, &csrf), ERR_WHO);
	tear_down(&d);
}

static str
opened(struct door *d, const char *password, const char *about)
{
	struct auth_opened out = { 0 };

	CHECK_OK(auth_session_open(d->auth, &d->call, STR("ada"), str_of(password),
	    STR("::1"), str_of(about), &out));
	return out.token;
}

/* Each seen by its account alone, and ended by it; a new password ends all but one. */
static void
sessions_of_an_account(void)
{
	struct door d = set_up();
	str first = opened(&d, "correct horse", "Firefox");
	str second = opened(&d, "correct horse",
	    "a program whose name is longer than anybody wants to read, "
	    "\xE4\xB8\xAD\xE6\x96\x87");
	struct auth_session *list;
	struct call other = d.call;
	struct why why = { 0 };
	size_t count = 0;
	int64_t who;
	str csrf;

	d.call.who = d.ada;
	CHECK_OK(auth_session_list(&d.call, first, &list, &count));
	if (!CHECK_INT(count, 2))
		return;
	CHECK(list[0].is_this != list[1].is_this);
	for (size_t i = 0; i < count; i++) {
		CHECK(list[i].about.len <= AUTH_ABOUT_BYTES);
		CHECK(str_is_utf8(list[i].about));
	}
	other.who = d.ada + 1;
	CHECK_ERR(auth_session_end(&other, list[0].id), ERR_NOT_FOUND);
	CHECK_OK(auth_session_end(&d.call, list[list[0].is_this].id));
	CHECK_ERR(auth_session_find(d.auth, &d.call, second, &who, &csrf), ERR_WHO);
	second = opened(&d, "correct horse", "");
	CHECK_ERR(auth_password_change(d.auth, &d.call, STR("wrong one"),
		      STR("battery staple"), STR("::1"), first, &why),
	    ERR_WHO);
	CHECK_ERR(auth_password_change(d.auth, &d.call, STR("correct horse"),
		      STR("short"), STR("::1"), first, &why),
	    ERR_BAD_INPUT);
	CHECK_OK(auth_password_change(d.auth, &d.call, STR("correct horse"),
	    STR("battery staple"), STR("::1"), first, &why));
	CHECK_OK(auth_session_find(d.auth, &d.call, first, &who, &csrf));
	CHECK_ERR(auth_session_find(d.auth, &d.call, second, &who, &csrf), ERR_WHO);
	(void)opened(&d, "battery staple", "");
	tear_down(&d);
}

static void
settings(void)
{
	struct door d = set_up();
	struct auth_account me;
	struct auth_identifier *list;
	struct why why = { 0 };
	struct auth_opened none;
	size_t count = 0;
	str app;

	CHECK_OK(auth_account_set(&d.call, d.ada, STR("zh"), STR("review"), &why));
	CHECK_OK(auth_account_find(&d.call, d.ada, &me));
	CHECK_STR(me.lang, STR("zh"));
	CHECK_STR(me.policy, STR("review"));
	CHECK_ERR(auth_account_set(&d.call, d.ada, STR("fr"), STR("auto"), &why),
	    ERR_BAD_INPUT);
	CHECK_ERR(auth_account_set(&d.call, d.ada, STR("en"), STR("never"), &why),
	    ERR_BAD_INPUT);
	CHECK_ERR(
	    auth_account_set(&d.call, 5, STR("en"), STR("auto"), &why), ERR_NOT_FOUND);
	CHECK_OK(auth_identifier_list(&d.call, d.ada, &list, &count));
	CHECK(count > 0 && list[0].value.len > 0);
	d.call.who = d.ada;
	CHECK_OK(auth_app_password_make(&d.call, d.ada, STR("phone"), &app));
	CHECK_ERR(auth_session_open(
		      d.auth, &d.call, STR("ada"), app, STR("::1"), STR("x"), &none),
	    ERR_WHO);
	CHECK_ERR(auth_password_change(d.auth, &d.call, app, STR("battery staple"),
		      STR("::1"), STR("x"), &why),
	    ERR_WHO);
	tear_down(&d);
}

struct making {
	struct door *d;
	struct auth_challenge what;
	str code;
};

static enum err
make_fn(struct store_tx *tx, void *arg)
{
	struct making *m = arg;

	return auth_challenge_make_in(tx, &m->d->call, &m->what, &m->code);
}

static void
challenges(void)
{
	struct door d = set_up();
	struct making m = { &d,
		{ STR("tel"), STR("+447700900123"), STR("the command") }, { 0 } };
	struct making stranger = { &d, { STR("tel"), STR("+1"), STR("x") }, { 0 } };
	str payload;
	int64_t who = 0;

	CHECK_ERR(store_write(d.store, make_fn, &stranger), ERR_NOT_FOUND);
	CHECK_OK(store_write(d.store, make_fn, &m));
	CHECK_INT(m.code.len, 4);
	CHECK_ERR(auth_challenge_answer(
		      &d.call, STR("tel"), STR("+1"), m.code, &who, &payload),
	    ERR_NOT_FOUND);
	CHECK_ERR(auth_challenge_answer(
		      &d.call, m.what.kind, m.what.value, STR("nope"), &who, &payload),
	    ERR_WHO);
	CHECK_OK(auth_challenge_answer(
	    &d.call, m.what.kind, m.what.value, m.code, &who, &payload));
	CHECK(who == d.ada);
	CHECK_STR(payload, STR("the command"));
	CHECK_ERR(auth_challenge_answer(
		      &d.call, m.what.kind, m.what.value, m.code, &who, &payload),
	    ERR_NOT_FOUND); /* one use */

	CHECK_OK(store_write(d.store, make_fn, &m));
	for (int i = 0; i < AUTH_CHALLENGE_TRIES; i++)
		CHECK_ERR(auth_challenge_answer(&d.call, m.what.kind, m.what.value,
			      STR("nope"), &who, &payload),
		    ERR_WHO);
	CHECK_ERR(auth_challenge_answer(
		      &d.call, m.what.kind, m.what.value, m.code, &who, &payload),
	    ERR_NOT_FOUND); /* tries are spent */

	CHECK_OK(store_write(d.store, make_fn, &m));
	d.call.now_ms += AUTH_CHALLENGE_MS;
	CHECK_ERR(auth_challenge_answer(
		      &d.call, m.what.kind, m.what.value, m.code, &who, &payload),
	    ERR_NOT_FOUND); /* too late */
	for (int i = 3; i < AUTH_CHALLENGES_PER_DAY; i++)
		CHECK_OK(store_write(d.store, make_fn, &m));
	CHECK_ERR(store_write(d.store, make_fn, &m), ERR_LIMIT);
	d.call.now_ms += WHEN_DAY_MS;
	CHECK_OK(store_write(d.store, make_fn, &m));
	tear_down(&d);
}

static void
identifiers(void)
{
	struct door d = set_up();
	struct auth_account found;

	CHECK_OK(auth_account_by_identifier(
	    &d.call, STR("email"), STR("ada@example.org"), &found));
	CHECK(found.id == d.ada);
	CHECK_STR(found.phone, STR("+447700900123"));
	CHECK_ERR(auth_account_by_identifier(&d.call, STR("tel"), STR("+1"), &found),
	    ERR_NOT_FOUND);
	CHECK_OK(auth_account_remove(&d.call, d.ada));
	CHECK_ERR(auth_account_find(&d.call, d.ada, &found), ERR_NOT_FOUND);
	tear_down(&d);
}

int
main(void)
{
	seal_start();
	return CHECK_RUN({ "passwords", passwords },
	    { "the cache forgets", forgetting },
	    { "devices come and go at once", devices },
	    { "nobody and somebody look the same", nobody_and_somebody },
	    { "guessing is throttled", throttling }, { "taken and bad logins", taken },
	    { "sessions", sessions },
	    { "sessions of an account", sessions_of_an_account },
	    { "settings", settings }, { "challenges", challenges },
	    { "identifiers", identifiers });
}
