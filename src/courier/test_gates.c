#include "courier/fixture_int.h"
#include "mime/mime.h"
#include "wire/wire.h"

static const struct courier_letter sms = {
	.account = 7,
	.ask = 9,
	.to = STR_CONST("+8613800000000"),
	.text = STR_CONST("张三 & co"),
};

#define TOKEN "abcdefghij0123456789"

static struct courier_setup
kannel_setup(struct fixture *f, const struct gateway *g)
{
	return (struct courier_setup){
		.local = true,
		.told = note_told,
		.kannel = {
			.url = arena_printf(
			    f->arena, "http://127.0.0.1:%u/cgi-bin/sendsms", g->port),
			.username = STR("kith"),
			.password = STR("se&cret"),
			.from = STR("+8610690000"),
			.report_url = STR("http://kith/gate/sms/kannel/S/report?id={id}&status=%d"),
		},
	};
}

static void
kannel_request(void)
{
	struct fixture f;
	struct gateway g;
	struct courier_setup setup;
	struct courier_letter plain = sms;
	char wanted[200];
	int64_t id;

	fixture_open(&f);
	gateway_open(&g, KANNEL_YES, gateway_run);
	setup = kannel_setup(&f, &g);
	id = fixture_post(&f, &sms);
	fixture_round(&f, &setup, f.call.now_ms);
	CHECK(
	    strstr(g.heard, "GET /cgi-bin/sendsms?username=kith&password=se%26cret"
			    "&from=%2B8610690000&to=%2B8613800000000"
			    "&text=%E5%BC%A0%E4%B8%89%20%26%20co&charset=UTF-8&coding=2"
			    "&dlr-mask=31&dlr-url=http%3A%2F%2Fkith%2F") == g.heard);
	(void)snprintf(
	    wanted, sizeof wanted, "id%%3D%lld%%26status%%3D%%25d ", (long long)id);
	CHECK(strstr(g.heard, wanted) != NULL);
	CHECK_STR(fixture_letter(&f, id).state, STR("taken"));
	CHECK_STR(fixture_letter(&f, id).gate, STR("kannel"));
	CHECK_STR(fixture_letter(&f, id).body, STR(""));

	plain.text = STR("plain €");
	setup.kannel.report_url = STR("");
	(void)fixture_post(&f, &plain);
	fixture_round(&f, &setup, f.call.now_ms);
	CHECK(strstr(g.heard, "coding=") == NULL);
	CHECK(strstr(g.heard, "dlr-") == NULL);
	gateway_close(&g);
	fixture_close(&f);
}

static void
kannel_answers(void)
{
	static const struct {
		const char *row, *status, *body, *state;
		bool told;
	} rows[] = {
		{ "accepted", "202", "0: Accepted for delivery", "taken", true },
		{ "queued", "202", "3: Queued for later delivery", "taken", true },
		{ "wrong password", "403", "Authorization failed for sendsms", "due",
		    false },
		{ "garbage", "400", "Garbage 'to' field, rejected.", "failed", true },
		{ "blacklisted", "400",
		    "Number(s) has/have been denied by white- and/or black-lists.",
		    "failed", true },
		{ "our fault", "400", "Sender missing and no global set, rejected",
		    "due", false },
		{ "busy", "503", "Temporal failure, try again later.", "due", false },
		{ "no such page", "404", "", "due", false },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct fixture f;
		struct gateway g;
		struct courier_setup setup;
		struct store_letter row;
		int64_t id;

		check_about(rows[i].row);
		fixture_open(&f);
		told_count = 0;
		gateway_open(&g,
		    arena_printf(f.arena,
			"HTTP/1.1 %s x\r\nContent-Length: %zu\r\n\r\n%s",
			rows[i].status, strlen(rows[i].body), rows[i].body)
			.at,
		    gateway_run);
		setup = kannel_setup(&f, &g);
		id = fixture_post(&f, &sms);
		fixture_round(&f, &setup, f.call.now_ms);
		gateway_close(&g);
		row = fixture_letter(&f, id);
		CHECK_STR(row.state, str_of(rows[i].state));
		CHECK_INT(told_count, rows[i].told);
		CHECK_INT(row.trouble.len > 0, strcmp(rows[i].state, "taken") != 0);
		CHECK_INT(row.body.len > 0, strcmp(rows[i].state, "due") == 0);
		if (rows[i].told)
			CHECK_INT(told_news[0].fate, strcmp(rows[i].state, "taken")
							 ? COURIER_LOST
							 : COURIER_TAKEN);
		fixture_close(&f);
	}
}

