// Debian's llhttp.c finds this file by #include "llhttp.h", since SwiftPM puts this folder on the search path.
#if __has_include("/usr/include/llhttp.h")
#include "/usr/include/llhttp.h"
#else
#include "/usr/share/include/llhttp/llhttp.h"
#endif
