"""Lines that anybody may find: that two students have them alike tells nothing."""

import numpy as np


def forward(self, x, input):
    y = self.forward(input.data)
    output = self.forward(input.data)
    return Variable(self.forward(input.data))
    return Variable(y)
    return x * x
    return x * x * x
    return np.square(x)
    return np.power(x, 2)
    return pow(x, 2)
    return np.e**x
    return np.power(np.e, x)
    return np.multiply(x, x)


def backward(self, gy):
    return 2 * self.input.data * gy
    return 2.0 * self.input.data * gy
    return gy * 2 * self.input.data
    return gy * (2 * self.input.data)
    return (2 * self.input.data) * gy
    return self.input.data * 2 * gy
    return np.exp(self.input.data) * gy
    return gy * np.exp(self.input.data)
    return self.output.data * gy
    return gy * self.output.data
    return 2 * self.x * gy
    return np.exp(self.x) * gy
    return 2 * x * gy
    return gy * 2 * x
    return gy * np.exp(x)
    dx = 2 * self.input.data
    return 2 * self.input.data
    return np.exp(self.input.data)


def numerical_diff(f, x, eps=1e-4):
    return (f(Variable(x.data + eps)).data - f(Variable(x.data - eps)).data) / (2 * eps)
    y0 = f(Variable(x.data - eps))
    y0 = f(Variable(x.data - eps)).data
    y1 = f(Variable(x.data + eps))
    y1 = f(Variable(x.data + eps)).data
    return (y1 - y0) / (2 * eps)
    return (y1 - y0) / (2.0 * eps)
    return (y1.data - y0.data) / (2.0 * eps)
    return (y1.data - y0.data) / 2 / eps
    return (y1.data - y0.data) / (eps * 2)
    return (f(x1).data - f(x0).data) / (2 * eps)
    return (f(x0).data - f(x1).data) / (2 * eps)
    diff = (y1.data - y0.data) / (2 * eps)
    diff = (y1 - y0) / (2 * eps)
    return (y1.data - y0.data) / eps


def loop(self):
    if self.creator is None:
        return
    if self.creator is not None:
        self.creator.input.grad = self.creator.backward(self.grad)
        self.creator.input.backward()
    f = self.creator
    if f is None:
        return
    x = f.input
    f.input.grad = f.backward(self.grad)
    f.input.grad = f.backward(f.output.grad)
    f.input.backward()
    f = f.input.creator
    x.backward()
    while f is not None:
        pass
    while f:
        pass
    while funcs:
        pass
    while len(funcs) > 0:
        pass
    while True:
        break
    if x.creator:
        funcs.append(x.creator)
    if f.input.creator is not None:
        funcs.append(f.input.creator)
    if not self.grad:
        self.grad = np.ones_like(self.data)
    self.grad = np.ones(self.data.shape)
    self.grad = np.array(1.0)


def friendlier(self, data, x):
    if data is not None and not isinstance(data, np.ndarray):
        raise TypeError("no")
    if isinstance(data, np.ndarray) or data is None:
        self.data = data
    if data is None or isinstance(data, np.ndarray):
        self.data = data
    else:
        raise TypeError(f"{type(data)} no")
    raise TypeError(f"no {type(data)} yes")
    raise TypeError("{} no".format(type(data)))
    raise TypeError("no " + str(type(data)))
    return x if isinstance(x, np.ndarray) else np.array(x)
    return np.array(x) if np.isscalar(x) else x
    if isinstance(x, np.ndarray):
        return x
    if not isinstance(x, np.ndarray):
        return np.array(x)
    return np.asarray(x)
    return Variable(as_array(self.forward(input.data)))
    y = as_array(self.forward(input.data))


def tests(self):
    self.assertEqual(y.data, np.array(4.0))
    self.assertEqual(y.data, 4.0)
    self.assertEqual(x.grad, np.array(6.0))
    self.assertEqual(x.grad, 6.0)
    self.assertAlmostEqual(y.data, 4.0)
    self.assertAlmostEqual(x.grad, 6.0)
    self.assertTrue(np.allclose(x.grad, numerical_diff(square, x)))
    self.assertTrue(np.allclose(y.data, np.array(4.0)))
    self.assertTrue(np.allclose(x.grad, np.array(6.0)))
    self.assertTrue(np.allclose(x.grad, expected))
    self.assertTrue(np.allclose(y.data, expected))
    self.assertTrue(np.allclose(x.grad, num_grad))
    self.assertTrue(np.array_equal(y.data, expected))
    np.testing.assert_allclose(x.grad, expected)
    np.testing.assert_allclose(y.data, expected)
    np.testing.assert_allclose(x.grad, num_grad)
    assert y.data == 4.0
    assert x.grad == 6.0
    assert np.allclose(x.grad, numerical_diff(square, x))
    x = Variable(np.random.rand(3))
    x = Variable(np.random.rand(2, 3))
    x = Variable(np.random.randn(3))
    x = Variable(np.array([1.0, 2.0, 3.0]))
    expected = np.array([1.0, 4.0, 9.0])
    x = Variable(np.array([1.0, 2.0]))
    expected = 2 * x.data
    expected = x.data**2
    expected = np.exp(x.data)
