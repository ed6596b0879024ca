"""The parts of `Tests/Chaos/run.py`."""
