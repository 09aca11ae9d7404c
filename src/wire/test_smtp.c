#include "wire/fixture_int.h"
#include "wire/wire.h"

static struct arena *arena;

/* A mail server that says yes, but for one command. */
struct script {
	const char
	    *at; /* the command that gets another answer; "." is the message's end */
	const char *says;
	const char *extensions; /* in its EHLO answer */
};

static const char *
usual(const char *line)
{
	if (strncmp(line, "EHLO", 4) == 0)
		return NULL;
	if (strncmp(line, "DATA", 4) == 0)
		return "354 go on\r\n";
	if (strncmp(line, "QUIT", 4) == 0)
		return "221 bye\r\n";
	return "250 fine\r\n";
}

/* Whether a message follows. */
static bool
answer_line(const struct script *script, int fd, const char *line)
{
	const char *says = usual(line);
	char ehlo[256];

	if (script->at && strncmp(line, script->at, strlen(script->at)) == 0)
		says = script->says;
	if (!says) {
		(void)snprintf(ehlo, sizeof ehlo, "250-here\r\n%s250 8BITMIME\r\n",
		    script->extensions ? script->extensions : "");
		says = ehlo;
	}
	fixture_say(fd, says, strlen(says));
	return strncmp(says, "354", 3) == 0;
}

/* Answers line by line; a message only at its dot. */
static void *
serve_mail(void *self)
{
	struct fixture *f = self;
	int fd = accept(f->listener, NULL, NULL);
	size_t done = 0;
	bool in_message = false;
	const char *end;

	if (fd < 0)
		return NULL;
	fixture_say(fd, "220 here\r\n", 10);
	for (;;) {
		while ((end = strstr(f->heard + done, "\r\n"))) {
			const char *line = f->heard + done;
			bool dot = strncmp(line, ".\r\n", 3) == 0;

			done = (size_t)(end + 2 - f->heard);
			if (in_message && !dot)
				continue;
			in_message = answer_line(f->script, fd, line);
		}
		if (!fixture_hear(f, fd))
			break;
	}
	(void)close(fd);
	return NULL;
}

static struct wire_mail
sample(const struct fixture *f)
{
	return (struct wire_mail){
		.url = arena_printf(arena, "smtp://127.0.0.1:%u", f->port),
		.tls = STR("try"),
		.from = STR("ask@kith.example"),
		.to = STR("li@example.com"),
		.message = STR("Subject: a\r\n\r\n.dot\r\nend\r\n"),
		.inner = true,
	};
}

static void
delivery(void)
{
	struct fixture f;
	struct script script = { 0 };
	struct wire_mail mail;
	struct why why = { 0 };
	unsigned status = 0;

	fixture_start(&f, &script, serve_mail);
	mail = sample(&f);
	CHECK_OK(wire_smtp(arena, &mail, &status, &why));
	fixture_stop(&f);
	CHECK_INT(status, 250);
	CHECK(strstr(f.heard, "MAIL FROM:<ask@kith.example>") != NULL);
	CHECK(strstr(f.heard, "RCPT TO:<li@example.com>\r\n") != NULL);
	CHECK(strstr(f.heard, "\r\n..dot\r\nend\r\n.\r\n") != NULL);
}

static void
replies(void)
{
	static const struct {
		const char *row;
		struct script script;
		enum err wanted;
		unsigned status;
	} rows[] = {
		{ "unknown mailbox", { .at = "RCPT", .says = "550 5.1.1 who?\r\n" },
		    ERR_FORBIDDEN, 550 },
		{ "greylisted", { .at = "RCPT", .says = "450 4.2.0 later\r\n" }, ERR_IO,
		    450 },
		{ "refused sender", { .at = "MAIL", .says = "550 not you\r\n" }, ERR_IO,
		    550 },
		{ "refused message", { .at = ".\r\n", .says = "554 5.7.1 spam\r\n" },
		    ERR_FORBIDDEN, 554 },
		{ "full disk", { .at = ".\r\n", .says = "452 4.3.1 full\r\n" }, ERR_IO,
		    452 },
		{ "no DATA", { .at = "DATA", .says = "554 no\r\n" }, ERR_FORBIDDEN,
		    554 },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct fixture f;
		struct wire_mail mail;
		struct why why = { 0 };
		unsigned status = 0;

		check_about(rows[i].row);
		fixture_start(&f, &rows[i].script, serve_mail);
		mail = sample(&f);
		CHECK_ERR(wire_smtp(arena, &mail, &status, &why), rows[i].wanted);
		fixture_stop(&f);
		CHECK_INT(status, rows[i].status);
		CHECK(why.what != NULL);
	}
}

