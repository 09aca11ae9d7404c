/*
 * serve_hello.c - the bare loop: a server whose one answer is fixed.
 *
 * bench-hello [--listen ADDRESS:PORT] [--loops N]; prints its URL, ends at SIGTERM.  What it
 * reaches under bench-load is the most any route can.
 */
#include <stdio.h>
#include <stdlib.h>

#include "serve/serve.h"

static void
answer_hello(void *self, const struct call *call, const struct http_req *req,
    struct http_res *res)
{
	(void)self, (void)call, (void)req;
	http_answer(res, 200, STR("text/plain"), STR("hello world\n"));
}

int
main(int argc, char **argv)
{
	static const struct route route = { STR_CONST("/"), ROUTE_OPEN, 1024,
		answer_hello, NULL };
	struct serve_setup setup = {
		.listen = STR("127.0.0.1:0"), .routes = &route, .route_count = 1
	};
	SCOPED(serve) serve = NULL;
	struct why why = { 0 };

	for (int i = 1; i + 1 < argc; i += 2) {
		if (str_same(str_of(argv[i]), STR("--listen")))
			setup.listen = str_of(argv[i + 1]);
		else if (str_same(str_of(argv[i]), STR("--loops")))
			setup.loops = (unsigned)strtoul(argv[i + 1], NULL, 10);
	}
	if (serve_open(&setup, &serve, &why) != OK) {
		(void)fprintf(stderr, "bench-hello: %s\n", why.what);
		return 1;
	}
	printf(STR_FMT "\n", STR_ARG(serve_url(serve)));
	(void)fflush(stdout);
	serve_run(serve, NULL, NULL);
	return 0;
}
