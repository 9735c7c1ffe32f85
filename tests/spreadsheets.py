"""Tables as spreadsheets save them: each has its own separators, letters, quotes and numbers."""

import csv
import io
import re
from collections.abc import Callable

Table = list[list[str]]


def read(raw: bytes) -> Table:
    """The cells of a table as we write it."""
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def cell_of(table: Table, shot: str, column: str, text: str) -> Table:
    """The table with other text in one cell."""
    at = table[0].index(column)
    return [[*row[:at], text, *row[at + 1 :]] if row[0] == shot else row for row in table]


def _saved(table: Table, separator: str, end: str, quoting: int = csv.QUOTE_MINIMAL) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting).writerows(table)  # type: ignore[arg-type]
    return out.getvalue()


def _german(cell: str) -> str:
    """Numbers lose trailing noughts and get a decimal comma; moments are written as they are there."""
    if re.fullmatch(r"-?\d+\.\d+", cell):
        return f"{float(cell):g}".replace(".", ",")
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d) (\d\d:\d\d):\d\d", cell):
        return f"{match[3]}.{match[2]}.{match[1]} {match[4]}"
    return cell


def _american(cell: str) -> str:
    if re.fullmatch(r"-?\d+\.\d+", cell):
        return f"{float(cell):g}"
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)", cell):
        hour = int(match[4])
        return (
            f"{int(match[2])}/{int(match[3])}/{match[1][2:]} {hour % 12 or 12}:{match[5]} {'PM' if hour > 11 else 'AM'}"
        )
    return cell


def excel_german(table: Table) -> bytes:
    """Excel on a German Windows, "CSV UTF-8": semicolons, decimal commas, a mark, moments without seconds."""
    return ("\ufeff" + _saved([[_german(cell) for cell in row] for row in table], ";", "\r\n")).encode()


def excel_american(table: Table) -> bytes:
    """Excel's plain CSV on an American Windows: Windows-1252, commas, American moments."""
    return _saved([[_american(cell) for cell in row] for row in table], ",", "\r\n").encode("cp1252", "replace")


def excel_unicode_text(table: Table) -> bytes:
    """Excel's "Unicode text": UTF-16 with a mark, tabs."""
    return _saved(table, "\t", "\r\n").encode("utf-16")


def libreoffice(table: Table) -> bytes:
    """LibreOffice with its defaults, every text cell in quotes, empty rows behind."""
    return (_saved(table, ",", "\n", csv.QUOTE_ALL) + '"",' * 22 + '""\n' + "\n").encode()


def google_sheets(table: Table) -> bytes:
    """Google Sheets: no mark, CRLF, no line end behind the last row, numbers without trailing noughts."""
    cells = [[f"{float(c):g}" if re.fullmatch(r"\d+\.\d+", c) else c for c in row] for row in table]
    return _saved(cells, ",", "\r\n").rstrip("\r\n").encode()


def numbers(table: Table) -> bytes:
    """Numbers: the table's name above, headings as a person writes them, semicolons in some countries."""
    head = [cell.replace("_", " ").title() for cell in table[0]]
    return _saved([["Shots", *[""] * (len(head) - 1)], head, *table[1:]], ";", "\n").encode()


PROGRAMS: tuple[Callable[[Table], bytes], ...] = (
    excel_german, excel_american, excel_unicode_text, libreoffice, google_sheets, numbers,
)  # fmt: skip
