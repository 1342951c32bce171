"""Mutants of step 7: Following the links."""

from mutants.mutant import mutants
from mutants.step06 import EXP_BACK, INPUT, SQUARE_BACK

STEP_BACK = "x.grad = f.backward(self.grad)"
ADDED_UP = """gx = f.backward(self.grad)
            x.grad = gx if x.grad is None else x.grad + gx"""
GO_ON = "            x.backward()\n"
ANY_VARIABLE = """if f is not None:
            x = f.input
            x.grad = f.backward(self.grad)
            x.backward()"""
ONLY_RESULTS = """x = f.input
        x.grad = f.backward(self.grad)
        if x.creator is not None:
            x.backward()"""
LINK = "output.set_creator(self)"
NO_CREATOR = "self.creator = None"
MUTANTS = mutants(
    "step07",
    (
        "call-forgets-return",
        "        return output\n",
        "",
        "output_is_kept result_knows_its_creator",
    ),
    ("never-sets-the-creator", LINK, "pass", "result_knows_its_creator"),
    (
        "sets-the-input-s-creator",
        LINK,
        "input.set_creator(self)",
        "leaf_has_no_creator",
    ),
    (
        "no-creator-at-first",
        NO_CREATOR,
        "pass",
        "leaf_has_no_creator",
    ),
    (
        "keeps-the-creator-elsewhere",
        "self.creator = func",
        "self.func = func",
        "set_creator",
    ),
    ("keeps-no-output", "        self.output = output\n", "", "output_is_kept"),
    (
        "keeps-a-copy-of-the-input",
        INPUT,
        "self.input = Variable(input.data)",
        "links_lead_back",
    ),
    (
        "shares-the-input",
        INPUT,
        "Function.input = input",
        "links_lead_back",
    ),
    (
        "overwrites-its-own-grad",
        STEP_BACK,
        "self.grad = f.backward(self.grad)",
        "backward_of_one_function",
    ),
    ("stops-after-one", GO_ON, "", "gradients_on_the_way"),
    (
        "always-starts-from-ones",
        "f = self.creator\n",
        "f = self.creator\n        self.grad = np.ones_like(self.data)\n",
        "backward_of_one_function backward_of_a_leaf",
    ),
    (
        "passes-ones-on",
        STEP_BACK,
        "x.grad = f.backward(np.ones_like(self.data))",
        "gradients_on_the_way starts_from_the_given_gradient",
    ),
    ("adds-up", STEP_BACK, ADDED_UP, "backward_again"),
    (
        "uses-up-grad",
        STEP_BACK,
        STEP_BACK + "\n            self.grad = None",
        "gradients_on_the_way starts_from_the_given_gradient",
    ),
    ("needs-a-creator", ANY_VARIABLE, ONLY_RESULTS, "backward_of_a_leaf"),
    (
        "does-not-stop",
        "if f is not None:",
        "if True:",
        "backward_of_one_function backward_of_a_leaf",
    ),
    ("square-forgets-gy", SQUARE_BACK, "return 2 * x", "backward_at_one_half"),
    ("exp-forgets-gy", EXP_BACK, "return np.exp(x)", "backward_at_one_half"),
)
