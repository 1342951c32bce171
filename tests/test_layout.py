"""Layout: a script lies beside the student's file, whatever that is called."""

import ast

import pytest

from graders.feedback.layout import MOST_LINES, Beside, laid_out


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
    assert Beside("step03", file).import_alone("it", name).splitlines()[-1] == line


OWN = "import numpy as np\nfrom step08 import Function, Variable\n\nprint(Variable)"


def test_an_authors_script_is_run_on_the_students_file():
    assert Beside("step08", "step08.py").run(OWN) == OWN
    assert Beside("step08", "step8.py").run(OWN) == OWN.replace("step08", "step8")
    assert "run_path('step 8.py')" in Beside("step08", "step 8.py").run(OWN)
    assert "exec(open('step8.py'" in Beside("step08", "step8.py", stops=True).run(OWN)
    assert Beside("step08", "step08.py").run("import step08") == "import step08"
    assert Beside("step08", "s8.py").run("import step08") == "import s8 as step08"
    assert Beside("step08", "s 8.py").run("import step08") == "step08 = __import__('s 8')"


def test_a_script_that_is_too_long_to_paste_is_none():
    body = ast.parse("\n".join(["x()"] * MOST_LINES)).body
    assert laid_out([], [], body, "").count("\n") == MOST_LINES - 1
    assert laid_out(["import step08"], [], body, "") is None
    assert laid_out([], [], ast.parse(f"x({'1' * 3000})").body, "") is None
