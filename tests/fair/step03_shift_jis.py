"""ファイルは Shift-JIS で書かれ、そのことをどこにも書いていない (Shift-JIS, undeclared)."""
import numpy as np


class Variable:
    """データを入れる箱"""

    def __init__(self, data):
        self.data = data  # 箱の中身


class Function:
    """関数の基底クラス：表示ソ能（化けやすい文字）"""

    def __call__(self, 入力):
        return Variable(self.forward(入力.data))

    def forward(self, x):
        raise NotImplementedError("継承して使う")


class Square(Function):
    def forward(self, x):
        return x ** 2


class Exp(Function):
    def forward(self, x):
        return np.exp(x)


if __name__ == "__main__":
    print("結果:", Square()(Exp()(Square()(Variable(np.array(0.5))))).data)
