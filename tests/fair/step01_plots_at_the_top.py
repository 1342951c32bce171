"""The file imports what is not installed, plots, and prints at module level."""
import matplotlib.pyplot as plt
import numpy as np
from turtle import forward
from IPython.display import Image, display


class Variable:
    '''変数という箱'''

    def __init__(self, data):
        self.data = data


fig, ax = plt.subplots(figsize=(4, 3))
xs = np.linspace(0, 1, 5)
ax.plot(xs, Variable(xs).data, label="x")
ax.set_title("Variable")
plt.legend()
plt.savefig("variable.png")
plt.show()
display(Image("variable.png"))
for n in range(3):
    print(n, Variable(np.zeros((2,) * n)).data.ndim, sep="\t")
