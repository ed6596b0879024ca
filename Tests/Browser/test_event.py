"""One event: opened, walked through, copied, and found again."""

import json
import urllib.parse

from case import PageTest


class Event(PageTest):
    def test_shows_all_that_is_known(self):
        page = self.open("/?range=all&service=checkout&level=ERROR")
        item = self.server.query(service="checkout", level="ERROR", limit=1)["items"][0]
        self.rows(page).first.click()
        text = page.inner_text("#fields")
        for part in [item["message"], item["timestamp"], item["trace_id"], item["span_id"], "severity 17"]:
            self.assertIn(part, text)
        for name, value in item["attributes"].items():
            self.assertIn(name, text)
            self.assertIn(str(value), text)
        self.assertEqual(self.rows(page).first.get_attribute("aria-selected"), "true")
        page.click("#copy-json")
        self.until(page, "document.querySelector('#copy-json').textContent === 'Copied'")
        self.assertEqual(json.loads(page.evaluate("navigator.clipboard.readText()")), item)

    def test_follows_a_trace_through_services(self):
        page = self.open("/?range=all&service=checkout&level=ERROR")
        item = self.server.query(service="checkout", level="ERROR", limit=1)["items"][0]
        self.rows(page).first.click()
        page.click("text=Show this trace")
        self.until(page, "location.search.includes('trace_id')")
        self.settle(page)
        expected = self.server.query(trace_id=item["trace_id"])["items"]
        self.assertEqual(self.messages(page), [item["message"] for item in expected])
        self.assertGreater(len(set(page.locator(".event .of").all_inner_texts())), 1)
        page.click("#any-trace")
        self.until(page, "!location.search.includes('trace_id')")

    def test_a_link_to_it_shows_it_open(self):
        page = self.open("/?range=all")
        self.rows(page).nth(7).click()
        page.click("#copy-link")
        self.until(page, "document.querySelector('#copy-link').textContent === 'Copied'")
        link = page.evaluate("navigator.clipboard.readText()")
        message = page.evaluate("Detail.item.message")
        other = self.open(link.removeprefix(self.server.address))
        self.assertEqual(other.evaluate("Detail.item.message"), message)
        self.assertIn("from", urllib.parse.parse_qs(urllib.parse.urlsplit(link).query))

    def test_back_closes_it_and_forward_opens_it_again(self):
        page = self.open("/?range=all")
        before = len(self.requests)
        self.rows(page).nth(3).click()
        self.assertTrue(page.is_visible("#detail"))
        page.go_back()
        page.wait_for_selector("#detail", state="hidden")
        page.go_forward()
        page.wait_for_selector("#detail", state="visible")
        self.assertEqual(len(self.requests), before, "an event that is there is not asked for again")
        page.click("#close")
        page.wait_for_selector("#detail", state="hidden")
        self.assertNotIn("event", self.parameters(page))

    def test_numbers_are_shown_and_copied_as_they_were_sent(self):
        page = self.open("/?range=all&tenant=hostile&contains=exact%20numbers")
        self.rows(page).first.click()
        text = page.inner_text("#fields")
        for number in ["9007199254740993", "-9223372036854775808", "3.0"]:
            self.assertIn(number, text)
        page.click("#copy-json")
        self.until(page, "document.querySelector('#copy-json').textContent === 'Copied'")
        copied = json.loads(page.evaluate("navigator.clipboard.readText()"))
        item = self.server.query(tenant_id="hostile", contains="exact numbers")["items"][0]
        self.assertEqual(copied, item)
        self.assertIsInstance(copied["attributes"]["whole"], float)
