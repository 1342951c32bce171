"""The classes are subclasses of step 6's of the same names, mixed with the new Function."""
import numpy as np

import step06


class Variable(step06.Variable):
    def __init__(self, data):
        super().__init__(data)
        self.creator = None

    def set_creator(self, func):
        self.creator = func

    def backward(self):
        if self.creator is not None:
            x = self.creator.input
            x.grad = self.creator.backward(self.grad)
            x.backward()


class Function(step06.Function):
    def __call__(self, input):
        output = Variable(super().__call__(input).data)
        output.set_creator(self)
        self.output = output
        return output


class Square(Function, step06.Square):
    pass


class Exp(Function, step06.Exp):
    pass


print(Square.__mro__)
