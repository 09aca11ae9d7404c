/* views_parts_int.h - what several pages have in them. */
#ifndef KITH_WEB_VIEWS_PARTS_INT_H
#define KITH_WEB_VIEWS_PARTS_INT_H

/* A contact that may be the same person as another. */
struct alike_view {
	str id; /* "BOOK/CARD" */
	str href, name, photo, about, reason;
};

/* The bar under a list whose rows can be ticked. */
struct many_view {
	bool shown, writable;
	str group;
};

#endif
