// Debian 12 ships llhttp as sources (node-llhttp); where a library is installed, that one is linked instead.
#if !__has_include("/usr/include/llhttp.h")
#include "/usr/share/llhttp/http.c"
#endif
