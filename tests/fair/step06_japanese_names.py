"""Arguments, locals and a helper have Japanese names."""
import numpy as np


class Variable:
    def __init__(self, データ):
        self.data = データ
        self.grad = None  # 勾配


def 微分をかける(傾き, 上流):
    """連鎖律"""
    return 傾き * 上流


class Function:
    def __call__(self, 入力):
        self.input = 入力  # 入力された変数を覚える
        return Variable(self.forward(入力.data))

    def forward(self, x):
        raise NotImplementedError()

    def backward(self, gy):
        raise NotImplementedError()


class Square(Function):
    def forward(self, x):
        return x ** 2

    def backward(self, gy):
        x = self.input.data
        return 微分をかける(2 * x, gy)


class Exp(Function):
    def forward(self, x):
        return np.exp(x)

    def backward(self, gy):
        x = self.input.data
        return 微分をかける(np.exp(x), gy)


if __name__ == "__main__":
    変数 = Variable(np.array(0.5))
    print(f"{Square()(変数).data = }")
