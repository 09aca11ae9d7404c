/* setup.c - a device's own password, made on the spot, and how to tell it to the device. */
#include "auth/auth.h"
#include "base/log.h"
#include "web/app_int.h"
#include "web/profile_int.h"
#include "web/qr_int.h"

#define LABEL_MAX_BYTES 100

/* --- where the server is --- */

static str
host_of(str origin)
{
	size_t at = str_find(origin, STR("://"));

	return at == SIZE_MAX ? origin : str_part(origin, at + 3, origin.len);
}

/* What DAVx5 takes from a camera; over plain HTTP it wants the scheme of the protocol. */
static str
camera_text(const struct page *p, str login, str password)
{
	struct buf text = page_buf(p);
	str origin = p->web->rules->origin;

	buf_add(&text,
	    str_starts(origin, STR("https:")) ? STR("davx5://") : STR("carddav://"));
	http_query_add(&text, login);
	buf_add_char(&text, ':');
	http_query_add(&text, password);
	buf_add_char(&text, '@');
	buf_add(&text, host_of(origin));
	buf_add(&text, STR("/dav/"));
	return buf_str(&text);
}

/* --- the page --- */

static enum err
fill_devices(const struct page *p, struct setup_view *view)
{
	struct auth_device *list;
	size_t count;

	TRY(auth_device_list(&p->call, p->call.who, &list, &count));
	view->devices.list = ARENA_ARRAY(p->call.arena, struct device_row, count);
	for (size_t i = 0; i < count; i++)
		view->devices.list[view->devices.count++] = (struct device_row){
			.id = app_number(p, list[i].id),
			.label = list[i].label,
			.made = web_day(p, list[i].made_ms),
			.seen = list[i].seen_ms ? app_moment(p, list[i].seen_ms)
						: web_text(p->lang, T_v_never),
		};
	return OK;
}

static enum err
fill(const struct page *p, struct setup_view *view)
{
	struct auth_account me;

	TRY(auth_account_find(&p->call, p->call.who, &me));
	view->head = page_head(p, web_text(p->lang, T_o_setup));
	view->url = p->web->rules->origin;
	view->host = host_of(view->url);
	view->login = me.login;
	if (view->password.len)
		TRY(qr_path(p->call.arena, camera_text(p, me.login, view->password),
		    &view->qr_path, &view->qr_box));
	return fill_devices(p, view);
}

static void
show(struct page *p, unsigned status, struct setup_view *view)
{
	struct buf html = page_buf(p);
	enum err e = fill(p, view);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	html_setup(&html, p, view);
	page_send(p, status, &html);
}

/* --- Apple's --- */

/* Unsigned, a device only warns of it: better than none, where the files have gone bad since the
 * server looked at them. */
static str
signed_profile(const struct page *p, str profile)
{
	const struct seal_signer *signer = &p->web->signer;
	struct why why = { 0 };
	str der;
	enum err e;

	if (!signer->key_file.len)
		return profile;
	e = seal_sign(p->call.arena, signer, profile, &der, &why);
	if (e == OK)
		return der;
	log_line(LOG_WARNING, "a profile goes out unsigned: %s: " STR_FMT, why.what,
	    STR_ARG(why.name));
	return profile;
}

static void
send_profile(struct page *p, str password)
{
	struct auth_account me;
	str origin = p->web->rules->origin;
	enum err e = auth_account_find(&p->call, p->call.who, &me);

	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	app_file(p, STR("kith.mobileconfig"), STR("application/x-apple-aspen-config"),
	    signed_profile(p, profile_text(p->call.arena,
				  &(struct profile){ .name = p->web->rules->server_name,
				      .host = host_of(origin),
				      .secure = str_starts(origin, STR("https:")),
				      .login = me.login,
				      .password = password })));
}

static bool
is_profile(str rest)
{
	return str_same(rest, STR("kith.mobileconfig")) ||
	       str_same(rest, STR("/kith.mobileconfig"));
}

void
page_setup_get(struct page *p, str rest)
{
	if (is_profile(rest))
		send_profile(p, (str){ 0 });
	else if (rest.len)
		page_refuse(p, ERR_NOT_FOUND, NULL);
	else
		show(p, 200, &(struct setup_view){ 0 });
}

/* --- done --- */

static void
make(struct page *p, const struct http_form *form)
{
	struct setup_view view = { 0 };
	str label = str_trim(http_form_get(form, STR("label")));
	enum err e;

	if (!label.len || label.len > LABEL_MAX_BYTES) {
		view.wrong = web_text(p->lang, T_v_label_wrong);
		show(p, 422, &view);
		return;
	}
	e = auth_app_password_make(&p->call, p->call.who, label, &view.password);
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	view.made = label;
	show(p, 200, &view);
}

static void
withdraw(struct page *p, const struct http_form *form)
{
	int64_t id;
	enum err e = ERR_BAD_INPUT;

	if (str_number(http_form_get(form, STR("id")), &id))
		e = auth_device_remove(&p->call, p->call.who, id);
	if (e == OK)
		page_go(p, STR("/setup"));
	else
		page_refuse(p, e, NULL);
}

void
page_setup_post(struct page *p, str rest)
{
	struct http_form form;

	if (!page_form(p, &form))
		return;
	if (is_profile(rest))
		send_profile(p, http_form_get(&form, STR("password")));
	else if (str_same(http_form_get(&form, STR("do")), STR("make")))
		make(p, &form);
	else if (str_same(http_form_get(&form, STR("do")), STR("withdraw")))
		withdraw(p, &form);
	else
		page_refuse(p, ERR_BAD_INPUT, NULL);
}
