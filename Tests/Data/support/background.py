"""What goes on beside a check, in a thread of its own."""

import threading


class Background:
    """Something that is done until its block ends. Subclasses say what in `_run`, which ends soon after `_is_stopping` is set."""

    def __init__(self):
        # What ended it early: told by whoever waits for it.
        self.failure = None
        self._is_stopping = threading.Event()
        self._thread = threading.Thread(target=self._run_guarded, daemon=True)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, kind, value, trace):
        self._is_stopping.set()
        self._thread.join()

    def _run_guarded(self):
        try:
            self._run()
        except Exception as failure:  # noqa: BLE001, whatever it is, the check has to know
            self.failure = failure