static struct courier_setup
http_setup(struct fixture *f, const struct gateway *g)
{
	return (struct courier_setup){
		.local = true,
		.told = note_told,
		.sms_http = {
			.url = arena_printf(f->arena, "http://127.0.0.1:%u/v1/{id}", g->port),
			.method = STR("POST"),
			.headers = STR("Content-Type: application/json | X-From: {from}"),
			.body = STR("{\"to\":\"{to}\",\"text\":{text|json},\"ref\":\"{id}\"}"),
			.from = STR("Kith"),
			.success = STR("200, 202"),
			.id_pointer = STR("/messages/0/id"),
		},
	};
}

static void
http_gate(void)
{
	static const struct {
		const char *row, *status, *body, *state, *receipt;
	} rows[] = {
		{ "a text id", "200", "{\"messages\":[{\"id\":\"m-1\"}]}", "taken",
		    "m-1" },
		{ "a number id", "202", "{\"messages\":[{\"id\":77}]}", "taken", "77" },
		{ "no id", "200", "{}", "taken", "" },
		{ "no JSON", "200", "fine", "taken", "" },
		{ "not a listed status", "201", "{}", "due", "" },
		{ "no money", "402", "{}", "due", "" },
		{ "too fast", "429", "{}", "due", "" },
		{ "no such number", "400", "{}", "failed", "" },
		{ "an error", "500", "{}", "due", "" },
		{ "a redirect", "302", "", "due", "" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct fixture f;
		struct gateway g;
		struct courier_setup setup;
		int64_t id;

		check_about(rows[i].row);
		fixture_open(&f);
		gateway_open(&g,
		    arena_printf(f.arena,
			"HTTP/1.1 %s x\r\nContent-Length: %zu\r\n\r\n%s",
			rows[i].status, strlen(rows[i].body), rows[i].body)
			.at,
		    gateway_run);
		setup = http_setup(&f, &g);
		id = fixture_post(&f, &sms);
		fixture_round(&f, &setup, f.call.now_ms);
		gateway_close(&g);
		CHECK(strstr(g.heard, "POST /v1/") == g.heard);
		CHECK(strstr(g.heard, "\r\nContent-Type: application/json\r\n"));
		CHECK(strstr(g.heard, "\r\nX-From: Kith\r\n"));
		CHECK(strstr(g.heard,
		    "\r\n\r\n{\"to\":\"+8613800000000\",\"text\":\"张三 & co\","));
		CHECK_STR(fixture_letter(&f, id).state, str_of(rows[i].state));
		CHECK_STR(fixture_letter(&f, id).receipt, str_of(rows[i].receipt));
		fixture_close(&f);
	}
}

static void
bad_setups(void)
{
	static const struct courier_sms_http good = { .url = STR_CONST("http://a/"),
		.success = STR_CONST("2xx") };
	static const struct {
		const char *row;
		size_t field;
		str value, name;
	} rows[] = {
#define ROW(field, value, name)                                               \
	{ #field, offsetof(struct courier_sms_http, field), STR_CONST(value), \
		STR_CONST(name) }
		ROW(url, "http://a/{number}", "number"),
		ROW(body, "{text}!", "text"),
		ROW(body, "{text|xml}", "text|xml"),
		ROW(headers, "X-Text: {text}", "text"),
		ROW(headers, "A: b | nothing", "nothing"),
		ROW(success, "2", "2"),
		ROW(success, "2xx,ok", "ok"),
	};
	struct courier_setup setup = { .sms_http = good };
	struct courier *courier = NULL;
	struct why why = { 0 };

	CHECK_OK(courier_open(&setup, &courier, &why));
	courier_close(&courier);
	CHECK(courier == NULL);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		check_about(rows[i].row);
		setup.sms_http = good;
		*(str *)(void *)((char *)&setup.sms_http + rows[i].field) =
		    rows[i].value;
		CHECK_ERR(courier_open(&setup, &courier, &why), ERR_BAD_INPUT);
		CHECK_STR(why.name, rows[i].name);
		CHECK(courier == NULL);
	}
	check_about("a mail gate without a sender");
	setup = (struct courier_setup){ .smtp = { .url = STR("smtp://a") } };
	CHECK_ERR(courier_open(&setup, &courier, &why), ERR_BAD_INPUT);
}

