/* lines.c - the content lines that hold a value: what most clients read rightly. */
#include "base/base64.h"
#include "card/valid_int.h"

#define LINE_MAX_BYTES ((size_t)256 * 1024)

struct making {
	struct arena *arena;
	const struct card *card;
	str value;
	struct card_lines *out;
};

static bool
is_v4(const struct making *m)
{
	return m->card->version == CARD_V4;
}

static void
put(struct making *m, const struct buf *line)
{
	m->out->list[m->out->count++] = buf_str(line);
}

/* "HEAD:value", escaped. */
static void
text_line(struct making *m, str head, str value)
{
	struct buf line = buf_in(m->arena, LINE_MAX_BYTES);

	buf_add(&line, head);
	buf_add_char(&line, ':');
	card_escape_add(&line, value);
	put(m, &line);
}

/* A line whose head differs by version. */
struct heads {
	str v3, v4;
};

static void
by_version(struct making *m, const struct heads *heads)
{
	text_line(m, is_v4(m) ? heads->v4 : heads->v3, m->value);
}

/* Compound family names, which two characters of a Chinese name belong to. */
static const str compounds[] = { STR_CONST("欧阳"), STR_CONST("司马"),
	STR_CONST("上官"), STR_CONST("诸葛"), STR_CONST("司徒"), STR_CONST("东方"),
	STR_CONST("皇甫"), STR_CONST("尉迟"), STR_CONST("公孙"), STR_CONST("慕容"),
	STR_CONST("令狐"), STR_CONST("夏侯"), STR_CONST("宇文"), STR_CONST("长孙"),
	STR_CONST("端木") };

static bool
is_chinese(str name)
{
	uint32_t rune = str_rune(&name);

	return rune >= 0x4E00 && rune <= 0x9FFF;
}

/* Chinese: family name first, without a blank; else the last word is the family name. */
static void
split_name(str name, str *family, str *given)
{
	size_t blank = SIZE_MAX;
	str rest = name;

	for (size_t i = 0; i < name.len; i++)
		if (name.at[i] == ' ')
			blank = i;
	if (blank != SIZE_MAX) {
		*given = str_trim(str_part(name, 0, blank));
		*family = str_part(name, blank + 1, name.len);
		return;
	}
	*family = (str){ 0 };
	*given = name;
	if (!is_chinese(name))
		return;
	(void)str_rune(&rest);
	for (size_t i = 0; i < sizeof compounds / sizeof *compounds; i++)
		if (str_starts(name, compounds[i]) && name.len > compounds[i].len)
			rest = str_part(name, compounds[i].len, name.len);
	*family = str_part(name, 0, name.len - rest.len);
	*given = rest;
}

static void
name_lines(struct making *m)
{
	struct buf n = buf_in(m->arena, LINE_MAX_BYTES);
	str family;
	str given;

	text_line(m, STR("FN"), m->value);
	split_name(m->value, &family, &given);
	buf_add(&n, STR("N:"));
	card_escape_add(&n, family);
	buf_add_char(&n, ';');
	card_escape_add(&n, given);
	buf_add(&n, STR(";;;"));
	put(m, &n);
}

static size_t
lines_of(str text)
{
	size_t count = 1;

	for (size_t i = 0; i < text.len; i++)
		count += text.at[i] == '\n';
	return count;
}

/* Five lines are street, city, region, code, country; any other number is the street:
 * guessing would put half an address where no client shows it. */
static void
address_line(struct making *m, str head)
{
	struct buf line = buf_in(m->arena, LINE_MAX_BYTES);
	str rest = m->value;

	buf_add(&line, head);
	buf_add(&line, STR(":;;"));
	if (lines_of(rest) != 5) {
		card_escape_add(&line, rest);
		buf_add(&line, STR(";;;;"));
		put(m, &line);
		return;
	}
	for (int i = 0; i < 5; i++) {
		if (i)
			buf_add_char(&line, ';');
		card_escape_add(&line, str_trim(str_cut(&rest, '\n')));
	}
	put(m, &line);
}

/* IMPP;X-SERVICE-TYPE=QQ;TYPE=QQ:qq:12345 - read rightly by the most clients. */
static void
impp_line(struct making *m, str service, str type, str scheme)
{
	struct buf line = buf_in(m->arena, LINE_MAX_BYTES);

	if (is_v4(m)) {
		buf_addf(
		    &line, "IMPP;SERVICE-TYPE=" STR_FMT ";USERNAME=", STR_ARG(service));
		card_param_add(&line, m->value);
	} else {
		buf_addf(&line, "IMPP;X-SERVICE-TYPE=" STR_FMT, STR_ARG(service));
	}
	buf_addf(
	    &line, ";TYPE=" STR_FMT ":" STR_FMT ":", STR_ARG(type), STR_ARG(scheme));
	card_escape_add(&line, m->value);
	put(m, &line);
}

