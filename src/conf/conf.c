/* conf.c - the table of settings, and the file read against it. */
#include "conf/conf.h"

#include <errno.h>
#include <ini.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

#define LINE_MAX_BYTES   4096
#define MANUAL_COLUMNS   79
#define MANUAL_MAX_BYTES ((size_t)64 * 1024)

/* Debian's inih can be told when it runs what upstream's is told when it is built: else
 * no line is longer than 200 bytes, and a provider's bearer token is. */
extern int ini_max_line __attribute__((weak));

static bool
read_text(struct arena *arena, str value, void *into)
{
	*(str *)into = arena_copy(arena, value);
	return str_is_utf8(value);
}

static bool
read_yes(struct arena *arena, str value, void *into)
{
	bool yes = str_same(value, STR("yes"));

	(void)arena;
	*(bool *)into = yes;
	return yes || str_same(value, STR("no"));
}

static bool
read_number(struct arena *arena, str value, void *into)
{
	(void)arena;
	return str_number(value, into);
}

struct setting {
	str section, key, fallback;
	size_t offset; /* in struct conf */
	bool (*read)(struct arena *arena, str value, void *into);
	const char *misfit; /* what to say when it does not */
	const char *unit, *words;
};

#define MISFIT_text   "is not UTF-8"
#define MISFIT_yes    "is neither yes nor no"
#define MISFIT_number "is not a number"
#define SETTING(section, key, type, fallback, unit, words)                          \
	{ STR_CONST(#section), STR_CONST(#key), STR_CONST(fallback),                \
		offsetof(struct conf, section##_##key), read_##type, MISFIT_##type, \
		unit, words },

static const struct setting settings[] = { CONF_SETTINGS(SETTING) };

#define SETTING_COUNT (sizeof settings / sizeof *settings)

/* Where a type alone lets too much in: the words a text may be, the bounds of a number. */
static const struct fence {
	size_t offset;
	const char *words; /* between single spaces, one before and one behind */
	int64_t least, most;
} fences[] = {
	{ offsetof(struct conf, people_language), " zh en ", 0, 0 },
	{ offsetof(struct conf, tray_on), " auto yes no ", 0, 0 },
	{ offsetof(struct conf, smtp_tls), " no try must ", 0, 0 },
	{ offsetof(struct conf, sms_http_method), " GET POST ", 0, 0 },
	{ offsetof(struct conf, ask_expire), NULL, 1, 30 },
	{ offsetof(struct conf, ask_keep_refused), NULL, 0, 36500 },
	{ offsetof(struct conf, history_days), NULL, 0, 36500 },
	{ offsetof(struct conf, history_versions), NULL, 0, 1000000 },
	{ offsetof(struct conf, server_loops), NULL, 0, 256 },
	{ offsetof(struct conf, server_workers), NULL, 1, 1024 },
};

static bool
is_word_of(const char *words, str value)
{
	str list = str_of(words);

	while (list.len)
		if (str_same(str_cut(&list, ' '), value))
			return value.len > 0;
	return false;
}

/* NULL, or what is wrong with a value that fits its type. */
static const char *
beyond(const struct setting *setting, const void *value)
{
	for (size_t i = 0; i < sizeof fences / sizeof *fences; i++) {
		const struct fence *fence = &fences[i];

		if (fence->offset != setting->offset)
			continue;
		if (fence->words && !is_word_of(fence->words, *(const str *)value))
			return "is none of the words this setting takes";
		if (!fence->words && (*(const int64_t *)value < fence->least ||
					 *(const int64_t *)value > fence->most))
			return "is outside this setting's bounds";
	}
	return NULL;
}

/* NULL, or what is wrong with the value. */
static const char *
set(struct arena *arena, struct conf *conf, const struct setting *setting, str value)
{
	void *into = (char *)conf + setting->offset;

	if (!setting->read(arena, value, into))
		return setting->misfit;
	return beyond(setting, into);
}

struct reading {
	struct arena *arena;
	FILE *file;
	struct conf *conf;
	unsigned line;
	bool seen[SETTING_COUNT];
	struct why why; /* .what is set once something is wrong */
};

static void
complain(struct reading *reading, const char *what, str name)
{
	if (reading->why.what)
		return;
	reading->why = (struct why){
		.what = what,
		.line = reading->line,
		.name = arena_copy(reading->arena, name),
	};
}

static bool
is_section(str name)
{
	for (size_t i = 0; i < SETTING_COUNT; i++)
		if (str_same(settings[i].section, name))
			return true;
	return false;
}

/* inih tells of a section only together with a key: an empty unknown one is caught here. */
static void
look_at_section(struct reading *reading, str line)
{
	str name = str_part(line, 1, line.len);

	if (!str_starts(line, STR("[")) || !str_has(name, ']'))
		return;
	name = str_cut(&name, ']');
	if (!is_section(name))
		complain(reading, "there is no such section", name);
}

/* fgets for inih: counts lines, refuses what inih would cut or misread, and hides
 * indentation, which inih takes for the former value carried on. */
static char *
next_line(char *line, int bytes, void *stream)
{
	struct reading *reading = stream;
	str text;

	if (reading->why.what)
		return NULL;
	memset(line, 0, (size_t)bytes);
	if (!fgets(line, bytes, reading->file))
		return NULL;
	reading->line++;
	text = (str){ line, strlen(line) };
	if (!str_ends(text, STR("\n")) && !feof(reading->file)) {
		complain(reading, "the line is too long, or has a NUL in it", STR(""));
		return NULL;
	}
	text = str_trim(text);
	memmove(line, text.at, text.len);
	line[text.len] = '\0';
	look_at_section(reading, (str){ line, text.len });
	return reading->why.what ? NULL : line;
}

static const struct setting *
find(str section, str key)
{
	for (size_t i = 0; i < SETTING_COUNT; i++)
		if (str_same(settings[i].section, section) &&
		    str_same(settings[i].key, key))
			return &settings[i];
	return NULL;
}

/* inih's handler: nothing here ends the reading, next_line() does. */
static int
take(void *self, const char *section, const char *key, const char *value)
{
	struct reading *reading = self;
	const struct setting *setting = find(str_of(section), str_of(key));
	const char *wrong;

	if (!setting) {
		complain(reading, "there is no such setting", str_of(key));
		return 1;
	}
	wrong = set(reading->arena, reading->conf, setting, str_of(value));
	if (reading->seen[setting - settings])
		wrong = "is set twice";
	reading->seen[setting - settings] = true;
	if (wrong)
		complain(reading, wrong, setting->key);
	return 1;
}

static enum err
read_file(struct reading *reading, struct why *why)
{
	int wrong_line;

	if (&ini_max_line)
		ini_max_line = LINE_MAX_BYTES;
	wrong_line = ini_parse_stream(next_line, reading, take, reading);
	if (ferror(reading->file)) {
		why->what = "it cannot be read";
		return ERR_IO;
	}
	if (wrong_line &&
	    (!reading->why.what || (unsigned)wrong_line < reading->why.line))
		reading->why = (struct why){
			.what = "this is neither [section] nor key = value",
			.line = (unsigned)wrong_line,
		};
	if (!reading->why.what)
		return OK;
	*why = reading->why;
	return ERR_BAD_INPUT;
}

enum err
conf_read(struct arena *arena, const char *path, struct conf *out, struct why *why)
{
	struct reading reading = { .arena = arena, .conf = out };
	enum err e;

	for (size_t i = 0; i < SETTING_COUNT; i++)
		must(!set(arena, out, &settings[i], settings[i].fallback));
	if (!path)
		return OK;
	reading.file = fopen(path, "re");
	if (!reading.file) {
		bool absent = errno == ENOENT;

		why->what = absent ? "there is no such file" : "it cannot be read";
		return absent ? ERR_NOT_FOUND : ERR_IO;
	}
	e = read_file(&reading, why);
	(void)fclose(reading.file);
	return e;
}

/* Each sentence on a line of its own and no line too long: what mandoc -T lint asks. */
static void
add_filled(struct buf *out, str words)
{
	size_t column = 0;
	bool ended = false;

	while (words.len) {
		str word = str_cut(&words, ' ');

		if (ended || column + 1 + word.len > MANUAL_COLUMNS)
			column = 0;
		buf_add_char(out, column ? ' ' : '\n');
		buf_add(out, word);
		column += word.len + 1;
		ended = str_ends(word, STR("."));
	}
	buf_add_char(out, '\n');
}

str
conf_manual(struct arena *arena)
{
	struct buf out = buf_in(arena, MANUAL_MAX_BYTES);

	for (size_t i = 0; i < SETTING_COUNT; i++) {
		const struct setting *s = &settings[i];

		buf_addf(&out, ".It Ic " STR_FMT "." STR_FMT " =", STR_ARG(s->section),
		    STR_ARG(s->key));
		if (s->fallback.len)
			buf_addf(&out, " " STR_FMT, STR_ARG(s->fallback));
		if (*s->unit)
			buf_addf(&out, " Pq %s", s->unit);
		add_filled(&out, str_of(s->words));
	}
	return buf_str(&out);
}
