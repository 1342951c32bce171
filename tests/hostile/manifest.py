"""What must come of each trick.

A trick that isn't named does right mathematics beside what it tries: every check passes. For
the others, the letters before the bar are the statuses that name the cause, one of which must
be there; those after it are what other checks may come to. Which check names the cause and
which are blocked by it is the suites' to say, and in a race it differs by the run: so the
letters have no order. The number is the most points that the step may earn: a class that is a
Function (1), a result that is a Variable (1) and inputs left as they were (1) are earned even
where the mathematics is wrong.  A number below zero is what all of its points are short of; ALL
is no limit.
"""

ALL = float("inf")
PASSES = ("p|", ALL)
EXITS = ("c|bp", 2)
WRONG = ("f|bp", 3)
HANGS = ("t|bp", 2)

VERDICTS: dict[str, tuple[str, float]] = {
    "leaving/abort": EXITS,
    "leaving/exit_at_import": ("c|b", 0),
    "leaving/exit_in_a_call": EXITS,
    "leaving/exit_later": ("pc|b", ALL),
    "leaving/exit_of_another_kind": ("f|b", 0),
    "leaving/generator_exit": EXITS,
    "leaving/interrupt": EXITS,
    "leaving/kill_itself": EXITS,
    "leaving/segfault": EXITS,
    "leaving/stop_iteration": ("c|b", 0),
    "leaving/sys_exit": EXITS,
    "hanging/at_import": ("t|b", 0),
    "hanging/busy_thread": ("p|tb", ALL),
    "hanging/deadlock": HANGS,
    "hanging/huge_power": HANGS,
    "hanging/in_a_class_name": WRONG,
    "hanging/in_a_destructor": ("t|bp", -1),
    "hanging/in_a_message": HANGS,
    "hanging/in_a_property": HANGS,
    "hanging/in_a_repr": HANGS,
    "hanging/in_the_module": HANGS,
    "hanging/patched_clock": HANGS,
    "hanging/read_a_pipe": HANGS,
    "hanging/regex": HANGS,
    "hanging/shown_by_nobody": WRONG,
    "hanging/stop_itself": HANGS,
    "hanging/swallow_everything": HANGS,
    "hoarding/a_ring": WRONG,
    "hoarding/deep_nesting": WRONG,
    "hoarding/huge_array": WRONG,
    "hoarding/huge_integer": WRONG,
    "hoarding/huge_text": WRONG,
    "hoarding/many_dimensions": WRONG,
    "hoarding/many_nothings": ("ft|bp", 3),
    "hoarding/many_objects": ("ft|bp", 3),
    "hoarding/memory": ("tfc|bp", 2),
    "hoarding/recursion": ("tfc|bp", 2),
    "hoarding/stdout_flood": HANGS,
    "hoarding/threads_without_end": ("pc|b", ALL),
    "lying/agrees_with_all": WRONG,
    "lying/array_interface": ("f|bp", 3),
    "lying/arrays_in_a_dict": ("f|bp", -3),
    "lying/knows_new_ones": ("f|bp", 3),
    "lying/remembers_in_a_file": ("f|bp", 3),
    "lying/remembers_in_python": ("f|bp", 3),
    "lying/remembers_in_the_environment": ("f|bp", 3),
    "lying/another_class": ("f|p", -1),
    "lying/borrowed_name": ("f|p", -1),
    "lying/changes_after_sending": ("f|p", -1),
    "lying/changing_property": WRONG,
    "lying/counts_the_runs": ("f|bp", 3),
    "lying/generator": WRONG,
    "lying/infinity": WRONG,
    "lying/not_a_number": WRONG,
    "lying/nothing_for_an_object": WRONG,
    "lying/patched_builtins": ("cf|bp", 2),
    "lying/patched_numpy": WRONG,
    "lying/patched_unittest": ("f|bp", 3),
    "lying/plain_for_an_object": WRONG,
    "lying/subclass_of_float": WRONG,
    "lying/subclass_of_ndarray": WRONG,
    "lying/text_for_a_dtype": WRONG,
    "forging/a_byte_at_a_time": ("tc|bp", 2),
    "forging/a_long_message": ("fc|b", 0),
    "forging/another_form": WRONG,
    "forging/answer_at_import": ("c|b", 0),
    "forging/answer_before_the_question": ("cfp|b", ALL),
    "forging/close_the_wire": EXITS,
    "forging/endless_frame": EXITS,
    "forging/exact_opposite": ("f|bp", 6),
    "forging/frame_on_every_descriptor": ("cf|bp", 2),
    "forging/full_frames": ("fc|bp", 2),
    "forging/half_a_frame": HANGS,
    "forging/handles_out_of_turn": ("c|bp", 0),
    "forging/impossible_array": ("c|bp", 0),
    "forging/keys_that_are_none": ("c|bp", 0),
    "forging/kin_to_all": WRONG,
    "forging/names_without_end": ("c|b", 0),
    "forging/nested_reply": ("c|bp", 0),
    "forging/one_answer_to_all": ("c|b", 0),
    "forging/pass_descriptors": ("cfp|b", ALL),
    "forging/pretended_hole": ("n|", 0),
    "forging/results_of_another_kind": ("f|b", 0),
    "forging/results_by_text": ("f|b", 0),
    "forging/true_to_all": ("c|b", 0),
    "text/broken_names": WRONG,
    "text/html": WRONG,
    "text/long_line": WRONG,
    "text/many_lines": WRONG,
    "text/names": WRONG,
    "text/rich_markup": WRONG,
    "text/right_to_left": WRONG,
    "text/spreadsheet": WRONG,
    "text/surrogates": WRONG,
    "text/terminal_codes": WRONG,
    "text/workflow_commands": WRONG,
    "text/zeros": WRONG,
}
STEPS = {
    "lying/array_interface": "step02",
    "lying/arrays_in_a_dict": "step02",
    "lying/borrowed_name": "step02",
    "lying/changes_after_sending": "step02",
    "lying/counts_the_runs": "step10",
    "lying/knows_the_text": "step10",
    "lying/knows_new_ones": "step10",
    "lying/patched_unittest": "step10",
    "lying/remembers_in_a_file": "step10",
    "lying/remembers_in_python": "step10",
    "lying/remembers_in_the_environment": "step10",
    "forging/results_by_text": "step10",
    "forging/results_of_another_kind": "step10",
}
"""The step whose file a trick takes the place of, where it is not the third."""
THROUGH = dict.fromkeys(
    (
        "hoarding/disk",
        "forging/score_file",
        "lying/remembers_in_a_file",
        "looking/command_lines",
        "looking/environment",
        "looking/folders",
        "looking/kernel_log",
        "looking/others",
        "looking/packages",
        "looking/passwords",
        "looking/reference",
        "looking/suites",
        "reaching/empty",
        "reaching/kernel_settings",
        "reaching/next_step",
        "reaching/remove",
        "reaching/write_around",
    ),
    frozenset({"process"}),
)
"""The levels at which a trick may get through: they do not promise to stop it."""
TRAP = 'open("/planted/cwd/escaped-TOKEN", "w").close()\nraise SystemExit(5)\n'
PROBE = """+import os

for place in (".", "/tmp", "/var/tmp", "/dev/shm"):
    if os.path.exists(f"{place}/escaped-TOKEN"):
        print("escaped: found what step 3 left in", place)
"""
TRAPS = (
    "conftest.py",
    "sitecustomize.py",
    "usercustomize.py",
    "numpy.py",
    "msgspec.py",
    "pytest.py",
    "unittest.py",
    "graders/__init__.py",
    "graders/suites/conftest.py",
    "test_more.py",
)
EXTRA = {
    "reaching/next_step": {"step04.py": PROBE},
    "forging/plugins_beside": {
        **dict.fromkeys(TRAPS, TRAP),
        "escaped.pth": "import os; os._exit(5)\n",
        "pytest.ini": "[pytest]\naddopts = --no-such-option\n",
        "setup.cfg": "[tool:pytest]\naddopts = --no-such-option\n",
    },
}
"""Other files of a submission, by path; with a plus the text goes on top of what is there."""
