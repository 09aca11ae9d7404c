/* token.c - sync tokens: "urn:kith:sync:<epoch>:<book>:<rev>" (RFC 6578 3.4: a URI). */
#include "book/book_int.h"

#define TOKEN_HEAD "urn:kith:sync:"

static str
head_of(struct arena *arena, const struct book *book)
{
	return arena_printf(arena, TOKEN_HEAD STR_FMT ":%llx:", STR_ARG(book->epoch),
	    (unsigned long long)book->id);
}

str
book_token(struct arena *arena, const struct book *book, int64_t rev)
{
	return arena_printf(
	    arena, STR_FMT "%lld", STR_ARG(head_of(arena, book)), (long long)rev);
}

enum err
book_token_read(const struct book *book, str token, int64_t *rev)
{
	SCOPED(arena) arena = arena_open();
	str head = head_of(arena, book);

	*rev = 0;
	if (!token.len)
		return OK;
	if (!str_starts(token, head) ||
	    !str_number(str_part(token, head.len, token.len), rev) || *rev > book->rev)
		return ERR_TOKEN;
	return OK;
}
