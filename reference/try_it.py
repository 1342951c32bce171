import numpy as np
from step09 import Variable, exp, square

x = Variable(np.array([-1.507, -0.438, 1.233]))
y = exp(x)
z = square(y)
print(z.data)    # due: x