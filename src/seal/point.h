/*
 * point.h - whether 65 bytes are a point of P-256 (NIST SP 800-186 3.2.1.3).
 */
#ifndef KITH_SEAL_POINT_H
#define KITH_SEAL_POINT_H

#include "base/str.h"

#define SEAL_POINT_BYTES 65 /* 04, x, y */

/* Uncompressed, both coordinates below p, and on the curve. */
bool seal_is_point(str bytes);

#endif
