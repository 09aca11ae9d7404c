#include "card/name_int.h"

#define CASE_BIT 0x20

/* By length, so that a name is compared with the few it could be. */
static const struct {
	str name;
	enum card_name is;
} names[] = {
	{ STR_CONST("N"), CARD_N },
	{ STR_CONST("FN"), CARD_FN },
	{ STR_CONST("TEL"), CARD_TEL },
	{ STR_CONST("UID"), CARD_UID },
	{ STR_CONST("ORG"), CARD_ORG },
	{ STR_CONST("ADR"), CARD_ADR },
	{ STR_CONST("REV"), CARD_REV },
	{ STR_CONST("URL"), CARD_URL },
	{ STR_CONST("NOTE"), CARD_NOTE },
	{ STR_CONST("BDAY"), CARD_BDAY },
	{ STR_CONST("IMPP"), CARD_IMPP },
	{ STR_CONST("KIND"), CARD_KIND },
	{ STR_CONST("ROLE"), CARD_ROLE },
	{ STR_CONST("X-QQ"), CARD_X_QQ },
	{ STR_CONST("EMAIL"), CARD_EMAIL },
	{ STR_CONST("TITLE"), CARD_TITLE },
	{ STR_CONST("PHOTO"), CARD_PHOTO },
	{ STR_CONST("LABEL"), CARD_LABEL },
	{ STR_CONST("X-AIM"), CARD_X_IM },
	{ STR_CONST("X-ICQ"), CARD_X_IM },
	{ STR_CONST("X-MSN"), CARD_X_IM },
	{ STR_CONST("MEMBER"), CARD_MEMBER },
	{ STR_CONST("X-SKYPE"), CARD_X_IM },
	{ STR_CONST("X-YAHOO"), CARD_X_IM },
	{ STR_CONST("X-WEIBO"), CARD_X_WEIBO },
	{ STR_CONST("NICKNAME"), CARD_NICKNAME },
	{ STR_CONST("X-WECHAT"), CARD_X_WECHAT },
	{ STR_CONST("X-WEIXIN"), CARD_X_WECHAT },
	{ STR_CONST("X-JABBER"), CARD_X_IM },
	{ STR_CONST("X-ABLABEL"), CARD_X_ABLABEL },
	{ STR_CONST("CATEGORIES"), CARD_CATEGORIES },
	{ STR_CONST("X-GADUGADU"), CARD_X_IM },
	{ STR_CONST("ANNIVERSARY"), CARD_ANNIVERSARY },
	{ STR_CONST("X-GROUPWISE"), CARD_X_IM },
	{ STR_CONST("X-SINA-WEIBO"), CARD_X_WEIBO },
	{ STR_CONST("X-TENCENT-QQ"), CARD_X_QQ },
	{ STR_CONST("SOCIALPROFILE"), CARD_SOCIALPROFILE },
	{ STR_CONST("X-GOOGLE-TALK"), CARD_X_IM },
	{ STR_CONST("X-SOCIALPROFILE"), CARD_SOCIALPROFILE },
	{ STR_CONST("X-SKYPE-USERNAME"), CARD_X_IM },
	{ STR_CONST("X-ADDRESSBOOKSERVER-KIND"), CARD_KIND },
	{ STR_CONST("X-ADDRESSBOOKSERVER-MEMBER"), CARD_MEMBER },
};

#define NAMES        ((unsigned char)(sizeof names / sizeof *names))
#define NAME_MAX_LEN 26

/* Where the names of each length begin; those of the next length end them.  The test
 * holds it against the table. */
static const unsigned char first_of_length[NAME_MAX_LEN + 2] = {
	[0] = 0,
	[1] = 0,
	[2] = 1,
	[3] = 2,
	[4] = 8,
	[5] = 14,
	[6] = 21,
	[7] = 22,
	[8] = 25,
	[9] = 29,
	[10] = 30,
	[11] = 32,
	[12] = 34,
	[13] = 36,
	[14] = 38,
	[15] = 38,
	[16] = 39,
	[17 ... 24] = 40,
	[25 ... 26] = 41,
	[27] = NAMES,
};

/* '-' and digits have the case bit set, letters may: among name characters two are the
 * same without case when they differ in that bit alone. */
static bool
same(const char *a, const char *b, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((a[i] ^ b[i]) & ~CASE_BIT)
			return false;
	return true;
}

enum card_name
card_name_of(str name)
{
	if (name.len > NAME_MAX_LEN)
		return CARD_OTHER;
	for (unsigned i = first_of_length[name.len]; i < first_of_length[name.len + 1];
	     i++)
		if (same(name.at, names[i].name.at, name.len))
			return names[i].is;
	return CARD_OTHER;
}

static const bool name_chars[256] = {
	['-'] = true,
	['_'] = true,
	['0' ... '9'] = true,
	['A' ... 'Z'] = true,
	['a' ... 'z'] = true,
};

bool
card_name_char(char c)
{
	return name_chars[(unsigned char)c];
}
