"""Looks at the page in a real browser: run.py [test_module[.Class[.test]] …]

Needs the built programs (CORDWOOD_TEST_PROGRAMS, default .build/debug), Chromium (CORDWOOD_TEST_CHROMIUM, default the one on the PATH)
and the packages of Tests/requirements.txt. Starts its own server and ends it.
"""

import pathlib
import sys
import unittest

import system
from case import PageTest


def main():
    here = pathlib.Path(__file__).parent
    names = sys.argv[1:] or sorted(path.stem for path in here.glob("test_*.py"))
    tests = unittest.defaultTestLoader.loadTestsFromNames(names)
    PageTest.server = system.Server()
    PageTest.browser = None
    try:
        PageTest.fill(PageTest.server)
        PageTest.browser = system.Browser()
        result = unittest.TextTestRunner(verbosity=2).run(tests)
    finally:
        if PageTest.browser:
            PageTest.browser.close()
        PageTest.server.remove()
    return 0 if result.wasSuccessful() and result.testsRun > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
