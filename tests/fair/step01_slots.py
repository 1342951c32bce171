"""The Variable has slots, so that nothing but data can be put into it."""
import numpy as np


class Variable(object):
    __slots__ = ("data",)

    def __init__(self, data):
        self.data = data

    def __repr__(self):
        return "variable(%s)" % (self.data,)


assert Variable(np.array(1.0)).data == 1.0
