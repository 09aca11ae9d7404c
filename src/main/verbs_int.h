/* verbs_int.h - the verbs: one file per verb, one row per verb in main.c. */
#ifndef KITH_MAIN_VERBS_INT_H
#define KITH_MAIN_VERBS_INT_H

#include "verb/verb.h"

extern const struct verb verb_serve, verb_courier, verb_deliver, verb_picture,
    verb_user, verb_import, verb_export, verb_check, verb_login, verb_find, verb_ask,
    verb_asks, verb_accept, verb_refuse, verb_revoke, verb_answer, verb_sync,
    verb_settings, verb_history, verb_books, verb_devices, verb_me, verb_notices,
    verb_plan, verb_campaign, verb_said, verb_remind, verb_undo, verb_removed,
    verb_restore, verb_twins, verb_merge;

#endif
