/*
 * names.h - the element names kith knows, one row each: enum, namespace, local name.
 *
 * Add a row; nothing else is needed.  Prefixes on the wire: D (DAV:), C (CardDAV),
 * CS (calendarserver.org), P (WebDAV-Push).
 */
#ifndef KITH_XML_NAMES_H
#define KITH_XML_NAMES_H

#define XML_NAMES(X)                                                                 \
	X(XML_DAV_MULTISTATUS, XML_DAV, "multistatus")                               \
	X(XML_DAV_RESPONSE, XML_DAV, "response")                                     \
	X(XML_DAV_HREF, XML_DAV, "href")                                             \
	X(XML_DAV_STATUS, XML_DAV, "status")                                         \
	X(XML_DAV_PROPSTAT, XML_DAV, "propstat")                                     \
	X(XML_DAV_PROP, XML_DAV, "prop")                                             \
	X(XML_DAV_PROPNAME, XML_DAV, "propname")                                     \
	X(XML_DAV_ALLPROP, XML_DAV, "allprop")                                       \
	X(XML_DAV_INCLUDE, XML_DAV, "include")                                       \
	X(XML_DAV_PROPFIND, XML_DAV, "propfind")                                     \
	X(XML_DAV_PROPERTYUPDATE, XML_DAV, "propertyupdate")                         \
	X(XML_DAV_SET, XML_DAV, "set")                                               \
	X(XML_DAV_REMOVE, XML_DAV, "remove")                                         \
	X(XML_DAV_ERROR, XML_DAV, "error")                                           \
	X(XML_DAV_RESPONSEDESCRIPTION, XML_DAV, "responsedescription")               \
	X(XML_DAV_MKCOL, XML_DAV, "mkcol")                                           \
	X(XML_DAV_MKCOL_RESPONSE, XML_DAV, "mkcol-response")                         \
	X(XML_DAV_RESOURCETYPE, XML_DAV, "resourcetype")                             \
	X(XML_DAV_COLLECTION, XML_DAV, "collection")                                 \
	X(XML_DAV_PRINCIPAL, XML_DAV, "principal")                                   \
	X(XML_DAV_DISPLAYNAME, XML_DAV, "displayname")                               \
	X(XML_DAV_GETETAG, XML_DAV, "getetag")                                       \
	X(XML_DAV_GETCONTENTTYPE, XML_DAV, "getcontenttype")                         \
	X(XML_DAV_GETCONTENTLENGTH, XML_DAV, "getcontentlength")                     \
	X(XML_DAV_GETLASTMODIFIED, XML_DAV, "getlastmodified")                       \
	X(XML_DAV_CREATIONDATE, XML_DAV, "creationdate")                             \
	X(XML_DAV_CURRENT_USER_PRINCIPAL, XML_DAV, "current-user-principal")         \
	X(XML_DAV_UNAUTHENTICATED, XML_DAV, "unauthenticated")                       \
	X(XML_DAV_PRINCIPAL_URL, XML_DAV, "principal-URL")                           \
	X(XML_DAV_PRINCIPAL_COLLECTION_SET, XML_DAV, "principal-collection-set")     \
	X(XML_DAV_OWNER, XML_DAV, "owner")                                           \
	X(XML_DAV_GROUP, XML_DAV, "group")                                           \
	X(XML_DAV_GROUP_MEMBERSHIP, XML_DAV, "group-membership")                     \
	X(XML_DAV_CURRENT_USER_PRIVILEGE_SET, XML_DAV, "current-user-privilege-set") \
	X(XML_DAV_PRIVILEGE, XML_DAV, "privilege")                                   \
	X(XML_DAV_ALL, XML_DAV, "all")                                               \
	X(XML_DAV_READ, XML_DAV, "read")                                             \
	X(XML_DAV_WRITE, XML_DAV, "write")                                           \
	X(XML_DAV_WRITE_CONTENT, XML_DAV, "write-content")                           \
	X(XML_DAV_WRITE_PROPERTIES, XML_DAV, "write-properties")                     \
	X(XML_DAV_BIND, XML_DAV, "bind")                                             \
	X(XML_DAV_UNBIND, XML_DAV, "unbind")                                         \
	X(XML_DAV_READ_ACL, XML_DAV, "read-acl")                                     \
	X(XML_DAV_READ_CURRENT_USER_PRIVILEGE_SET, XML_DAV,                          \
	    "read-current-user-privilege-set")                                       \
	X(XML_DAV_SUPPORTED_REPORT_SET, XML_DAV, "supported-report-set")             \
	X(XML_DAV_SUPPORTED_REPORT, XML_DAV, "supported-report")                     \
	X(XML_DAV_REPORT, XML_DAV, "report")                                         \
	X(XML_DAV_SYNC_COLLECTION, XML_DAV, "sync-collection")                       \
	X(XML_DAV_SYNC_TOKEN, XML_DAV, "sync-token")                                 \
	X(XML_DAV_SYNC_LEVEL, XML_DAV, "sync-level")                                 \
	X(XML_DAV_LIMIT, XML_DAV, "limit")                                           \
	X(XML_DAV_NRESULTS, XML_DAV, "nresults")                                     \
	X(XML_DAV_RESOURCE_ID, XML_DAV, "resource-id")                               \
	X(XML_DAV_QUOTA_USED_BYTES, XML_DAV, "quota-used-bytes")                     \
	X(XML_DAV_NEED_PRIVILEGES, XML_DAV, "need-privileges")                       \
	X(XML_DAV_VALID_SYNC_TOKEN, XML_DAV, "valid-sync-token")                     \
	X(XML_DAV_NUMBER_OF_MATCHES_WITHIN_LIMITS, XML_DAV,                          \
	    "number-of-matches-within-limits")                                       \
	X(XML_DAV_PROPFIND_FINITE_DEPTH, XML_DAV, "propfind-finite-depth")           \
	X(XML_DAV_CANNOT_MODIFY_PROTECTED_PROPERTY, XML_DAV,                         \
	    "cannot-modify-protected-property")                                      \
	X(XML_DAV_RESOURCE_MUST_BE_NULL, XML_DAV, "resource-must-be-null")           \
	X(XML_DAV_VALID_RESOURCETYPE, XML_DAV, "valid-resourcetype")                 \
	X(XML_DAV_QUOTA_NOT_EXCEEDED, XML_DAV, "quota-not-exceeded")                 \
	X(XML_DAV_LOCKDISCOVERY, XML_DAV, "lockdiscovery")                           \
	X(XML_DAV_SUPPORTEDLOCK, XML_DAV, "supportedlock")                           \
	X(XML_DAV_ACTIVELOCK, XML_DAV, "activelock")                                 \
	X(XML_DAV_LOCKENTRY, XML_DAV, "lockentry")                                   \
	X(XML_DAV_LOCKSCOPE, XML_DAV, "lockscope")                                   \
	X(XML_DAV_LOCKTYPE, XML_DAV, "locktype")                                     \
	X(XML_DAV_EXCLUSIVE, XML_DAV, "exclusive")                                   \
	X(XML_DAV_SHARED, XML_DAV, "shared")                                         \
	X(XML_DAV_LOCKINFO, XML_DAV, "lockinfo")                                     \
	X(XML_DAV_DEPTH, XML_DAV, "depth")                                           \
	X(XML_DAV_TIMEOUT, XML_DAV, "timeout")                                       \
	X(XML_DAV_LOCKTOKEN, XML_DAV, "locktoken")                                   \
	X(XML_DAV_LOCKROOT, XML_DAV, "lockroot")                                     \
	X(XML_DAV_LOCK_TOKEN_SUBMITTED, XML_DAV, "lock-token-submitted")             \
	X(XML_DAV_LOCK_TOKEN_MATCHES_REQUEST_URI, XML_DAV,                           \
	    "lock-token-matches-request-uri")                                        \
	X(XML_DAV_NO_CONFLICTING_LOCK, XML_DAV, "no-conflicting-lock")               \
	X(XML_DAV_ACL, XML_DAV, "acl")                                               \
	X(XML_DAV_ACE, XML_DAV, "ace")                                               \
	X(XML_DAV_GRANT, XML_DAV, "grant")                                           \
	X(XML_DAV_DENY, XML_DAV, "deny")                                             \
	X(XML_DAV_PROTECTED, XML_DAV, "protected")                                   \
	X(XML_DAV_INHERITED, XML_DAV, "inherited")                                   \
	X(XML_DAV_INHERITED_ACL_SET, XML_DAV, "inherited-acl-set")                   \
	X(XML_DAV_SUPPORTED_PRIVILEGE_SET, XML_DAV, "supported-privilege-set")       \
	X(XML_DAV_SUPPORTED_PRIVILEGE, XML_DAV, "supported-privilege")               \
	X(XML_DAV_ABSTRACT, XML_DAV, "abstract")                                     \
	X(XML_DAV_DESCRIPTION, XML_DAV, "description")                               \
	X(XML_DAV_ACL_RESTRICTIONS, XML_DAV, "acl-restrictions")                     \
	X(XML_DAV_GRANT_ONLY, XML_DAV, "grant-only")                                 \
	X(XML_DAV_NO_INVERT, XML_DAV, "no-invert")                                   \
	X(XML_DAV_GROUP_MEMBER_SET, XML_DAV, "group-member-set")                     \
	X(XML_DAV_ALTERNATE_URI_SET, XML_DAV, "alternate-URI-set")                   \
	X(XML_DAV_PRINCIPAL_PROPERTY_SEARCH, XML_DAV, "principal-property-search")   \
	X(XML_DAV_PROPERTY_SEARCH, XML_DAV, "property-search")                       \
	X(XML_DAV_MATCH, XML_DAV, "match")                                           \
	X(XML_DAV_PRINCIPAL_SEARCH_PROPERTY_SET, XML_DAV,                            \
	    "principal-search-property-set")                                         \
	X(XML_DAV_PRINCIPAL_SEARCH_PROPERTY, XML_DAV, "principal-search-property")   \
	X(XML_DAV_APPLY_TO_PRINCIPAL_COLLECTION_SET, XML_DAV,                        \
	    "apply-to-principal-collection-set")                                     \
	X(XML_DAV_PRINCIPAL_MATCH, XML_DAV, "principal-match")                       \
	X(XML_DAV_SELF, XML_DAV, "self")                                             \
	X(XML_DAV_PRINCIPAL_PROPERTY, XML_DAV, "principal-property")                 \
	X(XML_DAV_EXPAND_PROPERTY, XML_DAV, "expand-property")                       \
	X(XML_DAV_PROPERTY, XML_DAV, "property")                                     \
	X(XML_DAV_WRITE_ACL, XML_DAV, "write-acl")                                   \
	X(XML_DAV_UNLOCK, XML_DAV, "unlock")                                         \
	X(XML_DAV_AUTHENTICATED, XML_DAV, "authenticated")                           \
	X(XML_DAV_NO_ACE_CONFLICT, XML_DAV, "no-ace-conflict")                       \
	X(XML_DAV_NO_PROTECTED_ACE_CONFLICT, XML_DAV, "no-protected-ace-conflict")   \
	X(XML_DAV_RECOGNIZED_PRINCIPAL, XML_DAV, "recognized-principal")             \
	X(XML_DAV_NOT_SUPPORTED_PRIVILEGE, XML_DAV, "not-supported-privilege")       \
	X(XML_DAV_ADD_MEMBER, XML_DAV, "add-member")                                 \
	X(XML_DAV_QUOTA_AVAILABLE_BYTES, XML_DAV, "quota-available-bytes")           \
	X(XML_CARD_PROP, XML_CARD, "prop")                                           \
	X(XML_CARD_SUPPORTED_ADDRESS_DATA_CONVERSION, XML_CARD,                      \
	    "supported-address-data-conversion")                                     \
	X(XML_CARD_ADDRESSBOOK_COLLECTION_LOCATION_OK, XML_CARD,                     \
	    "addressbook-collection-location-ok")                                    \
	X(XML_CARD_MAX_IMAGE_SIZE, XML_CARD, "max-image-size")                       \
	X(XML_CARD_PRINCIPAL_ADDRESS, XML_CARD, "principal-address")                 \
	X(XML_CS_EMAIL_ADDRESS_SET, XML_CS, "email-address-set")                     \
	X(XML_DAV_NO_ABSTRACT, XML_DAV, "no-abstract")                               \
	X(XML_DAV_ALLOWED_PRINCIPAL, XML_DAV, "allowed-principal")                   \
	X(XML_CARD_ADDRESSBOOK, XML_CARD, "addressbook")                             \
	X(XML_CARD_ADDRESSBOOK_HOME_SET, XML_CARD, "addressbook-home-set")           \
	X(XML_CARD_ADDRESSBOOK_DESCRIPTION, XML_CARD, "addressbook-description")     \
	X(XML_CARD_ADDRESSBOOK_QUERY, XML_CARD, "addressbook-query")                 \
	X(XML_CARD_ADDRESSBOOK_MULTIGET, XML_CARD, "addressbook-multiget")           \
	X(XML_CARD_SUPPORTED_ADDRESS_DATA, XML_CARD, "supported-address-data")       \
	X(XML_CARD_ADDRESS_DATA_TYPE, XML_CARD, "address-data-type")                 \
	X(XML_CARD_SUPPORTED_COLLATION_SET, XML_CARD, "supported-collation-set")     \
	X(XML_CARD_SUPPORTED_COLLATION, XML_CARD, "supported-collation")             \
	X(XML_CARD_SUPPORTED_FILTER, XML_CARD, "supported-filter")                   \
	X(XML_CARD_MAX_RESOURCE_SIZE, XML_CARD, "max-resource-size")                 \
	X(XML_CARD_ADDRESS_DATA, XML_CARD, "address-data")                           \
	X(XML_CARD_FILTER, XML_CARD, "filter")                                       \
	X(XML_CARD_PROP_FILTER, XML_CARD, "prop-filter")                             \
	X(XML_CARD_PARAM_FILTER, XML_CARD, "param-filter")                           \
	X(XML_CARD_TEXT_MATCH, XML_CARD, "text-match")                               \
	X(XML_CARD_IS_NOT_DEFINED, XML_CARD, "is-not-defined")                       \
	X(XML_CARD_LIMIT, XML_CARD, "limit")                                         \
	X(XML_CARD_NRESULTS, XML_CARD, "nresults")                                   \
	X(XML_CARD_NO_UID_CONFLICT, XML_CARD, "no-uid-conflict")                     \
	X(XML_CARD_VALID_ADDRESS_DATA, XML_CARD, "valid-address-data")               \
	X(XML_CS_GETCTAG, XML_CS, "getctag")                                         \
	X(XML_CS_ME_CARD, XML_CS, "me-card")                                         \
	X(XML_PUSH_TRANSPORTS, XML_PUSH, "transports")                               \
	X(XML_PUSH_WEB_PUSH, XML_PUSH, "web-push")                                   \
	X(XML_PUSH_VAPID_KEY, XML_PUSH, "vapid-public-key")                          \
	X(XML_PUSH_TOPIC, XML_PUSH, "topic")                                         \
	X(XML_PUSH_SUPPORTED_TRIGGERS, XML_PUSH, "supported-triggers")               \
	X(XML_PUSH_CONTENT_UPDATE, XML_PUSH, "content-update")                       \
	X(XML_PUSH_PROPERTY_UPDATE, XML_PUSH, "property-update")                     \
	X(XML_PUSH_REGISTER, XML_PUSH, "push-register")                              \
	X(XML_PUSH_SUBSCRIPTION, XML_PUSH, "subscription")                           \
	X(XML_PUSH_WEB_SUBSCRIPTION, XML_PUSH, "web-push-subscription")              \
	X(XML_PUSH_RESOURCE, XML_PUSH, "push-resource")                              \
	X(XML_PUSH_ENCODING, XML_PUSH, "content-encoding")                           \
	X(XML_PUSH_READER_KEY, XML_PUSH, "subscription-public-key")                  \
	X(XML_PUSH_AUTH_SECRET, XML_PUSH, "auth-secret")                             \
	X(XML_PUSH_TRIGGER, XML_PUSH, "trigger")                                     \
	X(XML_PUSH_EXPIRES, XML_PUSH, "expires")                                     \
	X(XML_PUSH_INVALID_SUBSCRIPTION, XML_PUSH, "invalid-subscription")           \
	X(XML_PUSH_NOT_AVAILABLE, XML_PUSH, "push-not-available")                    \
	X(XML_PUSH_NO_SUPPORTED_TRIGGER, XML_PUSH, "no-supported-trigger")

enum xml_space { XML_DAV, XML_CARD, XML_CS, XML_PUSH, XML_SPACE_COUNT };

#define XML_ENUM_ROW(name, space, local) name,
enum xml_name { XML_UNKNOWN, XML_NAMES(XML_ENUM_ROW) XML_NAME_COUNT };
#undef XML_ENUM_ROW

#endif
