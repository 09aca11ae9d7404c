/*
 * dav_int.h - one request of CardDAV, and what its methods share.
 */
#ifndef KITH_DAV_DAV_INT_H
#define KITH_DAV_DAV_INT_H

#include "book/book.h"
#include "book/place.h"
#include "book/search.h"
#include "card/match.h"
#include "card/view.h"
#include "dav/client.h"
#include "dav/dav.h"
#include "xml/xml.h"

enum dav_kind {
	DAV_ROOT,       /* /dav/ */
	DAV_PRINCIPALS, /* /dav/p/ */
	DAV_PRINCIPAL,  /* /dav/p/<account>/ */
	DAV_HOME,       /* /dav/b/<account>/ */
	DAV_BOOK,       /* /dav/b/<account>/<book>/ */
	DAV_CARD,       /* /dav/b/<account>/<book>/<card> */
};

#define DAV_ON(kind) (1U << (kind))

struct dav_target {
	enum dav_kind kind;
	int64_t account;
	str book, card; /* names */
};

struct dav {
	const struct call *call;
	const struct http_req *req;
	struct http_res *res;
	struct dav_target at;
	const struct dav_service *service; /* may be NULL */
	const struct dav_client *client;
	enum book_groups groups; /* as its owner chose, or as its program sees them */
	struct why why;
	enum xml_name condition; /* a precondition of RFC 4918 16, named by a method */
	unsigned status;         /* in place of the outcome's own; 0: that */
	bool no_locks;           /* in the home that is written to: the book said so */
	str *shown;              /* lock tokens in the If field; guard.c */
	size_t shown_count;
};

/* --- addresses: target.c --- */

/* ERR_NOT_FOUND for a path that names nothing of ours. */
enum err dav_target_read(struct arena *arena, str path, struct dav_target *out);
void dav_href_add(struct buf *buf, const struct dav_target *target);
str dav_href(struct arena *arena, const struct dav_target *target);
str dav_card_href(const struct dav *d, str card); /* of a card in d's book */

/* An href as a client sends it (absolute or path-absolute), as a target of ours. */
enum err dav_href_read(struct arena *arena, str href, struct dav_target *out);

/* --- outcomes: outcome.c --- */

#define DAV_ERROR_MAX_BYTES 8192

void dav_refuse(struct dav *d, enum err outcome);

/* --- conditions: when.c --- */

/* If-Match, If-None-Match and If-Unmodified-Since as book/ has them. */
struct book_when dav_when(struct dav *d);

/* The end of the second that a date field names; false where it names none. */
bool dav_date(const struct dav *d, str field, int64_t *at_ms);

/* Whether they hold for what is at the request's address now (guard.c).  PUT, DELETE and GET
 * of a card ask the book instead, which knows within its write. */
enum err dav_conditions(struct dav *d);

/* --- before a change: guard.c --- */

/* Where a principal's own properties are kept. */
#define DAV_PRINCIPAL_PLACE (-1)

/* The book (NULL: the home) or a card in it, as a place for properties and locks. */
struct book_place dav_place(const struct dav *d, const struct book *book, str card);

enum dav_change {
	DAV_EDIT,   /* its content or properties */
	DAV_MEMBER, /* it comes or goes, and its collection changes with it */
	DAV_PUT,    /* the one or the other */
};

/*
 * Whether the place may be changed.
 *
 * ERR_CONDITION  the If field does not hold      ERR_LOCKED  a token is missing
 */
enum err dav_guard(
    struct dav *d, const struct book_place *place, enum dav_change change);

/* --- properties: props.c --- */

/* How cards are to be shown (view_int.h). */
struct dav_view {
	bool converts; /* into `form`; else as they are */
	enum card_form form;
	const struct card_wanted
	    *wanted; /* only these properties, when there are any */
	size_t wanted_count;
};

/* What a property is asked of. */
struct dav_subject {
	const struct dav *d;
	struct dav_target at;
	const struct book *book; /* of a book or card */
	const struct book_card
	    *card; /* of a card; its bytes only where they are wanted */
	const struct dav_view *view; /* set by dav_response_add() */
};

struct dav_wish { /* one property as the client asked for it */
	enum xml_name is;
	str space, local; /* of one we do not know */
};

struct dav_wishes {
	struct dav_wish *list;
	size_t count;
	bool names_only; /* propname */
	bool card_bytes; /* address-data is among them */
	bool minimal;    /* Prefer: return=minimal: no 404 propstat */
	bool dead;       /* some may be a client's own */
	struct dav_view view;
	bool every; /* allprop, propname: those nobody named, too */
};

/* Whether it is one of ours, that is in the table. */
bool dav_prop_is_live(enum xml_name name);

/* One property with its value; nothing when the subject has none of that name. */
void dav_prop_add(struct buf *out, const struct dav_subject *s, enum xml_name name);

/* Writers of the table that live beside what they are about (lock.c, acl.c). */
void dav_prop_lockdiscovery(struct buf *out, const struct dav_subject *s);
void dav_prop_supportedlock(struct buf *out, const struct dav_subject *s);
void dav_prop_acl(struct buf *out, const struct dav_subject *s);
void dav_prop_acl_restrictions(struct buf *out, const struct dav_subject *s);
void dav_prop_supported_privilege_set(struct buf *out, const struct dav_subject *s);
void dav_prop_current_user_privilege_set(struct buf *out, const struct dav_subject *s);

