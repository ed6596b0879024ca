"""What every test of the page has: a server, a browser, and a look at what the page did behind its face."""

import time
import unittest
import urllib.parse

import events
import system


class PageTest(unittest.TestCase):
    """The runner sets `server` and `browser`, for all tests together."""

    server = None
    browser = None

    @staticmethod
    def fill(server):
        server.start()
        server.send("default", system.ROOT / "Samples/shop.ndjson")
        server.send("hostile", events.HOSTILE)
        server.send(events.HOSTILE_TENANT, events.HOSTILE[:2])
        server.send("broken", [{"timestamp": "2026-01-02T03:00:00Z", "service": "web", "level": "INFO", "message": "lost"}])
        # What is open is written into objects; then one of them is lost.
        server.stop()
        lost = server.objects("broken")
        assert lost, "the tenant 'broken' has no object"
        for path in lost:
            path.unlink()
        server.start()
        server.send("broken", [{"timestamp": "2026-01-02T04:00:00Z", "service": "web", "level": "ERROR", "message": "there"}])

    def open(self, address="/", failures=False, **options):
        """A fresh browser window at an address. With `failures` requests may fail, and the console may say so."""
        page = self.browser.page(**options)
        self.requests, self.trouble = [], []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("dialog", lambda dialog: (self.trouble.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
        page.on("pageerror", lambda error: self.trouble.append(f"an error: {error}"))
        page.on("console", lambda message: self.note(message, failures))
        self.addCleanup(self.finish, page)
        page.goto(self.server.address + address)
        if not failures:
            system.settled(page)
        return page

    def note(self, message, failures):
        if message.type in ("error", "warning") and not (failures and "Failed to load resource" in message.text):
            self.trouble.append(f"the console: {message.text}")

    def finish(self, page):
        if not page.is_closed():
            self.assertNotEqual(page.title(), "owned")
            page.context.close()
        self.assertEqual(self.trouble, [], "the page met trouble, or its policy stopped something")
        elsewhere = [url for url in self.requests if not url.startswith((self.server.address, "data:"))]
        self.assertEqual(elsewhere, [], "the page asked somebody else")

    def settle(self, page):
        system.settled(page)

    def until(self, page, expression):
        """Waits for a condition in the page. (Playwright's own way evaluates text there, which the page's policy forbids.)"""
        deadline = time.monotonic() + 20
        while not page.evaluate(expression):
            self.assertLess(time.monotonic(), deadline, f"still not so: {expression}")
            page.wait_for_timeout(20)

    def rows(self, page):
        return page.locator(".event")

    def messages(self, page):
        return page.locator(".event .message").all_inner_texts()

    def parameters(self, page):
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page.url).query))
