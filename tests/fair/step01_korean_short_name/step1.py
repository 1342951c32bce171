"""The file is called step1.py, without a zero; its comments are Korean."""
# 1단계: 상자로서의 변수
import numpy as np


class Variable:
    # 데이터를 담는 상자
    def __init__(self, data):
        self.data = data  # 데이터 저장


if __name__ == '__main__':
    데이터 = np.array(1.0)
    변수 = Variable(데이터)
    print(변수.data)
    변수.data = np.array(2.0)
    print(f'{변수.data}')
