/* user.c - `kith user`: accounts, beside a running server too. */
#include <stdio.h>
#include <string.h>

#include "auth/admin.h"
#include "auth/factor.h"
#include "base/when.h"
#include "json/json.h"
#include "main/verbs_int.h"
#include "phone/phone.h"
#include "store/store.h"

#define LIST_MAX_BYTES ((size_t)64 << 20)

static const struct why last = {
	.what = "that is the last administrator: make another one first"
};

struct user {
	struct arena *arena;
	struct place place;
	struct auth_new fresh;
	bool password_stdin, json;
	struct call call;
	char **operands; /* behind the action */
	int count;
};

static enum err
login_read(struct user *u, struct auth_account *out)
{
	return auth_account_by_login(&u->call, str_of(u->operands[0]), out);
}

/* What an operator enters counts as verified: numbers and addresses in normal form. */
static enum err
identifiers_read(struct user *u, struct why *why)
{
	struct phone phone;

	if (u->fresh.phone.len) {
		if (!phone_read(u->arena, u->fresh.phone, u->fresh.region, &phone)) {
			*why = (struct why){ .what = "that is no telephone number",
				.name = u->fresh.phone };
			return ERR_BAD_INPUT;
		}
		u->fresh.phone = phone.e164;
	}
	if (u->fresh.email.len && !str_has(u->fresh.email, '@')) {
		*why = (struct why){ .what = "that is no mail address",
			.name = u->fresh.email };
		return ERR_BAD_INPUT;
	}
	return OK;
}

static int
add(struct user *u)
{
	struct why why = { 0 };
	int64_t id;
	enum err e;

	u->fresh.login = str_of(u->operands[0]);
	u->fresh.lang = u->place.conf.people_language;
	u->fresh.region = u->place.conf.people_region;
	u->fresh.how = STR("operator");
	if (!u->fresh.name.len)
		u->fresh.name = u->fresh.login;
	e = identifiers_read(u, &why);
	if (e == OK && !password_read(u->arena, u->password_stdin,
			   "Password: ", &u->fresh.password))
		return EXIT_REFUSED;
	if (e == OK)
		e = auth_account_add(&u->call, &u->fresh, &id, &why);
	if (e != OK)
		return refused(e, &why, u->operands[0]);
	printf("%s is made\n", u->operands[0]);
	return EXIT_DONE;
}

static void
print_row(const struct user *u, const struct auth_account *account, struct buf *json)
{
	if (!u->json) {
		printf(STR_FMT "\t" STR_FMT "\t" STR_FMT "\t" STR_FMT "\n",
		    STR_ARG(account->login), STR_ARG(account->name),
		    STR_ARG(account->phone), STR_ARG(account->email));
		return;
	}
	json_open(json, '{');
	json_pair(json, STR("login"), account->login);
	json_pair(json, STR("name"), account->name);
	json_pair(json, STR("phone"), account->phone);
	json_pair(json, STR("email"), account->email);
	json_pair_truth(json, STR("admin"), account->admin);
	json_pair_truth(json, STR("disabled"), account->disabled);
	json_close(json, '}');
}

static int
list(struct user *u)
{
	struct buf json = buf_in(u->arena, LIST_MAX_BYTES);
	struct auth_accounts accounts;
	enum err e = auth_account_list(&u->call, &accounts);

	if (e != OK)
		return refused(e, NULL, "the accounts");
	json_open(&json, '[');
	for (size_t i = 0; i < accounts.count; i++)
		print_row(u, &accounts.list[i], &json);
	json_close(&json, ']');
	if (u->json)
		printf(STR_FMT "\n", STR_ARG(buf_str(&json)));
	return EXIT_DONE;
}

static int
passwd(struct user *u)
{
	struct auth_account account;
	struct why why = { 0 };
	str password;
	enum err e = login_read(u, &account);

	if (e == OK &&
	    !password_read(u->arena, u->password_stdin, "New password: ", &password))
		return EXIT_REFUSED;
	if (e == OK)
		e = auth_password_set(&u->call, account.id, password, &why);
	return e == OK ? EXIT_DONE : refused(e, &why, u->operands[0]);
}

