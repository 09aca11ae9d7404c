/*
 * mail.h - a mail that the mail server hands over: `kith deliver`.
 *
 * Replies to notices come in at "ask+TOKEN@...", commands at "ask@..." (a code is asked for)
 * or at the account's own secret address.  Reports of mails that did not arrive mark the
 * ask; whatever a machine wrote is let lie (RFC 3834).  Runs in a process of its own: GLib
 * and decoders of pictures stay out of the server.
 */
#ifndef KITH_INBOX_MAIL_H
#define KITH_INBOX_MAIL_H

#include "inbox/inbox.h"

/*
 * Done, also where nothing came of it: its sender hears of it by mail, or not at all.
 * `trusted` is the name in Authentication-Results of our own mail server; empty: none.
 *
 * ERR_BAD_INPUT, ERR_TOO_LARGE  as mime_read(): it is no mail, it should go back
 * ERR_BUSY, ERR_STORE ...       the mail server should try again
 */
enum err inbox_mail_take(const struct inbox *inbox, const struct call *call,
    str trusted, str bytes, struct why *why);

#endif
