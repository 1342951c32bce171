"""The file is called step_01_variable.py, lies two folders deep, and has Chinese names."""
import numpy as np


class 变量:
    """一个箱子"""

    def __init__(self, 数据):
        self.data = 数据


Variable = 变量  # 书里的名字

if __name__ == "__main__":
    print(Variable(np.array(1.0)).data)
