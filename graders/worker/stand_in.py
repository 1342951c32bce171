"""What takes the place of a package that is not installed: it does and stops nothing."""

import importlib.abc
import importlib.machinery
import opcode
import sys
import types
from collections.abc import Iterator
from typing import Any


class StandIn(types.ModuleType):
    """A module that isn't installed, and anything reached through it: it does nothing."""

    __all__: list[str] = []
    __path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        """Give another stand-in for every name but Python's own."""
        if name == "__version__":
            return "0"
        if name.startswith("__"):
            raise AttributeError(name)
        return StandIn(f"{self.__name__}.{name}")

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Leave what it decorates as it is; otherwise give a stand-in."""
        return args[0] if len(args) == 1 and callable(args[0]) and not kwargs else self

    def __iter__(self) -> Iterator[Any]:
        """Give as many as are unpacked, or two, as ``figure, axes = plt.subplots()`` wants."""
        frame = sys._getframe(1)
        code, at = frame.f_code.co_code, frame.f_lasti
        unpacks = 0 <= at < len(code) and code[at] == opcode.opmap["UNPACK_SEQUENCE"]
        return iter([self] * (code[at + 1] if unpacks else 2))

    def __getitem__(self, key: Any) -> Any:
        return self

    def __setitem__(self, key: Any, value: Any) -> None:
        return None

    def __len__(self) -> int:
        return 0

    def __float__(self) -> float:
        return 0.0

    def __int__(self) -> int:
        return 0

    __index__ = __int__

    def __instancecheck__(self, instance: Any) -> bool:
        return False

    def __subclasscheck__(self, subclass: Any) -> bool:
        return False

    def _itself(self, *others: Any) -> Any:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __matmul__ = _itself
    __truediv__ = __rtruediv__ = __pow__ = __rpow__ = __neg__ = __or__ = __ror__ = _itself
    __lt__ = __le__ = __gt__ = __ge__ = _itself

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *raised: Any) -> None:
        return None

    def __mro_entries__(self, bases: Any) -> tuple[type, ...]:
        return ()


class Placeholder(importlib.abc.Loader):
    """Loads a stand-in."""

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Return an inert module."""
        return StandIn(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Do nothing."""
