/* Of whatever a relay posts, text and card are UTF-8 and within their limits, and a picture
 * has a type; an envelope that is read has a message in it. */
#include "courier/soap.h"
#include "inbox/inbox_int.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(arena) arena = arena_open();
	str body = { (const char *)data, size };
	struct http_related content;
	struct inbox_mms mms = { 0 };
	struct soap soap;

	if (soap_read(arena, body, &soap) == OK)
		must(soap.message && soap.name.len);
	if (http_related_read(
		arena, STR("multipart/related; boundary=x"), body, &content) != OK)
		return 0;
	if (inbox_mms_read(arena, &content, &mms) != OK)
		return 0;
	must(str_is_utf8(mms.text) && mms.text.len <= INBOX_MMS_TEXT_MAX_BYTES);
	must(str_is_utf8(mms.card));
	must(!mms.picture.len || mms.picture_type.len);
	return 0;
}
