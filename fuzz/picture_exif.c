/* Whatever stands in an EXIF block, the orientation is one there is, or none. */
#include "picture/picture_int.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	must(exif_orientation((str){ (const char *)data, size }) <= 8);
	return 0;
}
