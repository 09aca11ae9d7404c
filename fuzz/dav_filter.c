/* Whatever filter comes, it is refused or read; and what passes it does not depend on where
 * the card's lines are folded. */
#include "card/match.h"
#include "dav/dav_int.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char whole[] = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u1\r\nFN:李四 Ada\r\n"
			    "item1.EMAIL;TYPE=\"a,b\";X-P=c:ada@example.com\r\n"
			    "item1.X-ABLabel:_$!<Work>!$_\r\n"
			    "NOTE:one\\, two\\nthree\r\nEND:VCARD\r\n";
static const char folded[] =
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUI\r\n D:u1\r\nFN:李四 A\r\n da\r\n"
    "item1.EMAIL;TYPE=\"a,\r\n b\";X-P=c:ada@exam\r\n ple.com\r\n"
    "item1.X-ABLabel:_$!<Wo\r\n rk>!$_\r\n"
    "NOTE:one\\, t\r\n wo\\nth\r\n ree\r\nEND:VCARD\r\n";

static bool
passes(struct arena *arena, const char *bytes, const struct card_filter *filter)
{
	struct card *card;
	struct why why;

	must(card_read(arena, str_of(bytes), &card, &why) == OK);
	return card_matches(arena, card, filter);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	struct call call = { .arena = arena };
	struct dav d = { .call = &call };
	struct xml_element *root;
	struct card_filter filter;
	struct why why;

	if (xml_read(arena, (str){ (const char *)data, size }, &root, &why) != OK ||
	    dav_filter_read(&d, root, &filter) != OK)
		return 0;
	card_filter_prepare(arena, &filter);
	must(passes(arena, whole, &filter) == passes(arena, folded, &filter));
	return 0;
}