/* The profile, and a labelled address for clients that know no profiles. */
static void
weibo_lines(struct making *m)
{
	struct buf line = buf_in(m->arena, LINE_MAX_BYTES);
	str group = card_free_group(m->arena, m->card, 0);

	buf_add(&line, is_v4(m) ? STR("SOCIALPROFILE;SERVICE-TYPE=Weibo;USERNAME=")
				: STR("X-SOCIALPROFILE;type=sinaweibo;x-user="));
	card_param_add(&line, m->value);
	buf_add(&line, STR(":https://weibo.com/n/"));
	card_escape_add(&line, m->value);
	put(m, &line);
	line = buf_in(m->arena, LINE_MAX_BYTES);
	buf_addf(&line, STR_FMT ".URL:https://weibo.com/n/", STR_ARG(group));
	card_escape_add(&line, m->value);
	put(m, &line);
	line = buf_in(m->arena, LINE_MAX_BYTES);
	buf_addf(&line, STR_FMT ".X-ABLabel:微博", STR_ARG(group));
	put(m, &line);
}

/* Without a year: "--0820" in 4.0, Apple's year 1604 in 3.0, which has no such form. */
static void
bday_line(struct making *m)
{
	struct buf line = buf_in(m->arena, 64);
	bool year = m->value.len == 10;

	if (year)
		buf_addf(&line, is_v4(m) ? "BDAY:%.4s%.2s%.2s" : "BDAY:%.4s-%.2s-%.2s",
		    m->value.at, m->value.at + 5, m->value.at + 8);
	else if (is_v4(m))
		buf_addf(&line, "BDAY:--%.2s%.2s", m->value.at, m->value.at + 3);
	else
		buf_addf(&line, "BDAY;X-APPLE-OMIT-YEAR=1604:1604-%.2s-%.2s",
		    m->value.at, m->value.at + 3);
	put(m, &line);
}

static void
photo_line(struct making *m)
{
	struct buf line = buf_in(m->arena, LINE_MAX_BYTES);

	buf_add(&line, is_v4(m) ? STR("PHOTO:data:image/jpeg;base64,")
				: STR("PHOTO;ENCODING=b;TYPE=JPEG:"));
	base64_add(&line, m->value);
	put(m, &line);
}

static void
make(struct making *m, enum card_field field)
{
	static const struct heads heads[CARD_F_COUNT] = {
		[CARD_F_MOBILE] = { STR_CONST("TEL;TYPE=CELL"),
		    STR_CONST("TEL;TYPE=cell") },
		[CARD_F_WORK_TEL] = { STR_CONST("TEL;TYPE=WORK,VOICE"),
		    STR_CONST("TEL;TYPE=work,voice") },
		[CARD_F_HOME_TEL] = { STR_CONST("TEL;TYPE=HOME,VOICE"),
		    STR_CONST("TEL;TYPE=home,voice") },
		[CARD_F_FAX] = { STR_CONST("TEL;TYPE=WORK,FAX"),
		    STR_CONST("TEL;TYPE=work,fax") },
		[CARD_F_TEL] = { STR_CONST("TEL"), STR_CONST("TEL") },
		[CARD_F_EMAIL] = { STR_CONST("EMAIL;TYPE=INTERNET,HOME"),
		    STR_CONST("EMAIL;TYPE=home") },
		[CARD_F_WORK_EMAIL] = { STR_CONST("EMAIL;TYPE=INTERNET,WORK"),
		    STR_CONST("EMAIL;TYPE=work") },
		[CARD_F_ORG] = { STR_CONST("ORG"), STR_CONST("ORG") },
		[CARD_F_TITLE] = { STR_CONST("TITLE"), STR_CONST("TITLE") },
		[CARD_F_URL] = { STR_CONST("URL"), STR_CONST("URL") },
	};

	switch ((int)field) {
	case CARD_F_NAME: name_lines(m); break;
	case CARD_F_WORK_ADDRESS:
		address_line(m, is_v4(m) ? STR("ADR;TYPE=work") : STR("ADR;TYPE=WORK"));
		break;
	case CARD_F_HOME_ADDRESS:
		address_line(m, is_v4(m) ? STR("ADR;TYPE=home") : STR("ADR;TYPE=HOME"));
		break;
	case CARD_F_QQ: impp_line(m, STR("QQ"), STR("QQ"), STR("qq")); break;
	case CARD_F_WECHAT:
		impp_line(m, STR("WeChat"), STR("WECHAT"), STR("weixin"));
		break;
	case CARD_F_WEIBO: weibo_lines(m); break;
	case CARD_F_BDAY: bday_line(m); break;
	case CARD_F_PHOTO: photo_line(m); break;
	default: by_version(m, &heads[field]);
	}
}

enum err
card_field_lines(struct arena *arena, const struct card *card, enum card_field field,
    str value, struct card_lines *out, struct why *why)
{
	struct making m = { .arena = arena, .card = card, .out = out };

	*out = (struct card_lines){ 0 };
	TRY(field_value(arena, field, value, &m.value, why));
	make(&m, field);
	return OK;
}
