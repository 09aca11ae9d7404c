/* outcome.c - outcomes in the words of a person at a terminal. */
#include <stdio.h>

#include "store/store.h"
#include "verb/verb.h"

static const char *const sentences[ERR_COUNT] = {
	[ERR_NOT_FOUND] = "there is no such thing",
	[ERR_SEVERAL] = "that fits several contacts",
	[ERR_WHO] = "the login or the password is wrong",
	[ERR_FORBIDDEN] = "that is not allowed",
	[ERR_CONDITION] = "it has changed in the meantime",
	[ERR_LOCKED] = "it is locked by another program",
	[ERR_UID_TAKEN] = "another card has that UID",
	[ERR_EXISTS] = "that exists already",
	[ERR_BAD_INPUT] = "that cannot be read",
	[ERR_UNSUPPORTED] = "that is not supported",
	[ERR_TOO_LARGE] = "that is too large",
	[ERR_TOKEN] = "that sync token is unknown",
	[ERR_GONE] = "that is over",
	[ERR_LIMIT] = "too often; try again later",
	[ERR_FULL] = "the disk is full",
	[ERR_BUSY] = "the store is busy; try again",
	[ERR_NEWER] = "the data was written by a newer kith",
	[ERR_STORE] = "the store failed",
	[ERR_IO] = "a file or connection failed",
};

int
refused(enum err outcome, const struct why *why, const char *doing)
{
	(void)fprintf(stderr, "kith: %s: %s", doing,
	    why && why->what ? why->what : sentences[outcome]);
	if (why && why->name.len)
		(void)fprintf(stderr, ": " STR_FMT, STR_ARG(why->name));
	if (why && why->line)
		(void)fprintf(stderr, " (line %u)", why->line);
	if (outcome == ERR_STORE && store_message())
		(void)fprintf(stderr, " (%s)", store_message());
	(void)fputc('\n', stderr);
	return EXIT_REFUSED;
}
