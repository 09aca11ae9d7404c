/* test_attach.c - a letter's parts as bytes: there and back, and what is refused. */
#include "courier/attach_int.h"
#include "courier/fixture_int.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static struct arena *arena;

static const struct courier_part card = { STR_CONST("text/x-vcard; charset=utf-8"),
	STR_CONST("li.vcf"), STR_CONST("BEGIN:VCARD\r\nEND:VCARD\r\n") };

static void
there_and_back(void)
{
	const struct courier_part parts[] = { card,
		{ STR("image/png"), STR("图.png"), STR("\x89PNG\0\xff\r\n") },
		{ STR("text/plain"), STR("empty.txt"), STR("") } };
	struct courier_part *read;
	size_t count;
	str bytes;

	CHECK_OK(attach_write(arena, parts, COUNT(parts), &bytes));
	CHECK_OK(attach_read(arena, bytes, &read, &count));
	CHECK_INT(count, COUNT(parts));
	for (size_t i = 0; i < count; i++) {
		CHECK_STR(read[i].type, parts[i].type);
		CHECK_STR(read[i].name, parts[i].name);
		CHECK_STR(read[i].bytes, parts[i].bytes);
	}
	CHECK_OK(attach_write(arena, NULL, 0, &bytes));
	CHECK_INT(bytes.len, 0);
	CHECK_OK(attach_read(arena, bytes, &read, &count));
	CHECK_INT(count, 0);
}

static void
every_byte(void)
{
	const struct courier_part part = { STR("a/b"), STR("n"), STR("xyz") };
	str bytes;

	CHECK_OK(attach_write(arena, &part, 1, &bytes));
	CHECK_STR(bytes, STR("\1\1\0\0\0\3a/b\0\0\0\1n\0\0\0\3xyz"));
}

/* Whatever is missing or too much, nothing is read past the end. */
static void
broken(void)
{
	static const struct {
		const char *row;
		str bytes;
	} rows[] = {
		{ "another version", STR_CONST("\2\1\0\0\0\3a/b\0\0\0\1n\0\0\0\0") },
		{ "none counted", STR_CONST("\1\0") },
		{ "too many", STR_CONST("\1\5") },
		{ "a length past the end",
		    STR_CONST("\1\1\0\0\0\3a/b\0\0\0\1n\xff\xff\xff\xff") },
		{ "something behind", STR_CONST("\1\1\0\0\0\3a/b\0\0\0\1n\0\0\0\0x") },
		{ "no type", STR_CONST("\1\1\0\0\0\0\0\0\0\1n\0\0\0\0") },
	};
	struct courier_part *read;
	size_t count;
	str bytes;

	for (size_t i = 0; i < COUNT(rows); i++) {
		check_about(rows[i].row);
		CHECK_ERR(
		    attach_read(arena, rows[i].bytes, &read, &count), ERR_BAD_INPUT);
	}
	CHECK_OK(attach_write(arena, &card, 1, &bytes));
	for (size_t cut = 1; cut < bytes.len; cut++)
		CHECK_ERR(attach_read(arena, str_part(bytes, 0, cut), &read, &count),
		    ERR_BAD_INPUT);
}

static void
refused(void)
{
	static const struct {
		const char *row;
		struct courier_part part;
	} rows[] = {
		{ "no type", { STR_CONST(""), STR_CONST("a"), STR_CONST("") } },
		{ "half a type", { STR_CONST("text"), STR_CONST("a"), STR_CONST("") } },
		{ "a header in the type", { STR_CONST("text/plain\r\nX: y"),
					      STR_CONST("a"), STR_CONST("") } },
		{ "no name", { STR_CONST("a/b"), STR_CONST(""), STR_CONST("") } },
		{ "a header in the name",
		    { STR_CONST("a/b"), STR_CONST("a\r\nX: y"), STR_CONST("") } },
		{ "a quote", { STR_CONST("a/b"), STR_CONST("a\"b"), STR_CONST("") } },
		{ "a folder", { STR_CONST("a/b"), STR_CONST("../a"), STR_CONST("") } },
		{ "no UTF-8", { STR_CONST("a/b"), STR_CONST("a\xff"), STR_CONST("") } },
	};
	str bytes;

	for (size_t i = 0; i < COUNT(rows); i++) {
		check_about(rows[i].row);
		CHECK_ERR(attach_write(arena, &rows[i].part, 1, &bytes), ERR_BAD_INPUT);
	}
}