static void
ways(void)
{
	struct courier_setup none = { 0 };
	struct courier_setup tray = { .tray = true };
	struct courier_setup kannel = { .kannel.url = STR("http://a/") };
	struct courier_setup smtp = { .smtp.url = STR("smtp://a/") };

	CHECK(!courier_way_open(&none, COURIER_SMS));
	CHECK(!courier_way_open(&none, COURIER_MAIL));
	CHECK(courier_way_open(&tray, COURIER_SMS));
	CHECK(courier_way_open(&tray, COURIER_MAIL));
	CHECK(courier_way_open(&kannel, COURIER_SMS));
	CHECK(!courier_way_open(&kannel, COURIER_MAIL));
	CHECK(!courier_way_open(&smtp, COURIER_SMS));
	CHECK(courier_way_open(&smtp, COURIER_MAIL));
}

/* A mail server: the answer is "COMMAND reply", for the one command it does not say yes
 * to. */
static void *
mail_run(void *self)
{
	struct gateway *g = self;
	int fd = accept(g->listener, NULL, NULL);
	size_t bytes = 0;
	size_t done = 0;
	bool in_message = false;
	ssize_t got;

	if (fd < 0)
		return NULL;
	(void)send(fd, "220 here\r\n", 10, MSG_NOSIGNAL);
	while ((got = read(fd, g->heard + bytes, GATEWAY_HEARD_MAX - 1 - bytes)) > 0) {
		const char *end;

		bytes += (size_t)got;
		g->heard[bytes] = '\0';
		while ((end = strstr(g->heard + done, "\r\n"))) {
			const char *line = g->heard + done;
			const char *says = "250 fine\r\n";

			done = (size_t)(end + 2 - g->heard);
			if (in_message && strncmp(line, ".\r\n", 3) != 0)
				continue;
			in_message = strncmp(line, "DATA", 4) == 0;
			if (in_message)
				says = "354 go on\r\n";
			if (*g->answer && strncmp(line, g->answer, 4) == 0)
				says = g->answer + 5;
			(void)send(fd, says, strlen(says), MSG_NOSIGNAL);
		}
	}
	(void)close(fd);
	return NULL;
}

static const struct courier_letter mail = {
	.way = COURIER_MAIL,
	.account = 7,
	.ask = 9,
	.to = STR_CONST("li@example.com"),
	.subject = STR_CONST("a subject"),
	.text = STR_CONST("hello\n.dot\n"),
	.from_name = STR_CONST("Ada"),
	.reply_to = STR_CONST("ada@example.com"),
	.stop_link = STR_CONST("https://kith.example/a/" TOKEN),
	.lang = STR_CONST("en"),
};

