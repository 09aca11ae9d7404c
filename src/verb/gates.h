/* gates.h - kith.conf's gateways as the courier and the asking rules want them. */
#ifndef KITH_VERB_GATES_H
#define KITH_VERB_GATES_H

#include "ask/ask.h"
#include "conf/conf.h"
#include "courier/courier.h"

struct store;

/* `origin` is the server's URL, `secret` the last part of what gateways call. */
struct courier_setup gates_from_conf(
    struct arena *arena, const struct conf *conf, str origin, str secret);

/* The configured secret, or the store's own, made on first use. */
enum err gates_secret(
    struct arena *arena, const struct conf *conf, struct store *store, str *out);

enum err rules_from_conf(struct arena *arena, const struct conf *conf,
    struct store *store, str origin, struct ask_rules *out);

bool tray_is_on(const struct conf *conf);

#endif
