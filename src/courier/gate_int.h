/* gate_int.h - what a gate must answer.  One file per gate, one row per gate in gates.c. */
#ifndef KITH_COURIER_GATE_INT_H
#define KITH_COURIER_GATE_INT_H

#include "courier/courier.h"
#include "store/letter.h"

enum gate_reply {
	GATE_TAKEN, /* the far side answers for it now */
	GATE_LATER, /* try again, by the letter's own timetable */
	GATE_NEVER, /* wrong number, unknown mailbox: tell the owner */
};

struct gate_said {
	enum gate_reply reply;
	str receipt; /* the far side's id */
	str words;   /* its words, for the log and the owner; no addresses */
	bool keep;   /* keep the body: the tray's page shows it */
};

struct gate {
	const char *name; /* as in kith.conf(5) and in the letter's row */
	enum courier_way way;
	bool (*open)(const struct courier_setup *setup); /* whether it is configured */
	struct gate_said (*send)(const struct courier_setup *setup, const struct call *call,
	    const struct store_letter *letter);
};

extern const struct gate courier_gates[]; /* ends with a row without a name */

#endif