static void
smtp_gate(void)
{
	static const struct {
		const char *row, *answer, *state, *trouble;
	} rows[] = {
		{ "taken", "", "taken", "" },
		{ "unknown mailbox", "RCPT 550 5.1.1 li@example.com is unknown\r\n",
		    "failed", "the mail server says 550" },
		{ "greylisted", "RCPT 451 later\r\n", "due",
		    "the mail server says 451" },
		{ "not from us", "MAIL 553 not you\r\n", "due",
		    "the mail server says 553" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct fixture f;
		struct gateway g;
		struct courier_setup setup = { .local = true };
		struct store_letter row;
		int64_t id;

		check_about(rows[i].row);
		fixture_open(&f);
		gateway_open(&g, rows[i].answer, mail_run);
		setup.smtp = (struct courier_smtp){
			.url = arena_printf(f.arena, "smtp://127.0.0.1:%u", g.port),
			.from = STR("ask@kith.example"),
			.bounce = STR("b+{id}@kith.example"),
			.tls = STR("no"),
			.server_name = STR("Kith"),
		};
		id = fixture_post(&f, &mail);
		fixture_round(&f, &setup, f.call.now_ms);
		gateway_close(&g);
		row = fixture_letter(&f, id);
		CHECK_STR(row.state, str_of(rows[i].state));
		CHECK_STR(row.trouble, str_of(rows[i].trouble));
		CHECK(strstr(
			  g.heard, arena_printf(f.arena,
				       "MAIL FROM:<b+%lld@kith.example>", (long long)id)
				       .at) != NULL);
		if (!*rows[i].answer) {
			CHECK(strstr(
				  g.heard, "From: \"Ada (Kith)\" <ask@kith.example>") ||
			      strstr(g.heard, "From: Ada (Kith) <ask@kith.example>"));
			CHECK(strstr(g.heard, "\r\nReply-To: ada@example.com\r\n") !=
			      NULL);
			CHECK(strstr(g.heard,
				  arena_printf(f.arena,
				      "Message-Id: <kith.%lld@kith.example>\r\n",
				      (long long)id)
				      .at) != NULL);
		}
		fixture_close(&f);
	}
}

/* The timetable, to its end. */
static void
retries(void)
{
	static const int64_t waits_s[] = { 30, 120, 480, 1920, 7200, 21600, 21600,
		21600, 21600 };
	struct fixture f;
	struct courier_setup setup = { .local = true, .told = note_told };
	struct store_letter row;
	int64_t now_ms;
	int64_t id;

	fixture_open(&f);
	told_count = 0;
	setup.kannel.url = STR("http://127.0.0.1:1/");
	id = fixture_post(&f, &sms);
	now_ms = f.call.now_ms;
	for (size_t i = 0; i < sizeof waits_s / sizeof *waits_s; i++) {
		fixture_round(&f, &setup, now_ms);
		row = fixture_letter(&f, id);
		CHECK_STR(row.state, STR("due"));
		CHECK_INT(row.attempts, i + 1);
		CHECK_INT(row.due_ms - now_ms, waits_s[i] * WHEN_SECOND_MS);
		CHECK_STR(row.trouble, STR("the gateway does not answer"));
		CHECK_STR(row.body, sms.text);
		now_ms = row.due_ms;
	}
	CHECK_INT(told_count, 0);
	fixture_round(&f, &setup, now_ms);
	CHECK_STR(fixture_letter(&f, id).state, STR("failed"));
	CHECK_STR(fixture_letter(&f, id).body, STR(""));
	if (CHECK_INT(told_count, 1))
		CHECK_INT(told_news[0].fate, COURIER_LOST);
	fixture_close(&f);
}

/* A gate that does not answer is asked once in a round, and the others' letters go out. */
static void
sparing(void)
{
	struct fixture f;
	struct gateway g;
	struct courier_setup setup = { .local = true };
	unsigned tried = 0;
	int64_t ids[3];

	fixture_open(&f);
	gateway_open(&g, "", gateway_run);
	setup.kannel.url = arena_printf(f.arena, "http://127.0.0.1:%u/", g.port);
	for (size_t i = 0; i < 3; i++)
		ids[i] = fixture_post(&f, &sms);
	fixture_round(&f, &setup, f.call.now_ms);
	gateway_close(&g);
	CHECK_INT(g.requests, 1);
	for (size_t i = 0; i < 3; i++) {
		struct store_letter row = fixture_letter(&f, ids[i]);

		CHECK_STR(row.state, STR("due"));
		CHECK(row.due_ms - f.call.now_ms >= 30 * WHEN_SECOND_MS ||
		      row.due_ms == f.call.now_ms);
		tried += (unsigned)row.attempts;
	}
	CHECK_INT(tried, 1);
	fixture_close(&f);
}

/* Spared for a while that grows, and asked again as soon as that is over. */
static void
resting(void)
{
	static const struct {
		int64_t after_ms;
		unsigned requests;
	} rows[] = {
		{ 0, 1 },
		{ COURIER_REST_MS / 2, 1 },
		{ COURIER_REST_MS + 500, 2 },
		{ 2 * COURIER_REST_MS + 1000, 2 },
		{ 3 * COURIER_REST_MS + 2000, 3 },
	};
	struct fixture f;
	struct gateway g;
	struct courier_setup setup = { .local = true };
	SCOPED(courier) courier = NULL;
	struct why why = { 0 };
	int64_t start_ms;
	int64_t next_ms;

	fixture_open(&f);
	gateway_open(&g, "", gateway_run);
	setup.kannel.url = arena_printf(f.arena, "http://127.0.0.1:%u/", g.port);
	for (size_t i = 0; i < 9; i++)
		(void)fixture_post(&f, &sms);
	start_ms = f.call.now_ms;
	CHECK_OK(courier_open(&setup, &courier, &why));
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		f.call.now_ms = start_ms + rows[i].after_ms;
		CHECK_OK(courier_round(courier, &f.call, &next_ms));
		CHECK_INT(g.requests, rows[i].requests);
		CHECK_INT(next_ms - f.call.now_ms, COURIER_LOOK_MS);
	}
	gateway_close(&g);
	fixture_close(&f);
}

