"""What the tests look for: a made-up shop's hour, and texts that want to be more than texts."""

MARKUP = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
HOSTILE_TENANT = "<svg onload=alert(1)>"
HOSTILE_SERVICE = "\"><script>alert(1)</script>"

_TIME = "2026-01-02T03:04:05.{:03}Z"

HOSTILE = [
    {"timestamp": _TIME.format(number), "service": HOSTILE_SERVICE, "level": level, "message": message, "attributes": attributes}
    for number, (level, message, attributes) in enumerate([
        ("INFO", MARKUP, {MARKUP: MARKUP, "__proto__": "x", "constructor": "y"}),
        ("ERROR", "</pre></dialog></main><h1>owned</h1>", {"javascript:alert(1)": "javascript:alert(1)"}),
        ("<b onclick=alert(1)>LOUD", "a level of its own", {}),
        ("WARN", "turned \u202eround\u202c and \u001b[31mred\u001b[0m and \u0000 and \u200bnothing", {"key\u202e": "value\u0007"}),
        ("INFO", "one\ntwo\r\nthree\tfour", {"lines": "a\nb"}),
        ("DEBUG", "x" * 100_000, {}),
        ("INFO", "exact numbers", {"large": 9007199254740993, "whole": 3.0, "negative": -9223372036854775808, "yes": True}),
        ("INFO", "\ud83e\udeb5 \u65e5\u672c\u8a9e \u0627\u0644\u0639\u0631\u0628\u064a\u0629 {{7*7}} ${7*7} %s", {}),
    ])
]
