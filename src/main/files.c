/* files.c - `kith import` and `kith export`: books from and to files of many cards. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "auth/auth.h"
#include "base/when.h"
#include "book/book.h"
#include "book/import.h"
#include "book/source.h"
#include "card/file.h"
#include "main/verbs_int.h"
#include "store/store.h"

#define PAGE_CARDS     200
#define READ_BYTES     ((size_t)1 << 20)
#define FILE_MAX_BYTES ((size_t)2 << 30)

struct counts {
	unsigned fresh, replaced, unchanged, bad;
};

/* A card of the file, as the book takes it. */
struct waiting {
	str bytes;
	unsigned line; /* its first; 0: not known */
};

struct filing {
	struct place place;
	struct store *store;
	struct arena *arena;
	struct call call;
	struct book book;
	struct counts counts;
	struct arena *batch_arena; /* emptied with each batch */
	struct waiting batch[BOOK_PUT_MANY];
	size_t waiting;
};

/* Opens the store and the default book of the account named by `login`. */
static bool
open_book(struct filing *f, const char *login)
{
	struct auth_account account;
	struct books books;
	enum err e;

	if (!place_read(f->arena, &f->place) || !place_store(&f->place, &f->store))
		return false;
	f->call = (struct call){
		.store = f->store, .arena = f->arena, .now_ms = when_now_ms()
	};
	e = auth_account_by_login(&f->call, str_of(login), &account);
	if (e == OK) {
		f->call.who = account.id;
		e = book_list(&f->call, account.id, &books);
	}
	if (e == OK)
		f->book = books.list[0];
	else
		(void)refused(e, NULL, login);
	return e == OK;
}

static bool
read_whole(struct arena *arena, const char *path, str *out)
{
	FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "re");
	struct buf text = buf_in(arena, FILE_MAX_BYTES);
	size_t got = 1;

	if (!file) {
		(void)fprintf(stderr, "kith: %s: %s\n", path, strerror(errno));
		return false;
	}
	while (got > 0 && !text.overflowed) {
		char *room = buf_room(&text, READ_BYTES);

		got = room ? fread(room, 1, READ_BYTES, file) : 0;
		text.len += got;
	}
	if (file != stdin)
		(void)fclose(file);
	if (buf_text(&text, out) == OK)
		return true;
	(void)refused(ERR_TOO_LARGE, NULL, path);
	return false;
}

static void
count(struct filing *f, const struct book_put_done *done)
{
	f->counts.fresh += done->created;
	f->counts.unchanged += done->unchanged;
	f->counts.replaced += !done->created && !done->unchanged;
}

static enum err
put_one(struct filing *f, str bytes, struct why *why)
{
	SCOPED(arena) arena = arena_open();
	struct call call = f->call;
	struct book_put put = { .by = BOOK_BY_IMPORT, .bytes = bytes };
	struct book_put_done done;
	enum err e;

	call.arena = arena;
	e = book_put(&call, &f->book, &put, &done, why);
	if (e == ERR_UID_TAKEN) { /* the same person's card, under its own name */
		put.name = why->name;
		e = book_put(&call, &f->book, &put, &done, why);
	}
	TRY(e);
	count(f, &done);
	return OK;
}

/* Hundred cards in one write.  One that has to be told about, or that is there already, and
 * none of them is in: then each goes by itself. */
static bool
put_batch(struct filing *f)
{
	SCOPED(arena) arena = arena_open();
	struct call call = f->call;
	struct book_put *puts = ARENA_ARRAY(arena, struct book_put, BOOK_PUT_MANY);
	struct book_put_done *done =
	    ARENA_ARRAY(arena, struct book_put_done, BOOK_PUT_MANY);
	struct why why = { 0 };
	size_t at;

	call.arena = arena;
	for (size_t i = 0; i < f->waiting; i++)
		puts[i] = (struct book_put){ .by = BOOK_BY_IMPORT,
			.bytes = f->batch[i].bytes };
	if (book_put_many(&call, &f->book, puts, f->waiting, done, &at, &why) != OK)
		return false;
	for (size_t i = 0; i < f->waiting; i++)
		count(f, &done[i]);
	return true;
}

