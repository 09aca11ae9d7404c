/* devices.c - the owner's devices at a terminal. */
#include <stdio.h>

#include "base/buf.h"
#include "main/remote_int.h"

#define BODY_MAX_BYTES ((size_t)4096)

static void
print_device(const struct json *device)
{
	str seen = json_text(device, STR("seen"));

	printf("%-18lld " STR_FMT "\tseen " STR_FMT "\tgroups " STR_FMT "\n",
	    (long long)json_number(device, STR("id")),
	    STR_ARG(json_text(device, STR("label"))),
	    STR_ARG(seen.len ? seen : STR("never")),
	    STR_ARG(json_text(device, STR("groups"))));
}

static bool
list(struct remote *remote)
{
	const struct json *devices;

	if (!remote_call(remote, "GET", STR("/api/v1/devices"), (str){ 0 }))
		return false;
	if (remote_printed(remote))
		return true;
	devices = json_member(remote->said, STR("devices"));
	for (const struct json *d = devices->first; d; d = d->next)
		print_device(d);
	return true;
}

static bool
change(struct remote *remote, int64_t id, str groups)
{
	struct buf body = buf_in(remote->arena, BODY_MAX_BYTES);
	str path = arena_printf(remote->arena, "/api/v1/devices/%lld", (long long)id);

	if (!groups.len)
		return remote_call(remote, "DELETE", path, (str){ 0 });
	json_open(&body, '{');
	json_pair(&body, STR("groups"), groups);
	json_close(&body, '}');
	return remote_call(remote, "POST", path, buf_str(&body));
}

static int
devices_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	str groups = { 0 };
	bool withdraw = false;
	const struct option_row options[] = { { "--json", OPTION_FLAG, &remote.json },
		{ "--groups", OPTION_TEXT, &groups },
		{ "--withdraw", OPTION_FLAG, &withdraw } };
	int64_t id = 0;
	int operands;

	if (!options_read(argc, argv, options, 3, &operands))
		return EXIT_USAGE;
	if (operands > 1 || (operands == 1) != (groups.len || withdraw) ||
	    (groups.len && withdraw) || (operands && !str_number(str_of(argv[1]), &id)))
		return usage_error(
		    &verb_devices, "a device's number goes with what to do");
	if (!remote_open(arena, &remote))
		return EXIT_REFUSED;
	return (operands ? change(&remote, id, groups) : list(&remote)) ? EXIT_DONE
									: EXIT_REFUSED;
}

const struct verb verb_devices = {
	"devices",
	"[ID --groups auto|both|cards|categories | ID --withdraw] [--json]",
	"list the devices, withdraw one, or say how it sees groups",
	"A group is a card that lists its members, and a category of each of them; "
	"auto "
	"is as the\ndevice's program usually sees them.",
	devices_verb,
};
