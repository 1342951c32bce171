"""The Variable is a generic class made of types.SimpleNamespace, which sets its attribute."""
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

import numpy as np

T = TypeVar("T")


class Variable(SimpleNamespace, Generic[T]):
    data: T

    def __init__(self, data: T, *, name: str = "") -> None:
        super().__init__(data=data, name=name)

    def ndim(self) -> int:
        value: Any = self.data
        return np.ndim(value)
