"""Layouts that a function may have in a student's file, before carrying over and after."""

HOLE = 'raise NotImplementedError("fill in: Square.forward (carried over from your step02.py)")'
"""What stands in the place of a body."""
WRITTEN = {
    "plain": """\
    def forward(self, x):
        return x ** 2  # squared
""",
    "one line": """\
    def forward(self, x): return x ** 2  # squared
""",
    "tabs": """\
    def forward(self, x):
    \tif True:
    \t\treturn x ** 2  # squared
""",
    "type hints": """\
    def forward(self, x: 'float') -> 'float':
        return x ** 2  # squared
""",
    "other names": """\
    def forward(this, data):
        return data ** 2  # squared
""",
    "a decorator": """\
    @staticmethod
    def forward(x):
        return x ** 2  # squared
""",
    "a docstring": '''\
    def forward(self, x):
        """Mine."""
        return x ** 2  # squared
''',
    "comments": """\
    def forward(self, x):  # here
        # before

        y = x  # now
        return y ** 2  # squared
        # after
""",
    "a nested class": """\
    class Variable:
        def forward(self, x):
            return 7
    def forward(self, x):
        class Inner:
            def forward(self): return x
        return Inner().forward() ** 2  # squared
""",
    "semicolons": """\
    def forward(self, x):
        y = x; z = y; return z ** 2  # squared
""",
    "long lines": """\
    def forward(self, x):
        return (
  x
            ** 2  # squared
        )
""",
    "a text": """\
    def forward(self, x):
        y = '''
  two
lines'''
        return x ** 2  # squared
""",
}
"""The student's own ``Square.forward``, indented as in a class."""
TO_FILL = {
    "plain": f'''\
    def forward(self, x):
        """Keep."""
        {HOLE}
''',
    "one line": f"""\
    def forward(self, x): {HOLE}
""",
    "no docstring": f"""\
    def forward(self, x):
        {HOLE}
""",
    "tabs": f'''\
\tdef forward(self, x):
\t\t"""Keep."""
\t\t{HOLE}
''',
    "comments": f'''\
    def forward(self, x):
        """Keep."""
        # above
        {HOLE}  # mine
        # below
''',
    "two texts": """\
    def forward(self, x):
        raise NotImplementedError(
            "fill in: Sq"
            "uare.forward (carried over from your step02.py)"
        )
""",
}
"""The hole of ``Square.forward``, likewise."""
