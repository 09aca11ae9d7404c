/* inner.c - addresses that are nobody's business from outside. */
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "wire/wire_int.h"

#define IPV4_BYTES 4
#define IPV6_BYTES 16

struct net {
	unsigned char head[8];
	unsigned bits;
};

static const struct net inner4[] = {
	{ { 0 }, 8 },             /* this network, RFC 791 */
	{ { 10 }, 8 },            /* private, RFC 1918 */
	{ { 100, 64 }, 10 },      /* carrier-grade NAT, RFC 6598 */
	{ { 127 }, 8 },           /* loopback */
	{ { 169, 254 }, 16 },     /* link-local, and clouds' metadata, RFC 3927 */
	{ { 172, 16 }, 12 },      /* private */
	{ { 192, 0, 0 }, 24 },    /* protocol assignments, RFC 6890 */
	{ { 192, 0, 2 }, 24 },    /* documentation, RFC 5737 */
	{ { 192, 168 }, 16 },     /* private */
	{ { 198, 18 }, 15 },      /* benchmarks, RFC 2544 */
	{ { 198, 51, 100 }, 24 }, /* documentation */
	{ { 203, 0, 113 }, 24 },  /* documentation */
	{ { 224 }, 3 },           /* multicast, reserved, broadcast */
};

/* Of IPv6 only 2000::/3 is anybody's, RFC 4291 2.4; so ULA, link-local and the like need
 * no rows.  Of that: */
static const struct net outer6 = { { 0x20 }, 3 };
static const struct net inner6[] = {
	{ { 0x20, 0x01, 0x00, 0x00 }, 32 }, /* Teredo hides an IPv4 address, RFC 4380 */
	{ { 0x20, 0x01, 0x0d, 0xb8 }, 32 }, /* documentation, RFC 3849 */
};

/* An IPv4 address in IPv6 clothes is judged as what it is. */
static const struct {
	struct net net;
	unsigned at; /* the byte it begins at */
} clothes[] = {
	{ { { 0, 0x64, 0xff, 0x9b }, 64 }, 12 }, /* NAT64, RFC 6052 */
	{ { { 0x20, 0x02 }, 16 }, 2 },           /* 6to4, RFC 3056 */
};
static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };

static bool
is_in(const unsigned char *address, const struct net *net)
{
	unsigned whole = net->bits / 8;
	unsigned rest = net->bits % 8;

	if (memcmp(address, net->head, whole) != 0)
		return false;
	return !rest || (address[whole] ^ net->head[whole]) >> (8 - rest) == 0;
}

static bool
is_in_any(const unsigned char *address, const struct net *nets, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_in(address, &nets[i]))
			return true;
	return false;
}

static bool
is_inner4(const unsigned char *address)
{
	return is_in_any(address, inner4, sizeof inner4 / sizeof *inner4);
}

static bool
is_inner6(const unsigned char *address)
{
	if (memcmp(address, mapped, sizeof mapped) == 0)
		return is_inner4(address + sizeof mapped);
	for (size_t i = 0; i < sizeof clothes / sizeof *clothes; i++)
		if (is_in(address, &clothes[i].net))
			return is_inner4(address + clothes[i].at);
	return !is_in(address, &outer6) ||
	       is_in_any(address, inner6, sizeof inner6 / sizeof *inner6);
}

bool
wire_is_inner(const struct sockaddr *address)
{
	unsigned char bytes[IPV6_BYTES];
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;

	switch (address->sa_family) {
	case AF_INET:
		memcpy(&v4, address, sizeof v4);
		memcpy(bytes, &v4.sin_addr, IPV4_BYTES);
		return is_inner4(bytes);
	case AF_INET6:
		memcpy(&v6, address, sizeof v6);
		memcpy(bytes, &v6.sin6_addr, IPV6_BYTES);
		return is_inner6(bytes);
	default: return true;
	}
}
