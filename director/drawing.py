"""Draws the graph into `docs/architecture.md`, from the code: `python -m director.drawing`."""

from director.graph import build_graph
from director.settings import HOME

PAGE = HOME / "docs" / "architecture.md"
BEGIN, END = "<!-- graph: begin -->", "<!-- graph: end -->"


def draw() -> str:
    """Return the graph as a Mermaid block."""
    return f"```mermaid\n{build_graph().get_graph().draw_mermaid(with_styles=False).strip()}\n```"


def drawn_page(page: str) -> str:
    """Return the page with the graph of today between its two marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{draw()}\n{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(drawn_page(PAGE.read_text("utf-8")), "utf-8")
