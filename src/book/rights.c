/* rights.c - who may. */
#include "book/book_int.h"

/* A home is its account's alone; to anyone else it is not there. */
enum err
may_read(const struct call *call, int64_t account)
{
	return account == call->who ? OK : ERR_NOT_FOUND;
}

enum err
may_write(const struct call *call, const struct book *book)
{
	return book->account == call->who ? OK : ERR_FORBIDDEN;
}
