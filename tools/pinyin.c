/* pinyin - ICU's reading of each common Chinese character, as a table in C.
 *
 *	pinyin OUT.c
 *
 * Made at build time: the rules ICU would load for it take 7 MB and a tenth of a second. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utrans.h>

#define FIRST        0x4E00
#define LAST         0x9FFF
#define SYLLABLE_MAX 8 /* bytes, with its NUL: "zhuang" */
#define SYLLABLES    1024

static char syllables[SYLLABLES][SYLLABLE_MAX] = { "" };
static int syllable_count = 1;

static int
number_of(const char *syllable)
{
	for (int i = 0; i < syllable_count; i++)
		if (strcmp(syllables[i], syllable) == 0)
			return i;
	if (syllable_count == SYLLABLES)
		exit(1);
	strcpy(syllables[syllable_count], syllable);
	return syllable_count++;
}

/* 0 for a character without a reading. */
static int
reading(const UTransliterator *han, UChar c)
{
	UErrorCode error = U_ZERO_ERROR;
	UChar text[32] = { c };
	char syllable[SYLLABLE_MAX] = "";
	int32_t len = 1, limit = 1, to = 0;

	utrans_transUChars(han, text, &len, 32, 0, &limit, &error);
	if (U_FAILURE(error))
		exit(1);
	for (int32_t i = 0; i < limit && to < SYLLABLE_MAX - 1; i++)
		if (text[i] >= 'a' && text[i] <= 'z')
			syllable[to++] = (char)text[i];
	return number_of(syllable);
}

int
main(int argc, char **argv)
{
	static const char id[] = "Han-Latin/Names; Latin-ASCII; Lower";
	UErrorCode error = U_ZERO_ERROR;
	UChar wide[sizeof id];
	UTransliterator *han;
	FILE *out = argc == 2 ? fopen(argv[1], "w") : NULL;

	for (size_t i = 0; i < sizeof id; i++)
		wide[i] = (UChar)id[i];
	han = utrans_openU(wide, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
	if (!out || U_FAILURE(error))
		return 1;
	fprintf(out, "/* made by tools/pinyin.c */\n#include \"fold/pinyin_int.h\"\n\n"
		     "const unsigned short fold_readings[] = {\n");
	for (int c = FIRST; c <= LAST; c++)
		fprintf(out, "%d,%s", reading(han, (UChar)c), c % 16 == 15 ? "\n" : "");
	fprintf(out, "};\n\nconst char fold_syllables[][%d] = {\n", SYLLABLE_MAX);
	for (int i = 0; i < syllable_count; i++)
		fprintf(out, "\t\"%s\",\n", syllables[i]);
	fprintf(out, "};\n");
	utrans_close(han);
	return fclose(out) == 0 ? 0 : 1;
}
