"""The near side of confinement: start a process, speak to it, end it."""
