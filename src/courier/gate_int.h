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
	bool down;   /* nobody answered: this gate is spared for a while */
};

struct gate {
	const char *name; /* as in kith.conf(5) and in the letter's row */
	enum courier_way way;
	bool (*open)(const struct courier_setup *setup); /* whether it is configured */

	/* What courier_open() refuses: a template that cannot be filled.  May be NULL. */
	enum err (*check)(const struct courier_setup *setup, struct why *why);
	struct gate_said (*send)(const struct courier_setup *setup,
	    const struct call *call, const struct store_letter *letter);
};

extern const struct gate courier_gates[]; /* ends with a row without a name */

/* The first open gate of that way; NULL when there is none. */
const struct gate *courier_gate(
    const struct courier_setup *setup, enum courier_way way);

str courier_channel(enum courier_way way);

/* The way a letter's channel names; COURIER_WAY_COUNT for a word of another version. */
enum courier_way courier_way_of(str channel);

/* --- the gates' functions, for the rows of gates.c --- */

bool kannel_open(const struct courier_setup *setup);
struct gate_said kannel_send(const struct courier_setup *setup, const struct call *call,
    const struct store_letter *letter);

bool sms_http_open(const struct courier_setup *setup);
enum err sms_http_check(const struct courier_setup *setup, struct why *why);
struct gate_said sms_http_send(const struct courier_setup *setup,
    const struct call *call, const struct store_letter *letter);

bool mm7_open(const struct courier_setup *setup);
enum err mm7_check(const struct courier_setup *setup, struct why *why);
struct gate_said mm7_send(const struct courier_setup *setup, const struct call *call,
    const struct store_letter *letter);

bool smtp_open(const struct courier_setup *setup);
enum err smtp_check(const struct courier_setup *setup, struct why *why);
struct gate_said smtp_send(const struct courier_setup *setup, const struct call *call,
    const struct store_letter *letter);

bool hook_open(const struct courier_setup *setup);
struct gate_said hook_send(const struct courier_setup *setup, const struct call *call,
    const struct store_letter *letter);

bool tray_open(const struct courier_setup *setup);
struct gate_said tray_send(const struct courier_setup *setup, const struct call *call,
    const struct store_letter *letter);

#endif
