/* report.c - which report (RFC 3253 3.6). */
#include "dav/dav_int.h"

const struct dav_report_row dav_reports[] = {
	{ XML_DAV_SYNC_COLLECTION, true, dav_sync },             /* RFC 6578 3.2 */
	{ XML_CARD_ADDRESSBOOK_MULTIGET, true, dav_multiget },   /* RFC 6352 8.7 */
	{ XML_CARD_ADDRESSBOOK_QUERY, true, dav_query },         /* RFC 6352 8.6 */
	{ XML_DAV_EXPAND_PROPERTY, true, dav_expand_property },  /* RFC 3253 3.8 */
	{ XML_DAV_PRINCIPAL_MATCH, false, dav_principal_match }, /* RFC 3744 9.3 */
	{ XML_DAV_PRINCIPAL_PROPERTY_SEARCH, false, dav_principal_search },
	{ XML_DAV_PRINCIPAL_SEARCH_PROPERTY_SET, false, dav_principal_search_set },
};
const size_t dav_report_count = sizeof dav_reports / sizeof *dav_reports;

enum err
dav_report(struct dav *d)
{
	struct xml_element *root;

	TRY(dav_body(d, &root));
	for (size_t i = 0; root && i < dav_report_count; i++)
		if (dav_reports[i].name == root->is)
			return dav_reports[i].answer(d, root);
	d->condition = XML_DAV_SUPPORTED_REPORT;
	return ERR_UNSUPPORTED;
}
