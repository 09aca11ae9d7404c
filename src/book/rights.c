/* rights.c - who may. */
#include "book/book_int.h"

/* A home is its account's alone; to anyone else it is not there. */
enum err
may_read(const struct call *call, int64_t account)
{
	return account == call->who ? OK : ERR_NOT_FOUND;
}

/* A struct book comes from book_find() alone, which knows who looked. */
enum err
may_see(const struct call *call, const struct book *book)
{
	return book->account == call->who || book->shared ? OK : ERR_NOT_FOUND;
}

enum err
may_write(const struct call *call, const struct book *book)
{
	TRY(may_see(call, book));
	return book->may_write ? OK : ERR_FORBIDDEN;
}

enum err
may_rule(const struct call *call, const struct book *book)
{
	return book->account == call->who ? OK : ERR_FORBIDDEN;
}
