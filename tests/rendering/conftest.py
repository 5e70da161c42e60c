from collections.abc import Callable

import pytest

from planner.rendering.diagram.description import Diagram, Edge, EdgeKind, Hub, Lane, Node


@pytest.fixture
def net() -> Callable[..., Diagram]:
    """A diagram from words: `net("a>b b>c c~>a", lanes={"T1": "a b"}, waves={"a": 2})`."""

    def made(
        edges: str,
        *,
        lanes: dict[str, str] | None = None,
        waves: dict[str, int] | None = None,
        hubs: dict[str, str] | None = None,
        language: str = "ja",
        alone: str = "",
    ) -> Diagram:
        words = edges.split()
        pairs = [word.replace("~>", ">").split(">") for word in words]
        names = list(dict.fromkeys([*(end for pair in pairs for end in pair), *alone.split()]))
        lane_of = {name: lane for lane, members in (lanes or {}).items() for name in members.split()}
        numbers = waves or {}
        return Diagram(
            title="図",
            nodes=tuple(
                Node(name, name, lane_of.get(name, "L"), (numbers[name],) if name in numbers else ()) for name in names
            ),
            edges=tuple(
                Edge(left, right, EdgeKind.SOFT if "~>" in word else EdgeKind.HARD)
                for word, (left, right) in zip(words, pairs, strict=True)
            ),
            lanes=tuple(Lane(lane, lane) for lane in dict.fromkeys([*(lanes or {}), "L"])),
            hubs=tuple(Hub(node, letter, f"hub {letter}") for node, letter in (hubs or {}).items()),
            waves=tuple(f"W{number + 1}" for number in range(max(numbers.values(), default=0))),
            language=language,
        )

    return made
