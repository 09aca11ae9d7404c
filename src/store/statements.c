#include "store/statements_int.h"

/* Column lists that several statements share, in the order the typed files read them. */
#define ACCOUNT    "id, login, name, lang, region, policy, made_ms, admin, disabled_ms"
#define SESSION    "hash, account, csrf, about, made_ms, expires_ms"
#define CREDENTIAL "account, id, kind, label, hash, made_ms, seen_ms, groups"
#define PASSKEY    "id, account, label, algorithm, public_key, counter, made_ms, seen_ms"
#define TICKET     "hash, kind, account, peer, data, expires_ms"
#define DEED       "id, account, actor, what, about, peer, hour, at_ms, count"
#define BOOK_COLUMNS                                                                  \
	"b.account, b.id, b.name, b.title, b.description, b.epoch, a.region, b.rev, " \
	"b.cards, b.bytes, b.made_ms, b.plain, b.first"
#define BOOK BOOK_COLUMNS " FROM book b JOIN account a ON a.id = b.account "
#define VERSION \
	"rev, name, uid, etag, who, door, note, device, at_ms, until_ms, removed"
#define HEAD                                                                    \
	"id, name, uid, etag, fn, sort_key, rev, size, modified_ms, is_group, " \
	"odd"
/* As the index ask_waits has it. */
#define ASK_WAITS "('answered', 'partly', 'answered blocked', 'partly blocked')"

#define ASK_HEAD                                                                 \
	"account, id, book, card, uid, fn, stored_ms, kind, channel, sent_to, "  \
	"fields, "                                                               \
	"say, lang, mode, open_values, state, made_ms, expires_ms, token_hash, " \
	"reminder_hash, to_hash, code"
#define LETTER                                                                        \
	"id, account, ask, channel, sent_to, subject, body, reply_to, from_name, "    \
	"stop_link, lang, state, gate, receipt, trouble, attempts, made_ms, due_ms, " \
	"lease_ms, parts"
/* The first ones of a state, by its index: what else waits is not read. */
#define LETTER_FIRST(which)                  \
	"SELECT id FROM letter WHERE " which \
	" AND channel NOT IN ($4, $5, $6, $7) ORDER BY due_ms LIMIT $3"
#define PUSH                                                                        \
	"account, id, book, topic, resource, reader_key, auth, content, property, " \
	"expires_ms, pushed_rev, next_ms, step, failures, failing_ms, made_ms"
/* Of a home: every book made or removed counts one. */
#define HOME_REV "count(*) + count(CASE WHEN gone_ms <> 0 THEN 1 END) FROM book "

