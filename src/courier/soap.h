/*
 * soap.h - the envelope MM7 travels in, either way (SOAP 1.1; 3GPP TS 23.140 annex L).
 *
 * Elements go by their local names: relays write the namespace of whichever release they
 * were made by, and some none at all.  Which it was is kept, to be answered in.
 */
#ifndef KITH_COURIER_SOAP_H
#define KITH_COURIER_SOAP_H

#include "xml/xml.h"

#define SOAP_SCHEMAS "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/"
#define SOAP_SCHEMA  SOAP_SCHEMAS "REL-6-MM7-1-4" /* where a message names none */
#define SOAP_VERSION "6.8.0"

struct soap {
	str transaction; /* TransactionID; empty when the header has none */
	str schema;      /* the namespace of the message */
	str version;     /* its MM7Version */
	str name;        /* the message's: "SubmitRsp", "DeliverReq", "Fault" */
	const struct xml_element *message;
};

/* Reads an envelope.  ERR_BAD_INPUT for what is none, or has nothing in its body;
 * ERR_TOO_LARGE past the ceilings of xml.h. */
enum err soap_read(struct arena *arena, str text, struct soap *out);

/* The first element at that path of local names ("Status/StatusCode"), or NULL. */
const struct xml_element *soap_find(const struct xml_element *from, str path);

/* Its text without the white space around; empty when there is none. */
str soap_text(const struct xml_element *from, str path);

/* The envelope up to its body, and what closes it.  Without a transaction, no header. */
void soap_open(struct buf *out, str transaction, str schema);
void soap_close(struct buf *out);

/* "<name>value</name>", and nothing for an empty value. */
void soap_leaf(struct buf *out, const char *name, str value);

#endif