/* From <prop>, <allprop> or <propname>; NULL is allprop.  ERR_UNSUPPORTED, with its
 * precondition, for an address-data we cannot give. */
enum err dav_wishes_read(
    struct dav *d, const struct xml_element *from, struct dav_wishes *out);

/* <response> of one subject: 200 propstat first, then 404. */
void dav_response_add(struct buf *out, const struct dav_subject *subject,
    const struct dav_wishes *wishes);

/* <response> with nothing but an href and a status. */
void dav_status_add(
    struct buf *out, const struct dav_target *at, str status, enum xml_name error);

/* --- what devices have seen: seen.c --- */

/* This version of a card goes out to the caller, or came from him. */
void dav_seen(const struct dav *d, const struct book *book, str card, int64_t rev);

/* His sync token says that he has all there was. */
void dav_seen_all(const struct dav *d, const struct book *book, int64_t rev);

/* What he had before him when he made an upload. */
struct book_edit dav_edit(const struct dav *d, const struct book *book);

/* --- groups: groups.c --- */

enum book_groups dav_groups(const struct call *call, const struct dav_client *client);

/* Whether a listing leaves the card out, because the caller sees groups as categories. */
bool dav_hides(const struct dav *d, const struct book_card *card);

/* --- preferences (RFC 7240, 8144): prefer.c --- */

/* Whether it was asked for; says in the answer that it is done. */
bool dav_prefers_minimal(struct dav *d);
bool dav_prefers_no_root(struct dav *d);

/* Puts the card into an answer that is set already, where that was asked for: of what was
 * written, or of what stands where a condition failed (8144 3.2). */
enum err dav_represent(struct dav *d, const struct book *book, str name);

/* --- multistatus: multistatus.c --- */

/* Starts a 207 in the answer, whole or streamed. */
struct buf dav_multistatus(struct dav *d);
void dav_multistatus_send(struct dav *d, struct buf *body);

/*
 * A streamed 207: `more` appends the responses of one page, with a page arena of its own in
 * page->arena that is emptied after it, and says whether it was the last.
 */
struct dav_pages {
	struct call call; /* the request's, but for the arena, which is the page's */
	const struct dav *d;
	struct book book;
	struct books books; /* of a home */
	struct dav_wishes wishes;
	int64_t after; /* where the last page ended: an id, a rev, how many books */
	int64_t until, limit_left; /* of a sync */
	bool anew;                 /* a sync without a token: nothing is known yet */
	bool started, cut;
	bool no_root;                     /* a listing without the book itself */
	const struct card_filter *filter; /* of a query */
	struct book_found found;          /* the cards that may pass it ... */
	bool by_id;                       /* ... if they could be told */
	const struct xml_element *href;   /* of a multiget: the next one */
	enum err (*page)(struct dav_pages *p, struct buf *out, bool *last);
};

void dav_stream(struct dav *d, struct dav_pages *pages);

/* Reads the request's XML body; an empty one gives NULL. */
enum err dav_body(struct dav *d, struct xml_element **out);

/* --- methods: one file each --- */

enum err dav_options(struct dav *d);
enum err dav_propfind(struct dav *d);
enum err dav_proppatch(struct dav *d);
enum err dav_get(struct dav *d);
enum err dav_put(struct dav *d);
enum err dav_delete(struct dav *d);
enum err dav_mkcol(struct dav *d);
enum err dav_report(struct dav *d);
enum err dav_copy(struct dav *d);
enum err dav_move(struct dav *d);
enum err dav_lock(struct dav *d);
enum err dav_unlock(struct dav *d);
enum err dav_acl(struct dav *d);
enum err dav_post(struct dav *d);
enum err dav_post_cards(struct dav *d);

void dav_set_class(struct dav *d);

/* --- reports --- */

enum err dav_sync(struct dav *d, const struct xml_element *report);
enum err dav_multiget(struct dav *d, const struct xml_element *report);
enum err dav_query(struct dav *d, const struct xml_element *report);
enum err dav_principal_match(struct dav *d, const struct xml_element *report);
enum err dav_principal_search(struct dav *d, const struct xml_element *report);
enum err dav_principal_search_set(struct dav *d, const struct xml_element *report);
enum err dav_expand_property(struct dav *d, const struct xml_element *report);

/* addressbook-query's filter as card/match has it.  ERR_UNSUPPORTED with d->condition for a
 * collation we do not have. */
enum err dav_filter_read(
    struct dav *d, const struct xml_element *filter, struct card_filter *out);

extern const struct dav_report_row {
	enum xml_name name;
	unsigned on; /* sum of DAV_ON(kind): what it can be asked of */
	enum err (*answer)(struct dav *d, const struct xml_element *report);
} dav_reports[];
extern const size_t dav_report_count;

#define DAV_ALLOWED                                                                   \
	"OPTIONS, GET, HEAD, POST, PUT, DELETE, PROPFIND, PROPPATCH, MKCOL, REPORT, " \
	"COPY, MOVE, LOCK, UNLOCK, ACL"

#endif
