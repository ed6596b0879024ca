"""What the page says when an answer is not whole, late, or not there; and that it never shows a wrong one."""

import time

from case import PageTest


class Trust(PageTest):
    def test_an_incomplete_answer_says_so_and_why(self):
        page = self.open("/?tenant=broken&range=all")
        self.assertEqual(self.messages(page), ["there"])
        self.assertIn("Incomplete", page.inner_text("#summary"))
        self.assertIn("not complete", page.inner_text("#notice"))
        self.assertIn("an object could not be read", page.inner_text("#notice"))
        self.assertIn("not complete", page.inner_text("#live"))

    def test_an_incomplete_count_says_so_and_why(self):
        # With a text the messages must be read; without one the index knows the number of those that are lost.
        page = self.open("/?tenant=broken&contains=e&range=all")
        self.assertIn("not complete: an object could not be read", page.inner_text("#timeline-note"))

    def test_an_incomplete_and_empty_answer_is_not_called_empty(self):
        page = self.open("/?tenant=broken&contains=lost&range=all")
        self.assertIn("not complete", page.inner_text("#notice .empty"))
        self.assertIn("an object could not be read", page.inner_text("#notice .warning"))

    def test_a_refusal_is_shown_in_the_server_s_words(self):
        page = self.open(f"/?range=all&contains={'x' * 5000}", failures=True)
        page.wait_for_selector("#notice .failure")
        self.assertIn("5000 bytes are over the limit of 4096", page.inner_text("#notice"))
        self.assertEqual(page.get_attribute("#contains", "aria-invalid"), "true")
        self.assertEqual(self.rows(page).count(), 0)

    def test_a_server_that_is_gone_is_told_and_asked_again(self):
        page = self.open("/?range=all", failures=True)
        page.wait_for_selector(".event")
        page.route("**/v1/query", lambda route: route.abort())
        page.click("#newest")
        page.wait_for_selector("#notice .failure")
        self.assertIn("does not answer", page.inner_text("#notice"))
        self.assertEqual(self.rows(page).count(), 0)
        page.unroute("**/v1/query")
        page.click("text=Try again")
        page.wait_for_selector(".event")
        self.assertEqual(page.locator("#notice .failure").count(), 0)

    def test_an_answer_that_is_not_json_is_told(self):
        page = self.open("/?range=all", failures=True)
        page.wait_for_selector(".event")
        page.route("**/v1/query", lambda route: route.fulfill(status=502, body="<h1>bad gateway</h1>"))
        page.click("#newest")
        page.wait_for_selector("#notice .failure")
        self.assertIn("502", page.inner_text("#notice"))

    def test_a_newer_question_cancels_the_older_one(self):
        page = self.open("/?range=all", failures=True)
        page.wait_for_selector(".event")
        held = []
        page.route("**/v1/query", lambda route: held.append(route) if "slow" in route.request.post_data else route.continue_())
        cancelled = []
        page.on("requestfailed", lambda request: cancelled.append(request.failure))
        page.fill("#contains", "slow")
        page.press("#contains", "Enter")
        self.until(page, "location.search.includes('slow')")
        self.assertEqual(self.rows(page).count(), 0, "the answer to the last question is not shown under this one")
        page.fill("#contains", "paid")
        page.press("#contains", "Enter")
        page.wait_for_selector(".event mark")
        self.assertEqual(len(held), 1)
        self.assertTrue(cancelled, "the older request was not cancelled")
        self.assertTrue(all("paid" in message for message in self.messages(page)))

    def test_a_slow_answer_is_told_and_can_be_stopped(self):
        page = self.open("/?range=all", failures=True)
        page.wait_for_selector(".event")
        page.route("**/v1/query", lambda route: None)
        began = time.monotonic()
        page.click("#newest")
        self.assertTrue(page.is_visible("#progress"))
        page.wait_for_selector("text=Still searching")
        self.assertGreater(time.monotonic() - began, 1.5)
        page.click("text=Stop")
        self.assertIn("Stopped", page.inner_text("#notice"))
        self.assertFalse(page.is_visible("#progress"))
        page.unroute("**/v1/query")
        page.click("text=Try again")
        page.wait_for_selector(".event")

    def test_a_count_that_did_not_reach_the_end_shows_from_when_on_it_is_whole(self):
        page = self.open("/?range=all", failures=True)
        page.wait_for_selector("#legend button")
        def shorten(route):
            answer = route.fetch().json()
            middle = answer["buckets"][len(answer["buckets"]) // 2]["start_ts"]
            answer |= {"complete": False, "counted_from_ts": middle,
                       "incomplete_because": [{"code": "over_budget", "detail": "counting took longer than 30 s"}]}
            route.fulfill(json=answer)
        page.route("**/v1/histogram", shorten)
        page.select_option("#service", "web")
        page.wait_for_selector("#bars .unread")
        self.assertIn("Counted from 2024-06-14", page.inner_text("#timeline-note"))
        self.assertIn("of at least", page.inner_text("#summary"))
