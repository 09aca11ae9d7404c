/* client.c - a table of programs. */
#include "dav/client.h"

static const str dropped_by_davx5[] = { STR_CONST("SOURCE"), STR_CONST("SORT-STRING"),
	STR_CONST("LABEL"), STR_CONST("PHOTO"), STR_CONST("LOGO"), STR_CONST("SOUND") };

#define DROPS(list) list, sizeof(list) / sizeof *(list)

/* CardBook calls from within Thunderbird: the first mark that fits counts. */
static const struct dav_client clients[] = {
	{ STR_CONST("DAVx5"), STR_CONST("DAVx5"), false, false, BOOK_GROUPS_CARDS,
	    DROPS(dropped_by_davx5) },
	{ STR_CONST("DAVdroid"), STR_CONST("DAVx5"), false, false, BOOK_GROUPS_CARDS,
	    DROPS(dropped_by_davx5) },
	{ STR_CONST("CardBook"), STR_CONST("CardBook") },
	{ STR_CONST("Thunderbird"), STR_CONST("Thunderbird"), true, false,
	    BOOK_GROUPS_CATEGORIES },
	{ STR_CONST("Evolution"), STR_CONST("Evolution"), false, false,
	    BOOK_GROUPS_CATEGORIES },
	{ STR_CONST("AddressBook"), STR_CONST("macOS"), false, true,
	    BOOK_GROUPS_CARDS },
	{ STR_CONST("dataaccessd"), STR_CONST("iOS"), false, true, BOOK_GROUPS_CARDS },
	{ STR_CONST("iOS/"), STR_CONST("iOS"), false, true, BOOK_GROUPS_CARDS },
	{ STR_CONST("CoreDAV"), STR_CONST("Apple"), false, true, BOOK_GROUPS_CARDS },
	{ STR_CONST("vdirsyncer"), STR_CONST("vdirsyncer") },
	{ STR_CONST("pimsync"), STR_CONST("pimsync") },
	{ STR_CONST("CalDavSynchronizer"), STR_CONST("Outlook") },
	{ STR_CONST("SnappyMail"), STR_CONST("SnappyMail"), true, false,
	    BOOK_GROUPS_CARDS },
	{ STR_CONST("RainLoop"), STR_CONST("RainLoop"), true, false,
	    BOOK_GROUPS_CARDS },
	{ STR_CONST("kith/"), STR_CONST("kith") },
};
static const struct dav_client unknown;

const struct dav_client *
dav_client_of(const struct http_req *req)
{
	str agent = http_field(req, STR("user-agent"));

	for (size_t i = 0; agent.len && i < sizeof clients / sizeof *clients; i++)
		if (str_find(agent, clients[i].mark) < agent.len)
			return clients + i;
	return &unknown;
}
