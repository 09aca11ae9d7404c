/*
 * sync.c - a folder and a book made equal.
 *
 * Each file has three versions: what was synced last (digest, etag), what is in the folder
 * now, what is on the server now.  Where only one side moved the other follows; where both
 * did the server's card wins and the file's is kept beside it.
 */
#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "http/http.h"
#include "seal/seal.h"
#include "term/dav_int.h"
#include "term/state_int.h"
#include "term/term.h"

#define NAME_MAX_BYTES 200
#define HREF_MAX_BYTES 2048

struct syncing {
	const struct term *term;
	struct synced_state state;
	struct term_synced done;
	struct why *why;
};

/* --- names --- */

static bool
is_plain_name(str name)
{
	return name.len && name.len <= NAME_MAX_BYTES && name.at[0] != '.' &&
	       !str_has(name, '/') && !str_has(name, '\t') && !str_has(name, '\n') &&
	       !str_has(name, '\0') && str_ends(name, STR(".vcf")) &&
	       !str_ends(name, STR(".conflict.vcf"));
}

/* A server may name a card as it likes; a name that cannot be a file here gets another. */
static str
file_name(struct arena *arena, str href)
{
	str path = href;
	str segment = { 0 };
	str last = { 0 };

	while (http_path_cut(arena, &path, &segment) == OK)
		last = segment;
	if (is_plain_name(last))
		return last;
	return arena_printf(
	    arena, "card-" STR_FMT ".vcf", STR_ARG(state_digest(arena, href)));
}

static str
href_of(struct syncing *s, str name)
{
	struct buf href = buf_in(s->state.arena, HREF_MAX_BYTES);

	buf_add(&href, s->state.book);
	http_path_add(&href, name);
	return buf_str(&href);
}

/* --- what is where --- */

static enum err
look_here(struct syncing *s)
{
	DIR *folder = opendir(arena_copy(s->state.arena, s->state.folder).at);
	struct dirent *entry;
	enum err e = OK;

	if (!folder) {
		*s->why =
		    (struct why){ .what = strerror(errno), .name = s->state.folder };
		return ERR_IO;
	}
	while (e == OK && (entry = readdir(folder))) {
		str name = arena_copy(s->state.arena, str_of(entry->d_name));
		struct synced_file *file;
		str bytes;

		if (!is_plain_name(name))
			continue;
		file = state_by_name(&s->state, name);
		if (!file)
			file = state_add(&s->state, name, href_of(s, name));
		e = state_read_file(&s->state, name, &bytes, s->why);
		if (e == OK)
			file->now = state_digest(s->state.arena, bytes);
	}
	(void)closedir(folder);
	return e;
}

/* A token the server no longer knows: begin anew, and what it does not list is gone. */
static enum err
look_there(struct syncing *s)
{
	struct dav_cards cards;
	enum err e =
	    dav_changes(s->term, s->state.book, &s->state.token, &cards, s->why);
	bool anew = !s->state.token.len;

	if (e == ERR_TOKEN) {
		anew = true;
		s->state.token = (str){ 0 };
		e = dav_changes(
		    s->term, s->state.book, &s->state.token, &cards, s->why);
	}
	TRY(e);
	for (size_t i = 0; anew && i < s->state.count; i++)
		s->state.list[i].there = (str){ 0 };
	for (size_t i = 0; i < cards.count; i++) {
		struct synced_file *file = state_by_href(&s->state, cards.list[i].href);

		if (!file)
			file = state_add(&s->state,
			    file_name(s->state.arena, cards.list[i].href),
			    cards.list[i].href);
		file->there = cards.list[i].etag;
	}
	for (size_t i = 0; i < s->state.count; i++) {
		struct synced_file *file = &s->state.list[i];

		file->there_news = !str_same(file->there, file->etag);
	}
	return OK;
}

static bool
changed_here(const struct synced_file *file)
{
	return !str_same(file->now, file->digest);
}

/* --- server to folder --- */

/* The file's own version, kept before the server's takes its place. */
static enum err
keep_aside(struct syncing *s, const struct synced_file *file)
{
	str aside = arena_printf(s->state.arena, STR_FMT ".conflict.vcf",
	    STR_ARG(str_part(file->name, 0, file->name.len - 4)));
	str bytes;

	s->done.conflicts++;
	if (!file->now.len)
		return OK;
	TRY(state_read_file(&s->state, file->name, &bytes, s->why));
	return state_write_file(&s->state, aside, bytes, s->why);
}

