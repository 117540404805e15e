"""What can be wrong with a file as a whole."""


class FileError(ValueError):
    """A file of which nothing can be read; the message says why and what to do."""