static void
logging_in(void)
{
	struct fixture f;
	struct script script = { .at = "AUTH",
		.says = "535 5.7.8 wrong\r\n",
		.extensions = "250-AUTH PLAIN\r\n" };
	struct wire_mail mail;
	struct why why = { 0 };
	unsigned status = 0;

	fixture_start(&f, &script, serve_mail);
	mail = sample(&f);
	mail.username = STR("kith");
	mail.password = STR("secret");
	CHECK_ERR(wire_smtp(arena, &mail, &status, &why), ERR_IO);
	fixture_stop(&f);
	CHECK_INT(status, 535);

	script = (struct script){ .at = "AUTH",
		.says = "235 welcome\r\n",
		.extensions = "250-AUTH PLAIN\r\n" };
	fixture_start(&f, &script, serve_mail);
	mail.url = sample(&f).url;
	CHECK_OK(wire_smtp(arena, &mail, &status, &why));
	fixture_stop(&f);
	CHECK(strstr(f.heard, "AUTH PLAIN") != NULL);
}

static void
securities(void)
{
	static const struct {
		const char *row, *tls, *extensions;
		bool sent, starttls;
	} rows[] = {
		{ "no, though offered", "no", "250-STARTTLS\r\n", true, false },
		{ "try, not offered", "try", "", true, false },
		{ "must, not offered", "must", "", false, false },
		{ "try, offered", "try", "250-STARTTLS\r\n", false, true },
		{ "must, offered", "must", "250-STARTTLS\r\n", false, true },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct fixture f;
		struct script script = { .at = "STARTTLS",
			.says = "454 not now\r\n",
			.extensions = rows[i].extensions };
		struct wire_mail mail;
		struct why why = { 0 };
		unsigned status = 0;
		enum err e;

		check_about(rows[i].row);
		fixture_start(&f, &script, serve_mail);
		mail = sample(&f);
		mail.tls = str_of(rows[i].tls);
		e = wire_smtp(arena, &mail, &status, &why);
		fixture_stop(&f);
		/* What "try" does when STARTTLS itself fails is not ours to choose. */
		if (!str_same(mail.tls, STR("try")) || !rows[i].starttls)
			CHECK_INT(e == OK, rows[i].sent);
		CHECK_INT(strstr(f.heard, "STARTTLS") != NULL, rows[i].starttls);
		if (!rows[i].sent && str_same(mail.tls, STR("must")))
			CHECK(strstr(f.heard, "MAIL") == NULL);
	}
}

static void
refusals(void)
{
	static const struct {
		const char *row, *from, *to, *tls;
		bool inner;
		enum err wanted;
	} rows[] = {
		{ "a second command", "a@b",
		    "li@example.com>\r\nRCPT TO:<eve@example.com", "no", true,
		    ERR_BAD_INPUT },
		{ "a bracket", "a@b", "li@example.com> SIZE=1", "no", true,
		    ERR_BAD_INPUT },
		{ "a second sender", "a@b\nX", "li@example.com", "no", true,
		    ERR_BAD_INPUT },
		{ "no recipient", "a@b", "", "no", true, ERR_BAD_INPUT },
		{ "a word for tls", "a@b", "li@example.com", "maybe", true,
		    ERR_BAD_INPUT },
		{ "inner", "a@b", "li@example.com", "no", false, ERR_IO },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct fixture f;
		struct script script = { 0 };
		struct wire_mail mail;
		struct why why = { 0 };
		unsigned status = 7;

		check_about(rows[i].row);
		fixture_start(&f, &script, serve_mail);
		mail = sample(&f);
		mail.from = str_of(rows[i].from);
		mail.to = str_of(rows[i].to);
		mail.tls = str_of(rows[i].tls);
		mail.inner = rows[i].inner;
		CHECK_ERR(wire_smtp(arena, &mail, &status, &why), rows[i].wanted);
		fixture_stop(&f);
		CHECK_INT(status, 0);
		CHECK_INT(f.heard_bytes, 0);
	}
}

static void
nobody_there(void)
{
	struct fixture f = { .port = 1 };
	struct wire_mail mail = sample(&f);
	struct why why = { 0 };
	unsigned status = 7;

	CHECK_ERR(wire_smtp(arena, &mail, &status, &why), ERR_IO);
	CHECK_INT(status, 0);
	CHECK(why.what != NULL && why.name.len);
}

int
main(void)
{
	int status;

	arena = arena_open();
	wire_start();
	status = CHECK_RUN({ "delivery", delivery }, { "replies", replies },
	    { "logging in", logging_in }, { "tls", securities },
	    { "what is refused", refusals }, { "nobody there", nobody_there });
	arena_close(&arena);
	return status;
}
