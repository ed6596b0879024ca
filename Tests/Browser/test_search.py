"""Asking, paging, and the address that says what is shown."""

import json
import re
import time

from case import PageTest

HOUR = "range=exact&from=1718373600000&to=1718377200000"


class Search(PageTest):
    def test_finds_what_the_fields_ask_for(self):
        page = self.open("/?range=all")
        page.fill("#contains", "timeout")
        page.keyboard.press("Enter")
        self.until(page, "new URLSearchParams(location.search).get('contains') === 'timeout'")
        self.settle(page)
        page.select_option("#service", "payments")
        self.settle(page)
        page.select_option("#level", "ERROR")
        self.settle(page)
        expected = self.server.query(contains="timeout", service="payments", level="ERROR")
        self.assertGreater(len(expected["items"]), 3)
        self.assertEqual(self.messages(page), [item["message"] for item in expected["items"]])
        self.assertEqual(page.locator(".event mark").count(), len(expected["items"]))
        self.assertEqual(self.parameters(page), {
            "range": "all", "contains": "timeout", "service": "payments", "level": "ERROR"})
        self.assertIn("Complete", page.inner_text("#summary"))

    def test_a_level_and_graver_ones(self):
        page = self.open("/?range=all&min_level=ERROR")
        self.assertEqual(page.input_value("#level"), "ERROR+")
        expected = self.server.query(min_level="ERROR")
        self.assertEqual(self.messages(page), [item["message"] for item in expected["items"]])

    def test_says_where_there_is_something_when_nothing_fits(self):
        page = self.open("/?service=checkout")
        self.assertIn("No event fits in the last hour", page.inner_text("#notice"))
        self.assertIn("2024-06-14", page.inner_text("#notice"))
        page.click("text=Show the hour up to it")
        self.settle(page)
        self.assertEqual(self.rows(page).count(), 100)
        self.assertEqual(self.parameters(page)["range"] if "range" in self.parameters(page) else "exact", "exact")
        page = self.open("/?contains=no%20such%20text&range=all")
        self.assertIn("No event fits", page.inner_text("#notice"))
        page.click("text=Clear the filters")
        self.settle(page)
        self.assertEqual(self.rows(page).count(), 100)
        page = self.open("/?tenant=nobody&range=all")
        self.assertIn("cordwood-agent generate", page.inner_text("#notice"))

    def test_pages_back_to_the_end_and_to_newer_ones(self):
        page = self.open("/?range=all")
        first = self.messages(page)
        seen = []
        for _ in range(30):
            seen += page.evaluate("List.items.map((item) => item.order_key)")
            if page.is_disabled("#older"):
                break
            before = page.url
            page.click("#older")
            self.until(page, f"location.href !== {json.dumps(before)}")
            self.settle(page)
        self.assertEqual(len(seen), 1128)
        self.assertEqual(len(set(seen)), 1128)
        self.assertIn("page 12", page.inner_text("#summary"))
        page.go_back()
        self.until(page, "document.querySelector('#summary').textContent.includes('page 11')")
        page.click("#newer")
        self.until(page, "document.querySelector('#summary').textContent.includes('page 10')")
        # The address of an older page shows that page to anybody.
        shared = page.url.removeprefix(self.server.address)
        messages = self.messages(page)
        other = self.open(shared)
        self.assertEqual(self.messages(other), messages)
        other.click("#newest")
        self.until(other, "!location.search.includes('cursor')")
        self.settle(other)
        self.assertEqual(self.messages(other), first)

    def test_back_and_forward_walk_through_questions(self):
        page = self.open("/?range=all")
        page.select_option("#service", "cart")
        self.settle(page)
        page.fill("#contains", "expired")
        page.press("#contains", "Enter")
        self.until(page, "location.search.includes('expired')")
        self.settle(page)
        page.go_back()
        self.until(page, "!location.search.includes('expired')")
        self.settle(page)
        self.assertEqual(page.input_value("#contains"), "")
        self.assertEqual(page.input_value("#service"), "cart")
        page.go_back()
        self.until(page, "!location.search.includes('cart')")
        self.settle(page)
        self.assertEqual(page.input_value("#service"), "")
        page.go_forward()
        self.until(page, "location.search.includes('cart')")
        page.reload()
        self.settle(page)
        self.assertEqual(page.input_value("#service"), "cart")
        self.assertTrue(all(name == "cart" for name in page.locator(".event .of").all_inner_texts()))

    def test_exact_times_in_both_clocks(self):
        page = self.open(f"/?{HOUR}", zone="Asia/Kolkata")
        self.assertEqual(page.input_value("#from"), "2024-06-14T19:30")
        self.assertIn("Asia/", page.inner_text("#zone-name"))
        local = page.locator(".event time").first.inner_text()
        page.click("[data-zone=utc]")
        self.settle(page)
        self.assertEqual(page.input_value("#from"), "2024-06-14T14:00")
        self.assertNotEqual(page.locator(".event time").first.inner_text(), local)
        self.assertEqual(self.parameters(page)["tz"], "utc")
        page.fill("#to", "2024-06-14T14:20:00")
        page.press("#to", "Enter")
        self.until(page, "location.search.includes('1718374800000')")
        self.settle(page)
        expected = self.server.query(from_ts=1718373600000, to_ts=1718374800000)
        self.assertEqual(self.messages(page), [item["message"] for item in expected["items"]])

    def test_quick_ranges_count_from_now(self):
        page = self.open("/")
        for name, length in [("15m", 900), ("1h", 3600), ("24h", 86400), ("7d", 604800)]:
            with page.expect_request("**/v1/query") as asked:
                page.click(f"[data-range='{name}']")
            start = asked.value.post_data_json["from_ts"]
            self.assertLess(abs(time.time() - length - start / 1000), 20, name)
            self.settle(page)

    def test_counts_over_time_and_zooms(self):
        page = self.open("/?range=all&service=checkout")
        total = sum(int(text.split()[-1].replace(",", "")) for text in page.locator("#legend button").all_inner_texts())
        self.assertEqual(total, 189)
        self.assertIn("100 events of 189", page.inner_text("#summary"))
        page.click("#legend button.ERROR")
        self.settle(page)
        self.assertEqual(self.parameters(page)["level"], "ERROR")
        self.assertEqual(page.locator("#legend button.ERROR").get_attribute("aria-pressed"), "true")
        # The fullest bar, by keyboard.
        label = page.evaluate("""() => {
          const sums = Timeline.answer.buckets.map(Timeline.total);
          const index = sums.indexOf(Math.max(...sums));
          Timeline.focus(index);
          return Timeline.words(index);
        }""")
        number = int(re.search(r": (\d+) event", label).group(1))
        page.keyboard.press("Enter")
        self.until(page, "location.search.includes('from=')")
        self.settle(page)
        self.assertEqual(self.rows(page).count(), number)

    def test_dragging_over_bars_zooms(self):
        page = self.open("/?range=all")
        box = page.locator("#bars").bounding_box()
        page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 40)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 40, steps=4)
        page.mouse.up()
        self.until(page, "location.search.includes('from=')")
        self.settle(page)
        asked = self.parameters(page)
        self.assertLess(abs(int(asked["to"]) - int(asked["from"]) - 900_000), 60_000)
        page.go_back()
        self.until(page, "!location.search.includes('from=')")

    def test_fields_that_are_not_asked_yet_say_so(self):
        page = self.open("/?range=all")
        page.type("#contains", "paid")
        self.assertIn("press Enter", page.inner_text("#hint"))
        self.assertIn("stale", page.get_attribute("main", "class"))
        page.press("#contains", "Enter")
        self.until(page, "location.search.includes('paid')")
        self.settle(page)
        self.assertEqual(page.inner_text("#hint"), "")
        self.assertNotIn("stale", page.get_attribute("main", "class"))
