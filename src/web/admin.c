/* admin.c - what an administrator sees first: whether the house stands well. */
#include <stdio.h>

#include "auth/deed.h"
#include "base/when.h"
#include "courier/look.h"
#include "web/admin_int.h"

#define FACTS_MAX 8

#define COURIER_LATE_MS (5 * WHEN_MINUTE_MS)
#define FREE_LOW_BYTES  ((int64_t)1 << 30)
#define LOG_HIGH_BYTES  ((int64_t)512 << 20)

/* --- the pages there are --- */

static void show_house(struct page *p, const struct http_form *query);

static const struct section {
	str path;
	enum web_text_key label;
	void (*get)(struct page *p, const struct http_form *query);
	void (*post)(struct page *p, const struct http_form *form);
} sections[] = {
	{ STR_CONST(""), T_ad_house, show_house, NULL },
	{ STR_CONST("/accounts"), T_ad_accounts, admin_accounts_get,
	    admin_accounts_post },
	{ STR_CONST("/invitations"), T_ad_invites, admin_invites_get,
	    admin_invites_post },
	{ STR_CONST("/gateways"), T_ad_gates, admin_gates_get, admin_gates_post },
	{ STR_CONST("/outbox"), T_ad_outbox, admin_outbox_get, NULL },
	{ STR_CONST("/log"), T_ad_log, admin_log_get, NULL },
};

#define SECTIONS (sizeof sections / sizeof *sections)

static const struct section *
section_of(str rest)
{
	for (size_t i = 0; i < SECTIONS; i++)
		if (str_same(sections[i].path, rest))
			return &sections[i];
	return NULL;
}

void
page_admin_get(struct page *p, str rest)
{
	const struct section *section = section_of(rest);
	struct http_form query;

	if (!section)
		page_refuse(p, ERR_NOT_FOUND, NULL);
	else if (http_query_read(p->call.arena, p->req->query, &query) != OK)
		page_refuse(p, ERR_BAD_INPUT, NULL);
	else
		section->get(p, &query);
}

void
page_admin_post(struct page *p, str rest)
{
	const struct section *section = section_of(rest);
	struct http_form form;

	if (!section || !section->post)
		page_refuse(p, ERR_NOT_FOUND, NULL);
	else if (page_form(p, &form))
		section->post(p, &form);
}

struct admin_nav_view
admin_nav(const struct page *p, str here)
{
	struct admin_nav_view nav = { 0 };

	nav.tabs.list = ARENA_ARRAY(p->call.arena, struct admin_tab, SECTIONS);
	for (size_t i = 0; i < SECTIONS; i++)
		nav.tabs.list[nav.tabs.count++] = (struct admin_tab){
			.href =
			    ARENA_JOIN(p->call.arena, STR("/admin"), sections[i].path),
			.label = web_text(p->lang, sections[i].label),
			.here = str_same(sections[i].path, here),
		};
	return nav;
}

str
admin_link(const struct page *p, const char *first, str token)
{
	return ARENA_JOIN(p->call.arena, p->web->rules->origin,
	    page_path(p, first, token, (str){ 0 }));
}

/* --- the house --- */

struct facts {
	const struct page *p;
	struct admin_fact *list;
	size_t count;
};

static void
add(struct facts *f, enum web_text_key label, str value, bool bad)
{
	must(f->count < FACTS_MAX);
	f->list[f->count++] =
	    (struct admin_fact){ web_text(f->p->lang, label), value, bad };
}

static void
add_number(struct facts *f, enum web_text_key label, int64_t number)
{
	add(f, label, app_number(f->p, number), false);
}

/* "12.3 MB": to one place, which is what people compare. */
static str
size_words(const struct page *p, int64_t bytes)
{
	static const char *const units[] = { "kB", "MB", "GB", "TB" };
	size_t unit = 0;
	double size = (double)bytes / 1000;

	for (; size >= 1000 && unit + 1 < sizeof units / sizeof *units; unit++)
		size /= 1000;
	return arena_printf(p->call.arena, "%.1f %s", size, units[unit]);
}

static str
moment_or_never(const struct page *p, int64_t at_ms, enum web_text_key never)
{
	return at_ms ? arena_printf(p->call.arena, STR_FMT " · " STR_FMT,
			   STR_ARG(app_moment(p, at_ms)), STR_ARG(web_ago(p, at_ms)))
		     : web_text(p->lang, never);
}

static enum err
add_house(struct facts *f)
{
	const struct page *p = f->p;
	struct auth_house house;
	int64_t courier_ms = courier_seen_ms(p->web->data);
	int64_t checked_ms;
	int64_t backup_ms;

	TRY(auth_house(p->web->data, &house));
	TRY(auth_deed_last(&p->call, AUTH_DEED_CHECKED, &checked_ms));
	TRY(auth_deed_last(&p->call, AUTH_DEED_BACKUP, &backup_ms));
	add(f, T_ad_version, STR(KITH_VERSION), false);
	add(f, T_ad_store, size_words(p, house.store_bytes), false);
	add(f, T_ad_wal, size_words(p, house.log_bytes),
	    house.log_bytes > LOG_HIGH_BYTES);
	add(f, T_ad_free, size_words(p, house.free_bytes),
	    house.free_bytes < FREE_LOW_BYTES);
	add(f, T_ad_courier, moment_or_never(p, courier_ms, T_ad_never),
	    p->call.now_ms - courier_ms > COURIER_LATE_MS);
	add(f, T_ad_checked, moment_or_never(p, checked_ms, T_ad_unknown), false);
	add(f, T_ad_backup, moment_or_never(p, backup_ms, T_ad_unknown), false);
	return OK;
}

static enum err
add_people(struct facts *f)
{
	struct auth_counts counts;
	struct courier_outbox outbox;

	TRY(auth_counts(&f->p->call, &counts));
	TRY(courier_outbox(&f->p->call, &outbox));
	add_number(f, T_ad_accounts, counts.accounts);
	add_number(f, T_ad_admins, counts.admins);
	add_number(f, T_ad_disabled_count, counts.disabled);
	add_number(f, T_ad_cards, counts.cards);
	add_number(f, T_ad_waiting, outbox.waiting);
	add(f, T_ad_failed, app_number(f->p, outbox.failed), false);
	return OK;
}

static void
show_house(struct page *p, const struct http_form *query)
{
	struct buf html = page_buf(p);
	struct admin_view view = {
		.head = page_head(p, web_text(p->lang, T_ad_title)),
		.nav = admin_nav(p, STR("")),
	};
	struct facts house = { p,
		ARENA_ARRAY(p->call.arena, struct admin_fact, FACTS_MAX), 0 };
	struct facts people = { p,
		ARENA_ARRAY(p->call.arena, struct admin_fact, FACTS_MAX), 0 };
	enum err e = add_house(&house);

	(void)query;
	if (e == OK)
		e = add_people(&people);
	if (e != OK) {
		page_refuse(p, e, NULL);
		return;
	}
	view.house.list = house.list, view.house.count = house.count;
	view.people.list = people.list, view.people.count = people.count;
	html_admin(&html, p, &view);
	page_send(p, 200, &html);
}
