"""Tests of step 10 as students write them: fair ones, in many forms."""

from pathlib import Path

STEP = (Path(__file__).parents[1] / "reference" / "step10.py").read_text("utf-8")
CODE = STEP[: STEP.index("class SquareTest")]
CASE = "class SquareTest(unittest.TestCase):"
FORMS = {
    "functions": """
def test_forward():
    print("testing")
    assert square(Variable(np.array(3.0))).data == 9

def test_backward():
    for data in (3.0, 5.0):
        x = Variable(np.array(data))
        square(x).backward()
        assert x.grad == 2 * data
""",
    "parameters": """
import pytest

@pytest.mark.parametrize("data", [0.5, 3.0, np.pi])
class TestSquare:
    def test_forward(self, data=3.0):
        assert square(Variable(np.array(data))).data == data**2

@pytest.mark.parametrize(["data", "due"], [(3.0, 6.0), (1.5, 3.0)])
def test_backward(data, due):
    x = Variable(np.array(data))
    square(x).backward()
    assert x.grad == pytest.approx(due)
""",
    "set up": f"""
{CASE}
    @classmethod
    def setUpClass(cls):
        cls.data = np.array([1.0, 2.0, 3.0])
    def setUp(self):
        self.x = Variable(self.data)
        self.y = square(self.x)
    def tearDown(self):
        del self.x, self.y
    def test_forward(self):
        np.testing.assert_allclose(self.y.data, [1.0, 4.0, 9.0])
    def test_backward(self):
        self.y.backward()
        np.testing.assert_allclose(self.x.grad, [2.0, 4.0, 6.0])
""",
    "parts": f"""
{CASE}
    def test_all(self):
        for data, value, slope in ((2.0, 4.0, 4.0), (3.0, 9.0, 6.0), (0.5, 0.25, 1.0)):
            with self.subTest(data=data):
                x = Variable(np.array(data))
                y = square(x)
                y.backward()
                self.assertEqual((y.data, x.grad), (value, slope))
""",
    "random without a seed": f"""
import random
{CASE}
    def test_numpy(self):
        x = Variable(np.random.randn(2, 3))
        y = square(x)
        y.backward()
        self.assertTrue(np.allclose(x.grad, numerical_diff(square, x)))
        self.assertTrue(np.allclose(y.data, x.data * x.data))
    def test_new_generator(self):
        x = Variable(np.random.default_rng().uniform(1, 2, 3))
        square(x).backward()
        self.assertTrue(np.allclose(x.grad / x.data, 2))
    def test_standard_library(self):
        data = random.uniform(1, 2)
        self.assertAlmostEqual(float(square(Variable(np.array(data))).data), data**2)
""",
    "other names": f"""
import step10 as module
from step10 import Variable as V
power, Box = square, Variable
{CASE}
    f = staticmethod(power)
    def value(self, data, f=power):
        return f(Box(np.array(data))).data
    def test_value(self):
        self.assertEqual(self.value(3.0), 9.0)
    def test_gradient(self):
        for data in (3.0, 5.0):
            x = V(np.array(data))
            module.square(x).backward()
            self.assertAlmostEqual(x.grad, 2 * data)
""",
    "run at once": """
y = square(Variable(2.0))
class SqureTest(unittest.TestCase):
    def test_forward(self):
        self.assertEqual(square(Variable(np.array(3.0))).data, 9)
    def test_backward(self):
        x = Variable(np.random.rand(1))
        square(x).backward()
        self.assertTrue(np.allclose(x.grad, numerical_diff(square, x)))
unittest.main()
""",
    "defined again, better": f"""
{CASE}
    def test_forward(self):
        self.assertEqual(square(Variable(np.array(2.0))).data, 4)
{STEP[STEP.index(CASE) :]}
""",
    "own functions": f"""
class Cube(Function):
    def forward(self, x):
        return x**3
    def backward(self, gy):
        return 3 * self.input.data**2 * gy
{CASE}
    def test_cube_of_square(self):
        x = Variable(np.array([1.5, 3.0]))
        y = Cube()(square(x))
        y.backward()
        self.assertTrue(np.allclose(x.grad, 6 * x.data**5))
        self.assertTrue(np.allclose(y.data, x.data**6))
    def test_links(self):
        x = Variable(np.array(3.0))
        y = square(x)
        self.assertIsInstance(y.creator, Square)
        self.assertIs(y.creator.input, x)
        self.assertIs(y.creator.output, y)
        self.assertIsNone(x.grad)
        with self.assertRaises(NotImplementedError):
            Function()(x)
        y.backward()
        self.assertEqual((y.grad, x.grad), (1.0, 6.0))
""",
}
BEYOND = f"""
{STEP[STEP.index(CASE) : STEP.index("if __name__")]}
    def test_chain_from_a_grad_of_its_own(self):
        x = Variable(np.array(2.0))
        y = square(square(x))
        y.grad = np.array(0.5)
        y.backward()
        self.assertEqual(x.grad, 16.0)
    def test_float(self):
        with self.assertRaises(TypeError):
            Variable(2.0)
""".replace("\n\n\n    def test_chain", "\n    def test_chain")
