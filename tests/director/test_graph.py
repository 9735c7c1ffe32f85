import ast
from pathlib import Path

from director import nodes
from director.drawing import PAGE, drawn_page
from director.graph import build_graph
from director.settings import HOME


def test_the_drawing_in_the_architecture_page_is_the_graph_of_the_code() -> None:
    page = PAGE.read_text("utf-8")
    assert drawn_page(page) == page, "run `make graph`"


def test_every_node_can_be_reached_and_every_path_ends() -> None:
    graph = build_graph().get_graph()
    onward: dict[str, set[str]] = {}
    for edge in graph.edges:
        onward.setdefault(edge.source, set()).add(edge.target)

    def reach(start: str) -> set[str]:
        seen, todo = set(), [start]
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                todo += onward.get(node, ())
        return seen

    assert reach("__start__") == set(graph.nodes)
    assert all("__end__" in reach(node) for node in graph.nodes)


def test_a_node_with_an_interrupt_holds_nothing_else() -> None:
    tree = ast.parse(Path(nodes.__file__).read_text("utf-8"))
    pausing = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(call, ast.Name) and call.id == "interrupt" for call in ast.walk(node))
    ]
    assert {node.name for node in pausing} == {"approve_script", "approve_cut"}
    for node in pausing:
        calls = {ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}
        assert calls == {"interrupt", "bool"}


def test_langgraph_is_not_imported_by_what_answers_a_finished_run() -> None:
    import subprocess
    import sys

    program = (
        "import sys, main, director.shows, director.briefing, director.display, director.settings;"
        "print([m for m in sys.modules if m.startswith(('langgraph', 'langchain', 'cv2', 'skia', 'moviepy', 'numpy'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=HOME, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
