"""New steps and checks: their files, with a TODO for each thing that is the author's to say."""
