/* method.c - methods by name, reasons by status. */
#include "http/http.h"

static const str methods[HTTP_METHOD_COUNT] = {
	[HTTP_OTHER] = STR_CONST(""),
	[HTTP_OPTIONS] = STR_CONST("OPTIONS"),
	[HTTP_GET] = STR_CONST("GET"),
	[HTTP_HEAD] = STR_CONST("HEAD"),
	[HTTP_POST] = STR_CONST("POST"),
	[HTTP_PUT] = STR_CONST("PUT"),
	[HTTP_DELETE] = STR_CONST("DELETE"),
	[HTTP_PROPFIND] = STR_CONST("PROPFIND"),
	[HTTP_PROPPATCH] = STR_CONST("PROPPATCH"),
	[HTTP_MKCOL] = STR_CONST("MKCOL"),
	[HTTP_REPORT] = STR_CONST("REPORT"),
	[HTTP_COPY] = STR_CONST("COPY"),
	[HTTP_MOVE] = STR_CONST("MOVE"),
	[HTTP_LOCK] = STR_CONST("LOCK"),
	[HTTP_UNLOCK] = STR_CONST("UNLOCK"),
	[HTTP_ACL] = STR_CONST("ACL"),
};

enum http_method
http_method_read(str name)
{
	for (size_t i = HTTP_OTHER + 1; i < HTTP_METHOD_COUNT; i++)
		if (str_same(methods[i], name))
			return (enum http_method)i;
	return HTTP_OTHER;
}

str
http_method_name(enum http_method method)
{
	return methods[method];
}

static const struct {
	unsigned status;
	str words;
} reasons[] = {
	{ 100, STR_CONST("Continue") },
	{ 200, STR_CONST("OK") },
	{ 201, STR_CONST("Created") },
	{ 202, STR_CONST("Accepted") },
	{ 204, STR_CONST("No Content") },
	{ 207, STR_CONST("Multi-Status") },
	{ 301, STR_CONST("Moved Permanently") },
	{ 302, STR_CONST("Found") },
	{ 303, STR_CONST("See Other") },
	{ 304, STR_CONST("Not Modified") },
	{ 307, STR_CONST("Temporary Redirect") },
	{ 308, STR_CONST("Permanent Redirect") },
	{ 400, STR_CONST("Bad Request") },
	{ 401, STR_CONST("Unauthorized") },
	{ 403, STR_CONST("Forbidden") },
	{ 404, STR_CONST("Not Found") },
	{ 405, STR_CONST("Method Not Allowed") },
	{ 408, STR_CONST("Request Timeout") },
	{ 409, STR_CONST("Conflict") },
	{ 410, STR_CONST("Gone") },
	{ 411, STR_CONST("Length Required") },
	{ 412, STR_CONST("Precondition Failed") },
	{ 413, STR_CONST("Content Too Large") },
	{ 414, STR_CONST("URI Too Long") },
	{ 415, STR_CONST("Unsupported Media Type") },
	{ 417, STR_CONST("Expectation Failed") },
	{ 422, STR_CONST("Unprocessable Content") },
	{ 424, STR_CONST("Failed Dependency") },
	{ 429, STR_CONST("Too Many Requests") },
	{ 431, STR_CONST("Request Header Fields Too Large") },
	{ 500, STR_CONST("Internal Server Error") },
	{ 501, STR_CONST("Not Implemented") },
	{ 503, STR_CONST("Service Unavailable") },
	{ 505, STR_CONST("HTTP Version Not Supported") },
	{ 507, STR_CONST("Insufficient Storage") },
};

str
http_reason(unsigned status)
{
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
		if (reasons[i].status == status)
			return reasons[i].words;
	return STR("Unknown");
}
