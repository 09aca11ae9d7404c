/* tray.c - the gate that leads nowhere: a page shows what would have gone out. */
#include "courier/gate_int.h"

struct gate_said
tray_send(const struct courier_setup *setup, const struct call *call,
    const struct store_letter *letter)
{
	(void)setup;
	(void)call;
	(void)letter;
	return (struct gate_said){ .reply = GATE_TAKEN, .keep = true };
}
