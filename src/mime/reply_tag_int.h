/* reply_tag_int.h - private to mime/: the tags of HTML and what they mean for text. */
#ifndef KITH_MIME_REPLY_TAG_INT_H
#define KITH_MIME_REPLY_TAG_INT_H

#include "mime/reply_int.h"

struct mime_tag {
	str name, id, class;
	bool closes, is_empty;
};

enum mime_act {
	ACT_NONE,
	ACT_BREAK, /* a new line */
	ACT_BLOCK, /* stands on lines of its own */
	ACT_ITEM,
	ACT_CELL,
	ACT_PRE,
	ACT_DROP, /* with all that is in it */
	ACT_RAW,  /* the same; no tags in it */
	ACT_QUOTE,
	ACT_END, /* all from here on is quoted */
};

/* Takes the tag at the start off *rest; false when "<" begins none. */
bool mime_tag_read(str *rest, struct mime_tag *out);

enum mime_act mime_tag_act(const struct mime_tag *tag);

bool mime_is_space(char c);

/* The bytes up to one of the marks, taken off *rest. */
str mime_cut_until(str *rest, str marks);

#endif
