/* open.c - which gates are configured: all the server needs to know of them. */
#include "courier/gate_int.h"

bool
kannel_open(const struct courier_setup *setup)
{
	return setup->kannel.url.len > 0;
}

bool
sms_http_open(const struct courier_setup *setup)
{
	return setup->sms_http.url.len > 0;
}

bool
mm7_open(const struct courier_setup *setup)
{
	return setup->mm7.url.len > 0;
}

bool
smtp_open(const struct courier_setup *setup)
{
	return setup->smtp.url.len > 0;
}

bool
tray_open(const struct courier_setup *setup)
{
	return setup->tray;
}

bool
courier_way_open(const struct courier_setup *setup, enum courier_way way)
{
	switch (way) {
	case COURIER_SMS:
		return kannel_open(setup) || sms_http_open(setup) || tray_open(setup);
	case COURIER_MMS: return mm7_open(setup) || tray_open(setup);
	case COURIER_MAIL: return smtp_open(setup) || tray_open(setup);
	case COURIER_HOOK: return true;
	case COURIER_WAY_COUNT: break;
	}
	return false;
}
