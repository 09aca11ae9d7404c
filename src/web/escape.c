/* escape.c - values on their way into HTML. */
#include "web/page_int.h"

static str
entity(char c)
{
	switch (c) {
	case '&': return STR("&amp;");
	case '<': return STR("&lt;");
	case '>': return STR("&gt;");
	case '"': return STR("&quot;");
	case '\'': return STR("&#39;");
	default: return STR("");
	}
}

void
html_text(struct buf *out, str text)
{
	size_t from = 0;

	for (size_t i = 0; i < text.len; i++) {
		str safe = entity(text.at[i]);

		if (!safe.len && text.at[i])
			continue;
		buf_add(out, str_part(text, from, i - from));
		buf_add(out, safe);
		from = i + 1;
	}
	buf_add(out, str_part(text, from, text.len - from));
}

static bool
harmless(str url)
{
	static const str starts[] = { STR_CONST("https://"), STR_CONST("http://"),
		STR_CONST("mailto:"), STR_CONST("tel:"), STR_CONST("sms:"),
		STR_CONST("data:image/jpeg;base64,"),
		STR_CONST("data:image/png;base64,") };

	if (str_starts(url, STR("/")) && !str_starts(url, STR("//")))
		return true;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (str_starts(url, starts[i]))
			return true;
	return false;
}

void
html_url(struct buf *out, str url)
{
	html_text(out, harmless(url) ? url : STR("#"));
}
