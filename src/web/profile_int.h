/* profile_int.h - a configuration profile: what an iPhone or a Mac installs in one go. */
#ifndef KITH_WEB_PROFILE_INT_H
#define KITH_WEB_PROFILE_INT_H

#include "base/arena.h"

struct profile {
	str name, login;
	str password; /* empty: the device asks for it */
	str host;     /* with its port where it has one */
	bool secure;
};

str profile_text(struct arena *arena, const struct profile *profile);

#endif