static bool
is_ours_to_mend(enum err e)
{
	return e == ERR_FULL || e == ERR_BUSY || e == ERR_STORE;
}

/* False: the store is full or broken, and the rest is not tried. */
static bool
put_one_by_one(struct filing *f, const char *path)
{
	for (size_t i = 0; i < f->waiting; i++) {
		struct why why = { 0 };
		enum err e = put_one(f, f->batch[i].bytes, &why);

		if (e == OK)
			continue;
		f->counts.bad++;
		why.line = f->batch[i].line;
		(void)refused(e, &why, path);
		if (is_ours_to_mend(e))
			return false;
	}
	return true;
}

static bool
flush(struct filing *f, const char *path)
{
	bool done = !f->waiting || put_batch(f) || put_one_by_one(f, path);

	f->waiting = 0;
	arena_reset(f->batch_arena);
	return done;
}

static void
show_progress(const struct counts *c, bool last)
{
	unsigned all = c->fresh + c->replaced + c->unchanged + c->bad;

	if (isatty(STDERR_FILENO) && (last || all % 100 == 0))
		(void)fprintf(stderr, "\r%u cards%s", all, last ? "\n" : "");
}

static bool
open_file(struct filing *f, const char *path, struct book_source *out)
{
	struct why why = { 0 };
	enum err e;
	str bytes;

	if (!read_whole(f->arena, path, &bytes))
		return false;
	e = book_source_open(f->arena, bytes, f->book.region, out, &why);
	if (e != OK)
		(void)refused(e, &why, path);
	return e == OK;
}

/* A card that cannot be read is told with its line and left out; the others go in.  The
 * memory of a batch is used again: a file of a million costs no more than one of a hundred. */
static bool
import_file(struct filing *f, const char *path)
{
	struct book_source source;

	if (!open_file(f, path, &source))
		return false;
	for (;;) {
		struct why why = { 0 };
		str bytes;
		enum err e = book_source_next(f->batch_arena, &source, &bytes, &why);

		if (e == ERR_NOT_FOUND)
			break;
		if (e == OK)
			f->batch[f->waiting++] =
			    (struct waiting){ bytes, source.first };
		if ((e != OK || f->waiting == BOOK_PUT_MANY) && !flush(f, path))
			return false;
		if (e != OK) {
			f->counts.bad++;
			(void)refused(e, &why, path);
		}
		show_progress(&f->counts, false);
	}
	if (!flush(f, path))
		return false;
	show_progress(&f->counts, true);
	return true;
}

static int
import_verb(struct arena *arena, int argc, char **argv)
{
	struct filing f = { .arena = arena };
	const struct option_row options[] = { PLACE_OPTIONS(f.place) };
	int operands;
	bool all = true;

	if (!options_read(
		argc, argv, options, sizeof options / sizeof *options, &operands))
		return EXIT_USAGE;
	if (operands < 2)
		return usage_error(&verb_import, "whose book, and which files?");
	if (!open_book(&f, argv[1])) {
		store_close(&f.store);
		return EXIT_REFUSED;
	}
	f.batch_arena = arena_open();
	for (int i = 2; i <= operands; i++)
		all &= import_file(&f, argv[i]);
	arena_close(&f.batch_arena);
	store_close(&f.store);
	printf("%u new, %u replaced, %u unchanged, %u could not be read\n",
	    f.counts.fresh, f.counts.replaced, f.counts.unchanged, f.counts.bad);
	return all && !f.counts.bad ? EXIT_DONE : EXIT_REFUSED;
}

const struct verb verb_import = {
	"import",
	"LOGIN FILE... [--data DIR] [--conf FILE]",
	"put the contacts of files into a book",
	"vCard 2.1, 3.0 and 4.0, any number of cards in a file, also in old charsets; "
	"jCard,\n"
	"JSContact, LDIF, and .csv as Google and Outlook write it; - is standard "
	"input.\n"
	"  A card whose UID the book has replaces that one; the former\n"
	"version is kept.",
	import_verb,
};

/* --- export --- */

