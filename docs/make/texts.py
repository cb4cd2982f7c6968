"""Every text of the program that a person reads in the window, found in the sources.

Qt's own finder knows neither the short `_tr` of our modules nor the sentences of the layers below the window, which know
nothing of Qt. So this one reads the sources as Python does; `translations.py` gives what it finds to Qt's tools.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "sr_desktop"

SENTENCES = "Sentences"
"""The context of what the layers below say; `sr_desktop.ui.shell.language` looks there."""

SPEAKING = (
    "batch",
    "engine",
    "imaging",
    "inputs",
    "library",
    "monitor",
    "runs",
    "services",
    "system",
    "training",
    "doctor/diagnostics.py",
    "settings.py",
)
"""What has sentences that reach the window; what only the command line says is left out."""

_INTERNAL = {"ValueError", "TypeError", "RuntimeError", "AssertionError", "KeyError", "NotImplementedError", "OSError"}
_LOGGING = {"debug", "info", "warning", "error", "exception", "critical", "log"}

_SHORTEST = 8

_NAMED_VALUE = re.compile(r"\{\w+\}")


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """One text to translate.

    Attributes:
        context: The class or group of texts it is looked up in.
        source: In English; `{}` for values, `%n` or `%Ln` (written as the locale does) for a number that decides on
            singular or plural.
    """

    context: str
    source: str

    @property
    def has_plural(self) -> bool:
        """Whether it has a form for one and others for more."""
        return "%n" in self.source or "%Ln" in self.source


def window_texts() -> set[Text]:
    """Return what `tr`, `_tr` and `translate` are given in the window and the services.

    Raises:
        ValueError: One of them is given something else than a text as it stands, which nobody could translate.
    """
    found: set[Text] = set()
    for part in ("ui", "services"):
        for path in sorted((PACKAGE / part).rglob("*.py")):
            found |= set(_Calls(path).texts)
    return found


WORDS = (
    "sRGB assumed",
    "unnamed profile",
    "{} is incomplete: the file ends too early.",
    "{} is damaged and can't be decoded.",
)
"""What those layers say that reaches the window without standing in the sources as a whole sentence."""


def sentences() -> set[Text]:
    """Return what the layers below the window say in whole sentences, values as `{}`."""
    found = {Text(SENTENCES, word) for word in WORDS}
    for part in SPEAKING:
        place = PACKAGE / part
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found |= {Text(SENTENCES, source) for source in _spoken(tree) if _is_sentence(source)}
    return found


class _Calls(ast.NodeVisitor):
    """Collects what is translated where it stands."""

    def __init__(self, path: Path) -> None:
        self.texts: list[Text] = []
        self._path = path
        self._classes: list[str] = []
        tree = ast.parse(path.read_text(encoding="utf-8"))
        self._module_context = _module_context(tree)
        self.visit(tree)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        if node.name != "_tr":
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        match node.func:
            case ast.Attribute(ast.Name("self"), "tr"):
                self._add(self._classes[-1], node, node.args[0])
            case ast.Name("_tr"):
                self._add(self._module_context, node, node.args[0])
            case ast.Attribute(ast.Name("QCoreApplication"), "translate") if len(node.args) > 1:
                if isinstance(node.args[0], ast.Constant):
                    self._add(node.args[0].value, node, node.args[1])
        self.generic_visit(node)

    def _add(self, context: object, call: ast.Call, argument: ast.expr) -> None:
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str) and isinstance(context, str)):
            raise ValueError(f"{self._path}:{call.lineno}: only a text as it stands can be translated")
        self.texts.append(Text(context, argument.value))


def _module_context(tree: ast.Module) -> str | None:
    """Return the context that the module's `_tr` looks in."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "_tr":
            for inside in ast.walk(node):
                if isinstance(inside, ast.Call) and isinstance(inside.args[0], ast.Constant):
                    return str(inside.args[0].value)
    return None


def _spoken(node: ast.AST) -> Iterator[str]:
    """Yield texts in which a sentence may be: not docstrings, the log, our own faults, nor what is translated already."""
    match node:
        case ast.Expr(ast.Constant()):
            return
        case ast.Call(ast.Attribute(_, name)) if name in {*_LOGGING, "tr"}:
            return
        case ast.Call(ast.Name(name)) if name in {*_INTERNAL, "_tr"}:
            return
        case ast.Constant(str(value)):
            yield _NAMED_VALUE.sub("{}", value)  # of a text that `format` fills
            return
        case ast.JoinedStr(values):
            yield "".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in values)
    for child in ast.iter_child_nodes(node):
        if not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
            yield from _spoken(child)


def _is_sentence(text: str) -> bool:
    return (
        len(text) >= _SHORTEST
        and " " in text
        and "\n" not in text
        and (text[0].isupper() or text[0] in "{“")
        and text[-1] in ".?!…"
    )
