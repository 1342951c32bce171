"""Packages that may be missing are imported, some under a try; logging goes to stderr."""
import logging
import os
import sys

import numpy as np

try:
    import cupy as xp
except ImportError:
    xp = np
import graphviz
import torch
from tqdm import tqdm

sys.path.append(os.path.join(os.path.dirname(__file__), ".."))
logging.basicConfig(level=logging.INFO)
log = logging.getLogger(__name__)


class Variable:
    def __init__(self, data):
        if data is not None and not isinstance(data, np.ndarray):
            raise TypeError("{} is not supported".format(type(data)))
        self.data = data
        self.grad = None
        self.creator = None

    def set_creator(self, func):
        self.creator = func

    def backward(self):
        if self.grad is None:
            self.grad = xp.ones_like(self.data)
        funcs = [self.creator] if self.creator else []
        for f in iter(lambda: funcs.pop() if funcs else None, None):
            f.input.grad = f.backward(f.output.grad)
            if f.input.creator:
                funcs.append(f.input.creator)


def as_array(x):
    if xp.isscalar(x):
        return xp.array(x)
    return x


class Function:
    def __call__(self, input):
        self.input = input
        self.output = Variable(as_array(self.forward(input.data)))
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
        return xp.exp(x)

    def backward(self, gy):
        return xp.exp(self.input.data) * gy


def square(x):
    log.info("square of %s", x.data)
    return Square()(x)


def exp(x):
    return Exp()(x)


def show(variable):
    dot = graphviz.Digraph(format="png")
    dot.node(str(id(variable)), "x")
    dot.render(filename="graph")


for _ in tqdm(range(3)):
    y = square(exp(square(Variable(np.array(0.5)))))
    y.backward()
show(y)
t = torch.tensor(0.5, requires_grad=True)
