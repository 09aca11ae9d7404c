#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/check.h"
#include "conf/conf.h"

static struct arena *arena;

/* Reads the text as a file of its own. */
static enum err
read_text(str text, struct conf *out, struct why *why)
{
	char path[] = "/tmp/kith-conf-XXXXXX";
	int fd = mkstemp(path);
	enum err e;

	must(fd >= 0 && write(fd, text.at, text.len) == (ssize_t)text.len);
	(void)close(fd);
	e = conf_read(arena, path, out, why);
	(void)unlink(path);
	return e;
}

static void
defaults(void)
{
	struct conf conf;
	struct why why = { 0 };

	CHECK_OK(conf_read(arena, NULL, &conf, &why));
	CHECK_STR(conf.server_listen, STR("127.0.0.1:8420"));
	CHECK_STR(conf.server_url, STR(""));
	CHECK(conf.server_courier && !conf.server_access_log);
	CHECK_INT(conf.server_workers, 32);
	CHECK_INT(conf.ask_expire, 14);
	CHECK_STR(conf.tray_on, STR("auto"));
	CHECK_STR(conf.smtp_tls, STR("try"));
	CHECK_STR(conf.mms_version, STR("6.8.0"));
	CHECK_STR(conf.mms_schema, STR("REL-6-MM7-1-4"));
	CHECK(conf.mms_reports && !conf.mms_url.len);
	CHECK_OK(read_text(STR(""), &conf, &why));
	CHECK_STR(conf.server_name, STR("Kith"));
}

static void
values(void)
{
	struct conf conf;
	struct why why = { 0 };

	CHECK_OK(read_text(STR("\xef\xbb\xbf# a comment\r\n"
			       "[server]\r\n"
			       "name = 通讯录 of us\r\n"
			       "access_log=yes\r\n"
			       "\r\n"
			       "[sms_http]\n"
			       "  url = https://sms.example/send?a=1&b=[x]\n"
			       "\tbody = {\"to\": \"{to}\", \"text\": {text|json}}\n"
			       "headers = A: b; c | D: e ; a remark\n"
			       "[ask]\n"
			       "expire = 30"),
	    &conf, &why));
	CHECK_STR(conf.server_name, STR("通讯录 of us"));
	CHECK(conf.server_access_log);
	CHECK_STR(conf.sms_http_url, STR("https://sms.example/send?a=1&b=[x]"));
	CHECK_STR(conf.sms_http_body, STR("{\"to\": \"{to}\", \"text\": {text|json}}"));
	CHECK_STR(conf.sms_http_headers, STR("A: b; c | D: e"));
	CHECK_INT(conf.ask_expire, 30);
	CHECK_STR(conf.server_listen, STR("127.0.0.1:8420"));
}

static const struct {
	const char *row, *text;
	unsigned line;
	const char *name, *what;
} bad[] = {
	{ "unknown section", "[server]\n[sever]\nname = x\n", 2, "sever",
	    "there is no such section" },
	{ "unknown empty section", "\n[gate]\n", 2, "gate",
	    "there is no such section" },
	{ "section with spaces", "[ server ]\n", 1, " server ",
	    "there is no such section" },
	{ "unknown key", "[server]\nname = x\nnmae = y\n", 3, "nmae",
	    "there is no such setting" },
	{ "key of another section", "[kannel]\nlisten = x\n", 2, "listen",
	    "there is no such setting" },
	{ "key without a section", "listen = x\n", 1, "listen",
	    "there is no such setting" },
	{ "twice", "[smtp]\nfrom = a@b\n[smtp]\nfrom = a@b\n", 4, "from",
	    "is set twice" },
	{ "indented and twice", "[smtp]\nfrom = a\n  from = b\n", 3, "from",
	    "is set twice" },
	{ "neither", "[smtp]\nfrom\n[sever]\n", 2, "",
	    "this is neither [section] nor key = value" },
	{ "open bracket", "[smtp\n", 1, "",
	    "this is neither [section] nor key = value" },
	{ "true for yes", "[server]\ncourier = true\n", 2, "courier",
	    "is neither yes nor no" },
	{ "Yes for yes", "[server]\ncourier = Yes\n", 2, "courier",
	    "is neither yes nor no" },
	{ "empty yes", "[server]\ncourier =\n", 2, "courier", "is neither yes nor no" },
	{ "words for a number", "[ask]\nexpire = two\n", 2, "expire",
	    "is not a number" },
	{ "empty number", "[ask]\nexpire =\n", 2, "expire", "is not a number" },
	{ "below zero", "[server]\nloops = -1\n", 2, "loops", "is not a number" },
	{ "past int64", "[server]\nloops = 9223372036854775808\n", 2, "loops",
	    "is not a number" },
	{ "no days", "[ask]\nexpire = 0\n", 2, "expire",
	    "is outside this setting's bounds" },
	{ "too many days", "[ask]\nexpire = 31\n", 2, "expire",
	    "is outside this setting's bounds" },
	{ "no workers", "[server]\nworkers = 0\n", 2, "workers",
	    "is outside this setting's bounds" },
	{ "a third tongue", "[people]\nlanguage = fr\n", 2, "language",
	    "is none of the words this setting takes" },
	{ "two words", "[people]\nlanguage = zh en\n", 2, "language",
	    "is none of the words this setting takes" },
	{ "empty word", "[smtp]\ntls =\n", 2, "tls",
	    "is none of the words this setting takes" },
	{ "tls word", "[smtp]\ntls = yes\n", 2, "tls",
	    "is none of the words this setting takes" },
	{ "tray word", "[tray]\non = on\n", 2, "on",
	    "is none of the words this setting takes" },
	{ "method word", "[sms_http]\nmethod = PUT\n", 2, "method",
	    "is none of the words this setting takes" },
	{ "not UTF-8", "[server]\nname = \xff\n", 2, "name", "is not UTF-8" },
};

