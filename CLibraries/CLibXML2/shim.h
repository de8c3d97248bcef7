#pragma once
// Debian's libxml2 is built with ICU and pulls its headers in, which clash with those of Foundation's own ICU. What they
// declare is used inside the library only, so the headers that we read may as well not know of it.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/xmlreader.h>
