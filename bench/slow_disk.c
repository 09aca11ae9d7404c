/*
 * slow_disk.c - preloaded: each flush takes FLUSH_MS more, as on a disk that turns.
 *
 * Here a flush takes a fifth of a millisecond, and what a server can do is how much it works
 * for a card.  Most disks people keep an address book on are slower: there it is how many
 * cards share a flush.
 */
#include <dlfcn.h>
#include <time.h>
#include <unistd.h>

#define FLUSH_MS 5

static int
slowly(const char *name, int fd)
{
	int (*flush)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
	struct timespec more = { .tv_nsec = FLUSH_MS * 1000000L };
	int outcome = flush(fd);

	(void)nanosleep(&more, NULL);
	return outcome;
}

int
fdatasync(int fd)
{
	return slowly("fdatasync", fd);
}

int
fsync(int fd)
{
	return slowly("fsync", fd);
}
