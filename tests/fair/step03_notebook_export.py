"""The file was exported from a notebook: cell marks, get_ipython(), display(), bare values."""
#!/usr/bin/env python
# coding: utf-8

# # ステップ 3: 関数の連結

# In[1]:


get_ipython().run_line_magic('matplotlib', 'inline')
get_ipython().system('pip install numpy')
import numpy as np


# In[2]:


class Variable:
    def __init__(self, data):
        self.data = data


class Function:
    def __call__(self, input):
        x = input.data
        y = self.forward(x)
        return Variable(y)

    def forward(self, x):
        raise NotImplementedError()


# In[3]:


class Square(Function):
    def forward(self, x):
        return x ** 2


class Exp(Function):
    def forward(self, x):
        return np.exp(x)


# In[4]:


A = Square()
B = Exp()
C = Square()

x = Variable(np.array(0.5))
a = A(x)
b = B(a)
y = C(b)
display(y.data)
y.data


# In[ ]:




