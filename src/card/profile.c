#include "card/profile_int.h"

static const struct {
	str word; /* without case: a service, scheme, type or label as seen in the wild */
	enum service service;
} words[] = {
	{ STR_CONST("qq"), SERVICE_QQ },
	{ STR_CONST("qq号"), SERVICE_QQ },
	{ STR_CONST("wechat"), SERVICE_WECHAT },
	{ STR_CONST("weixin"), SERVICE_WECHAT },
	{ STR_CONST("微信"), SERVICE_WECHAT },
	{ STR_CONST("微信号"), SERVICE_WECHAT },
	{ STR_CONST("weibo"), SERVICE_WEIBO },
	{ STR_CONST("sinaweibo"), SERVICE_WEIBO },
	{ STR_CONST("sina weibo"), SERVICE_WEIBO },
	{ STR_CONST("微博"), SERVICE_WEIBO },
	{ STR_CONST("新浪微博"), SERVICE_WEIBO },
};

static enum service
service_of(str word)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_same_nocase(words[i].word, str_trim(word)))
			return words[i].service;
	return SERVICE_NONE;
}

static str
lower(struct arena *arena, str text)
{
	char *copy = arena_get_raw(arena, text.len + 1);

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		copy[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
	}
	return (str){ copy, text.len };
}

/* "weibo.com/n/NAME", "weibo.com/u/123", "weibo.com/NAME": what comes last. */
str
card_weibo_handle(str url)
{
	size_t at = str_find(url, STR("weibo.com/"));
	str handle;

	if (at == SIZE_MAX)
		at = str_find(url, STR("weibo.cn/"));
	if (at == SIZE_MAX)
		return (str){ 0 };
	url = str_part(url, at, url.len);
	(void)str_cut(&url, '/');
	handle = str_cut(&url, '?');
	handle = str_cut(&handle, '#');
	if (str_starts(handle, STR("n/")) || str_starts(handle, STR("u/")))
		handle = str_part(handle, 2, handle.len);
	while (str_ends(handle, STR("/")))
		handle.len--;
	return handle;
}

/* The parameter that names the service: X-SERVICE-TYPE (Apple), SERVICE-TYPE (RFC 9554), or
 * a TYPE that is a service's name. */
static bool
named_by_params(struct arena *arena, const struct card_property *p, struct profile *out)
{
	static const str names[] = { STR_CONST("X-SERVICE-TYPE"),
		STR_CONST("SERVICE-TYPE"), STR_CONST("TYPE") };
	str word;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		for (size_t n = 0; card_param(arena, p, names[i], n, &word); n++) {
			out->service = service_of(word);
			if (out->service == SERVICE_NONE && i < 2) {
				out->service = SERVICE_OTHER;
				out->name = lower(arena, word);
			}
			if (out->service != SERVICE_NONE)
				return true;
		}
	return false;
}

static str
named_user(struct arena *arena, const struct card_property *p)
{
	str user;

	if (card_param(arena, p, STR("X-USER"), 0, &user) ||
	    card_param(arena, p, STR("USERNAME"), 0, &user))
		return user;
	return (str){ 0 };
}

/* Cuts "qq:" or "x-apple:" off; a bare handle has no scheme. */
static str
scheme_cut(str *value)
{
	str rest = *value;
	str scheme = str_cut(&rest, ':');

	if (scheme.len == value->len || !scheme.len || str_starts(rest, STR("//")))
		return (str){ 0 };
	*value = rest;
	return scheme;
}

static struct profile
of_impp(struct arena *arena, const struct card *card, const struct card_property *p)
{
	struct profile out = { 0 };
	str value = card_unescape(arena, p->value);
	str scheme = scheme_cut(&value);

	if (!named_by_params(arena, p, &out)) {
		out.service = service_of(card_label(arena, card, p));
		if (out.service == SERVICE_NONE)
			out.service = service_of(scheme);
		if (out.service == SERVICE_NONE) {
			out.service = SERVICE_OTHER;
			out.name = lower(arena, scheme);
		}
	}
	out.handle = named_user(arena, p);
	if (!out.handle.len)
		out.handle = str_trim(value);
	return out;
}

static struct profile
of_social(struct arena *arena, const struct card_property *p)
{
	struct profile out = { 0 };
	str value = card_unescape(arena, p->value);
	str word;

	if (!named_by_params(arena, p, &out)) {
		out.service = SERVICE_OTHER;
		if (card_param(arena, p, STR("TYPE"), 0, &word))
			out.name = lower(arena, word);
		if (card_weibo_handle(value).len)
			out.service = SERVICE_WEIBO;
	}
	out.handle = named_user(arena, p);
	if (!out.handle.len && out.service == SERVICE_WEIBO)
		out.handle = card_weibo_handle(value);
	if (!out.handle.len) {
		(void)scheme_cut(&value);
		out.handle = str_trim(value);
	}
	return out;
}

static struct profile
of_url(struct arena *arena, const struct card *card, const struct card_property *p)
{
	str url = card_unescape(arena, p->value);
	str handle = card_weibo_handle(url);

	if (!handle.len && service_of(card_label(arena, card, p)) == SERVICE_WEIBO)
		handle = url;
	return (
	    struct profile){ handle.len ? SERVICE_WEIBO : SERVICE_NONE, { 0 }, handle };
}

/* "X-SKYPE-USERNAME" names skype. */
static struct profile
of_old(struct arena *arena, const struct card_property *p)
{
	str name = lower(arena, str_part(p->name, 2, p->name.len));

	return (struct profile){ SERVICE_OTHER, str_cut(&name, '-'),
		str_trim(card_unescape(arena, p->value)) };
}

struct profile
card_profile(
    struct arena *arena, const struct card *card, const struct card_property *p)
{
	struct profile out = { 0 };

	switch ((int)p->is) {
	case CARD_IMPP: out = of_impp(arena, card, p); break;
	case CARD_SOCIALPROFILE: out = of_social(arena, p); break;
	case CARD_URL: out = of_url(arena, card, p); break;
	case CARD_X_IM: out = of_old(arena, p); break;
	case CARD_X_QQ: out.service = SERVICE_QQ; break;
	case CARD_X_WECHAT: out.service = SERVICE_WECHAT; break;
	case CARD_X_WEIBO: out.service = SERVICE_WEIBO; break;
	default: return out; /* no profile */
	}
	if (out.service && !out.handle.len)
		out.handle = str_trim(card_unescape(arena, p->value));
	if (!out.handle.len)
		out.service = SERVICE_NONE;
	return out;
}
