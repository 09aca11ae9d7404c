/* views_parts_int.h - what several pages have in them. */
#ifndef KITH_WEB_VIEWS_PARTS_INT_H
#define KITH_WEB_VIEWS_PARTS_INT_H

/* A contact that may be the same person as another. */
struct alike_view {
	str id; /* "BOOK/CARD" */
	str href, name, photo, about, reason;
};

/* A colour a book may have: "#17655a"; empty: none. */
struct colour_view {
	str value, label;
	bool chosen;
};

struct colours_view {
	struct colour_view *list;
	size_t count;
};

/* The bar under a list whose rows can be ticked. */
struct many_view {
	bool shown, writable;
	str group;
};

#endif
