/* account.c - the caller himself, and the devices that may act for him. */
#include "api/api_int.h"
#include "ask/tell.h"
#include "auth/auth.h"
#include "base/when.h"

#define LABEL_MAX_BYTES 100

enum err
api_me(struct exchange *x, str place, struct why *why)
{
	struct auth_account me;

	(void)place;
	(void)why;
	TRY(auth_account_find(x->call, x->call->who, &me));
	json_pair(&x->out, STR("login"), me.login);
	json_pair(&x->out, STR("name"), me.name);
	json_pair(&x->out, STR("phone"), me.phone);
	json_pair(&x->out, STR("email"), me.email);
	json_pair(&x->out, STR("language"), me.lang);
	json_pair(&x->out, STR("ask_address"),
	    ask_owner_address(x->call->arena, x->api->rules, x->call->who));
	return OK;
}

static void
write_telling(struct exchange *x, const struct ask_telling *telling)
{
	json_pair(&x->out, STR("by"), telling->by);
	json_pair(&x->out, STR("hook"), telling->hook);
	if (telling->hook.len)
		json_pair(&x->out, STR("secret"), telling->secret);
}

enum err
api_telling(struct exchange *x, str place, struct why *why)
{
	struct ask_telling telling;

	(void)place, (void)why;
	TRY(ask_telling_find(x->call, &telling));
	write_telling(x, &telling);
	return OK;
}

enum err
api_telling_set(struct exchange *x, str place, struct why *why)
{
	const struct json *by = json_member(x->body, STR("by"));
	const struct json *hook = json_member(x->body, STR("hook"));
	struct ask_telling telling;

	(void)place;
	TRY(ask_telling_find(x->call, &telling));
	TRY(ask_telling_set(x->call, by ? by->text : telling.by,
	    hook ? hook->text : telling.hook, &telling, why));
	write_telling(x, &telling);
	return OK;
}

enum err
api_device_list(struct exchange *x, str place, struct why *why)
{
	struct auth_device *list;
	size_t count;

	(void)place;
	(void)why;
	TRY(auth_device_list(x->call, x->call->who, &list, &count));
	json_key(&x->out, STR("devices"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < count; i++) {
		json_open(&x->out, '{');
		json_pair_number(&x->out, STR("id"), list[i].id);
		json_pair(&x->out, STR("label"), list[i].label);
		json_pair(&x->out, STR("groups"),
		    list[i].groups.len ? list[i].groups : STR("auto"));
		json_pair(&x->out, STR("made"),
		    when_rfc3339(x->call->arena, list[i].made_ms));
		if (list[i].seen_ms)
			json_pair(&x->out, STR("seen"),
			    when_rfc3339(x->call->arena, list[i].seen_ms));
		json_close(&x->out, '}');
	}
	json_close(&x->out, ']');
	return OK;
}

enum err
api_device_make(struct exchange *x, str place, struct why *why)
{
	str label = str_trim(json_text(x->body, STR("label")));
	str password;

	(void)place;
	if (!label.len || label.len > LABEL_MAX_BYTES) {
		*why = (struct why){ .what = "a device wants a label",
			.name = STR("label") };
		return ERR_BAD_INPUT;
	}
	TRY(auth_app_password_make(x->call, x->call->who, label, &password));
	json_pair(&x->out, STR("label"), label);
	json_pair(&x->out, STR("password"), password);
	return OK;
}

enum err
api_device_remove(struct exchange *x, str place, struct why *why)
{
	int64_t id;

	(void)why;
	TRY(api_id(place, &id));
	return auth_device_remove(x->call, x->call->who, id);
}

/* "auto" is kept as nothing: as the device's program sees groups. */
static enum err
groups_read(str word, str *out, struct why *why)
{
	static const str words[] = { STR_CONST("auto"), STR_CONST("both"),
		STR_CONST("cards"), STR_CONST("categories") };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_same(word, words[i])) {
			*out = i ? word : (str){ 0 };
			return OK;
		}
	*why = (struct why){ .what = "auto, both, cards or categories",
		.name = STR("groups") };
	return ERR_BAD_INPUT;
}

enum err
api_device_set(struct exchange *x, str place, struct why *why)
{
	int64_t id;
	str groups;

	TRY(api_id(place, &id));
	TRY(groups_read(json_text(x->body, STR("groups")), &groups, why));
	return auth_device_set_groups(x->call, x->call->who, id, groups);
}
