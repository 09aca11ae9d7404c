/* report.c - which report (RFC 3253 3.6). */
#include "dav/dav_int.h"

#define COLLECTIONS                                                          \
	(DAV_ON(DAV_ROOT) | DAV_ON(DAV_PRINCIPALS) | DAV_ON(DAV_PRINCIPAL) | \
	    DAV_ON(DAV_HOME) | DAV_ON(DAV_BOOK))

const struct dav_report_row dav_reports[] = {
	/* RFC 6578 3.2 */
	{ XML_DAV_SYNC_COLLECTION, DAV_ON(DAV_BOOK), dav_sync },
	/* RFC 6352 8.7, 8.6 */
	{ XML_CARD_ADDRESSBOOK_MULTIGET, DAV_ON(DAV_BOOK) | DAV_ON(DAV_CARD),
	    dav_multiget },
	{ XML_CARD_ADDRESSBOOK_QUERY, DAV_ON(DAV_BOOK) | DAV_ON(DAV_CARD), dav_query },
	/* RFC 3253 3.8 */
	{ XML_DAV_EXPAND_PROPERTY, COLLECTIONS, dav_expand_property },
	/* RFC 3744 9.3 - 9.5 */
	{ XML_DAV_PRINCIPAL_MATCH, COLLECTIONS, dav_principal_match },
	{ XML_DAV_PRINCIPAL_PROPERTY_SEARCH, COLLECTIONS, dav_principal_search },
	{ XML_DAV_PRINCIPAL_SEARCH_PROPERTY_SET, COLLECTIONS,
	    dav_principal_search_set },
};
const size_t dav_report_count = sizeof dav_reports / sizeof *dav_reports;

enum err
dav_report(struct dav *d)
{
	struct xml_element *root;

	TRY(dav_body(d, &root));
	for (size_t i = 0; root && i < dav_report_count; i++)
		if (dav_reports[i].name == root->is &&
		    (dav_reports[i].on & DAV_ON(d->at.kind)))
			return dav_reports[i].answer(d, root);
	d->condition = XML_DAV_SUPPORTED_REPORT;
	return ERR_UNSUPPORTED;
}
