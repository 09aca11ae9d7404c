/* profile.c - Apple's configuration profile with one CardDAV account. */
#include "book/book.h"
#include "web/page_int.h"
#include "web/profile_int.h"

#define PROFILE_MAX_BYTES ((size_t)64 * 1024)

/* Escaped as in HTML, which is well-formed XML as well. */
static void
add(struct buf *out, const char *key, const char *kind, str value)
{
	buf_addf(out, "<key>%s</key><%s>", key, kind);
	html_text(out, value);
	buf_addf(out, "</%s>\n", kind);
}

static void
add_truth(struct buf *out, const char *key, bool value)
{
	buf_addf(out, "<key>%s</key><%s/>\n", key, value ? "true" : "false");
}

static void
add_payload_head(struct buf *out, const char *type, str identifier, str name)
{
	add(out, "PayloadType", "string", str_of(type));
	add(out, "PayloadVersion", "integer", STR("1"));
	add(out, "PayloadIdentifier", "string", identifier);
	add(out, "PayloadUUID", "string", book_fresh_uid(out->arena));
	add(out, "PayloadDisplayName", "string", name);
}

static void
add_account(struct buf *out, const struct profile *profile, str identifier)
{
	str port = profile->host;
	str host = str_cut(&port, ':');

	if (!port.len)
		port = profile->secure ? STR("443") : STR("80");
	buf_add(out, STR("<dict>\n"));
	add_payload_head(out, "com.apple.carddav.account",
	    ARENA_JOIN(out->arena, identifier, STR(".carddav")), profile->name);
	add(out, "CardDAVAccountDescription", "string", profile->name);
	add(out, "CardDAVHostName", "string", host);
	add(out, "CardDAVPort", "integer", port);
	add_truth(out, "CardDAVUseSSL", profile->secure);
	add(out, "CardDAVPrincipalURL", "string", STR("/dav/"));
	add(out, "CardDAVUsername", "string", profile->login);
	if (profile->password.len)
		add(out, "CardDAVPassword", "string", profile->password);
	buf_add(out, STR("</dict>\n"));
}

/* One identifier for a login on a host: a second profile takes the first one's place. */
str
profile_text(struct arena *arena, const struct profile *profile)
{
	struct buf out = buf_in(arena, PROFILE_MAX_BYTES);
	str identifier =
	    ARENA_JOIN(arena, STR("kith."), profile->host, STR("."), profile->login);

	buf_add(&out,
	    STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
		"\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n"
		"<plist version=\"1.0\"><dict>\n<key>PayloadContent</key><array>\n"));
	add_account(&out, profile, identifier);
	buf_add(&out, STR("</array>\n"));
	add_payload_head(&out, "Configuration", identifier, profile->name);
	add_truth(&out, "PayloadRemovalDisallowed", false);
	buf_add(&out, STR("</dict></plist>\n"));
	return buf_str(&out);
}
