"""Write markup of the console's library."""

from step02 import Function, Square, Variable  # noqa: F401

MESSAGE = "[bold green]passed[/] [link=file:///etc/passwd]look[/link] [/nothing]"
print(MESSAGE)


class Exp(Function):
    def forward(self, x):
        print(MESSAGE)
        raise ValueError(MESSAGE)
