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
	X(people, language, text, "zh", "zh or en",                                    \
	    "The language of notices to targets whose own is not known.")              \
	X(people, region, text, "CN", "ISO 3166 code",                                 \
	    "The country of telephone numbers that name none, for new accounts.")      \
	X(history, days, number, "365", "days",                                        \
	    "How long former versions of cards are kept; 0: for ever.")                \
	X(history, versions, number, "0", "",                                          \
	    "How many former versions of each card are kept at the most; 0: any "      \
	    "number.")                                                                 \
	X(ask, expire, number, "14", "days", "How long a target can answer, 1 to 30.") \
	X(push, contact, text, "", "mailto: or https: URI",                            \
	    "Who push services can turn to (RFC 8292). Empty: smtp.from, or the "      \
	    "server's URL.")                                                           \
	X(push, inner, yes, "no", "",                                                  \
	    "Whether push services may speak plain http and stand on loopback and "    \
	    "private addresses; clients name them, so yes is for closed networks.")    \
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
