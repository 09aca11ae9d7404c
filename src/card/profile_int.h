/*
 * profile_int.h - who somebody is on a service, whatever property says so.
 *
 * Clients write the same QQ number as X-QQ, IMPP;X-SERVICE-TYPE=QQ, IMPP:qq:..., a
 * SOCIALPROFILE or a labelled URL.  Here all of these become (service, handle).
 */
#ifndef KITH_CARD_PROFILE_INT_H
#define KITH_CARD_PROFILE_INT_H

#include "card/card.h"

enum service { SERVICE_NONE, SERVICE_QQ, SERVICE_WECHAT, SERVICE_WEIBO, SERVICE_OTHER };

struct profile {
	enum service service;
	str name;   /* of another service, lower case: "skype" */
	str handle; /* as shown to people */
};

/* SERVICE_NONE for a property that is no profile. */
struct profile card_profile(
    struct arena *arena, const struct card *card, const struct card_property *property);

/* The handle in a weibo.com address, or empty. */
str card_weibo_handle(str url);

#endif
