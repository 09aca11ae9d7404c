/*
 * admin.h - who looks after the server, and the accounts on it.
 *
 * An administrator is an account with a flag; the first account has it.  The last one that
 * can sign in keeps it, and stays, while there are other accounts: nobody would be left to
 * give it to another.  What the caller may do is asked by web/, not here.  Any thread.
 */
#ifndef KITH_AUTH_ADMIN_H
#define KITH_AUTH_ADMIN_H

#include "auth/auth.h"

/* Whether there is an account at all. */
enum err auth_any_account(const struct call *call, bool *out);

/* Whether that account is an administrator, and not disabled. */
enum err auth_is_admin(const struct call *call, int64_t account, bool *out);

/* ERR_NOT_FOUND; ERR_CONDITION: the last administrator.  Setting what is set is OK. */
enum err auth_admin_set(const struct call *call, int64_t account, bool admin);

/* A disabled account keeps all it has and cannot sign in, by no door; its sessions end.
 * The same outcomes. */
enum err auth_disabled_set(const struct call *call, int64_t account, bool disabled);

struct auth_member {
	int64_t id;
	str login, name;
	bool admin, disabled;
	int64_t cards;
	int64_t seen_ms; /* 0: never */
};

/* The next `limit` by login, behind that one (empty: the first). */
enum err auth_member_list(const struct call *call, str behind, size_t limit,
    struct auth_member **out, size_t *count);

struct auth_counts {
	int64_t accounts, admins, disabled, cards;
};

enum err auth_counts(const struct call *call, struct auth_counts *out);

/* The store as a file: its size, that of its log, and what is free on its disk, in bytes.
 * ERR_IO. */
struct auth_house {
	int64_t store_bytes, log_bytes, free_bytes;
};

enum err auth_house(str folder, struct auth_house *out);

#endif
