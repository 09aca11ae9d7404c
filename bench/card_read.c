/*
 * How fast card_read() is on one core, beside memcpy() of the same bytes, which nothing
 * that looks at every byte can beat.  The cards are the same at every run: Chinese and
 * Latin ones as phones write them, 300 to 700 bytes, without a picture.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "card/card.h"

#define CARDS       4096
#define MAX_BYTES   ((size_t)1024) /* of one card */
#define MEASURED_NS 1000000000LL
#define RESET_EVERY 16 /* cards, as a page of an answer does */

struct set {
	str card[CARDS];
	size_t bytes;
};

struct random {
	uint64_t state;
};

/* xorshift64: the same cards at every run */
static size_t
below(struct random *random, size_t limit)
{
	random->state ^= random->state << 13;
	random->state ^= random->state >> 7;
	random->state ^= random->state << 17;
	return (size_t)(random->state % limit);
}

#define PICK(random, list) ((list)[below((random), sizeof(list) / sizeof *(list))])

static const char *const surnames[] = { "王", "李", "张", "刘", "陈", "欧阳", "诸葛" };
static const char *const given[] = { "伟", "芳", "秀英", "建国", "晓明", "雨桐",
	"子涵" };
static const char *const firms[] = { "北京某某科技有限公司", "上海第二机床厂",
	"深圳市华强北电子商行", "广州日用品进出口公司" };
static const char *const titles[] = { "总经理", "工程师", "销售主管", "会计" };
static const char *const streets[] = { "中关村大街27号", "南京西路1266号",
	"天河北路233号" };
static const char *const first_names[] = { "Ada", "Grace", "Edsger", "Barbara",
	"Niklaus" };
static const char *const last_names[] = { "Lovelace", "Hopper", "Dijkstra", "Müller" };

static void
digits(struct random *random, struct buf *out, size_t count)
{
	while (count--)
		buf_add_char(out, (char)('0' + below(random, 10)));
}

static void
begin(struct random *random, struct buf *out)
{
	buf_add(out, STR("BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Phone//EN\r\nUID:"));
	digits(random, out, 8);
	buf_add(out, STR("-3b1c-4f7e-9a55-"));
	digits(random, out, 12);
	buf_add(out, STR("\r\nREV:2024-05-17T08:21:09Z\r\n"));
}

static void
telephones(struct random *random, struct buf *out)
{
	buf_add(out, STR("TEL;TYPE=CELL,VOICE,pref:+86 138 "));
	digits(random, out, 8);
	buf_add(out, STR("\r\nTEL;TYPE=WORK,VOICE:010-"));
	digits(random, out, 8);
	buf_add(out, STR("\r\n"));
}

static void
chinese(struct random *random, struct buf *out)
{
	const char *family = PICK(random, surnames), *own = PICK(random, given);

	buf_addf(out, "FN:%s%s\r\nN:%s;%s;;;\r\n", family, own, family, own);
	buf_addf(
	    out, "ORG:%s;\r\nTITLE:%s\r\n", PICK(random, firms), PICK(random, titles));
	telephones(random, out);
	buf_addf(
	    out, "ADR;TYPE=WORK:;;%s;北京;;100080;中国\r\n", PICK(random, streets));
	buf_add(out, STR("EMAIL;TYPE=INTERNET:u"));
	digits(random, out, 7);
	buf_add(out, STR("@qq.com\r\nX-QQ:"));
	digits(random, out, 9);
	buf_add(out, STR("\r\n"));
}

static void
latin(struct random *random, struct buf *out)
{
	const char *family = PICK(random, last_names), *own = PICK(random, first_names);

	buf_addf(out, "FN:%s %s\r\nN:%s;%s;;;\r\nORG:Analytical Engines Ltd;R&D\r\n",
	    own, family, family, own);
	telephones(random, out);
	buf_addf(out, "item1.EMAIL;type=INTERNET;type=pref:%s@example.org\r\n", own);
	buf_add(out, STR("item2.URL:https\\://example.org/people/"));
	digits(random, out, 5);
	buf_add(out, STR("\r\nitem2.X-ABLabel:_$!<HomePage>!$_\r\n"
			 "ADR;TYPE=HOME:;;12 St James's Square;London;;SW1Y 4LB;UK\r\n"
			 "BDAY;VALUE=date:1815-12-10\r\nCATEGORIES:Friends,Work\r\n"));
}

static void
note(struct random *random, struct buf *out)
{
	if (below(random, 3) == 0)
		buf_add(out,
		    STR("NOTE:Met at the fair in spring\\, wants the catalogue "
			"and a call\r\n  back after the holidays\\; 喜欢喝茶\r\n"));
}

static str
card_of(struct arena *arena, struct random *random)
{
	struct buf out = buf_in(arena, MAX_BYTES);

	begin(random, &out);
	if (below(random, 2))
		chinese(random, &out);
	else
		latin(random, &out);
	note(random, &out);
	buf_add(&out, STR("END:VCARD\r\n"));
	return buf_str(&out);
}

static struct set *
set_of(struct arena *arena)
{
	struct set *set = ARENA_NEW(arena, struct set);
	struct random random = { 88172645463325252ULL };

	for (size_t i = 0; i < CARDS; i++) {
		set->card[i] = card_of(arena, &random);
		set->bytes += set->card[i].len;
	}
	return set;
}

static long long
now_ns(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static void
read_all(const struct set *set)
{
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < CARDS; i++) {
		struct card *card;
		struct why why;

		if (i % RESET_EVERY == 0)
			arena_reset(arena);
		must(card_read(arena, set->card[i], &card, &why) == OK);
	}
}

static void
copy_all(const struct set *set)
{
	static char copy[MAX_BYTES];

	for (size_t i = 0; i < CARDS; i++) {
		memcpy(copy, set->card[i].at, set->card[i].len);
		__asm__ volatile("" : : "r"(copy) : "memory"); /* it is wanted */
	}
}

/* How many seconds one pass over the set takes. */
static double
measured(const struct set *set, void (*pass)(const struct set *))
{
	long long from = now_ns(), to = from;
	size_t passes = 0;

	for (; to - from < MEASURED_NS; to = now_ns(), passes++)
		pass(set);
	return (double)(to - from) / 1e9 / (double)passes;
}

int
main(void)
{
	SCOPED(arena) arena = arena_open();
	const struct set *set = set_of(arena);
	double reading = measured(set, read_all), copying = measured(set, copy_all);
	double megabytes = (double)set->bytes / 1e6;

	printf("card read: %.0f MB/s, %.0f cards/s of %zu bytes; memcpy %.0f MB/s\n",
	    megabytes / reading, CARDS / reading, set->bytes / CARDS,
	    megabytes / copying);
	return 0;
}
