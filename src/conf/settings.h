/*
 * settings.h - every setting of kith.conf(5), one row each; the man page's list is made
 * from this table, so it cannot drift.
 *
 *	X(section, key, type, default, "unit", "what it is for, one or two sentences")
 *
 * Types: text, yes (yes/no), number, choice values are texts checked in conf.c.
 */
#ifndef KITH_CONF_SETTINGS_H
#define KITH_CONF_SETTINGS_H

#define CONF_SETTINGS(X)                                                               \
	X(server, listen, text, "127.0.0.1:8420", "ADDRESS:PORT",                      \
	    "Where connections are taken in; an IPv6 address stands in brackets.")     \
	X(server, data, text, "./kith-data", "folder",                                 \
	    "Where the books are kept; made when it is not there.")                    \
	X(server, url, text, "", "URL",                                                \
	    "The address people reach this server by, as links in notices begin. "     \
	    "Empty: http:// and the listen address.")                                  \
	X(server, name, text, "Kith", "",                                              \
	    "What the server calls itself on pages and in mails.")                     \
	X(server, proxy, text, "", "address",                                          \
	    "A reverse proxy whose X-Forwarded-For, -Proto and -Host are believed.")   \
	X(server, loops, number, "0", "threads",                                       \
	    "Threads that own connections; 0: one per core.")                          \
	X(server, workers, number, "32", "threads",                                    \
	    "Threads that may wait for the disk.")                                     \
	X(server, access_log, yes, "no", "",                                           \
	    "One line per request on standard error.")                                 \
	X(server, courier, yes, "yes", "",                                             \
	    "Whether kith serve runs the courier too; no, where kith courier runs by " \
	    "itself.")                                                                 \
	X(server, profile_key, text, "", "file",                                       \
	    "The private key (PEM, without a passphrase) that signs configuration "    \
	    "profiles for Apple's devices. Empty: they go out unsigned.")              \
	X(server, profile_certificate, text, "", "file",                               \
	    "That key's certificate (PEM), and behind it those up to its authority.")  \
	X(people, language, text, "zh", "zh or en",                                    \
	    "The language of notices to targets whose own is not known.")              \
	X(people, region, text, "CN", "ISO 3166 code",                                 \
	    "The country of telephone numbers that name none, for new accounts.")      \
	X(history, days, number, "365", "days",                                        \
	    "How long former versions of cards are kept; 0: for ever.")                \
	X(history, versions, number, "0", "",                                          \
	    "How many former versions of each card are kept at the most; 0: any "      \
	    "number.")                                                                 \
	X(mail, address, text, "", "address",                                          \
	    "Where mail for kith comes in: ask@kith.example, and with it "             \
	    "ask+ANYTHING@kith.example, handed to kith deliver by the mail server. "   \
	    "Empty: replies to notices go to their owner.")                            \
	X(mail, trusted, text, "", "authserv-id",                                      \
	    "The name in Authentication-Results that your own mail server writes "     \
	    "(and removes from mail that comes in); without it no sender is proven.")  \
	X(ask, expire, number, "14", "days", "How long a target can answer, 1 to 30.") \
	X(ask, wish_grace, number, "600", "seconds",                                   \
	    "How long a mark in a contacts program (a question mark for a value, the " \
	    "group Ask to update, #ask in the note) may be taken back.")               \
	X(ask, follow, yes, "no", "",                                                  \
	    "Whether people with an account here may let owners have a field of "      \
	    "their card by itself whenever they change it. Off, since patents may "    \
	    "cover subscriptions to changes of address books in some countries: ask "  \
	    "before you turn it on.")                                                  \
	X(ask, campaign_every, number, "60", "seconds",                                \
	    "How long a campaign waits from one person to the next.")                  \
	X(ask, keep_refused, number, "30", "days",                                     \
	    "How long values that were not accepted, and remarks, are kept after an "  \
	    "answer was decided; 0: for ever.")                                        \
	X(ask, per_day, number, "20", "",                                              \
	    "How many people an owner may ask in a day; 0 here and below: any "        \
	    "number. Links he sends himself do not count.")                            \
	X(ask, per_day_at_first, number, "5", "",                                      \
	    "The same in the first week of his account.")                              \
	X(ask, again_after, number, "90", "days",                                      \
	    "How long nobody is asked again by the same owner.")                       \
	X(ask, per_target_week, number, "2", "",                                       \
	    "How many notices a week reach one number or address, of all owners "      \
	    "together; the others leave later.")                                       \
	X(ask, per_target_quarter, number, "6", "", "The same in 91 days.")            \
	X(ask, told_per_day, number, "20", "",                                         \
	    "How many replaced numbers and addresses of one owner's book are told of " \
	    "the change in a day; the others later, within a week, or not at all.")    \
	X(ask, sms_per_day, number, "500", "",                                         \
	    "How many notices a day leave by SMS, of all owners together.")            \
	X(ask, sms_per_prefix, number, "30", "",                                       \
	    "How many of these go to numbers that begin alike, by their first eight "  \
	    "digits; ranges of numbers that earn by being sent SMS lie together.")     \
	X(ask, sms_countries, text, "", "ISO 3166 codes",                              \
	    "Where SMS may go: CN, HK. Empty: anywhere.")                              \
	X(push, contact, text, "", "mailto: or https: URI",                            \
	    "Who push services can turn to (RFC 8292). Empty: smtp.from, or the "      \
	    "server's URL.")                                                           \
	X(push, inner, yes, "no", "",                                                  \
	    "Whether push services may speak plain http and stand on loopback and "    \
	    "private addresses; clients name them, so yes is for closed networks.")    \
	X(hooks, inner, yes, "no", "",                                                 \
	    "Whether webhooks may speak plain http and stand on loopback and private " \
	    "addresses; owners name them, so yes is for closed networks.")             \
	X(tray, on, text, "auto", "auto, yes or no",                                   \
	    "The message tray shows what would have gone out. auto: while neither "    \
	    "SMS, MMS nor mail has a gateway.")                                        \
	X(gates, secret, text, "", "",                                                 \
	    "The last part of the URLs gateways call: /gate/sms/kannel/SECRET. "       \
	    "Empty: one "                                                              \
	    "is made and shown by kith check.")                                        \
	X(gates, inner, yes, "yes", "",                                                \
	    "Whether gateways may stand on loopback and private addresses.")           \
	X(kannel, url, text, "", "URL", "Kannel's sendsms interface.")                 \
	X(kannel, username, text, "", "", "Its sendsms user.")                         \
	X(kannel, password, text, "", "", "That user's password.")                     \
	X(kannel, from, text, "", "number", "The sender's number.")                    \
	X(kannel, reports, yes, "yes", "", "Whether delivery reports are asked for.")  \
	X(sms_http, url, text, "", "URL template",                                     \
	    "Any provider's HTTP interface. In templates {to}, {text}, {id} and "      \
	    "{from} "                                                                  \
	    "stand for the letter's; {text|url}, {text|json} and {text|ucs2hex} "      \
	    "encode.")                                                                 \
	X(sms_http, method, text, "POST", "", "GET or POST.")                          \
	X(sms_http, headers, text, "", "templates",                                    \
	    "Header fields, separated by \" | \".")                                    \
	X(sms_http, body, text, "", "template", "What is posted.")                     \
	X(sms_http, from, text, "", "", "What {from} stands for.")                     \
	X(sms_http, success, text, "2xx", "",                                          \
	    "Statuses that mean taken: 2xx or 200,202.")                               \
	X(sms_http, id_pointer, text, "", "JSON pointer",                              \
	    "Where the answer has the provider's id for the message.")                 \
	X(mms, url, text, "", "URL",                                                   \
	    "The operator's MMS relay, spoken to by MM7 (3GPP TS 23.140). What comes " \
	    "back goes to /gate/mms/mm7/SECRET.")                                      \
	X(mms, vaspid, text, "", "", "Who we are to the operator: the VASP's id.")     \
	X(mms, vasid, text, "", "", "The service's id within that.")                   \
	X(mms, service_code, text, "", "", "What the operator books it under.")        \
	X(mms, from, text, "", "",                                                     \
	    "The sender: a short code, a number with +, or an address.")               \
	X(mms, username, text, "", "", "For HTTP Basic; empty: none.")                 \
	X(mms, password, text, "", "", "The same.")                                    \
	X(mms, version, text, "6.8.0", "", "The MM7Version the relay speaks.")         \
	X(mms, schema, text, "REL-6-MM7-1-4", "",                                      \
	    "The schema's name as 3GPP gave it, or a whole namespace.")                \
	X(mms, reports, yes, "yes", "", "Whether delivery reports are asked for.")     \
	X(smtp, url, text, "", "URL",                                                  \
	    "The mail server that takes notices: smtp://host:25 or smtps://host:465.") \
	X(smtp, username, text, "", "", "For SMTP AUTH; empty: none.")                 \
	X(smtp, password, text, "", "", "The same.")                                   \
	X(smtp, from, text, "", "address", "The sender's address.")                    \
	X(smtp, tls, text, "try", "no, try or must", "STARTTLS on smtp://.")           \
	X(smtp, ca_file, text, "", "file",                                             \
	    "Certificates to trust instead of the system's.")

#endif
