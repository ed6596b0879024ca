"""Messages that a careless program spoils."""


def messages(random, longest):
    """Of all kinds, none twice; `longest` is how many bytes one may have."""
    texts = [bytes([byte]) for byte in range(256)]
    texts += [
        b"",
        bytes(range(256)),
        bytes(reversed(range(256))) * 5,
        b"\0" * 300,
        b"\n",
        b"\r\n",
        b"a\nb\r\nc\n",
        b"\n\n\n",
        b"tab\tbell\x07escape\x1b[31m",
        b'"quoted" \\ back/slash \\u0041 \\n',
        b'{"message": "json", "n": [1, 2]}',
        b"%s %d %n %%",
        "\ufeffa byte order mark".encode(),
        "caf\u00e9".encode(),
        "cafe\u0301".encode(),
        "\u65e5\u672c\u8a9e".encode(),
        "\U0001f332\U0001f525".encode(),
        "\u2028\u2029\u0085".encode(),
        "\ufffd".encode(),
        "\U0010ffff\uffff".encode(),
        # Ill-formed: overlong, surrogates, above U+10FFFF, cut off, stray continuations, UTF-16.
        b"\xc0\x80",
        b"\xc1\xbf",
        b"\xe0\x80\xaf",
        b"\xed\xa0\x80\xed\xb0\x80",
        b"\xf4\x90\x80\x80",
        b"\xf5\x80\x80\x80",
        b"cut \xe2\x82",
        b"cut \xf0\x9f\x8c",
        b"\xe2\x82 between",
        b"\x80\x80 first",
        b"\xff\xfe",
        "utf-16".encode("utf-16"),
        "latin 1: \u00e9\u00fc".encode("latin-1"),
        b"valid \xe2\x98\x83, then \xe2\x28\xa1",
    ]
    texts += [random.randbytes(random.randrange(2, 5_000)) for _ in range(150)]
    texts += [
        "".join(
            chr(random.choice([random.randrange(0xD800), random.randrange(0xE000, 0x110000)]))
            for _ in range(random.randrange(1, 300))
        ).encode()
        for _ in range(100)
    ]
    texts += [
        random.randbytes(longest),
        random.randbytes(longest - 1),
        b"\0" * longest,
        b"\n" * longest,
        "\u00e9".encode() * (longest // 2),
        b"x" * longest,
    ]
    return list(dict.fromkeys(texts))


def is_utf8(text):
    try:
        text.decode()
        return True
    except UnicodeDecodeError:
        return False
