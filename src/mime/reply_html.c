/* reply_html.c - HTML as mail programs write it, as lines of text. */
#include "mime/reply_tag_int.h"

#define ENTITY_MAX_BYTES 10 /* of a name between & and ; */

struct page {
	struct buf out;
	str rest;
	size_t line; /* where the line under construction begins in out */
	bool gap;    /* white space stands before what comes next */
	unsigned pre;
};

/* Everything up to the needle and the needle itself; all of it when it is not there. */
static void
skip_past(str *rest, str needle)
{
	size_t at = str_find(*rest, needle);

	*rest = at == SIZE_MAX ? STR("") : str_part(*rest, at + needle.len, rest->len);
}

/* Past the end of the element just opened, over others of its name within it. */
static void
skip_element(str *rest, const struct mime_tag *opened)
{
	size_t deep = opened->is_empty ? 0 : 1;
	struct mime_tag tag;

	while (deep && rest->len) {
		(void)mime_cut_until(rest, STR("<"));
		if (str_starts(*rest, STR("<!--")))
			skip_past(rest, STR("-->"));
		else if (!mime_tag_read(rest, &tag))
			*rest = str_part(*rest, 1, rest->len);
		else if (str_same_nocase(tag.name, opened->name) && !tag.is_empty)
			deep = tag.closes ? deep - 1 : deep + 1;
	}
}

/* Past "</script>": what looks like other tags in there is none. */
static void
skip_raw(str *rest, const struct mime_tag *opened)
{
	struct mime_tag tag;

	while (rest->len) {
		(void)mime_cut_until(rest, STR("<"));
		if (!str_starts(*rest, STR("</")))
			*rest = str_part(*rest, 1, rest->len);
		else if (!mime_tag_read(rest, &tag))
			*rest = str_part(*rest, 1, rest->len);
		else if (str_same_nocase(tag.name, opened->name))
			return;
	}
}

static void
end_line(struct page *page)
{
	buf_add_char(&page->out, '\n');
	page->line = page->out.len;
	page->gap = false;
}

static void
end_open_line(struct page *page)
{
	if (page->out.len > page->line)
		end_line(page);
	page->gap = false;
}

static void
add(struct page *page, str text)
{
	if (page->gap && page->out.len > page->line)
		buf_add_char(&page->out, ' ');
	page->gap = false;
	buf_add(&page->out, text);
}

static void
add_line(struct page *page, str text)
{
	end_open_line(page);
	add(page, text);
	end_line(page);
}

static void
follow_pre(struct page *page, const struct mime_tag *tag)
{
	end_open_line(page);
	if (!tag->closes)
		page->pre++;
	else if (page->pre)
		page->pre--;
}

static void
follow_tag(struct page *page, const struct mime_tag *tag)
{
	switch (mime_tag_act(tag)) {
	case ACT_NONE: break;
	case ACT_BREAK: end_line(page); break;
	case ACT_BLOCK: end_open_line(page); break;
	case ACT_CELL: page->gap = true; break;
	case ACT_PRE: follow_pre(page, tag); break;
	case ACT_END: page->rest = STR(""); break;
	case ACT_ITEM:
		end_open_line(page);
		if (!tag->closes)
			add(page, STR("- "));
		break;
	case ACT_RAW:
		if (!tag->closes)
			skip_raw(&page->rest, tag);
		break;
	case ACT_DROP:
		if (!tag->closes)
			skip_element(&page->rest, tag);
		break;
	case ACT_QUOTE:
		if (tag->closes)
			break;
		skip_element(&page->rest, tag);
		add_line(page, STR(">"));
		break;
	}
}

/* "&amp;", or the mark itself; some programs forget the semicolon of "&nbsp". */
static void
follow_entity(struct page *page)
{
	str name = str_part(page->rest, 1, ENTITY_MAX_BYTES), text = { 0 };

	name = mime_cut_until(&name, STR("; &<\r\n"));
	text = mime_entity(page->out.arena, name);
	if (!text.len) {
		add(page, STR("&"));
		page->rest = str_part(page->rest, 1, page->rest.len);
		return;
	}
	add(page, text);
	page->rest = str_part(page->rest, 1 + name.len, page->rest.len);
	if (str_starts(page->rest, STR(";")))
		page->rest = str_part(page->rest, 1, page->rest.len);
}

static void
follow_mark(struct page *page)
{
	struct mime_tag tag;

	if (str_starts(page->rest, STR("<!--")))
		skip_past(&page->rest, STR("-->"));
	else if (str_starts(page->rest, STR("<!")) || str_starts(page->rest, STR("<?")))
		skip_past(&page->rest, STR(">"));
	else if (mime_tag_read(&page->rest, &tag))
		follow_tag(page, &tag);
	else {
		add(page, STR("<"));
		page->rest = str_part(page->rest, 1, page->rest.len);
	}
}

static void
follow_space(struct page *page)
{
	char c = page->rest.at[0];

	page->rest = str_part(page->rest, 1, page->rest.len);
	if (!page->pre)
		page->gap = true;
	else if (c == '\n')
		end_line(page);
	else if (c != '\r')
		add(page, STR(" "));
}

str
mime_html_text(struct arena *arena, str html)
{
	struct page page = {
		.out = buf_in(arena, 4 * html.len + 4),
		.rest = html,
	};

	while (page.rest.len) {
		if (page.rest.at[0] == '<')
			follow_mark(&page);
		else if (page.rest.at[0] == '&')
			follow_entity(&page);
		else if (mime_is_space(page.rest.at[0]))
			follow_space(&page);
		else
			add(&page, mime_cut_until(&page.rest, STR("<& \t\r\n\f")));
	}
	return buf_str(&page.out);
}
