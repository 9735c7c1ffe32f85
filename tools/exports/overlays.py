"""The pictures on the overlay track, as editing programs lay them over the shots."""

from pathlib import Path

from episodes.format import Format
from episodes.whole_file import replace_file


def write_name_strip(name: str, title: str, form: Format, look: str, path: Path) -> None:
    """Write the lower third of an interview, in the show's look, as a PNG with transparency in the picture's size.

    Raises `OutOfSpace`.
    """
    from tools.finish.overlay import name_strip_image

    replace_file(path, name_strip_image(name, title, form.width, form.height, look))
