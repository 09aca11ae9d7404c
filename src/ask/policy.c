#include "ask/policy.h"

#include "ask/ask_int.h"

#define NEVER 5 /* more than anyone can show: always the owner's word */

/* The least evidence with which a mode carries a cell out by itself. */
static const struct {
	int fill, review, automatic;
} least[] = {
	[CARD_CELL_FILL] = { 2, NEVER, 2 },
	[CARD_CELL_APPEND] = { NEVER, NEVER, 2 },
	[CARD_CELL_REPLACE] = { NEVER, NEVER, 2 },
	[CARD_CELL_REMOVE] = { NEVER, NEVER, 3 },
	[CARD_CELL_OLD_HOLDS] = { NEVER, NEVER, NEVER },
	[CARD_CELL_RESTORE] = { NEVER, NEVER, NEVER },
	[CARD_CELL_CONFLICT] = { NEVER, NEVER, NEVER },
	[CARD_CELL_ADD_BACK] = { NEVER, NEVER, NEVER },
	[CARD_CELL_REMOVE_OTHER] = { NEVER, NEVER, NEVER },
};

static bool
takes_away(const struct card_verdict *v)
{
	return v->cell == CARD_CELL_REPLACE || v->cell == CARD_CELL_REMOVE;
}

/* Numbers that cost, or of another country than before. */
static bool
is_odd_number(const struct card_verdict *v)
{
	return v->class_new;
}

/* What the owner calls him and which picture he chose are the owner's own. */
static bool
is_owners_choice(const struct card_verdict *v)
{
	return takes_away(v) &&
	       (v->op.field == CARD_F_NAME || v->op.field == CARD_F_PHOTO);
}

/* "Hi Mum, this is my new number": the ways somebody is reached by. */
static bool
takes_a_way_away(const struct card_verdict *v)
{
	static const bool ways[CARD_F_COUNT] = {
		[CARD_F_MOBILE] = true,
		[CARD_F_WORK_TEL] = true,
		[CARD_F_HOME_TEL] = true,
		[CARD_F_FAX] = true,
		[CARD_F_TEL] = true,
		[CARD_F_EMAIL] = true,
		[CARD_F_WORK_EMAIL] = true,
	};

	return takes_away(v) && (v->last || ways[v->op.field]);
}

/* The floor under every mode. */
static const struct {
	bool (*holds)(const struct card_verdict *v);
	int least;
} floors[] = {
	{ is_odd_number, NEVER },
	{ is_owners_choice, NEVER },
	{ takes_a_way_away, 3 },
};

static int
wanted(enum ask_mode mode, enum card_cell cell)
{
	if (mode == ASK_AUTO)
		return least[cell].automatic;
	return mode == ASK_REVIEW ? least[cell].review : least[cell].fill;
}

char
ask_policy(enum ask_mode mode, const struct card_verdict *verdict, int evidence)
{
	if (verdict->cell == CARD_CELL_VERIFIED)
		return 'v';
	if (verdict->cell == CARD_CELL_NOTHING)
		return 'n';
	if (card_cell_needs_review(verdict->cell) ||
	    evidence < wanted(mode, verdict->cell))
		return 'w';
	for (size_t i = 0; i < ASK_COUNT(floors); i++)
		if (floors[i].holds(verdict) && evidence < floors[i].least)
			return 'w';
	return 'a';
}
