"""backward starts from ones where no gradient was set, which is step 9's, and takes options."""
import numpy as np


class Variable:
    def __init__(self, data, creator=None):
        self.data = data
        self.grad = None
        self.set_creator(creator)

    def set_creator(self, func):
        self.creator = func

    def cleargrad(self):
        self.grad = None

    def backward(self, *, verbose=False, **kwargs):
        if self.grad is None:
            self.grad = np.ones_like(self.data)
        f = self.creator
        if f is None:
            return
        if verbose:
            print(type(f).__name__, self.grad)
        f.input.grad = f.backward(self.grad, **kwargs)
        f.input.backward(verbose=verbose, **kwargs)


class Function:
    def __call__(self, input):
        self.input = input
        self.output = Variable(self.forward(input.data), creator=self)
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


y = Square()(Exp()(Square()(Variable(np.array(0.5)))))
y.backward(verbose=True)
