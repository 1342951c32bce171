"""Downloads of a class as each system makes them, with invented students."""

from pathlib import Path

from graders.classroom import judging
from graders.classroom.handed import handed_in
from graders.classroom.layouts.layouts import arranged

ROOT = Path(__file__).parents[1]
STEPS = {
    step: (ROOT / "reference" / step).read_text("utf-8") for step in ("step01.py", "step02.py")
}


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write files, by their paths in a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def work(above: str, steps: dict[str, str] = STEPS) -> dict[str, str]:
    """Return steps, with something before their names."""
    return {f"{above}{name}": text for name, text in steps.items()}


def laid_out(root: Path, *arguments, **named):
    """Return what is found in a class's folder: its layout, and each by the student."""
    there = arranged(root, *arguments, **named)
    return there, {each.student: each for each in handed_in(there.drafts)}


def steps_of(root, handed):
    """Return which steps are found in what was handed in."""
    return sorted(judging.opened(judging.Task(handed, root)).steps)


def facts(draft):
    """Return what a download says of somebody."""
    return draft.id, draft.email, draft.time, draft.late


MOODLE = {
    **work("Jane Doe_1234567_assignsubmission_file/sub/"),
    **work("김민준_1234568_assignsubmission_file/"),
    **work("Old Form_1234569_assignsubmission_file_/"),
    "Typed Only_1234570_assignsubmission_onlinetext/onlinetext.html": "<p>x = 1</p>",
    **work("Default group_assignsubmission_file/"),
}
MOODLE_FLAT = {
    **work("Jane Doe_1234567_assignsubmission_file_"),
    **work("O_Neill Pat_1234568_assignsubmission_file_"),
    "Jane Doe_1234567_assignsubmission_onlinetext_onlinetext.html": "see my files",
}
CANVAS = {
    **work("doejane_12345_67890_"),
    "roejohn_LATE_12346_67891_step01-1.py": STEPS["step01.py"],
    "roejohn_12346_67892_step02-12.py": STEPS["step02.py"],
    **work("doejane_12347_67893_"),
    **work("anon_Ab3X9_67894_"),
    "leesam_12348_text.html": "<p>here</p>",
    "kimjisoo_12349_67895_step01-1.py": STEPS["step01.py"],
    "kimjisoo_12349_67896_step01-2.py": "print(Variable)",
}
BLACKBOARD = {
    **work("HW 1_a_jdoe_attempt_2026-01-30-20-30-10_", {"step01.py": "broken ="}),
    "HW 1_a_jdoe_attempt_2026-01-30-20-30-10.txt": "Name: Jane Doe (jdoe)",
    **work("HW 1_a_jdoe_attempt_2026-02-01-08-00-00_"),
    "HW 1_a_jdoe_attempt_2026-02-01-08-00-00.txt": "Name: Jane Doe (jdoe)",
    **work("HW 1_a_sam_lee_attempt_2026-01-30-20-30-10_"),
    "HW 1_a_pat_attempt_2026-01-29-20-30-10.txt": "nothing attached",
}
FRENCH = [
    "397064-2557370 - José Núñez - 24 septembre, 2024 21h26",
    "397064-2557370 - José Núñez - 25 septembre, 2024 08h00",
]
BRIGHTSPACE = {
    "index.html": "<html>",
    **work("397063-2557369 - Mary-Ann Smith - Sep 24, 2024 926 PM/"),
    **work("397063-2557301 - Mary-Ann Smith - Sep 24, 2024 1026 AM/", {"step01.py": "old"}),
    **work(f"{FRENCH[0]}/"),
    **work(f"{FRENCH[1]}/sub/"),
    **work("397065-2557372 - Kim Lee - Oct 1, 2024 1205 AM/"),
}
GRADESCOPE = {
    **work("assignment_8046601_export/submission_123456/"),
    **work("assignment_8046601_export/submission_123457/"),
    "assignment_8046601_export/submission_metadata.yml": """\
submission_123456:
  :submitters:
  - :name: Jane Doe
    :sid: '0012345'
    :email: jane@example.edu
  - :name: "=John \\"Q\\" Roe"
    :sid:
    :email: john@example.edu
  :created_at: 2024-09-24 21:26:05.000000000 -07:00
  :score: 12.0
  :history:
  - :id: 1
    :created_at: 2024-09-23 21:26:05.000000000 -07:00
submission_123457:
  :submitters:
  - :name: Jane Doe
    :sid: '0012399'
    :email: jd@example.edu
  :created_at: 2024-09-25 01:00:00.000000000 Z
submission_999999:
  :submitters:
  - :name: Not There
""",
}
GITHUB = {
    **work("steps-jdoe/"),
    "steps-jdoe/.git/HEAD": "ref: refs/heads/main",
    **work("steps-sam-lee/src/"),
    "steps-sam-lee/.git/HEAD": "ref: refs/heads/main",
}
CLASSROOM50 = {
    **work("cs1-steps-jdoe/"),
    "cs1-steps-jdoe/.classroom50.yaml": "classroom: cs1",
    "cs1-steps-jdoe/result.json": "{}",
    **work("cs1-steps-sam-lee/"),
    "cs1-steps-sam-lee/.classroom50.yaml": "classroom: cs1",
    **work("cs1-steps-lee/"),
    "cs1-steps-lee/.classroom50.yaml": "classroom: cs1",
    "scores.csv": """\
username,first_name,last_name,email,section,score,max_score,datetime,submission_tag,submitted_by,review_url,late,override
jdoe,Jane,Doe,jane@example.edu,A,1,2,2026-06-02T09:00:00Z,submit/2,jdoe,,true,
jdoe,Jane,Doe,jane@example.edu,A,0,2,2026-06-01T09:00:00Z,submit/1,jdoe,,false,
Sam-Lee,Sam,Lee,,A,0,2,2026-06-01T10:00:00Z,submit/1,Sam-Lee,,false,
nobody,No,Body,,A,,,,,,,,
""",
}
TEAMS = {
    **work("Submitted files/Jane Doe/Steps/Version 2/", {"step01.py": "old"}),
    **work("Submitted files/Jane Doe/Steps/Version 10/"),
    **work("Submitted files/Sam Lee/Steps/Version 1/"),
    **work("Working files/Sam Lee/Steps/", {"step01.py": "not handed in"}),
}
NBGRADER = {
    **work("submitted/jdoe/steps/"),
    "submitted/jdoe/steps/timestamp.txt": "2015-02-02 15:58:23.948203 America/Los_Angeles",
    **work("submitted/lee/steps/"),
    "submitted/lee/steps/timestamp.txt": "yesterday",
    "source/steps/step01.py": "the template",
    "gradebook.db": "",
}
DUE = {
    "MOODLE": (
        "moodle",
        {
            "Jane Doe": ("1234567", "", "", None, 2),
            "김민준": ("1234568", "", "", None, 2),
            "Old Form": ("1234569", "", "", None, 2),
            "Typed Only": ("1234570", "", "", None, 0),
            "Default group": ("", "", "", None, 2),
        },
    ),
    "MOODLE_FLAT": (
        "moodle",
        {
            "Jane Doe": ("1234567", "", "", None, 2),
            "O_Neill Pat": ("1234568", "", "", None, 2),
        },
    ),
    "CANVAS": (
        "canvas",
        {
            "doejane (12345)": ("12345", "", "", False, 2),
            "doejane (12347)": ("12347", "", "", False, 2),
            "roejohn": ("12346", "", "", True, 2),
            "anon_Ab3X9": ("Ab3X9", "", "", False, 2),
            "leesam": ("12348", "", "", False, 0),
            "kimjisoo": ("12349", "", "", False, 1),
        },
    ),
    "BLACKBOARD": (
        "blackboard",
        {
            "jdoe": ("HW 1_a_jdoe", "", "2026-02-01T08:00:00", None, 2),
            "sam_lee": ("HW 1_a_sam_lee", "", "2026-01-30T20:30:10", None, 2),
            "pat": ("HW 1_a_pat", "", "2026-01-29T20:30:10", None, 0),
        },
    ),
    "BRIGHTSPACE": (
        "brightspace",
        {
            "Mary-Ann Smith": ("397063", "", "2024-09-24T21:26:00", None, 2),
            **{
                f"José Núñez ({name})": ("397064", "", "", None, 2) for name in FRENCH
            },
            "Kim Lee": ("397065", "", "2024-10-01T00:05:00", None, 2),
        },
    ),
    "GRADESCOPE": (
        "gradescope",
        {
            "Jane Doe (0012345)": (
                "0012345", "jane@example.edu", "2024-09-24T21:26:05-07:00", None, 2,
            ),
            '=John "Q" Roe': ("", "john@example.edu", "2024-09-24T21:26:05-07:00", None, 2),
            "Jane Doe (0012399)": (
                "0012399", "jd@example.edu", "2024-09-25T01:00:00+00:00", None, 2,
            ),
            "Not There": ("", "", "", None, 0),
        },
    ),
    "GITHUB": (
        "github",
        {
            "jdoe": ("steps-jdoe", "", "", None, 2),
            "sam-lee": ("steps-sam-lee", "", "", None, 2),
        },
    ),
    "CLASSROOM50": (
        "classroom50",
        {
            "jdoe": (
                "cs1-steps-jdoe", "jane@example.edu", "2026-06-02T09:00:00+00:00", True, 2,
            ),
            "Sam-Lee": ("cs1-steps-sam-lee", "", "2026-06-01T10:00:00+00:00", False, 2),
            "lee": ("cs1-steps-lee", "", "", None, 2),
        },
    ),
    "TEAMS": (
        "teams",
        {"Jane Doe": ("", "", "", None, 2), "Sam Lee": ("", "", "", None, 2)},
    ),
    "NBGRADER": (
        "nbgrader",
        {
            "jdoe": ("jdoe", "", "2015-02-02T15:58:23.948203-08:00", None, 2),
            "lee": ("lee", "", "", None, 2),
        },
    ),
}  # fmt: skip
