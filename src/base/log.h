/*
 * log.h - lines on stderr.
 *
 * With a syslog prefix ("<6>") when stderr is no terminal, as journald reads them.  Only
 * tongues (floor 5 up) log above debug; rooms below return outcomes instead.  No line
 * carries a name, a number, an address or a token: ids and outcomes only.
 */
#ifndef KITH_BASE_LOG_H
#define KITH_BASE_LOG_H

enum log_level {
	LOG_ERROR = 3,
	LOG_WARNING = 4,
	LOG_NOTICE = 5,
	LOG_INFO = 6,
	LOG_DEBUG = 7
};

void log_start(const char *process, enum log_level ceiling);
void log_line(enum log_level level, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
