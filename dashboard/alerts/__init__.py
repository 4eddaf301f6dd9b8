"""Mail about what is new: who asked for what, what happened, and letters that go out once."""
