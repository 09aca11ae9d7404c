/* test_address.c - addresses as people name them. */
#include "base/check.h"
#include "card/address_int.h"
#include "card/key.h"

#define ONE_CITY  ";;中关村大街1号;北京市;;100080;中国"
#define BY_PARTS  ";;中关村大街1号;海淀区;北京市;100080;中国"
#define IN_STREET ";;北京市海淀区中关村大街1号;;;;"
#define TOWNLESS  ";;人民路１号;;;;"
#define SPRING    ";;1 Main Street;Springfield;IL;62701;USA"
#define BERLIN    ";;Hauptstraße 5;Berlin;;10115;Deutschland"
#define WITH_ROOM ";3号楼501室;阳光小区8号;南京市;江苏省;;"

static const struct {
	const char *adr, *typed;
	bool found;
} rows[] = {
	{ ONE_CITY, "中关村大街1号", true },
	{ ONE_CITY, "中关村大街 １ 号", true },
	{ ONE_CITY, "北京市中关村大街1号", true },
	{ ONE_CITY, "北京中关村大街1號", true },
	{ ONE_CITY, "中国北京市中关村大街1号", true },
	{ ONE_CITY, "北京市，中关村大街1号", true },
	{ ONE_CITY, "上海市中关村大街1号", false },
	{ ONE_CITY, "中关村大街11号", false },
	{ ONE_CITY, "中关村大街", false },
	{ ONE_CITY, "北京市", false },
	{ BY_PARTS, "海淀区中关村大街1号", true },
	{ BY_PARTS, "北京市海淀区中关村大街1号", true },
	{ BY_PARTS, "北京市中关村大街1号", true },
	{ BY_PARTS, "朝阳区中关村大街1号", false },
	{ IN_STREET, "中关村大街1号", true },
	{ IN_STREET, "海淀区中关村大街1号", true },
	{ IN_STREET, "北京市中关村大街1号", true },
	{ IN_STREET, "北京海淀中关村大街1号", true },
	{ IN_STREET, "上海市中关村大街1号", false },
	{ TOWNLESS, "人民路1号", true },
	{ TOWNLESS, "上海市人民路1号", true },
	{ TOWNLESS, "上海市黄浦区人民路1号", true },
	{ TOWNLESS, "?人民路1号", true }, /* punctuation is none of it */
	{ SPRING, "1 Main Street", true },
	{ SPRING, "1 MAIN ST.", true },
	{ SPRING, "1 Main St, Springfield", true },
	{ SPRING, "1 Main Street, Springfield, IL 62701", true },
	{ SPRING, "1 main street springfield il", true },
	{ SPRING, "1 Main Street, Shelbyville", false },
	{ SPRING, "1 Main Street, Shelbyville, IL", false },
	{ SPRING, "11 Main Street", false },
	{ SPRING, "Springfield", false },
	{ BERLIN, "Hauptstr. 5", true },
	{ BERLIN, "Hauptstrasse 5, 10115 Berlin", true },
	{ BERLIN, "Hauptstraße 5\nBerlin", true },
	{ BERLIN, "Hauptstraße 5 10115 Berlin", true },
	{ BERLIN, "Hauptstraße 5, 80331 München", false },
	{ WITH_ROOM, "南京市阳光小区8号", true },
	{ WITH_ROOM, "江苏省南京市阳光小区8号3号楼501室", true },
	{ WITH_ROOM, "阳光小区8号3号楼501室", true },
	{ WITH_ROOM, "苏州市阳光小区8号", false },
	{ WITH_ROOM, "8号3号楼501室", false },
	{ "", "中关村大街1号", false },
	{ ";;市场路5号;长沙市;湖南省;;", "市场路5号", true },
	{ ";;市场路5号;长沙市;湖南省;;", "湖南长沙市场路5号", true },
};

static struct card_keys
keys_of(struct arena *arena, const char *adr)
{
	struct card *card;
	struct why why = { 0 };
	str text = arena_printf(arena,
	    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u\r\nFN:N\r\nADR:%s\r\nEND:VCARD\r\n",
	    adr);

	CHECK_OK(card_read(arena, text, &card, &why));
	return card_keys(arena, card, STR("CN"));
}

static bool
share(const struct card_keys *a, const struct card_keys *b)
{
	for (size_t i = 0; i < a->count; i++)
		for (size_t k = 0; k < b->count; k++)
			if (a->list[i].kind == b->list[k].kind &&
			    str_same(a->list[i].value, b->list[k].value))
				return true;
	return false;
}

static void
as_people_name_them(void)
{
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct card_keys keys = keys_of(arena, rows[i].adr);
		struct card_keys guess =
		    card_key_guess(arena, str_of(rows[i].typed), STR("CN"));
		struct card_keys said = card_key_guess(
		    arena, arena_printf(arena, "address:%s", rows[i].typed), STR("CN"));

		check_about(rows[i].typed);
		CHECK_INT(share(&keys, &guess), rows[i].found);
		CHECK_INT(share(&keys, &said), rows[i].found);
	}
	check_about(NULL);
}

/* However long an address is, and whatever it is made of. */
static void
few_names(void)
{
	static const char *const adrs[] = { SPRING, BY_PARTS, IN_STREET, WITH_ROOM,
		";区市县省区市县省;省市区县省市区县;区;市;1;", ";;;;;;;;;;;;",
		";;\\;\\,;,;;", ";;\xE7\x9C;\xE7;;" };
	SCOPED(arena) arena = arena_open();

	for (size_t i = 0; i < sizeof adrs / sizeof *adrs; i++) {
		struct address_names names;

		check_about(adrs[i]);
		address_names(arena, str_of(adrs[i]), &names);
		CHECK(names.count <= ADDRESS_NAMES_MAX);
		for (size_t k = 0; k < names.count; k++)
			CHECK(names.list[k].len > 0);
		address_guesses(arena, str_of(adrs[i]), &names);
		CHECK(names.count <= 6);
	}
	check_about(NULL);
}

int
main(void)
{
	return CHECK_RUN(
	    { "as people name them", as_people_name_them }, { "few names", few_names });
}
