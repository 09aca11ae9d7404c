/* books.c - the caller's books. */
#include "api/api_int.h"
#include "book/book.h"

static const struct {
	const char *word;
	bool plain;
} uploads[] = { { "merged", false }, { "as-sent", true } };

static void
write_book(struct exchange *x, const struct book *book)
{
	struct buf *out = &x->out;

	json_pair(out, STR("book"), book->name);
	json_pair(out, STR("title"), book->title);
	json_pair_number(out, STR("cards"), book->cards);
	json_pair_number(out, STR("bytes"), book->bytes);
	json_pair_truth(out, STR("shared"), book->shared);
	json_pair_truth(out, STR("writable"), book->may_write);
	json_pair(out, STR("uploads"), str_of(uploads[book->plain].word));
}

enum err
api_book_list(struct exchange *x, str place, struct why *why)
{
	struct books books;

	(void)place;
	(void)why;
	TRY(book_list(x->call, x->call->who, &books));
	json_key(&x->out, STR("books"));
	json_open(&x->out, '[');
	for (size_t i = 0; i < books.count; i++) {
		json_open(&x->out, '{');
		write_book(x, &books.list[i]);
		json_close(&x->out, '}');
	}
	json_close(&x->out, ']');
	return OK;
}

static enum err
uploads_read(str word, bool *plain, struct why *why)
{
	for (size_t i = 0; i < sizeof uploads / sizeof *uploads; i++)
		if (str_same(word, str_of(uploads[i].word))) {
			*plain = uploads[i].plain;
			return OK;
		}
	*why = (struct why){ .what = "merged or as-sent", .name = STR("uploads") };
	return ERR_BAD_INPUT;
}

enum err
api_book_set(struct exchange *x, str place, struct why *why)
{
	struct book book;
	bool plain;

	(void)place;
	TRY(uploads_read(json_text(x->body, STR("uploads")), &plain, why));
	TRY(book_find(x->call, x->call->who, json_text(x->body, STR("book")), &book));
	TRY(book_set_plain(x->call, &book, plain));
	book.plain = plain;
	write_book(x, &book);
	return OK;
}
