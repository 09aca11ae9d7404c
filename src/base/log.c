#include "base/log.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#define LINE_MAX_BYTES 1024

static struct {
	const char *process;
	enum log_level ceiling;
	bool prefixed;
} logger = { .process = "kith", .ceiling = LOG_NOTICE };

void
log_start(const char *process, enum log_level ceiling)
{
	logger.process = process;
	logger.ceiling = ceiling;
	logger.prefixed = !isatty(STDERR_FILENO);
}

/* One write per line, so that lines of several threads do not mix. */
void
log_line(enum log_level level, const char *format, ...)
{
	char text[LINE_MAX_BYTES];
	va_list args;

	if (level > logger.ceiling)
		return;
	va_start(args, format);
	(void)vsnprintf(text, sizeof text, format, args);
	va_end(args);
	if (logger.prefixed)
		(void)fprintf(stderr, "<%d>%s: %s\n", (int)level, logger.process, text);
	else
		(void)fprintf(stderr, "%s: %s\n", logger.process, text);
}
