/* travelled.c - what gates report of a notice. */
#include "ask/ask_int.h"

/* News of what has been overtaken changes nothing: he may have answered before the report
 * of the delivery came.  Of a failure the owner may read why; of anything else there is
 * nothing to say, lest a notice that was never sent could be told by its silence. */
enum err
ask_travelled_in(struct store_tx *tx, const struct call *call, int64_t account,
    int64_t ask, enum ask_state state, str note)
{
	struct ask_case it;
	enum err e = ask_case_find(tx, call, account, ask, &it);

	if (e == ERR_NOT_FOUND)
		return OK;
	TRY(e);
	if (!ask_may_become(it.at.state, state))
		return OK;
	if (state == ASK_BOUNCED)
		TRY(ask_note_dead_in(tx, call, &it, STR("bounced")));
	return ask_move_in(
	    tx, call, &it, state, state == ASK_BOUNCED ? note : (str){ 0 });
}
