/*
 * conf.h - kith.conf into one struct, from one table of settings.
 *
 * INI (inih).  An unknown section or key, a value that does not fit its type, and a file
 * that cannot be read are errors with file and line.  No file: the defaults.
 */
#ifndef KITH_CONF_CONF_H
#define KITH_CONF_CONF_H

#include "base/arena.h"
#include "base/err.h"
#include "conf/settings.h"

#define CONF_TYPE_text   str
#define CONF_TYPE_yes    bool
#define CONF_TYPE_number int64_t
#define CONF_FIELD(section, key, type, fallback, unit, words) \
	CONF_TYPE_##type section##_##key;

struct conf {
	CONF_SETTINGS(CONF_FIELD)
};

/*
 * Reads the file, or only the defaults when path is NULL.  Texts live in the arena.
 *
 * ERR_NOT_FOUND  no such file     ERR_IO  it cannot be read
 * ERR_BAD_INPUT  why->line, why->name (the key) and why->what
 */
enum err conf_read(
    struct arena *arena, const char *path, struct conf *out, struct why *why);

/* The settings as mdoc(7) list items: the body of kith.conf(5). */
str conf_manual(struct arena *arena);

#endif
