/* gates.c - the gates there are, best first within a way; the tray takes what is left. */
#include "courier/gate_int.h"

const struct gate courier_gates[] = {
	{ "kannel", COURIER_SMS, kannel_open, NULL, kannel_send },
	{ "sms-http", COURIER_SMS, sms_http_open, sms_http_check, sms_http_send },
	{ "mm7", COURIER_MMS, mm7_open, mm7_check, mm7_send },
	{ "smtp", COURIER_MAIL, smtp_open, smtp_check, smtp_send },
	{ "hook", COURIER_HOOK, hook_open, NULL, hook_send },
	{ "tray", COURIER_SMS, tray_open, NULL, tray_send },
	{ "tray", COURIER_MMS, tray_open, NULL, tray_send },
	{ "tray", COURIER_MAIL, tray_open, NULL, tray_send },
	{ 0 },
};

const struct gate *
courier_gate(const struct courier_setup *setup, enum courier_way way)
{
	for (const struct gate *gate = courier_gates; gate->name; gate++)
		if (gate->way == way && gate->open(setup))
			return gate;
	return NULL;
}
