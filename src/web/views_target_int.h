/* views_target_int.h - what several of a target's pages show. */
#ifndef KITH_WEB_VIEWS_TARGET_INT_H
#define KITH_WEB_VIEWS_TARGET_INT_H

/* Of a card handed over: room for a telephone's picture. */
#define OWN_CARD_MAX_MB    "2"
#define OWN_CARD_MAX_BYTES ((size_t)2 << 20)

/* The button to the other language; it comes back to the page that it stands on. */
struct target_lang_view {
	str step, word, code;
};

struct target_foot_view {
	str owner, tail, until;
};

/* One line of what is wrong, leading to its input. */
struct wrong_line {
	str name, label, words;
};

/* What a card of his own said that has no input on the form. */
struct extra_view {
	str name, label, value;
	bool left_out;
};

struct kept_line {
	str label, says;
};

struct target_kept_view {
	struct head_view head;
	struct target_lang_view lang;
	str words, action, until;
	bool asks;
	LIST_OF(struct kept_line) lines;
};

#endif
