/*
 * campaign.h - rows about campaigns and the people on their lists.
 */
#ifndef KITH_STORE_CAMPAIGN_H
#define KITH_STORE_CAMPAIGN_H

#include "store/store.h"

struct store_campaign {
	int64_t account, id, made_ms;
	int64_t next_ms; /* when the next one may be asked */
	str title, kind, channel, fields, say;
	bool over;
};

struct store_campaign_one {
	int64_t account, campaign, n, ask;
	str book, card, fn, outcome;
	bool done;
};

enum err store_campaign_add(struct store_tx *tx, const struct store_campaign *c);
enum err store_campaign_list(struct store_tx *tx, struct arena *arena, int64_t account,
    struct store_campaign **out, size_t *count);
enum err store_campaign_due(struct store_tx *tx, struct arena *arena, int64_t now_ms,
    size_t limit, struct store_campaign **out, size_t *count);
enum err store_campaign_set(
    struct store_tx *tx, int64_t account, int64_t id, int64_t next_ms, bool over);

enum err store_campaign_one_put(
    struct store_tx *tx, const struct store_campaign_one *o);
enum err store_campaign_people(struct store_tx *tx, struct arena *arena,
    int64_t account, int64_t campaign, struct store_campaign_one **out, size_t *count);

/* When the next one has a step to make, INT64_MAX when none has. */
enum err store_campaign_next(struct store_tx *tx, int64_t *out_ms);

#endif