static void
limits(void)
{
	char *much = arena_get(arena, COURIER_PARTS_MAX_BYTES + 1);
	struct courier_part parts[COURIER_PARTS_MAX + 1];
	str bytes;

	for (size_t i = 0; i < COUNT(parts); i++)
		parts[i] = card;
	CHECK_OK(attach_write(arena, parts, COURIER_PARTS_MAX, &bytes));
	CHECK_ERR(
	    attach_write(arena, parts, COURIER_PARTS_MAX + 1, &bytes), ERR_TOO_LARGE);
	for (size_t i = 0; i < 200; i++)
		much[i] = 'x';
	parts[0].name = (str){ much, 121 };
	CHECK_ERR(attach_write(arena, parts, 1, &bytes), ERR_BAD_INPUT);
	parts[0].name.len--;
	CHECK_OK(attach_write(arena, parts, 1, &bytes));
	parts[0].type = ARENA_JOIN(arena, STR("a/"), str_part(parts[0].name, 0, 119));
	CHECK_ERR(attach_write(arena, parts, 1, &bytes), ERR_BAD_INPUT);
	parts[0].type.len--;
	CHECK_OK(attach_write(arena, parts, 1, &bytes));
	parts[0].bytes = (str){ much, COURIER_PARTS_MAX_BYTES };
	CHECK_OK(attach_write(arena, parts, 1, &bytes));
	parts[0].bytes.len++;
	CHECK_ERR(attach_write(arena, parts, 1, &bytes), ERR_TOO_LARGE);
	parts[0].bytes = (str){ much, COURIER_PARTS_MAX_BYTES - card.bytes.len + 1 };
	CHECK_ERR(attach_write(arena, parts, 2, &bytes), ERR_TOO_LARGE);
	parts[0].bytes.len--;
	CHECK_OK(attach_write(arena, parts, 2, &bytes));
}

/* Parts wait with their letter, go with its text, and stay in the tray. */
static void
in_a_letter(void)
{
	struct courier_letter letter = { .way = COURIER_MMS,
		.to = STR("+8613800000000"),
		.text = STR("x"),
		.parts = &card,
		.part_count = 1 };
	const struct courier_setup tray = { .tray = true };
	struct posting refused = { .letter = &letter };
	struct courier_part broken = card;
	struct courier_part *read;
	struct fixture f;
	size_t count;
	int64_t id;

	fixture_open(&f);
	id = fixture_post(&f, &letter);
	CHECK_STR(fixture_letter(&f, id).channel, STR("mms"));
	CHECK_OK(attach_read(f.arena, fixture_letter(&f, id).parts, &read, &count));
	CHECK_INT(count, 1);
	CHECK_STR(read[0].bytes, card.bytes);
	fixture_round(&f, &tray, f.call.now_ms);
	CHECK_STR(fixture_letter(&f, id).state, STR("taken"));
	CHECK(fixture_letter(&f, id).parts.len > 0);

	refused.call = &f.call;
	broken.name = STR("");
	letter.parts = &broken;
	CHECK_ERR(store_write(f.store, post, &refused), ERR_BAD_INPUT);
	fixture_close(&f);
}

int
main(void)
{
	SCOPED(arena) own = arena_open();

	arena = own;
	return CHECK_RUN({ "there and back", there_and_back },
	    { "every byte", every_byte }, { "broken", broken }, { "refused", refused },
	    { "limits", limits }, { "in a letter", in_a_letter });
}
