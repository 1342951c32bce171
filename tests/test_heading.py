"""Headings: which steps a line names, in the forms that learners write."""

import pytest

from graders.submission.heading import (
    Heading,
    counted,
    has_parts,
    headings,
    named,
    numbers,
    remarks,
    spelt_out,
)


def steps(text: str) -> tuple[int, ...]:
    """Return the numbers that a heading's text names."""
    return numbers(named(Heading(1, spelt_out(text))))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("step 3", (3,)),
        ("Step 03:", (3,)),
        ("STEP_07", (7,)),
        ("Step #3", (3,)),
        ("Step-3 chaining", (3,)),
        ("ステップ3", (3,)),
        ("ステップ３　関数の連結", (3,)),
        ("스텝 3", (3,)),
        ("3단계", (3,)),
        ("제3단계: 함수 연결", (3,)),
        ("第3步", (3,)),
        ("第三步 复合函数", (3,)),
        ("第3ステップ", (3,)),
        ("步骤3", (3,)),
        ("步骤十", (10,)),
        ("Chapter 1 Step 1", (1,)),
        ("第1章 ステップ1", (1,)),
        ("제1고지 Step 1", (1,)),
        ("1장 step 2", (2,)),
        ("1. Step 1", (1,)),
        ("DeZero Step 4", (4,)),
        ("Deep Learning from Scratch 3 - Step 4: slopes", (4,)),
        ("🚀 Step 3", (3,)),
        ("[Step 3](https://example.org)", (3,)),
        ("<font color='red'>Step 3</font>", (3,)),
        ("step 5,6", (5, 6)),
        ("Step 5, step 6", (5, 6)),
        ("Step 1 & 2", (1, 2)),
        ("step5~7", (5, 6, 7)),
        ("step5〜7", (5, 6, 7)),
        ("Step 5–6: by hand", (5, 6)),
        ("Steps 8-10", (8, 9, 10)),
        ("step 1 to 3", (1, 2, 3)),
        ("step 1 ~ step 3", (1, 2, 3)),
        ("1~3단계", (1, 2, 3)),
        ("Step 2.1 a base class", (2,)),
        ("Step 3-1", (3,)),
        ("Step 11", (11,)),
    ],
)
def test_a_heading_names_steps(text, numbers):
    assert steps(text) == numbers


@pytest.mark.parametrize(
    "text",
    ["Recap of step 2", "Why step 4 was slow", "Step 100", "My steps", "One step", "Chapter 1",
     "Footstep 3", "8 May", "3.2 Plot", ""],
)  # fmt: skip
def test_other_headings_name_none(text):
    assert steps(text) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# Step 3", ["step 3"]),
        ("#Step 3", ["step 3"]),
        ("Some words.\n\n### Step 3 ###", ["step 3 ###"]),
        ("**Step 3: chaining**", ["step 3: chaining"]),
        ("__Step 3__", ["step 3"]),
        ("<h2 style='color:red'>Step 3</h2>", ["step 3"]),
        ("<center><h1>Step 3</h1></center>", ["step 3"]),
        ("Step 3\n======", ["step 3"]),
        ("Step 3\n---", ["step 3"]),
        ("Step 5 gave us the gradient by hand.", []),
        ("**Step 3** is short", []),
        ("- Step 3\n- Step 4", []),
        ("```python\n# Step 3\n```\ntext", []),
        ("~~~\n# Step 3\n~~~\n# Step 4", ["step 4"]),
        ("| Step 3 | x |", []),
    ],
)
def test_only_lines_that_are_headings_count(text, found):
    assert [heading.text for heading in headings(text)] == found


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("# Step 7\nclass Variable: pass", [7]),
        ("\n  \n#@title Step 7", [7]),
        ('"""Step 7"""', [7]),
        ('"""\nMy notes\nStep 7\n"""\nx = 1\n# Step 8', [7]),
        ("# %% step 7", [7]),
        ("#############\n# Step 7\n#############\nx = 1", [7]),
        ("# -*- coding: utf-8 -*-\n# me, 2024\nimport numpy as np\n\n# Step 7\nx = 1", [7]),
        ("x = 1  # Step 7", []),
        ("class Variable:\n    # Step 7\n    pass", []),
        ("x = 1\n# Step 7", []),
        ("", []),
    ],
)
def test_a_code_cell_speaks_by_its_first_comments(code, found):
    assert [n for said in remarks(code) for n in numbers(named(said))] == found


def numbered(*texts: str, level: int = 1) -> list[Heading]:
    return [Heading(level, spelt_out(text)) for text in texts]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["1 Box", "2 Function", "3 Chain"], {0: (1,), 1: (2,), 2: (3,)}),
        (["1. Box", "Notes", "2. Function"], {0: (1,), 2: (2,)}),
        (["4) Slopes", "6) By hand"], {0: (4,), 1: (6,)}),
        (["1-2 Boxes", "3 Chain"], {0: (1, 2), 1: (3,)}),
        (["5,6", "7", "8-10"], {0: (5, 6), 1: (7,), 2: (8, 9, 10)}),
        (["1.2 Box", "1.3 Arrays", "2.1 Function"], {0: (1,), 1: (1,), 2: (2,)}),
        (["1 Box"], {}),
        (["1 Box", "5 By hand"], {}),
        (["2 Function", "1 Box"], {}),
        (["1.1 Box", "1.2 Function"], {}),
        (["2019 plans", "2020 plans"], {}),
    ],
)
def test_bare_numbers_name_steps_where_they_count_on(texts, found):
    assert counted(numbered(*texts)) == found


def test_bare_numbers_of_another_level_are_parts():
    listed = [
        *numbered("1 Box"),
        *numbered("1 Aim", "2 Code", level=2),
        *numbered("2 Function"),
    ]
    assert counted(listed) == {0: (1,), 3: (2,)}


def test_a_dash_is_no_range_where_parts_are_numbered():
    (part,) = numbered("Step 3-1")
    (later,) = numbered("Step 3-4")
    assert has_parts(named(part))
    assert not has_parts(named(later))
    assert numbers(named(later), ranges=False) == (3,)
    assert numbers(named(later)) == (3, 4)
