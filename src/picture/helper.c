/* helper.c - the helper's own story: give up all rights, then touch the file. */
#include <sys/resource.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/confine.h"
#include "picture/picture_int.h"

#define READ_BYTES ((size_t)64 * 1024)

/* A progressive JPEG of PICTURE_MAX_PIXELS keeps 300 MB of coefficients. */
#define MEMORY_MAX_BYTES ((rlim_t)1 << 30)

/* The address sanitizer maps terabytes for itself. */
#ifdef __has_feature
#define SANITIZED __has_feature(address_sanitizer)
#elif defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

void
helper_end(enum helper_status status)
{
	_exit((int)status);
}

static void
limit(int what, rlim_t most)
{
	struct rlimit limit = { most, most };

	(void)setrlimit((__rlimit_resource_t)what, &limit);
}

static void
give_up_everything(void)
{
	limit(RLIMIT_CPU, PICTURE_TIME_MS / 1000);
	limit(RLIMIT_CORE, 0);
	if (!SANITIZED)
		limit(RLIMIT_AS, MEMORY_MAX_BYTES);
	confine("picture", 0);
}

static str
whole_input(struct arena *arena)
{
	struct buf file = buf_in(arena, PICTURE_MAX_BYTES + READ_BYTES);
	ssize_t got = 1;
	str out;

	while (got > 0) {
		char *room = buf_room(&file, READ_BYTES);

		got = room ? read(STDIN_FILENO, room, READ_BYTES) : 0;
		if (got > 0)
			file.len += (size_t)got;
	}
	if (buf_text(&file, &out) != OK || out.len > PICTURE_MAX_BYTES)
		helper_end(HELPER_LARGE);
	return out;
}

/* By the first bytes, never by what the upload calls itself. */
static struct canvas *
read_picture(struct arena *arena, str file)
{
	static const struct {
		str head;
		size_t name_at;
		str name;
		struct canvas *(*read)(struct arena *arena, str file);
	} kinds[] = {
		{ STR_CONST("\xff\xd8\xff"), 0, STR_CONST(""), jpeg_read },
		{ STR_CONST("\x89PNG\r\n\x1a\n"), 0, STR_CONST(""), png_read },
		{ STR_CONST("RIFF"), 8, STR_CONST("WEBP"), webp_read },
	};

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		str name = str_part(file, kinds[i].name_at, kinds[i].name.len);

		if (str_starts(file, kinds[i].head) && str_same(name, kinds[i].name))
			return kinds[i].read(arena, file);
	}
	helper_end(HELPER_UNKNOWN);
}

static bool
put(str bytes)
{
	while (bytes.len) {
		ssize_t sent = write(STDOUT_FILENO, bytes.at, bytes.len);

		if (sent <= 0)
			return false;
		bytes = str_part(bytes, (size_t)sent, bytes.len);
	}
	return true;
}

int
picture_helper(bool square)
{
	SCOPED(arena) arena = arena_open();
	const struct canvas *canvas;
	struct pixels pixels;

	give_up_everything();
	canvas = read_picture(arena, whole_input(arena));
	pixels = canvas_finish(arena, canvas);
	if (square)
		pixels_square(&pixels);
	return put(jpeg_write(&pixels)) ? (int)HELPER_DONE : (int)HELPER_BROKEN;
}
