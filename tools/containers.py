"""Which reader a media file asks for, told by its first bytes: no reader may guess, since some open other files."""

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (4, b"ftyp", "mov"), (4, b"moov", "mov"), (4, b"mdat", "mov"), (4, b"wide", "mov"), (4, b"free", "mov"),
    (4, b"skip", "mov"), (0, b"\x1aE\xdf\xa3", "matroska"), (8, b"AVI ", "avi"), (8, b"WAVE", "wav"),
    (0, b"GIF8", "gif"), (0, b"ID3", "mp3"), (0, b"fLaC", "flac"), (0, b"OggS", "ogg"),
)  # fmt: skip
"""Offset, bytes and ffmpeg's reader of files that begin with them. A playlist begins with none of them."""
_IN_CHUNKS = (b"RIFF", b"RIFX", b"RF64")
"""What stands before the kind of an AVI or WAVE file."""


def container_of(head: bytes) -> str:
    """Return the name of ffmpeg's reader for a file that begins with `head`, 16 bytes or more; empty for no media."""
    for offset, mark, reader in _SIGNATURES:
        if head[offset : offset + len(mark)] == mark and (offset < 8 or head[:4] in _IN_CHUNKS):
            return reader
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        # MPEG sound: layer 0 is AAC's, the others are MP3's.
        return "mp3" if head[1] & 0x06 else "aac"
    return ""
