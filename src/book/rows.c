/* rows.c - the store's rows as this room's values. */
#include "book/book_int.h"

struct book
book_of_row(const struct call *call, const struct store_book *row)
{
	return (struct book){
		.account = row->account,
		.id = row->id,
		.name = row->name,
		.title = row->title,
		.description = row->description,
		.epoch = row->epoch,
		.region = row->region,
		.rev = row->rev,
		.cards = row->cards,
		.bytes = row->bytes,
		.plain = row->plain,
		.first = row->first && row->account == call->who,
		.may_write = row->account == call->who,
	};
}

struct store_book
row_of_book(const struct book *book)
{
	return (struct store_book){
		.account = book->account,
		.id = book->id,
		.name = book->name,
		.title = book->title,
		.description = book->description,
		.epoch = book->epoch,
		.region = book->region,
		.rev = book->rev,
		.cards = book->cards,
		.bytes = book->bytes,
		.plain = book->plain,
	};
}

struct book_card
card_of_row(const struct store_card *row)
{
	return (struct book_card){
		.id = row->id,
		.name = row->name,
		.uid = row->uid,
		.etag = row->etag,
		.fn = row->fn,
		.bytes = row->bytes,
		.rev = row->rev,
		.size = row->size,
		.modified_ms = row->modified_ms,
		.is_group = row->is_group,
		.odd = row->odd,
	};
}

enum store_part
store_part_of(enum book_part part)
{
	static const enum store_part parts[] = {
		[BOOK_HEADS] = STORE_HEAD,
		[BOOK_WHOLE] = STORE_WHOLE,
		[BOOK_SHOWN] = STORE_SHOWN,
	};

	return parts[part];
}

str
door_word(enum book_door door)
{
	static const str words[] = {
		[BOOK_BY_DAV] = STR_CONST("dav"),
		[BOOK_BY_WEB] = STR_CONST("web"),
		[BOOK_BY_API] = STR_CONST("api"),
		[BOOK_BY_ANSWER] = STR_CONST("answer"),
		[BOOK_BY_IMPORT] = STR_CONST("import"),
		[BOOK_BY_UNDO] = STR_CONST("undo"),
		[BOOK_BY_RESCUE] = STR_CONST("rescue"),
	};

	return words[door];
}

struct store_origin
origin_of(const struct call *call, enum book_door by, str note)
{
	return (struct store_origin){
		.who = call->who,
		.door = door_word(by),
		.device = call->device.name,
		.note = note,
		.at_ms = call->now_ms,
	};
}
