"""What names a public answer: the address, and for an address without a language that of the reader."""

from dataclasses import dataclass
from hashlib import blake2b

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_from_request

from atlas.page_cache.encodings import IDENTITY, ZSTD, negotiate
from atlas.page_cache.state import State

_LANGUAGES = frozenset(dict(settings.LANGUAGES))
# What an answer that is kept may depend on of a request, beside its address.
VARIES = ("Accept-Encoding", "Accept-Language")


@dataclass(frozen=True, slots=True)
class Address:
    """An address as a reader asks for it, and the encoding in which it is sent.

    `vary` is what of the request the answer depends on.
    """

    key: str
    encoding: str
    vary: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Address":
        """The address that a request asks for.

        Raises:
            DisallowedHost: the host is not ours.
        """
        path = request.path_info
        # As `get_language_from_path` finds, which takes longer.
        has_language = path[1:3] in _LANGUAGES and path[3:4] == "/"
        parts = (
            request.scheme or "",
            request.get_host(),
            path,
            request.META.get("QUERY_STRING", ""),
            "" if has_language else get_language_from_request(request),
        )
        digest = blake2b(
            "\n".join(parts).encode("utf-8", "surrogateescape"), digest_size=16
        ).hexdigest()
        encoding = negotiate(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        return cls(digest, encoding, VARIES[0] if has_language else ", ".join(VARIES))

    @property
    def kept_as(self) -> str:
        """The encoding in which the answer is kept: for who takes none it is unpacked when it is sent."""
        return ZSTD if self.encoding == IDENTITY else self.encoding

    def etag(self, state: State) -> str:
        """The strong validator of the answer in a state."""
        digest = blake2b(f"{self.key} {state.token}".encode(), digest_size=12).hexdigest()
        return f'"{digest}{"-" if self.encoding else ""}{self.encoding}"'
