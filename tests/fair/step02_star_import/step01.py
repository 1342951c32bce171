import numpy as np


class Variable:
    def __init__(self, data):
        self.data = data


print("step 1:", Variable(np.array(1.0)).data)
