#include "verb/gates.h"

#include "base/when.h"
#include "seal/seal.h"
#include "store/store.h"

#define SECRET_BYTES 15

static bool
has_gateway(const struct conf *conf)
{
	return conf->kannel_url.len || conf->sms_http_url.len || conf->mms_url.len ||
	       conf->smtp_url.len;
}

bool
tray_is_on(const struct conf *conf)
{
	if (str_same(conf->tray_on, STR("auto")))
		return !has_gateway(conf);
	return str_same(conf->tray_on, STR("yes"));
}

enum err
gates_secret(
    struct arena *arena, const struct conf *conf, struct store *store, str *out)
{
	str raw;

	if (conf->gates_secret.len) {
		*out = conf->gates_secret;
		return OK;
	}
	TRY(store_secret(store, arena, STR("gates"), SECRET_BYTES, &raw));
	*out = seal_base64url(arena, raw);
	return OK;
}

static struct courier_kannel
kannel(struct arena *arena, const struct conf *conf, str origin, str secret)
{
	struct courier_kannel kannel = {
		.url = conf->kannel_url,
		.username = conf->kannel_username,
		.password = conf->kannel_password,
		.from = conf->kannel_from,
	};

	if (conf->kannel_reports)
		kannel.report_url = arena_printf(arena,
		    STR_FMT "/gate/sms/kannel/" STR_FMT "/report?id={id}&status=%%d",
		    STR_ARG(origin), STR_ARG(secret));
	return kannel;
}

struct courier_setup
gates_from_conf(struct arena *arena, const struct conf *conf, str origin, str secret)
{
	return (struct courier_setup){
		.tray = tray_is_on(conf),
		.local = conf->gates_inner,
		.local_hooks = conf->hooks_inner,
		.kannel = kannel(arena, conf, origin, secret),
		.sms_http = {
			.method = conf->sms_http_method,
			.url = conf->sms_http_url,
			.headers = conf->sms_http_headers,
			.body = conf->sms_http_body,
			.from = conf->sms_http_from,
			.id_pointer = conf->sms_http_id_pointer,
			.success = conf->sms_http_success,
		},
		.mm7 = {
			.url = conf->mms_url,
			.username = conf->mms_username,
			.password = conf->mms_password,
			.vaspid = conf->mms_vaspid,
			.vasid = conf->mms_vasid,
			.service_code = conf->mms_service_code,
			.from = conf->mms_from,
			.version = conf->mms_version,
			.schema = conf->mms_schema,
			.reports = conf->mms_reports,
		},
		.smtp = {
			.url = conf->smtp_url,
			.username = conf->smtp_username,
			.password = conf->smtp_password,
			.from = conf->smtp_from,
			.tls = conf->smtp_tls,
			.ca_file = conf->smtp_ca_file,
			.server_name = conf->server_name,
		},
	};
}

enum err
rules_from_conf(struct arena *arena, const struct conf *conf, struct store *store,
    str origin, struct ask_rules *out)
{
	struct courier_setup gates = gates_from_conf(arena, conf, origin, STR(""));

	*out = (struct ask_rules){
		.origin = origin,
		.server_name = conf->server_name,
		.lang = conf->people_language,
		.expire_ms = conf->ask_expire * WHEN_DAY_MS,
		.keep_refused_ms = conf->ask_keep_refused * WHEN_DAY_MS,
		.sms = courier_way_open(&gates, COURIER_SMS),
		.mms = courier_way_open(&gates, COURIER_MMS),
		.mail = courier_way_open(&gates, COURIER_MAIL),
		.reply_to = conf->mail_address,
		.campaign_every_ms = conf->ask_campaign_every * WHEN_SECOND_MS,
		.follow = conf->ask_follow,
		.wish_grace_ms = conf->ask_wish_grace * WHEN_SECOND_MS,
		.budget = { .per_day = conf->ask_per_day,
		    .per_day_at_first = conf->ask_per_day_at_first,
		    .again_after_ms = conf->ask_again_after * WHEN_DAY_MS,
		    .per_target_week = conf->ask_per_target_week,
		    .per_target_quarter = conf->ask_per_target_quarter,
		    .told_per_day = conf->ask_told_per_day,
		    .sms_per_day = conf->ask_sms_per_day,
		    .sms_per_prefix_day = conf->ask_sms_per_prefix,
		    .sms_countries = conf->ask_sms_countries },
	};
	return store_secret(
	    store, arena, STR("blocks"), SEAL_KEY_BYTES, &out->block_key);
}
