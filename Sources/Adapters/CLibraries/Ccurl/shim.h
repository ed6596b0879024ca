// The type checks of the header are macros around the variadic functions, which Swift does not import anyway.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

// The variadic functions of libcurl, one for each kind of argument.
static inline CURLcode curl_easy_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_easy_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

// libcurl copies the text.
static inline CURLcode curl_easy_set_text(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_easy_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

// The list is used, not copied: it lives until the transfer is over.
static inline CURLcode curl_easy_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

// For WRITEFUNCTION, READFUNCTION and HEADERFUNCTION, which have one signature.
typedef size_t (*curl_bytes_callback)(char *bytes, size_t size, size_t count, void *data);

static inline CURLcode curl_easy_set_bytes_callback(CURL *handle, CURLoption option, curl_bytes_callback value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode curl_easy_set_seek_callback(CURL *handle, int (*value)(void *data, curl_off_t offset, int origin)) {
  return curl_easy_setopt(handle, CURLOPT_SEEKFUNCTION, value);
}

static inline CURLMcode curl_multi_set_long(CURLM *handle, CURLMoption option, long value) {
  return curl_multi_setopt(handle, option, value);
}

// The next transfer that has ended, and how; NULL if there is none.
static inline CURL *curl_multi_next_ended(CURLM *handle, CURLcode *result) {
  int left = 0;
  CURLMsg *message;
  while ((message = curl_multi_info_read(handle, &left))) {
    if (message->msg != CURLMSG_DONE) continue;
    *result = message->data.result;
    return message->easy_handle;
  }
  return 0;
}
