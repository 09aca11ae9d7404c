/* A form's fields lie inside its body, however broken that is. */
#include "http/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	struct http_field type = { STR("content-type"),
		STR("multipart/form-data; boundary=x") };
	struct http_req req = {
		.fields = &type, .field_count = 1, .body = { (const char *)data, size }
	};
	struct http_form form;
	struct http_when when = { req.body, req.body };

	if (http_form_read(arena, &req, &form) == OK)
		for (size_t i = 0; i < form.count; i++)
			must(form.fields[i].value.len <= size &&
			     form.fields[i].name.len > 0);
	(void)!http_query_read(arena, req.body, &form);
	(void)http_media_read(req.body);
	/* An If-Match that holds for nothing is no list at all, or empty. */
	if (http_match_holds(&when, (str){ 0 }))
		must(size == 0);
	return 0;
}