static void
refusals(void)
{
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct conf conf;
		struct why why = { 0 };

		check_about(bad[i].row);
		CHECK_ERR(read_text(str_of(bad[i].text), &conf, &why), ERR_BAD_INPUT);
		CHECK_INT(why.line, bad[i].line);
		CHECK_STR(why.name, str_of(bad[i].name));
		CHECK_STR(str_of(why.what), str_of(bad[i].what));
	}
}

static void
files(void)
{
	struct conf conf;
	struct why why = { 0 };

	CHECK_ERR(conf_read(arena, "/tmp/kith-conf-is-not-there", &conf, &why),
	    ERR_NOT_FOUND);
	CHECK(why.what != NULL);
	CHECK_ERR(conf_read(arena, "/tmp", &conf, &why), ERR_IO);
}

static str
long_line(size_t bytes)
{
	char *text = arena_get(arena, bytes + 32);
	int head = snprintf(text, 32, "[gates]\nsecret = ");

	memset(text + head, 'x', bytes);
	return (str){ text, (size_t)head + bytes };
}

static void
lines(void)
{
	struct conf conf;
	struct why why = { 0 };

	CHECK_OK(read_text(long_line(1500), &conf, &why));
	CHECK_INT(conf.gates_secret.len, 1500);
	CHECK_ERR(read_text(long_line(5000), &conf, &why), ERR_BAD_INPUT);
	CHECK_INT(why.line, 2);
	CHECK_ERR(
	    read_text(STR("[gates]\nsecret = a\0b\n"), &conf, &why), ERR_BAD_INPUT);
	CHECK_INT(why.line, 2);
}

/* Lines made one, so that the words can be looked for as they stand in the table. */
static str
unfilled(str text)
{
	char *flat = arena_get(arena, text.len);

	for (size_t i = 0; i < text.len; i++)
		flat[i] = text.at[i] == '\n' ? ' ' : text.at[i];
	return (str){ flat, text.len };
}

/* Each row of the table once, by name, default and words; nothing mdoc would misread. */
static void
manual(void)
{
	str text = conf_manual(arena);
	str filled = unfilled(text);
	size_t rows = 0;

#define ROW(section, key, type, fallback, unit, words)                            \
	CHECK(str_find(text, STR(".It Ic " #section "." #key " =")) != SIZE_MAX); \
	CHECK(str_find(filled, STR(words)) != SIZE_MAX);                          \
	CHECK(!sizeof(fallback) || str_find(text, STR(fallback)) != SIZE_MAX);    \
	rows++;
	CONF_SETTINGS(ROW)
	while (text.len) {
		str line = str_cut(&text, '\n');

		CHECK(line.len <= 80);
		CHECK(!str_has(line, '\\') && !str_starts(line, STR("'")));
		if (str_starts(line, STR(".")))
			rows -= str_starts(line, STR(".It Ic "));
	}
	CHECK_INT(rows, 0);
}

int
main(void)
{
	int status;

	arena = arena_open();
	status = CHECK_RUN({ "the defaults", defaults }, { "values", values },
	    { "what is refused, with line and name", refusals }, { "files", files },
	    { "long lines and NUL", lines }, { "the manual", manual });
	arena_close(&arena);
	return status;
}
