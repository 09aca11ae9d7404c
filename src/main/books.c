/* books.c - the owner's books at a terminal. */
#include <stdio.h>

#include "base/buf.h"
#include "main/remote_int.h"

#define BODY_MAX_BYTES ((size_t)4096)

static void
print_book(const struct json *book)
{
	printf(STR_FMT "\t%lld cards\tuploads " STR_FMT "\t" STR_FMT "\n",
	    STR_ARG(json_text(book, STR("book"))),
	    (long long)json_number(book, STR("cards")),
	    STR_ARG(json_text(book, STR("uploads"))),
	    STR_ARG(json_text(book, STR("title"))));
}

static bool
list(struct remote *remote)
{
	const struct json *books;

	if (!remote_call(remote, "GET", STR("/api/v1/books"), (str){ 0 }))
		return false;
	if (remote_printed(remote))
		return true;
	books = json_member(remote->said, STR("books"));
	for (const struct json *b = books->first; b; b = b->next)
		print_book(b);
	return true;
}

static bool
set(struct remote *remote, str book, str uploads)
{
	struct buf body = buf_in(remote->arena, BODY_MAX_BYTES);

	json_open(&body, '{');
	json_pair(&body, STR("book"), book);
	json_pair(&body, STR("uploads"), uploads);
	json_close(&body, '}');
	if (!remote_call(remote, "POST", STR("/api/v1/books"), buf_str(&body)))
		return false;
	if (!remote_printed(remote))
		print_book(remote->said);
	return true;
}

static int
books_verb(struct arena *arena, int argc, char **argv)
{
	struct remote remote = { 0 };
	str uploads = { 0 };
	const struct option_row options[] = { { "--json", OPTION_FLAG, &remote.json },
		{ "--uploads", OPTION_TEXT, &uploads } };
	int operands;

	if (!options_read(argc, argv, options, 2, &operands))
		return EXIT_USAGE;
	if (operands > 1 || (operands == 1) != (uploads.len > 0))
		return usage_error(&verb_books, "a book goes with --uploads");
	if (!remote_open(arena, &remote))
		return EXIT_REFUSED;
	return (operands ? set(&remote, str_of(argv[1]), uploads) : list(&remote))
		   ? EXIT_DONE
		   : EXIT_REFUSED;
}

const struct verb verb_books = {
	"books",
	"[BOOK --uploads merged|as-sent] [--json]",
	"list the books, or say how a book takes uploads",
	"merged (as it is at first): what others changed meanwhile, and what a "
	"device's "
	"program\ncannot express, stays when the device uploads a card.  as-sent: "
	"every "
	"upload is taken as\nit comes.",
	books_verb,
};