const char *const statements[SQL_COUNT] = {
	[SQL_SECRET_FIND] = "SELECT value FROM secret WHERE name = $1",
	/* Two nodes may make it at once: the first one stays. */
	[SQL_SECRET_ADD] = "INSERT INTO secret (name, value) VALUES ($1, $2) "
			   "ON CONFLICT (name) DO NOTHING",

	[SQL_ACCOUNT_ADD] =
	    "INSERT INTO account (" ACCOUNT ") "
	    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
	[SQL_ACCOUNT_FIND] = "SELECT " ACCOUNT " FROM account WHERE id = $1",
	[SQL_ACCOUNT_BY_LOGIN] = "SELECT " ACCOUNT " FROM account WHERE login = $1",
	[SQL_ACCOUNT_SET] = "UPDATE account SET lang = $2, policy = $3 WHERE id = $1",
	[SQL_ACCOUNT_LIST] = "SELECT " ACCOUNT " FROM account ORDER BY made_ms, id",
	[SQL_ACCOUNT_ANY] = "SELECT 1 FROM account LIMIT 1",
	[SQL_ACCOUNT_COUNTS] =
	    "SELECT count(*), count(CASE WHEN admin = 1 AND disabled_ms = 0 THEN 1 "
	    "END), "
	    "count(CASE WHEN disabled_ms > 0 THEN 1 END), "
	    "(SELECT coalesce(sum(cards), 0) FROM book WHERE gone_ms = 0) FROM account",
	[SQL_ACCOUNT_ROLE] =
	    "UPDATE account SET admin = $2, disabled_ms = $3 WHERE id = $1",
	[SQL_ACCOUNT_PAGE] =
	    "SELECT id, login, name, admin, disabled_ms, (SELECT "
	    "coalesce(sum(b.cards), "
	    "0) FROM book b WHERE b.account = account.id AND b.gone_ms = 0), (SELECT "
	    "coalesce(max(c.seen_ms), 0) FROM credential c WHERE c.account = "
	    "account.id), (SELECT coalesce(max(s.made_ms), 0) FROM session s WHERE "
	    "s.account = account.id) FROM account WHERE login > $1 "
	    "ORDER BY login LIMIT $2",
	[SQL_IDENTIFIER_ADD] =
	    "INSERT INTO identifier (account, kind, value, how, verified_ms) "
	    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
	[SQL_IDENTIFIER_FIND] = "SELECT account, kind, value, how, verified_ms "
				"FROM identifier WHERE kind = $1 AND value = $2",
	[SQL_IDENTIFIER_LIST] =
	    "SELECT account, kind, value, how, verified_ms "
	    "FROM identifier WHERE account = $1 ORDER BY verified_ms",
	[SQL_IDENTIFIER_REMOVE] =
	    "DELETE FROM identifier WHERE account = $1 AND kind = $2 AND value = $3",
	[SQL_CREDENTIAL_ADD] = "INSERT INTO credential (" CREDENTIAL ") "
			       "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
	[SQL_CREDENTIAL_GROUPS] = "UPDATE credential SET groups = $3 "
				  "WHERE account = $1 AND id = $2",
	[SQL_CREDENTIAL_STILL] = "SELECT groups FROM credential "
				 "WHERE account = $1 AND id = $2 AND hash = $3 "
				 "AND (kind <> 1 OR NOT EXISTS "
				 "(SELECT 1 FROM totp WHERE totp.account = $1)) "
				 "AND NOT EXISTS (SELECT 1 FROM account WHERE id = $1 "
				 "AND disabled_ms > 0)",
	[SQL_CREDENTIAL_BY_HASH] = "SELECT " CREDENTIAL " FROM credential "
				   "WHERE account = $1 AND hash = $2",
	[SQL_CREDENTIAL_LIST] = "SELECT " CREDENTIAL " FROM credential "
				"WHERE account = $1 ORDER BY made_ms, id",
	[SQL_CREDENTIAL_SEEN] = "UPDATE credential SET seen_ms = $3 "
				"WHERE account = $1 AND id = $2",
	[SQL_CREDENTIAL_REMOVE] =
	    "DELETE FROM credential WHERE account = $1 AND id = $2",
	[SQL_SESSION_ADD] =
	    "INSERT INTO session (" SESSION ") VALUES ($1, $2, $3, $4, $5, $6)",
	[SQL_SESSION_FIND] = "SELECT " SESSION " FROM session WHERE hash = $1",
	[SQL_SESSION_LIST] = "SELECT " SESSION " FROM session "
			     "WHERE account = $1 ORDER BY made_ms DESC, hash",
	[SQL_SESSION_REMOVE] = "DELETE FROM session WHERE hash = $1",
	[SQL_SESSION_SWEEP] = "DELETE FROM session WHERE expires_ms < $1",
	[SQL_SESSION_DROP] = "DELETE FROM session WHERE account = $1",
	[SQL_CHALLENGE_ADD] =
	    "INSERT INTO challenge (account, id, kind, value, code_hash, payload, "
	    "made_ms, "
	    "expires_ms, tries) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	[SQL_CHALLENGE_WAITING] = "SELECT account, id, kind, value, code_hash, "
				  "payload, made_ms, expires_ms, tries "
				  "FROM challenge WHERE kind = $1 AND value = $2 AND "
				  "expires_ms > $3 AND tries > 0 "
				  "ORDER BY made_ms DESC, id LIMIT 1",
	[SQL_CHALLENGE_TRIES] = "UPDATE challenge SET tries = $3 "
				"WHERE account = $1 AND id = $2",
	[SQL_CHALLENGE_COUNT] = "SELECT count(*) FROM challenge "
				"WHERE kind = $1 AND value = $2 AND made_ms > $3",
	[SQL_CHALLENGE_COUNT_OF] =
	    "SELECT count(*) FROM challenge "
	    "WHERE account = $1 AND made_ms > $2 AND kind LIKE 'new-%'",

	[SQL_BOOK_ADD] = "INSERT INTO book (account, id, name, title, description, "
			 "epoch, rev, made, cards, "
			 "bytes, made_ms, gone_ms) VALUES ($1, $2, $3, $4, $5, $6, 1, "
			 "0, 0, 0, $7, 0) "
			 "ON CONFLICT DO NOTHING",
	[SQL_BOOK_FIND] =
	    "SELECT " BOOK "WHERE b.account = $1 AND b.name = $2 AND b.gone_ms = 0",
	[SQL_BOOK_BY_ID] =
	    "SELECT " BOOK "WHERE b.account = $1 AND b.id = $2 AND b.gone_ms = 0",
	[SQL_BOOK_LIST] =
	    "SELECT " BOOK
	    "WHERE b.account = $1 AND b.gone_ms = 0 ORDER BY b.made_ms, b.id",
	[SQL_BOOK_UPDATE] =
	    "UPDATE book SET title = $3, description = $4, rev = rev + 1, "
	    "described = rev + 1 "
	    "WHERE account = $1 AND id = $2",
	[SQL_BOOK_PLAIN] = "UPDATE book SET plain = $3 WHERE account = $1 AND id = $2",
	[SQL_BOOK_FIRST] = "UPDATE book SET first = CASE WHEN id = $2 THEN 1 ELSE 0 "
			   "END WHERE account = $1",
	[SQL_BOOK_REMOVE] =
	    "UPDATE book SET gone_ms = $3 WHERE account = $1 AND id = $2",
	[SQL_BOOK_REMOVED] = "SELECT " BOOK_COLUMNS ", b.gone_ms "
			     "FROM book b JOIN account a ON a.id = b.account "
			     "WHERE b.account = $1 AND b.gone_ms > 0 "
			     "ORDER BY b.gone_ms DESC, b.id",
	[SQL_BOOK_REVIVE] = "UPDATE book SET gone_ms = 0, name = $3 "
			    "WHERE account = $1 AND id = $2",
	[SQL_BOOK_BYTES] = "SELECT coalesce(sum(bytes), 0) FROM book "
			   "WHERE account = $1 AND gone_ms = 0",
	[SQL_BOOK_RENAME] = "UPDATE book SET name = $3 WHERE account = $1 AND id = $2",
	/* Takes the book for this write: revs follow the order of commits. */
	[SQL_BOOK_TOUCH] = "UPDATE book SET rev = rev + 1, made = made + $3, "
			   "cards = cards + $4, bytes = bytes + $5 "
			   "WHERE account = $1 AND id = $2 RETURNING rev, made",
	[SQL_BOOK_SKIP] = "UPDATE book SET rev = rev + $3 "
			  "WHERE account = $1 AND id = $2 RETURNING rev",

	[SQL_CARD_HEAD] = "SELECT " HEAD " FROM card "
			  "WHERE account = $1 AND book = $2 AND name = $3",
	[SQL_CARD_WHOLE] = "SELECT " HEAD ", cuts, data FROM card "
			   "WHERE account = $1 AND book = $2 AND name = $3",
	[SQL_CARD_HEAD_BY_UID] =
	    "SELECT " HEAD " FROM card "
	    "WHERE account = $1 AND book = $2 AND uid = $3 AND uid <> ''",
	[SQL_CARD_WHOLE_BY_UID] =
	    "SELECT " HEAD ", cuts, data FROM card "
	    "WHERE account = $1 AND book = $2 AND uid = $3 AND uid <> ''",
	[SQL_CARD_HEAD_BY_ID] =
	    "SELECT " HEAD " FROM card WHERE account = $1 AND id = $2",
	[SQL_CARD_WHOLE_BY_ID] = "SELECT " HEAD ", cuts, data FROM card "
				 "WHERE account = $1 AND id = $2",
	[SQL_CARD_ADD] =
	    "INSERT INTO card (account, book, " HEAD ", door, note, device, who, keys, "
	    "cuts, data) "
	    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, "
	    "$15, $16, $17, $18, $19, $20)",
	[SQL_CARD_REPLACE] =
	    "UPDATE card SET uid = $3, etag = $4, fn = $5, sort_key = $6, rev = $7, "
	    "size = $8, modified_ms = $9, door = $10, note = $11, device = $12, who = "
	    "$13, keys = $14, cuts = $15, data = $16, is_group = $17, odd = $18 "
	    "WHERE account = $1 AND id = $2",
	[SQL_CARD_REMOVE] = "DELETE FROM card WHERE account = $1 AND id = $2",
	/* By the key alone, in its order: any other index would have to sort all for a page. */
	[SQL_CARD_SCAN_HEADS] =
	    "SELECT " HEAD " FROM card WHERE +account = $1 AND +book = $2 "
	    "AND id > $3 AND id < $4 ORDER BY id LIMIT $5",
	[SQL_CARD_SCAN_WHOLE] =
	    "SELECT " HEAD ", cuts, data FROM card "
	    "WHERE +account = $1 AND +book = $2 AND id > $3 AND id < $4 "
	    "ORDER BY id LIMIT $5",
	[SQL_CARD_SORTED] =
	    "SELECT " HEAD " FROM card WHERE account = $1 AND book = $2 "
	    "AND (sort_key, id) > ($3, $4) ORDER BY sort_key, id LIMIT $5",
	[SQL_GONE_PUT] =
	    "INSERT INTO gone (account, book, name, rev) VALUES ($1, $2, $3, $4) "
	    "ON CONFLICT (account, book, name) DO UPDATE SET rev = excluded.rev",
	[SQL_GONE_LIFT] =
	    "DELETE FROM gone WHERE account = $1 AND book = $2 AND name = $3",
	/* Each half ordered by its own index, so that only a page of either is read. */
	[SQL_CHANGES_HEADS] =
	    "SELECT " HEAD ", 0 AS gone FROM card "
	    "WHERE account = $1 AND book = $2 AND rev > $3 AND rev <= $4 UNION ALL "
	    "SELECT 0, name, '', '', '', '', rev, 0, 0, 0, 0, 1 FROM gone "
	    "WHERE account = $1 AND book = $2 AND rev > $3 AND rev <= $4 "
	    "ORDER BY 7 LIMIT $5",
	[SQL_CHANGES_WHOLE] =
	    "SELECT " HEAD ", 0 AS gone, cuts, data FROM card "
	    "WHERE account = $1 AND book = $2 AND rev > $3 AND rev <= $4 UNION ALL "
	    "SELECT 0, name, '', '', '', '', rev, 0, 0, 0, 0, 1, '', '' FROM gone "
	    "WHERE account = $1 AND book = $2 AND rev > $3 AND rev <= $4 "
	    "ORDER BY 7 LIMIT $5",
	[SQL_ALL_HEADS] = "SELECT " HEAD ", 0 AS gone FROM card "
			  "WHERE account = $1 AND book = $2 AND rev > $3 AND rev <= $4 "
			  "ORDER BY rev LIMIT $5",
	[SQL_ALL_WHOLE] = "SELECT " HEAD ", 0 AS gone, cuts, data FROM card "
			  "WHERE account = $1 AND book = $2 AND rev > $3 AND rev <= $4 "
			  "ORDER BY rev LIMIT $5",
	[SQL_KEY_ADD] = "INSERT INTO card_key (account, value, kind, card) "
			"VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
	[SQL_KEY_REMOVE] =
	    "DELETE FROM card_key "
	    "WHERE account = $1 AND value = $2 AND kind = $3 AND card = $4",
	[SQL_CARD_KEYS] = "SELECT keys FROM card WHERE account = $1 AND id = $2",
	[SQL_KEY_FIND] = "SELECT k.card, c.book, k.kind, k.value FROM card_key k "
			 "JOIN card c ON c.account = k.account AND c.id = k.card "
			 "JOIN book b ON b.account = c.account AND b.id = c.book "
			 "WHERE k.account = $1 AND k.value = $2 AND k.kind = $3 "
			 "AND b.gone_ms = 0 ORDER BY k.card LIMIT $4",
	[SQL_CARD_WITH_KEY] =
	    "SELECT " HEAD " FROM card WHERE account = $1 AND book = $2 "
	    "AND id IN (SELECT card FROM card_key WHERE account = $1 "
	    "AND value = $3 AND kind = $4) AND (sort_key, id) > ($5, $6) "
	    "ORDER BY sort_key, id LIMIT $7",
	/* One sweep over the account's keys, and a look at each one's neighbours. */
	[SQL_TWIN_KEYS] =
	    "SELECT a.card, a.card >> 24, a.kind, a.value FROM card_key a "
	    "WHERE a.account = $1 AND a.kind BETWEEN $2 AND $3 AND EXISTS "
	    "(SELECT 1 FROM card_key b WHERE b.account = a.account "
	    "AND b.value = a.value AND b.kind BETWEEN $2 AND $3 "
	    "AND b.card <> a.card) ORDER BY a.value, a.kind, a.card LIMIT $4",
	[SQL_NAMED_LIST] = "SELECT value, kind, count(*) FROM card_key "
			   "WHERE account = $1 AND kind IN ($2, $3) "
			   "AND card >= $4 << 24 AND card < ($4 + 1) << 24 "
			   "GROUP BY value, kind ORDER BY value, kind LIMIT $5",
	[SQL_APART_PUT] = "INSERT INTO apart (account, one, other, at_ms) "
			  "VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
	[SQL_APART_LIST] = "SELECT one, other FROM apart WHERE account = $1 "
			   "ORDER BY one, other",
	[SQL_APART_REMOVE] = "DELETE FROM apart "
			     "WHERE account = $1 AND one = $2 AND other = $3",
	/* The version that stood becomes a former one, straight from its row. */
	[SQL_VERSION_ADD] =
	    "INSERT INTO card_rev (account, book, name, rev, uid, etag, who, door, "
	    "note, device, at_ms, until_ms, removed, cuts, data) "
	    "SELECT account, book, name, rev, uid, etag, who, door, note, device, "
	    "modified_ms, $3, $4, cuts, data FROM card WHERE account = $1 AND id = $2",
	/* Copies, numbered anew; a refused one keeps its moment for a number. */
	[SQL_VERSION_CARRY] =
	    "INSERT INTO card_rev (account, book, name, rev, uid, etag, who, door, "
	    "note, device, at_ms, until_ms, removed, cuts, data) "
	    "SELECT account, $4, $5, CASE WHEN removed = 2 THEN rev "
	    "ELSE $6 + row_number() OVER (ORDER BY rev) END, uid, etag, who, door, "
	    "note, device, at_ms, until_ms, CASE WHEN removed = 2 THEN 2 ELSE 4 END, "
	    "cuts, data FROM card_rev WHERE account = $1 AND book = $2 AND name = $3 "
	    "ON CONFLICT DO NOTHING RETURNING cuts",
	[SQL_VERSION_LIST] = "SELECT " VERSION " FROM card_rev "
			     "WHERE account = $1 AND book = $2 AND name = $3 "
			     "ORDER BY at_ms DESC, rev DESC LIMIT $4",
	[SQL_VERSION_NOW] =
	    "SELECT rev, name, uid, etag, who, door, note, device, modified_ms, 0, 0, "
	    "'', '' FROM card WHERE account = $1 AND book = $2 AND name = $3",
	[SQL_VERSION_FIND] =
	    "SELECT " VERSION ", cuts, data FROM card_rev "
	    "WHERE account = $1 AND book = $2 AND name = $3 AND rev = $4",
	[SQL_VERSION_AT] =
	    "SELECT " VERSION ", cuts, data FROM card_rev "
	    "WHERE account = $1 AND book = $2 AND name = $3 "
	    "AND at_ms <= $4 AND until_ms > $4 AND removed NOT IN (2, 4) "
	    "ORDER BY rev DESC LIMIT 1",
	[SQL_VERSION_AS_OF] = "SELECT " VERSION ", cuts, data FROM card_rev "
			      "WHERE account = $1 AND book = $2 AND name = $3 "
			      "AND rev <= $4 AND rev > 0 AND removed <> 4 "
			      "ORDER BY rev DESC LIMIT 1",
	[SQL_VERSION_BY_ETAG] = "SELECT " VERSION ", cuts, data FROM card_rev "
				"WHERE account = $1 AND book = $2 AND name = $3 "
				"AND etag = $4 AND rev > 0 ORDER BY rev DESC LIMIT 1",
	[SQL_DOORS_SINCE] =
	    "SELECT door FROM card WHERE account = $1 AND book = $2 AND name = $3 "
	    "AND rev > $4 UNION SELECT door FROM card_rev "
	    "WHERE account = $1 AND book = $2 AND name = $3 AND rev > $4",
	[SQL_VERSION_REFUSED] =
	    "INSERT INTO card_rev (account, book, name, rev, uid, etag, who, door, "
	    "note, device, at_ms, until_ms, removed, cuts, data) "
	    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13, "
	    "$14) "
	    "ON CONFLICT DO NOTHING",
	[SQL_VERSION_REMOVED] =
	    "SELECT " VERSION ", cuts, data FROM card_rev v "
	    "WHERE account = $1 AND book = $2 AND removed = 1 AND NOT EXISTS "
	    "(SELECT 1 FROM card c WHERE c.account = v.account AND c.book = v.book "
	    "AND c.name = v.name) AND NOT EXISTS (SELECT 1 FROM card_rev l "
	    "WHERE l.account = v.account AND l.book = v.book AND l.name = v.name "
	    "AND l.rev > v.rev) ORDER BY until_ms DESC, rev DESC LIMIT $3",
	[SQL_VERSION_PRUNE_AGE] =
	    "DELETE FROM card_rev WHERE (account, book, name, rev) IN "
	    "(SELECT account, book, name, rev FROM card_rev WHERE until_ms < $1 "
	    "ORDER BY until_ms LIMIT $2) RETURNING account, cuts",
	[SQL_VERSION_PRUNE_COUNT] =
	    "DELETE FROM card_rev WHERE (account, book, name, rev) IN "
	    "(SELECT account, book, name, rev FROM (SELECT account, book, name, rev, "
	    "row_number() OVER (PARTITION BY account, book, name ORDER BY rev DESC) "
	    "AS n FROM card_rev) AS numbered WHERE n > $1 LIMIT $2) "
	    "RETURNING account, cuts",
	[SQL_NAMES_TOUCHED] =
	    "SELECT name FROM card WHERE account = $1 AND book = $2 "
	    "AND modified_ms > $3 AND name > $4 UNION "
	    "SELECT name FROM card_rev WHERE account = $1 AND book = $2 "
	    "AND until_ms > $3 AND name > $4 ORDER BY 1 LIMIT $5",

	[SQL_CUT_PUT] = "INSERT INTO cut (account, digest, uses, shown, data) "
			"VALUES ($1, $2, 1, $3, $4) ON CONFLICT (account, digest) "
			"DO UPDATE SET uses = uses + 1, shown = CASE "
			"WHEN length(shown) = 0 THEN excluded.shown ELSE shown END",
	[SQL_CUT_FIND] = "SELECT length(shown) FROM cut "
			 "WHERE account = $1 AND digest = $2",
	[SQL_CUT_WHOLE] = "SELECT data FROM cut WHERE account = $1 AND digest = $2",
	[SQL_CUT_SHOWN] = "SELECT CASE WHEN length(shown) > 0 THEN shown ELSE data END "
			  "FROM cut WHERE account = $1 AND digest = $2",
	[SQL_CUT_MORE] =
	    "UPDATE cut SET uses = uses + 1 WHERE account = $1 AND digest = $2",
	[SQL_CUT_LESS] =
	    "UPDATE cut SET uses = uses - 1 WHERE account = $1 AND digest = $2",
	[SQL_CUT_REMOVE] =
	    "DELETE FROM cut WHERE account = $1 AND digest = $2 AND uses <= 0",

	[SQL_WISH_DUE] =
	    "SELECT b.account, b.id, coalesce(w.rev, 0), b.rev FROM book b "
	    "LEFT JOIN wish w ON w.account = b.account AND w.book = b.id "
	    "WHERE b.gone_ms = 0 AND b.rev > coalesce(w.rev, 0) "
	    "AND coalesce(w.next_ms, 0) <= $1 LIMIT $2",
	[SQL_WISH_NEXT] = "SELECT count(*), min(coalesce(w.next_ms, 0)) FROM book b "
			  "LEFT JOIN wish w ON w.account = b.account AND w.book = b.id "
			  "WHERE b.gone_ms = 0 AND b.rev > coalesce(w.rev, 0)",
	[SQL_WISH_PUT] =
	    "INSERT INTO wish (account, book, rev, next_ms) VALUES ($1, $2, $3, $4) "
	    "ON CONFLICT (account, book) DO UPDATE SET rev = excluded.rev, "
	    "next_ms = excluded.next_ms",
	[SQL_NEWS_ADD] = "INSERT INTO news (id, account, ask, at_ms, items) "
			 "VALUES ($1, $2, $3, $4, $5)",
	[SQL_NEWS_DUE] = "SELECT id, account, ask, at_ms, items FROM news "
			 "ORDER BY at_ms, id LIMIT $1",
	[SQL_NEWS_OF] = "SELECT id, account, ask, at_ms, items FROM news "
			"WHERE account = $1 AND ask = $2 ORDER BY at_ms, id LIMIT $3",
	[SQL_NEWS_DONE] = "DELETE FROM news WHERE id = $1",
	[SQL_TELL_FIND] = "SELECT tell_by, hook, secret FROM tell WHERE account = $1",
	[SQL_TELL_PUT] =
	    "INSERT INTO tell (account, tell_by, hook, secret) VALUES ($1, $2, $3, $4) "
	    "ON CONFLICT (account) DO UPDATE SET tell_by = excluded.tell_by, "
	    "hook = excluded.hook, secret = excluded.secret",
	[SQL_RECALL_ADD] = "INSERT INTO recall (hash, account, ask, item, until_ms) "
			   "VALUES ($1, $2, $3, $4, $5)",
	[SQL_RECALL_FIND] =
	    "SELECT account, ask, item, until_ms FROM recall WHERE hash = $1",
	[SQL_RECALL_NTH] = "SELECT until_ms FROM recall WHERE account = $1 "
			   "ORDER BY until_ms DESC LIMIT 1 OFFSET $2",
	[SQL_RECALL_SWEEP] = "DELETE FROM recall WHERE until_ms < $1",
	[SQL_CAMPAIGN_ADD] =
	    "INSERT INTO campaign (account, id, made_ms, next_ms, title, kind, "
	    "channel, "
	    "fields, say, done) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
	[SQL_CAMPAIGN_LIST] =
	    "SELECT account, id, made_ms, next_ms, title, kind, channel, fields, say, "
	    "done FROM campaign WHERE account = $1 ORDER BY made_ms DESC, id",
	[SQL_CAMPAIGN_DUE] =
	    "SELECT account, id, made_ms, next_ms, title, kind, channel, fields, say, "
	    "done FROM campaign WHERE done = 0 AND next_ms <= $1 "
	    "ORDER BY next_ms, id LIMIT $2",
	[SQL_CAMPAIGN_NEXT] =
	    "SELECT count(*), min(next_ms) FROM campaign WHERE done = 0",
	[SQL_CAMPAIGN_SET] = "UPDATE campaign SET next_ms = $3, done = $4 "
			     "WHERE account = $1 AND id = $2",
	[SQL_CAMPAIGN_ONE_PUT] =
	    "INSERT INTO campaign_one (account, campaign, n, ask, book, card, fn, "
	    "outcome, done) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
	    "ON CONFLICT (account, campaign, n) DO UPDATE SET ask = excluded.ask, "
	    "outcome = excluded.outcome, done = excluded.done",
	[SQL_CAMPAIGN_PEOPLE] =
	    "SELECT n, ask, book, card, fn, outcome, done "
	    "FROM campaign_one WHERE account = $1 AND campaign = $2 "
	    "ORDER BY n",
	[SQL_SAID_PUT] =
	    "INSERT INTO said (account, card, field, value_key, channel, sent_to, "
	    "door, evidence, ask, at_ms) "
	    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
	    "ON CONFLICT (account, card, field, value_key) DO UPDATE SET "
	    "channel = excluded.channel, sent_to = excluded.sent_to, "
	    "door = excluded.door, evidence = excluded.evidence, "
	    "ask = excluded.ask, at_ms = excluded.at_ms",
	[SQL_SAID_OF_CARD] =
	    "SELECT field, value_key, channel, sent_to, door, evidence, ask, at_ms "
	    "FROM said WHERE account = $1 AND card = $2",
	[SQL_SAID_COPY] =
	    "INSERT INTO said (account, card, field, value_key, channel, sent_to, "
	    "door, evidence, ask, at_ms) SELECT account, $3, field, value_key, "
	    "channel, sent_to, door, evidence, ask, at_ms FROM said "
	    "WHERE account = $1 AND card = $2 ON CONFLICT DO NOTHING",
	[SQL_GIVEN_PUT] =
	    "INSERT INTO given (account, owner, field, value_key, owner_name, ask, "
	    "at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7) "
	    "ON CONFLICT (account, owner, field, value_key) DO UPDATE SET "
	    "owner_name = excluded.owner_name, ask = excluded.ask, "
	    "at_ms = excluded.at_ms",
	[SQL_GIVEN_LIST] = "SELECT owner, field, value_key, owner_name, ask, at_ms "
			   "FROM given WHERE account = $1 ORDER BY owner, field",
	[SQL_GIVEN_DROP] = "DELETE FROM given WHERE account = $1 AND owner = $2",
	[SQL_FOLLOW_PUT] =
	    "INSERT INTO follow (account, owner, field, owner_name, ask, made_ms, "
	    "changed_ms) VALUES ($1, $2, $3, $4, $5, $6, 0) "
	    "ON CONFLICT (account, owner, field) DO UPDATE SET "
	    "owner_name = excluded.owner_name, ask = excluded.ask",
	[SQL_FOLLOW_LIST] =
	    "SELECT account, owner, field, owner_name, ask, made_ms, changed_ms "
	    "FROM follow WHERE account = $1 ORDER BY owner, field",
	[SQL_FOLLOW_DROP] =
	    "DELETE FROM follow WHERE account = $1 AND owner = $2 AND field = $3",
	[SQL_FOLLOW_DROP_ALL] = "DELETE FROM follow WHERE account = $1 AND owner = $2",
	[SQL_FOLLOW_CHANGED] =
	    "UPDATE follow SET changed_ms = $3 WHERE account = $1 AND field = $2",
	[SQL_FOLLOW_DUE] =
	    "SELECT account, owner, field, owner_name, ask, made_ms, changed_ms "
	    "FROM follow WHERE changed_ms > 0 "
	    "ORDER BY changed_ms, account, owner, field LIMIT $1",
	[SQL_FOLLOW_DONE] = "UPDATE follow SET changed_ms = 0 WHERE account = $1 "
			    "AND owner = $2 AND field = $3 AND changed_ms = $4 "
			    "AND changed_ms > 0 RETURNING owner",
	[SQL_SEEN_FIND] = "SELECT rev, cards FROM seen "
			  "WHERE account = $1 AND book = $2 AND device = $3",
	[SQL_SEEN_PUT] =
	    "INSERT INTO seen (account, book, device, rev, cards, at_ms) "
	    "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (account, book, device) "
	    "DO UPDATE SET rev = excluded.rev, cards = excluded.cards, "
	    "at_ms = excluded.at_ms",
	[SQL_SEEN_SWEEP] = "DELETE FROM seen WHERE at_ms < $1",

	[SQL_PROP_LIST] = "SELECT space, local, value FROM prop WHERE account = $1 "
			  "AND book = $2 AND name = $3 ORDER BY space, local",
	[SQL_PROP_PUT] = "INSERT INTO prop (account, book, name, space, local, value) "
			 "VALUES ($1, $2, $3, $4, $5, $6) "
			 "ON CONFLICT (account, book, name, space, local) "
			 "DO UPDATE SET value = excluded.value",
	[SQL_PROP_REMOVE] = "DELETE FROM prop WHERE account = $1 AND book = $2 "
			    "AND name = $3 AND space = $4 AND local = $5",
	[SQL_PROP_DROP] =
	    "DELETE FROM prop WHERE account = $1 AND book = $2 AND name = $3",
	[SQL_PROP_COPY] =
	    "INSERT INTO prop (account, book, name, space, local, value) "
	    "SELECT $4, $5, $6, space, local, value FROM prop "
	    "WHERE account = $1 AND book = $2 AND name = $3 ON CONFLICT DO NOTHING",
	[SQL_LOCK_LIST] = "SELECT account, book, name, token, deep, exclusive, owner, "
			  "who, until_ms FROM lock "
			  "WHERE account = $1 AND until_ms > $2 ORDER BY token",
	[SQL_LOCK_ANY] = "SELECT 1 FROM lock WHERE account = $1 AND until_ms > $2 "
			 "LIMIT 1",
	[SQL_LOCK_ADD] =
	    "INSERT INTO lock (account, book, name, token, deep, exclusive, owner, "
	    "who, until_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	[SQL_LOCK_EXTEND] = "UPDATE lock SET until_ms = $3 "
			    "WHERE account = $1 AND token = $2",
	[SQL_LOCK_REMOVE] = "DELETE FROM lock WHERE account = $1 AND token = $2",
	[SQL_LOCK_SWEEP] = "DELETE FROM lock WHERE account = $1 AND until_ms <= $2",
	[SQL_LOCK_DROP] =
	    "DELETE FROM lock WHERE account = $1 AND book = $2 AND name = $3",
	[SQL_SHARE_LIST] = "SELECT account, book, grantee, may_write FROM share "
			   "WHERE account = $1 AND book = $2 ORDER BY grantee",
	[SQL_SHARE_FIND] = "SELECT account, book, grantee, may_write FROM share "
			   "WHERE book = $1 AND grantee = $2",
	[SQL_SHARE_PUT] =
	    "INSERT INTO share (account, book, grantee, may_write, made_ms) "
	    "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account, book, grantee) "
	    "DO UPDATE SET may_write = excluded.may_write",
	[SQL_SHARE_LEAVE] = "DELETE FROM share WHERE book = $1 AND grantee = $2",
	[SQL_SHARE_DROP] = "DELETE FROM share WHERE account = $1 AND book = $2",
	[SQL_SHARED_WITH] = "SELECT account, book, grantee, may_write FROM share "
			    "WHERE grantee = $1 ORDER BY made_ms, book",

	[SQL_ASK_ADD] =
	    "INSERT INTO ask (" ASK_HEAD ", snapshot) VALUES ($1, $2, $3, $4, $5, "
	    "$6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, "
	    "$21, $22, $23)",
	[SQL_ASK_FIND] = "SELECT " ASK_HEAD ", snapshot FROM ask "
			 "WHERE account = $1 AND id = $2",
	[SQL_ASK_BY_TOKEN] =
	    "SELECT " ASK_HEAD ", snapshot FROM ask WHERE token_hash = $1 "
	    "OR (reminder_hash = $1 AND reminder_hash <> '')",
	[SQL_ASK_REMIND] = "UPDATE ask SET reminder_hash = $3 "
			   "WHERE account = $1 AND id = $2",
	[SQL_ASK_CODE] = "UPDATE ask SET code = $3 WHERE account = $1 AND id = $2",
	[SQL_ASK_TO] = "SELECT " ASK_HEAD " FROM ask "
		       "WHERE to_hash = $1 AND to_hash <> '' AND made_ms > $2 "
		       "ORDER BY made_ms DESC, id LIMIT $3",
	[SQL_ASK_COUNT_BY] = "SELECT count(*) FROM ask WHERE account = $1 "
			     "AND made_ms > $2 AND channel <> 'self'",
	[SQL_ASK_COUNT_WAY] = "SELECT count(*) FROM ask WHERE made_ms > $1 "
			      "AND channel = $2",
	[SQL_ASK_COUNT_HEAD] = "SELECT count(*) FROM ask WHERE made_ms > $1 "
			       "AND channel = $2 "
			       "AND substr(sent_to, 1, length($3)) = $3",
	[SQL_ASK_LIST] =
	    "SELECT " ASK_HEAD " FROM ask WHERE account = $1 AND made_ms < $2 "
	    "ORDER BY made_ms DESC, id LIMIT $3",
	[SQL_ASK_OF_CARD] = "SELECT " ASK_HEAD " FROM ask "
			    "WHERE account = $1 AND book = $2 AND card = $3 "
			    "ORDER BY made_ms DESC, id LIMIT $4",
	[SQL_ASK_WAITING] =
	    "SELECT " ASK_HEAD " FROM ask "
	    "WHERE account = $1 AND made_ms < $2 AND state IN " ASK_WAITS
	    " ORDER BY made_ms DESC, id LIMIT $3",
	[SQL_ASK_COUNT_WAITING] = "SELECT count(*) FROM ask "
				  "WHERE account = $1 AND state IN " ASK_WAITS,
	[SQL_ASK_STATE] = "UPDATE ask SET state = $3 WHERE account = $1 AND id = $2",
	[SQL_ASK_PLACE] = "UPDATE ask SET book = $3, card = $4, uid = $5 "
			  "WHERE account = $1 AND id = $2",
	[SQL_ASK_OVERDUE] =
	    "SELECT account, id FROM ask WHERE expires_ms < $1 AND state IN "
	    "('queued', 'sent', 'delivered', 'bounced', 'seen', 'queued blocked', "
	    "'sent blocked', 'delivered blocked', 'bounced blocked', 'seen blocked') "
	    "ORDER BY expires_ms LIMIT $2",
	/* Numbered within its ask: two things may happen in one millisecond; and over all
	 * of its account's, for those who listen.  That a door was shut takes no number,
	 * or its owner could see that one is missing. */
	[SQL_EVENT_ADD] =
	    "INSERT INTO ask_event (account, ask, n, seq, at_ms, state, note) "
	    "SELECT $1, $2, coalesce(max(n), 0) + 1, (SELECT coalesce(max(seq), 0) "
	    "FROM ask_event WHERE account = $1) + ($5 <> '' OR $4 <> coalesce((SELECT "
	    "state FROM ask_event WHERE account = $1 AND ask = $2 ORDER BY n DESC "
	    "LIMIT "
	    "1), 'queued') || ' blocked'), $3, $4, $5 "
	    "FROM ask_event WHERE account = $1 AND ask = $2",
	[SQL_EVENT_SINCE] =
	    "SELECT e.seq, e.ask, e.state FROM ask_event e "
	    "WHERE e.account = $1 AND e.seq > $2 AND NOT (e.note = '' AND e.state = "
	    "coalesce((SELECT f.state FROM ask_event f WHERE f.account = e.account AND "
	    "f.ask = e.ask AND f.n = e.n - 1), 'queued') || ' blocked') "
	    "ORDER BY e.seq LIMIT $3",
	[SQL_EVENT_LAST] =
	    "SELECT coalesce(max(seq), 0) FROM ask_event WHERE account = $1",
	[SQL_EVENT_LIST] = "SELECT at_ms, state, note FROM ask_event "
			   "WHERE account = $1 AND ask = $2 ORDER BY n",
	[SQL_ANSWER_PUT] =
	    "INSERT INTO answer (account, ask, sent, ops, decisions, note, evidence, "
	    "door, "
	    "at_ms, until_ms, worded, decided_ms, forgot_ms) "
	    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) "
	    "ON CONFLICT (account, ask, sent) DO UPDATE SET ops = excluded.ops, "
	    "decisions = excluded.decisions, note = excluded.note, "
	    "evidence = excluded.evidence, door = excluded.door, at_ms = "
	    "excluded.at_ms, until_ms = excluded.until_ms, worded = excluded.worded, "
	    "decided_ms = excluded.decided_ms, forgot_ms = excluded.forgot_ms",
	[SQL_ANSWER_DUE] = "SELECT account, ask FROM answer WHERE sent = 1 "
			   "AND until_ms > 0 AND until_ms <= $1 LIMIT $2",
	[SQL_ANSWER_STALE] =
	    "SELECT account, ask FROM answer WHERE decided_ms > forgot_ms "
	    "AND decided_ms <= $1 ORDER BY decided_ms LIMIT $2",
	[SQL_ANSWER_DECIDED] = "UPDATE answer SET decided_ms = $3 "
			       "WHERE account = $1 AND ask = $2 AND sent = 1",
	[SQL_ANSWER_FIND] =
	    "SELECT account, ask, sent, ops, decisions, note, evidence, door, at_ms, "
	    "until_ms, worded, decided_ms, forgot_ms "
	    "FROM answer WHERE account = $1 AND ask = $2 AND sent = $3",
	[SQL_ANSWER_DROP] =
	    "DELETE FROM answer WHERE account = $1 AND ask = $2 AND sent = $3",
	[SQL_BLOCK_PUT] = "INSERT INTO block (scope, hash, at_ms) VALUES ($1, $2, $3) "
			  "ON CONFLICT (scope, hash) DO NOTHING",
	[SQL_KEPT_PUT] = "INSERT INTO kept (hash, box, until_ms) VALUES ($1, $2, $3) "
			 "ON CONFLICT (hash) DO UPDATE SET box = excluded.box, "
			 "until_ms = excluded.until_ms",
	[SQL_KEPT_FIND] = "SELECT box, until_ms FROM kept WHERE hash = $1",
	[SQL_KEPT_DROP] = "DELETE FROM kept WHERE hash = $1",
	[SQL_KEPT_SWEEP] = "DELETE FROM kept WHERE until_ms <= $1",
	[SQL_BLOCK_HAS] = "SELECT 1 FROM block WHERE scope = $1 AND hash = $2",

	[SQL_LETTER_ADD] =
	    "INSERT INTO letter (" LETTER ") VALUES ($1, $2, $3, $4, $5, $6, $7, "
	    "$8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
	[SQL_LETTER_FIND] = "SELECT " LETTER " FROM letter WHERE id = $1",
	[SQL_LETTER_BY_RECEIPT] =
	    "SELECT " LETTER " FROM letter WHERE receipt = $1 AND receipt <> '' "
	    "AND gate = $2 ORDER BY made_ms DESC, id DESC LIMIT 1",
	/* Due ones, and those whose sender died; a lease is taken in the same statement. */
	[SQL_LETTER_CLAIM] =
	    "UPDATE letter SET state = 'sending', lease_ms = $2, attempts = attempts + "
	    "1 "
	    "WHERE id IN (SELECT id FROM (" LETTER_FIRST(
		"state = 'sending' AND lease_ms <= $1") ") UNION ALL "
							"SELECT id FROM (" LETTER_FIRST(
							    "state = 'due' AND due_ms "
							    "<= $1") ") LIMIT $3) "
								     "RETURNING"
								     " " LETTER,
	[SQL_LETTER_SHORTEN] = "UPDATE letter SET lease_ms = $1 "
			       "WHERE state = 'sending' AND lease_ms > $1",
	[SQL_LETTER_UPDATE] =
	    "UPDATE letter SET state = $2, gate = $3, receipt = $4, trouble = $5, "
	    "attempts = $6, due_ms = $7, lease_ms = $8, body = $9, parts = $10 "
	    "WHERE id = $1",
	/* Also one that is under way: should its gate say "later", it must not come back. */
	[SQL_LETTER_COUNT_TO] = "SELECT count(*) FROM letter WHERE sent_to = $1 "
				"AND made_ms > $2 AND ask = 0 AND channel = $3",
	[SQL_LETTER_CANCEL] = "DELETE FROM letter WHERE account = $1 AND ask = $2 "
			      "AND state IN ('due', 'sending')",
	[SQL_LETTER_NEXT] = "SELECT min(at) FROM (SELECT min(due_ms) AS at FROM letter "
			    "WHERE state = 'due' UNION ALL "
			    "SELECT min(lease_ms) FROM letter WHERE state = 'sending')",
	[SQL_LETTER_LIST] = "SELECT " LETTER " FROM letter WHERE gate = $1 "
			    "ORDER BY made_ms DESC, id LIMIT $2",
	[SQL_LETTER_COUNTS] =
	    "SELECT count(CASE WHEN state IN ('due', 'sending') THEN 1 END), "
	    "count(CASE WHEN state IN ('taken', 'delivered') THEN 1 END), "
	    "count(CASE WHEN state = 'failed' THEN 1 END) FROM letter",

	[SQL_LETTER_IN] =
	    "SELECT id, account, channel, sent_to, state, trouble, attempts, made_ms, "
	    "due_ms FROM letter WHERE state = $1 AND attempts >= $2 "
	    "ORDER BY due_ms DESC LIMIT $3",
	[SQL_LETTER_WAITING] =
	    "SELECT count(*), coalesce(min(made_ms), 0), count(CASE WHEN attempts > 0 "
	    "THEN 1 END) FROM letter WHERE state IN ('due', 'sending')",
	[SQL_LETTER_FAILED] = "SELECT count(*) FROM letter WHERE state = 'failed'",

	[SQL_PUSH_HEALTH] = "SELECT count(*), count(CASE WHEN failures > 0 THEN 1 END) "
			    "FROM push",
	[SQL_PUSH_TWIN] = "SELECT id FROM push "
			  "WHERE account = $1 AND book = $2 AND resource = $3",
	[SQL_PUSH_ADD] =
	    "INSERT INTO push (" PUSH ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, "
	    "$10, $11, 0, 0, 0, 0, $12)",
	[SQL_PUSH_RENEW] = "UPDATE push SET reader_key = $3, auth = $4, content = $5, "
			   "property = $6, expires_ms = $7 "
			   "WHERE account = $1 AND id = $2",
	[SQL_PUSH_FIND] = "SELECT " PUSH " FROM push WHERE account = $1 AND id = $2",
	[SQL_PUSH_REMOVE] = "DELETE FROM push WHERE account = $1 AND id = $2",
	[SQL_PUSH_COUNT] = "SELECT count(*) FROM push WHERE account = $1",
	[SQL_PUSH_SWEEP] = "DELETE FROM push WHERE expires_ms <= $1",
	[SQL_PUSH_BOOK_REV] = "SELECT rev FROM book WHERE account = $1 AND id = $2",
	[SQL_PUSH_HOME_REV] = "SELECT " HOME_REV "WHERE account = $1",
	[SQL_PUSH_HUSH] = "UPDATE push SET pushed_rev = $5 WHERE account = $1 "
			  "AND book = $2 AND ($3 = 0 OR id = $3) AND pushed_rev = $4",
	[SQL_PUSH_LEVEL] =
	    "UPDATE push SET pushed_rev = $3 WHERE account = $1 AND book = $2 "
	    "AND content = 0 AND pushed_rev >= "
	    "(SELECT described FROM book WHERE account = $1 AND id = $2)",
	[SQL_PUSH_DROP] = "DELETE FROM push WHERE account = $1 AND book = $2 "
			  "AND ($3 = 0 OR id = $3)",
	/* A removed book is told of once more, whatever was asked for. */
	[SQL_PUSH_DUE] =
	    "SELECT * FROM (SELECT p.*, CASE WHEN p.book = 0 THEN (SELECT " HOME_REV
	    "h WHERE h.account = p.account) ELSE coalesce(b.rev, 0) END AS rev, "
	    "coalesce(b.described, 0) AS described, coalesce(b.epoch, '') AS epoch, "
	    "CASE WHEN p.book <> 0 AND coalesce(b.gone_ms, 1) <> 0 THEN 1 ELSE 0 END "
	    "AS gone FROM (SELECT " PUSH " FROM push WHERE expires_ms > $1) p "
	    "LEFT JOIN book b ON b.account = p.account AND b.id = p.book) due "
	    "WHERE gone = 1 OR (content = 1 AND rev > pushed_rev) "
	    "OR (property = 1 AND described > pushed_rev) "
	    "ORDER BY next_ms, id LIMIT $2",
	[SQL_PUSH_UPDATE] = "UPDATE push SET pushed_rev = $3, next_ms = $4, step = $5, "
			    "failures = $6, failing_ms = $7 "
			    "WHERE account = $1 AND id = $2",
	[SQL_PUSH_LEASE] = "UPDATE push SET next_ms = $4 "
			   "WHERE account = $1 AND id = $2 AND next_ms = $3",

	[SQL_TOTP_ADD] = "INSERT INTO totp (account, secret, step, made_ms) "
			 "VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
	[SQL_TOTP_FIND] =
	    "SELECT account, secret, step, made_ms FROM totp WHERE account = $1",
	[SQL_TOTP_STEP] = "UPDATE totp SET step = $2 WHERE account = $1 AND step < $2",
	[SQL_RECOVERY_ADD] = "INSERT INTO recovery (account, hash) VALUES ($1, $2)",
	[SQL_RECOVERY_COUNT] = "SELECT count(*) FROM recovery WHERE account = $1",
	[SQL_RECOVERY_TAKE] = "DELETE FROM recovery WHERE account = $1 AND hash = $2",
	[SQL_PASSKEY_ADD] = "INSERT INTO passkey (" PASSKEY ") "
			    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
			    "ON CONFLICT DO NOTHING",
	[SQL_PASSKEY_FIND] = "SELECT " PASSKEY " FROM passkey WHERE id = $1",
	[SQL_PASSKEY_LIST] = "SELECT " PASSKEY " FROM passkey "
			     "WHERE account = $1 ORDER BY made_ms, id",
	[SQL_PASSKEY_USED] = "UPDATE passkey SET counter = $2, seen_ms = $3 "
			     "WHERE id = $1",
	[SQL_PASSKEY_REMOVE] = "DELETE FROM passkey WHERE account = $1 AND id = $2",
	[SQL_TICKET_ADD] = "INSERT INTO ticket (" TICKET ") "
			   "VALUES ($1, $2, $3, $4, $5, $6)",
	[SQL_TICKET_FIND] = "SELECT " TICKET " FROM ticket WHERE hash = $1",
	[SQL_TICKET_LIST] = "SELECT " TICKET " FROM ticket "
			    "WHERE kind = $1 AND expires_ms > $2 "
			    "ORDER BY expires_ms DESC, hash LIMIT $3",
	[SQL_TICKET_DROP] = "DELETE FROM ticket WHERE kind = $1 AND account = $2",
	[SQL_TICKET_SET] = "UPDATE ticket SET account = $2, data = $3 WHERE hash = $1",
	[SQL_TICKET_COUNT] = "SELECT count(*) FROM ticket "
			     "WHERE peer = $1 AND kind = $2 AND expires_ms > $3",
	[SQL_TICKET_REMOVE] = "DELETE FROM ticket WHERE hash = $1",
	[SQL_TICKET_SWEEP] = "DELETE FROM ticket WHERE expires_ms <= $1",

	/* One row for all of a kind in an hour, from one place. */
	[SQL_DEED_ADD] =
	    "INSERT INTO deed (" DEED ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) "
	    "ON CONFLICT (account, what, peer, hour) WHERE hour <> 0 DO UPDATE SET "
	    "at_ms = excluded.at_ms, count = deed.count + 1",
	[SQL_DEED_LIST] = "SELECT " DEED " FROM deed WHERE (at_ms, id) < ($1, $2) "
			  "ORDER BY at_ms DESC, id DESC LIMIT $3",
	[SQL_DEED_OF] = "SELECT " DEED " FROM deed WHERE account = $1 "
			"AND (at_ms, id) < ($2, $3) "
			"ORDER BY at_ms DESC, id DESC LIMIT $4",
	[SQL_DEED_LAST] = "SELECT " DEED " FROM deed WHERE what = $1 "
			  "ORDER BY at_ms DESC LIMIT 1",
	[SQL_DEED_SWEEP] = "DELETE FROM deed WHERE at_ms < $1",

	[SQL_REMOVE_IDENTIFIERS] = "DELETE FROM identifier WHERE account = $1",
	[SQL_REMOVE_CREDENTIALS] = "DELETE FROM credential WHERE account = $1",
	[SQL_REMOVE_SESSIONS] = "DELETE FROM session WHERE account = $1",
	[SQL_REMOVE_CHALLENGES] = "DELETE FROM challenge WHERE account = $1",
	[SQL_REMOVE_BOOKS] = "DELETE FROM book WHERE account = $1",
	[SQL_REMOVE_CARDS] = "DELETE FROM card WHERE account = $1",
	[SQL_REMOVE_KEYS] = "DELETE FROM card_key WHERE account = $1",
	[SQL_REMOVE_PROPS] = "DELETE FROM prop WHERE account = $1",
	[SQL_REMOVE_LOCKS] = "DELETE FROM lock WHERE account = $1 OR who = $1",
	[SQL_REMOVE_SHARES] = "DELETE FROM share WHERE account = $1 OR grantee = $1",
	[SQL_REMOVE_GONE] = "DELETE FROM gone WHERE account = $1",
	[SQL_REMOVE_VERSIONS] = "DELETE FROM card_rev WHERE account = $1",
	[SQL_REMOVE_ASKS] = "DELETE FROM ask WHERE account = $1",
	[SQL_REMOVE_EVENTS] = "DELETE FROM ask_event WHERE account = $1",
	[SQL_REMOVE_ANSWERS] = "DELETE FROM answer WHERE account = $1",
	[SQL_REMOVE_LETTERS] = "DELETE FROM letter WHERE account = $1",
	[SQL_REMOVE_PUSHES] = "DELETE FROM push WHERE account = $1",
	[SQL_REMOVE_CUTS] = "DELETE FROM cut WHERE account = $1",
	[SQL_REMOVE_WISH] = "DELETE FROM wish WHERE account = $1",
	[SQL_REMOVE_NEWS] = "DELETE FROM news WHERE account = $1",
	[SQL_REMOVE_TELL] = "DELETE FROM tell WHERE account = $1",
	[SQL_REMOVE_RECALL] = "DELETE FROM recall WHERE account = $1",
	[SQL_REMOVE_CAMPAIGN] = "DELETE FROM campaign WHERE account = $1",
	[SQL_REMOVE_CAMPAIGN_ONE] = "DELETE FROM campaign_one WHERE account = $1",
	[SQL_REMOVE_SAID] = "DELETE FROM said WHERE account = $1",
	[SQL_REMOVE_GIVEN] = "DELETE FROM given WHERE account = $1 OR owner = $1",
	[SQL_REMOVE_FOLLOW] = "DELETE FROM follow WHERE account = $1 OR owner = $1",
	/* What it wrote into books that others lent it stays; who it was does not. */
	[SQL_REMOVE_WHO_CARDS] = "UPDATE card SET who = 0 WHERE who = $1",
	[SQL_REMOVE_WHO_VERSIONS] = "UPDATE card_rev SET who = 0 WHERE who = $1",
	[SQL_REMOVE_APART] = "DELETE FROM apart WHERE account = $1",
	[SQL_REMOVE_SEEN] = "DELETE FROM seen WHERE account = $1",
	[SQL_REMOVE_TOTP] = "DELETE FROM totp WHERE account = $1",
	[SQL_REMOVE_RECOVERY] = "DELETE FROM recovery WHERE account = $1",
	[SQL_REMOVE_PASSKEYS] = "DELETE FROM passkey WHERE account = $1",
	[SQL_REMOVE_TICKETS] = "DELETE FROM ticket WHERE account = $1",
	[SQL_REMOVE_DEEDS] = "DELETE FROM deed WHERE account = $1",
	[SQL_REMOVE_DEEDS_BY] = "UPDATE deed SET actor = -1 WHERE actor = $1",
	[SQL_REMOVE_BLOCKS] = "DELETE FROM block WHERE scope = $1",
	[SQL_REMOVE_ACCOUNT] = "DELETE FROM account WHERE id = $1",
};