static enum err
claim_only(struct store_tx *tx, void *arg)
{
	struct fixture *f = arg;
	struct store_letter *letters;
	size_t count;

	return store_letter_claim(
	    tx, f->arena, f->call.now_ms, f->call.now_ms, NULL, 0, 1, &letters, &count);
}

/* What a dead courier had under way has a little time for a report, not the whole lease. */
static void
in_doubt(void)
{
	struct fixture f;
	struct courier_setup setup = { .tray = true, .told = note_told };
	int64_t claimed_ms;
	int64_t id;

	fixture_open(&f);
	id = fixture_post(&f, &sms);
	claimed_ms = f.call.now_ms;
	f.call.now_ms += COURIER_LEASE_MS; /* claim_only's lease ends at its now */
	CHECK_OK(store_write(f.store, claim_only, &f));
	f.call.now_ms = claimed_ms;
	CHECK_OK(courier_take_over(&f.call));
	fixture_round(&f, &setup, claimed_ms + COURIER_DOUBT_MS - 1000);
	CHECK_STR(fixture_letter(&f, id).state, STR("sending"));
	fixture_round(&f, &setup, claimed_ms + COURIER_DOUBT_MS);
	CHECK_STR(fixture_letter(&f, id).state, STR("taken"));
	fixture_close(&f);
}

static void
locking(void)
{
	struct fixture f;
	int first = -1;
	int second = -1;

	fixture_open(&f);
	CHECK_OK(courier_lock(str_of(f.place), &first));
	CHECK_ERR(courier_lock(str_of(f.place), &second), ERR_BUSY);
	(void)close(first);
	CHECK_OK(courier_lock(str_of(f.place), &second));
	(void)close(second);
	CHECK_ERR(courier_lock(STR("/nowhere/at/all"), &second), ERR_IO);
	fixture_close(&f);
}

static enum err
mind(struct store_tx *tx, const struct call *call, const struct courier_news *news)
{
	(void)tx;
	(void)call;
	(void)news;
	return ERR_GONE;
}

/* What has left cannot be taken back, whatever the asking side thinks of it. */
static void
asks_that_mind(void)
{
	struct fixture f;
	struct courier_setup setup = { .tray = true, .told = mind };
	int64_t id;

	fixture_open(&f);
	id = fixture_post(&f, &sms);
	fixture_round(&f, &setup, f.call.now_ms);
	CHECK_STR(fixture_letter(&f, id).state, STR("taken"));
	fixture_close(&f);
}

/* A letter whose senders keep dying is given up. */
static void
deadly_letters(void)
{
	struct fixture f;
	struct courier_setup setup = { .tray = true, .told = note_told };
	int64_t id;

	fixture_open(&f);
	told_count = 0;
	id = fixture_post(&f, &sms);
	for (int i = 0; i < COURIER_RETRY_MAX; i++)
		CHECK_OK(store_write(f.store, claim_only, &f));
	fixture_round(&f, &setup, f.call.now_ms);
	CHECK_STR(fixture_letter(&f, id).state, STR("failed"));
	CHECK_INT(told_count, 1);
	fixture_close(&f);
}

static void
inner_gateways(void)
{
	struct fixture f;
	struct gateway g;
	struct courier_setup setup;

	fixture_open(&f);
	gateway_open(&g, KANNEL_YES, gateway_run);
	setup = kannel_setup(&f, &g);
	setup.local = false;
	(void)fixture_post(&f, &sms);
	fixture_round(&f, &setup, f.call.now_ms);
	gateway_close(&g);
	CHECK_INT(g.requests, 0);
	fixture_close(&f);
}

int
main(void)
{
	wire_start();
	mime_start();
	return CHECK_RUN({ "what Kannel is asked", kannel_request },
	    { "what Kannel answers", kannel_answers },
	    { "a provider's HTTP", http_gate },
	    { "what courier_open refuses", bad_setups }, { "ways", ways },
	    { "mail", smtp_gate }, { "the timetable", retries },
	    { "a gate that is down", sparing }, { "it is asked again soon", resting },
	    { "a letter in doubt", in_doubt }, { "one courier", locking },
	    { "asks that mind", asks_that_mind }, { "deadly letters", deadly_letters },
	    { "inner gateways", inner_gateways });
}
