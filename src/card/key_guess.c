/* key_guess.c - all that a typed identifier may mean. */
#include "card/address_int.h"
#include "card/key.h"
#include "card/profile_int.h"
#include "card/value_int.h"
#include "fold/fold.h"
#include "phone/phone.h"

#define QQ_MIN_DIGITS 5
#define QQ_MAX_DIGITS 11
#define GUESSES_MAX   24

struct guessing {
	struct arena *arena;
	str typed, region;
	struct card_keys keys;
};

static void
add(struct guessing *g, enum card_key_kind kind, str value)
{
	if (value.len && g->keys.count < GUESSES_MAX)
		g->keys.list[g->keys.count++] = (struct card_key){ kind, value };
}

static void
guess_tel(struct guessing *g)
{
	struct phone phone;
	str key;

	if (!phone_read(g->arena, g->typed, g->region, &phone))
		return;
	key = key_of_tel(g->arena, g->typed, g->region);
	add(g, CARD_KEY_MOBILE, key);
	add(g, CARD_KEY_WORK_TEL, key);
	add(g, CARD_KEY_HOME_TEL, key);
	add(g, CARD_KEY_TEL, key);
}

static void
guess_email(struct guessing *g)
{
	if (str_has(g->typed, '@') && !str_starts(g->typed, STR("@")))
		add(g, CARD_KEY_EMAIL, key_of_email(g->arena, g->typed));
}

static void
guess_qq(struct guessing *g)
{
	str digits = fold_nfkc(g->arena, g->typed);

	for (size_t i = 0; i < digits.len; i++)
		if (digits.at[i] < '0' || digits.at[i] > '9')
			return;
	if (digits.len >= QQ_MIN_DIGITS && digits.len <= QQ_MAX_DIGITS)
		add(g, CARD_KEY_QQ, digits);
}

static void
guess_handle(struct guessing *g)
{
	add(g, CARD_KEY_WEIBO,
	    card_field_key(g->arena, CARD_F_WEIBO, g->typed, g->region));
	add(g, CARD_KEY_WECHAT,
	    card_field_key(g->arena, CARD_F_WECHAT, g->typed, g->region));
}

static void
guess_url(struct guessing *g)
{
	if (str_has(g->typed, '.') && !str_has(g->typed, '@'))
		add(g, CARD_KEY_URL, key_of_url(g->arena, g->typed));
}

static void
guess_address(struct guessing *g)
{
	str key = key_of_words(g->arena, g->typed);
	struct address_names names;

	add(g, CARD_KEY_WORK_ADDRESS, key);
	add(g, CARD_KEY_HOME_ADDRESS, key);
	address_guesses(g->arena, g->typed, &names);
	for (size_t i = 0; i < names.count; i++)
		add(g, CARD_KEY_ADDRESS, names.list[i]);
}

static void
guess_im(struct guessing *g)
{
	str rest = g->typed;
	str service = str_cut(&rest, ':');

	if (rest.len && service.len)
		add(g, CARD_KEY_IM,
		    arena_printf(g->arena, STR_FMT ":" STR_FMT,
			STR_ARG(fold_key(g->arena, service)),
			STR_ARG(key_of_words(g->arena, rest))));
}

static void
guess_name(struct guessing *g)
{
	add(g, CARD_KEY_NAME, key_of_words(g->arena, g->typed));
}

/* Most likely first. */
static void (*const guesses[])(struct guessing *g) = { guess_tel, guess_email, guess_qq,
	guess_url, guess_handle, guess_im, guess_address, guess_name };

static void
guess_weibo(struct guessing *g)
{
	add(g, CARD_KEY_WEIBO,
	    card_field_key(g->arena, CARD_F_WEIBO, g->typed, g->region));
}

static void
guess_wechat(struct guessing *g)
{
	add(g, CARD_KEY_WECHAT,
	    card_field_key(g->arena, CARD_F_WECHAT, g->typed, g->region));
}

/* What a person says outright. */
static const struct {
	str prefix;
	void (*guess)(struct guessing *g);
} prefixes[] = {
	{ STR_CONST("tel:"), guess_tel },
	{ STR_CONST("mailto:"), guess_email },
	{ STR_CONST("qq:"), guess_qq },
	{ STR_CONST("weibo:"), guess_weibo },
	{ STR_CONST("wechat:"), guess_wechat },
	{ STR_CONST("name:"), guess_name },
	{ STR_CONST("address:"), guess_address },
};

struct card_keys
card_key_guess(struct arena *arena, str typed, str region)
{
	struct guessing g = { .arena = arena,
		.typed = str_trim(typed),
		.region = region,
		.keys = { ARENA_ARRAY(arena, struct card_key, GUESSES_MAX), 0 } };

	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		str head = str_part(g.typed, 0, prefixes[i].prefix.len);

		if (!str_same_nocase(head, prefixes[i].prefix))
			continue;
		g.typed = str_trim(str_part(g.typed, head.len, g.typed.len));
		prefixes[i].guess(&g);
		return g.keys;
	}
	for (size_t i = 0; i < sizeof guesses / sizeof *guesses; i++)
		guesses[i](&g);
	return g.keys;
}
