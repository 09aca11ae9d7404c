/* token.c - sync tokens: "urn:kith:sync:<epoch>:<book>:<rev>" (RFC 6578 3.4: a URI). */
#include "base/buf.h"
#include "book/book_int.h"

#define TOKEN_HEAD      "urn:kith:sync:"
#define TOKEN_MAX_BYTES 200

static struct buf
head_of(struct arena *arena, const struct book *book)
{
	struct buf head = buf_in(arena, TOKEN_MAX_BYTES);

	buf_add(&head, STR(TOKEN_HEAD));
	buf_add(&head, book->epoch);
	buf_add_char(&head, ':');
	buf_add_hex(&head, (uint64_t)book->id);
	buf_add_char(&head, ':');
	return head;
}

str
book_token(struct arena *arena, const struct book *book, int64_t rev)
{
	struct buf token = head_of(arena, book);

	buf_add_int(&token, rev);
	return buf_str(&token);
}

enum err
book_token_read(const struct book *book, str token, int64_t *rev)
{
	SCOPED(arena) arena = arena_open();
	struct buf built = head_of(arena, book);
	str head = buf_str(&built);

	*rev = 0;
	if (!token.len)
		return OK;
	if (!str_starts(token, head) ||
	    !str_number(str_part(token, head.len, token.len), rev) || *rev > book->rev)
		return ERR_TOKEN;
	return OK;
}
