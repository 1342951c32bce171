"""Functions are done in the order of their generation, from a heap and a set of those seen."""
import heapq
from dataclasses import dataclass, field
from itertools import count

import numpy as np

_ticket = count()


@dataclass(eq=False, repr=False)
class Variable:
    data: object
    grad: object = None
    creator: object = None
    generation: int = 0

    def set_creator(self, func):
        self.creator = func
        self.generation = func.generation + 1

    def backward(self):
        heap, seen = [], set()

        def add(func):
            if func is not None and func not in seen:
                seen.add(func)
                heapq.heappush(heap, (-func.generation, next(_ticket), func))

        add(self.creator)
        while heap:
            _, _, func = heapq.heappop(heap)
            func.input.grad = func.backward(func.output.grad)
            add(func.input.creator)


class Function:
    generation = 0

    def __call__(self, input):
        self.input = input
        self.generation = input.generation
        self.output = Variable(self.forward(input.data))
        self.output.set_creator(self)
        return self.output

    def forward(self, x):
        raise NotImplementedError

    def backward(self, gy):
        raise NotImplementedError


class Square(Function):
    def forward(self, x):
        return x ** 2

    def backward(self, gy):
        return 2 * self.input.data * gy


class Exp(Function):
    def forward(self, x):
        return np.exp(x)

    def backward(self, gy):
        return np.exp(self.input.data) * gy
