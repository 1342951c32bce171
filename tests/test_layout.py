"""Layout: a script is written in as few lines as it must be, and still does the same."""

import pytest

from graders.feedback import layout
from graders.feedback.layout import NEW, OBJECT, inlined, merged


def test_a_new_function_may_be_made_where_it_is_used():
    lines = ["f = Square()", "x = Variable(1)", "y = f(x)", "print(y)"]
    assert inlined(lines, NEW) == ["x = Variable(1)", "y = Square()(x)", "print(y)"]
    twice = ["f = Square()", "y = f(x)", "print(f.input)"]
    assert inlined(twice, NEW) == twice


def test_other_objects_are_made_in_the_next_line_only_and_never_in_the_last():
    lines = ["x = Variable(1)", "y = f(x)", "z = g(y)", "print(z.data)"]
    assert inlined(lines, OBJECT) == ["z = g(f(Variable(1)))", "print(z.data)"]
    apart = ["x = Variable(1)", "h(u)", "y = f(x)", "print(y)"]
    assert inlined(apart, OBJECT) == apart


def test_new_functions_in_a_row_become_one_line():
    lines = ["f = Square()", "g = Exp()", "x = Variable(1)", "h = Square()"]
    assert list(merged(lines)) == ["f, g = Square(), Exp()", "x = Variable(1)", "h = Square()"]


@pytest.mark.parametrize(
    ("file", "name", "line"),
    [
        ("step03.py", "", "import step03    # due: it"),
        ("step03.py", "Exp", "from step03 import Exp    # due: it"),
        ("step 3.py", "", "runpy.run_path('step 3.py')    # due: it"),
        ("step 3.py", "Exp", "runpy.run_path('step 3.py')['Exp']    # due: it"),
    ],
)
def test_a_script_may_only_import_a_file_or_a_name_of_it(file, name, line):
    assert layout.imported(file, "it", name).splitlines()[-1] == line


OWN = "import numpy as np\nfrom step08 import Function, Variable\n\nprint(Variable)"


def test_a_suites_own_script_names_the_students_file():
    assert layout.beside(OWN, "step8.py", False) == OWN.replace("step08", "step8")
    assert "run_path('step 8.py')" in layout.beside(OWN, "step 8.py", False)
    assert "exec(open('step8.py'" in layout.beside(OWN, "step8.py", True)
    assert layout.beside("import step08", "s 8.py", False) == "step08 = __import__('s 8')"