static enum err
take_down(struct syncing *s, struct synced_file *file, const struct dav_card *card)
{
	str digest = state_digest(s->state.arena, card->data);

	if (!card->data.len) /* it went away in between: the next run hears of it */
		return OK;
	if (changed_here(file) && !str_same(file->now, digest))
		TRY(keep_aside(s, file));
	if (!str_same(file->now, digest)) {
		TRY(state_write_file(&s->state, file->name, card->data, s->why));
		s->done.down++;
	}
	file->digest = file->now = digest;
	file->etag = file->there = card->etag;
	file->there_news = false;
	return OK;
}

static enum err
fetch_batch(struct syncing *s, struct synced_file **files, size_t count)
{
	struct dav_card cards[DAV_BATCH] = { 0 };

	if (!count)
		return OK;
	for (size_t i = 0; i < count; i++)
		cards[i].href = files[i]->href;
	TRY(dav_fetch(s->term, s->state.book, cards, count, s->why));
	for (size_t i = 0; i < count; i++)
		TRY(take_down(s, files[i], &cards[i]));
	return OK;
}

static enum err
remove_here(struct syncing *s, struct synced_file *file)
{
	if (changed_here(file) && file->now.len)
		TRY(keep_aside(s, file));
	if (file->now.len) {
		(void)unlink(state_path(&s->state, file->name).at);
		s->done.removed_here++;
	}
	*file = (struct synced_file){ .name = file->name, .href = file->href };
	return OK;
}

static enum err
bring_down(struct syncing *s)
{
	struct synced_file *batch[DAV_BATCH];
	size_t waiting = 0;

	for (size_t i = 0; i < s->state.count; i++) {
		struct synced_file *file = &s->state.list[i];

		if (!file->there_news)
			continue;
		if (!file->there.len) {
			TRY(remove_here(s, file));
			continue;
		}
		batch[waiting++] = file;
		if (waiting == DAV_BATCH) {
			TRY(fetch_batch(s, batch, waiting));
			waiting = 0;
		}
	}
	return fetch_batch(s, batch, waiting);
}

/* --- folder to server --- */

/* Somebody was quicker: his card comes down, ours is kept beside it. */
static enum err
lost_the_race(struct syncing *s, struct synced_file *file)
{
	struct synced_file *one = file;

	TRY(fetch_batch(s, &one, 1));
	return OK;
}

static enum err
bring_up_one(struct syncing *s, struct synced_file *file)
{
	str bytes;
	str etag = { 0 };
	enum err e;

	if (!file->now.len) {
		e = dav_drop(s->term, file->href, file->etag, s->why);
		if (e == ERR_CONDITION)
			return lost_the_race(s, file);
		TRY(e);
		s->done.removed_there++;
		*file = (struct synced_file){ .name = file->name, .href = file->href };
		return OK;
	}
	TRY(state_read_file(&s->state, file->name, &bytes, s->why));
	e = dav_store(s->term, file->href, file->etag, bytes, &etag, s->why);
	if (e == ERR_CONDITION)
		return lost_the_race(s, file);
	TRY(e);
	s->done.up++;
	file->etag = file->there = etag;
	file->digest = file->now;
	return etag.len ? OK : lost_the_race(s, file);
}

static enum err
bring_up(struct syncing *s)
{
	for (size_t i = 0; i < s->state.count; i++)
		if (changed_here(&s->state.list[i]))
			TRY(bring_up_one(s, &s->state.list[i]));
	return OK;
}

enum err
term_sync(const struct term *term, str folder, struct term_synced *out, struct why *why)
{
	struct syncing s = { .term = term, .why = why };
	enum err e;

	seal_start();
	TRY(state_load(term->arena, folder, &s.state, why));
	if (!s.state.book.len)
		TRY(dav_discover(term, &s.state.book, why));
	TRY(look_here(&s));
	TRY(look_there(&s));
	e = bring_down(&s);
	if (e == OK)
		e = bring_up(&s);
	/* What was done is remembered even when the rest failed. */
	if (e != OK)
		s.state.token = (str){ 0 };
	TRY(state_save(&s.state, why));
	*out = s.done;
	return e;
}
