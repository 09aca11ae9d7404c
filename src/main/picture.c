/* picture.c - `kith picture`: the helper that decodes what strangers upload. */
#include "picture/picture.h"

#include <string.h>

#include "main/verbs_int.h"

static int
picture_verb(struct arena *arena, int argc, char **argv)
{
	(void)arena;
	return picture_helper(argc > 1 && strcmp(argv[1], PICTURE_SQUARE) == 0);
}

const struct verb verb_picture = {
	"picture",
	"",
	NULL,
	"Reads a picture on standard input and writes a small JPEG; the server runs "
	"it.",
	picture_verb,
};
