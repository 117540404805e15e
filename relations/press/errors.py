"""What can be wrong with a file as a whole."""

from enum import StrEnum


class Fault(StrEnum):
    """Why nothing can be read."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    NO_TEXT = "no_text"  # a picture, a program, sound
    OTHER_FORMAT = "other_format"  # a text, in a format that is not read
    DAMAGED = "damaged"
    ENCODING = "encoding"
    MIXED_ENCODINGS = "mixed_encodings"
    PICTURES = "pictures"
    ENCRYPTED = "encrypted"
    UNPACKS_TOO_LARGE = "unpacks_too_large"
    TOO_SLOW = "too_slow"


class UnreadableError(ValueError):
    """A file of which nothing is read; the message says in one sentence what is wrong and what to do."""

    def __init__(self, fault: Fault, sentence: str) -> None:
        super().__init__(sentence)
        self.fault = fault