struct exporting {
	FILE *to;
	const struct card_file_form *form; /* NULL: every card as it is stored */
	int64_t after;
	bool more, some;
};

static void
write_text(FILE *to, str text)
{
	(void)fwrite(text.at, 1, text.len, to);
}

static void
write_stored(FILE *to, str bytes)
{
	write_text(to, bytes);
	if (!str_ends(bytes, STR("\n")))
		(void)fputs("\r\n", to);
}

/* A book takes no card that cannot be read. */
static enum err
write_formed(struct arena *arena, struct filing *f, struct exporting *x,
    const struct book_card *row)
{
	struct buf out = buf_in(arena, CARD_MAX_BYTES * 2);
	struct card *card;
	struct why why;

	if ((row->is_group && !x->form->groups) ||
	    card_read(arena, row->bytes, &card, &why) != OK)
		return OK;
	if (x->some)
		buf_add(&out, x->form->between);
	x->some = true;
	TRY(x->form->add(arena, card, f->book.region, &out));
	write_text(x->to, buf_str(&out));
	return out.overflowed ? ERR_TOO_LARGE : OK;
}

static enum err
write_page(struct filing *f, struct exporting *x)
{
	SCOPED(arena) arena = arena_open();
	struct call call = f->call;
	struct book_page page;

	call.arena = arena;
	TRY(book_scan(&call, &f->book, x->after, PAGE_CARDS, BOOK_WHOLE, &page));
	for (size_t i = 0; i < page.count; i++) {
		SCOPED(arena) one = arena_open();

		x->after = page.list[i].id;
		if (x->form)
			TRY(write_formed(one, f, x, &page.list[i]));
		else
			write_stored(x->to, page.list[i].bytes);
	}
	x->more = page.more;
	return ferror(x->to) ? ERR_IO : OK;
}

static enum err
write_book(struct filing *f, struct exporting *x)
{
	struct buf head = buf_in(f->arena, CARD_MAX_BYTES);

	if (x->form && x->form->head)
		x->form->head(&head);
	if (x->form)
		write_text(x->to, x->form->begins);
	write_text(x->to, buf_str(&head));
	while (x->more)
		TRY(write_page(f, x));
	if (x->form)
		write_text(x->to, x->form->ends);
	return OK;
}

static int
export_verb(struct arena *arena, int argc, char **argv)
{
	struct filing f = { .arena = arena };
	struct exporting x = { .to = stdout, .more = true };
	str path = { 0 }, form = { 0 };
	const struct option_row options[] = { PLACE_OPTIONS(f.place),
		{ "-o", OPTION_TEXT, &path }, { "--out", OPTION_TEXT, &path },
		{ "--form", OPTION_TEXT, &form } };
	enum err e = OK;
	int operands;

	if (!options_read(
		argc, argv, options, sizeof options / sizeof *options, &operands))
		return EXIT_USAGE;
	if (operands != 1)
		return usage_error(&verb_export, "whose book?");
	x.form = card_file_form_of(form);
	if (form.len && !x.form)
		return usage_error(&verb_export, "no such form");
	if (path.len && !(x.to = fopen(arena_copy(arena, path).at, "we"))) {
		(void)fprintf(
		    stderr, "kith: " STR_FMT ": %s\n", STR_ARG(path), strerror(errno));
		return EXIT_REFUSED;
	}
	if (!open_book(&f, argv[1]))
		e = ERR_NOT_FOUND;
	if (e == OK)
		e = write_book(&f, &x);
	if (fflush(x.to) != 0 && e == OK)
		e = ERR_IO;
	if (x.to != stdout)
		(void)fclose(x.to);
	store_close(&f.store);
	if (e == ERR_IO)
		(void)refused(e, NULL, "writing");
	return e == OK ? EXIT_DONE : EXIT_REFUSED;
}

const struct verb verb_export = {
	"export",
	"LOGIN [--form vcard3|vcard4|jcard|jscontact|csv] [-o FILE] [--data DIR] "
	"[--conf FILE]",
	"write a book as one file",
	"Without --form every card exactly as it is stored, in one .vcf file.",
	export_verb,
};
