/* picture.c - `kith picture`: the helper that decodes what strangers upload. */
#include "picture/picture.h"

#include "main/verbs_int.h"

static int
picture_verb(struct arena *arena, int argc, char **argv)
{
	(void)arena;
	(void)argc;
	(void)argv;
	return picture_helper();
}

const struct verb verb_picture = {
	"picture",
	"",
	NULL,
	"Reads a picture on standard input and writes a small JPEG; the server runs "
	"it.",
	picture_verb,
};
