"""The Variable is a dataclass, compared by value, with a type hint for its only field."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass
class Variable:
    data: np.ndarray | float


if __name__ == "__main__":
    print(Variable(np.array(1.0)))