static int
remove_account(struct user *u)
{
	struct auth_account account;
	enum err e = login_read(u, &account);

	if (e == OK)
		e = auth_account_remove(&u->call, account.id);
	return e == OK ? EXIT_DONE
		       : refused(e, e == ERR_CONDITION ? &last : NULL, u->operands[0]);
}

static int
app_password(struct user *u)
{
	struct auth_account account;
	str password;
	enum err e = login_read(u, &account);

	if (e == OK)
		e = auth_app_password_make(
		    &u->call, account.id, str_of(u->operands[1]), &password);
	if (e != OK)
		return refused(e, NULL, u->operands[0]);
	printf(STR_FMT "\n", STR_ARG(password));
	return EXIT_DONE;
}

static int
codes_off(struct user *u)
{
	struct auth_account account;
	enum err e = login_read(u, &account);

	if (e == OK)
		e = auth_totp_drop(&u->call, account.id);
	return e == OK ? EXIT_DONE : refused(e, NULL, u->operands[0]);
}

/* --- administrators --- */

static int
admin(struct user *u)
{
	struct auth_account account;
	bool on = strcmp(u->operands[1], "on") == 0;
	enum err e;

	if (!on && strcmp(u->operands[1], "off") != 0)
		return usage_error(&verb_user, "admin LOGIN on, or off");
	e = login_read(u, &account);
	if (e == OK)
		e = auth_admin_set(&u->call, account.id, on);
	return e == OK ? EXIT_DONE
		       : refused(e, e == ERR_CONDITION ? &last : NULL, u->operands[0]);
}

static const struct action {
	const char *name;
	int operands;
	int (*run)(struct user *u);
} actions[] = {
	{ "add", 1, add },
	{ "list", 0, list },
	{ "passwd", 1, passwd },
	{ "remove", 1, remove_account },
	{ "app-password", 2, app_password },
	{ "codes-off", 1, codes_off },
	{ "admin", 2, admin },
};

static const struct action *
action_named(const char *name, int operands)
{
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (strcmp(actions[i].name, name) == 0 &&
		    actions[i].operands == operands)
			return &actions[i];
	return NULL;
}

static int
user_verb(struct arena *arena, int argc, char **argv)
{
	struct user u = { .arena = arena };
	SCOPED(store) store = NULL;
	const struct option_row options[] = { PLACE_OPTIONS(u.place),
		{ "--name", OPTION_TEXT, &u.fresh.name },
		{ "--phone", OPTION_TEXT, &u.fresh.phone },
		{ "--email", OPTION_TEXT, &u.fresh.email },
		{ "--admin", OPTION_FLAG, &u.fresh.admin },
		{ "--password-stdin", OPTION_FLAG, &u.password_stdin },
		{ "--json", OPTION_FLAG, &u.json } };
	const struct action *action = NULL;
	int operands;

	if (!options_read(
		argc, argv, options, sizeof options / sizeof *options, &operands))
		return EXIT_USAGE;
	if (operands)
		action = action_named(argv[1], operands - 1);
	if (!action)
		return usage_error(&verb_user, "what should be done with whom?");
	if (!place_read(arena, &u.place) || !place_store(&u.place, &store))
		return EXIT_REFUSED;
	u.call =
	    (struct call){ .store = store, .arena = arena, .now_ms = when_now_ms() };
	u.operands = argv + 2;
	return action->run(&u);
}

const struct verb verb_user = {
	"user",
	"add LOGIN [--name N] [--phone P] [--email E] [--admin] "
	"[--password-stdin] |\n"
	"       list [--json] |\n"
	"       passwd LOGIN | remove LOGIN | app-password LOGIN LABEL |\n"
	"       codes-off LOGIN | admin LOGIN on|off",
	"make, list, change and remove accounts",
	"--data DIR or --conf FILE says which store.  --phone and --email are taken "
	"as\n"
	"verified: they name the account in notices and let it ask by SMS.\n"
	"app-password prints a password for one device; it is shown this once.\n"
	"codes-off lets the password alone sign in again, for who lost his phone and "
	"his\n"
	"recovery codes.  An administrator sees the pages /admin; the first account is "
	"one,\n"
	"and the last one cannot be taken away.",
	user_verb,
};
