/* compose_int.h - private to mime/: what may be written, and the files sent along. */
#ifndef KITH_MIME_COMPOSE_INT_H
#define KITH_MIME_COMPOSE_INT_H

#include "mime/mime.h"

/* Whether a message's id can stand between < and > as it is. */
bool mime_is_id(str id);

/* Whether the part cannot be written; *value is what is wrong with it. */
bool mime_part_trouble(const struct mime_part *part, str *value);

/* Whether the parts are too many or too large together. */
bool mime_parts_too_large(const struct mime_mail *mail);

/* The part with its name, in base64: a GMimeObject, the caller's to unref. */
void *mime_part_object(struct arena *arena, const struct mime_part *part);

#endif
