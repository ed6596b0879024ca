"""Texts of a log that want to be more than texts."""

import urllib.parse

import events
from case import PageTest


class Hostile(PageTest):
    def test_stay_texts_in_the_list_and_in_the_event(self):
        page = self.open("/?tenant=hostile&range=all")
        before = page.evaluate("document.querySelectorAll('script').length")
        self.assertEqual(self.rows(page).count(), len(events.HOSTILE))
        self.assertIn(events.MARKUP, self.messages(page))
        for index in range(len(events.HOSTILE)):
            self.rows(page).nth(index).click()
            item = page.evaluate("Detail.item.message")
            self.assertEqual(page.locator("#fields pre").count(), 1)
            self.assertTrue(item)
        self.assertEqual(page.locator("#list img, #list script, #detail img, #detail script, h1:has-text('owned')").count(), 0)
        self.assertEqual(page.evaluate("document.querySelectorAll('script').length"), before)
        self.assertEqual(page.locator(f"#service option[value='{events.HOSTILE_SERVICE}']").count(), 1)
        self.assertEqual(page.evaluate("typeof Object.prototype.x"), "undefined")

    def test_attributes_of_any_name(self):
        page = self.open("/?tenant=hostile&range=all&contains=owned")
        self.rows(page).last.click()
        names = page.locator("#fields dt").all_inner_texts()
        for name in [events.MARKUP, "__proto__", "constructor"]:
            self.assertIn(name, names)

    def test_tenant_and_service_of_any_name(self):
        tenant, service = urllib.parse.quote(events.HOSTILE_TENANT), urllib.parse.quote(events.HOSTILE_SERVICE)
        page = self.open(f"/?tenant={tenant}&service={service}&range=all")
        self.assertEqual(self.rows(page).count(), 2)
        self.assertEqual(page.input_value("#service"), events.HOSTILE_SERVICE)
        page.reload()
        self.settle(page)
        self.assertEqual(page.locator("#tenants option").first.get_attribute("value"), events.HOSTILE_TENANT)

    def test_characters_that_show_nothing_are_shown(self):
        page = self.open("/?tenant=hostile&range=all&level=WARN")
        text = self.messages(page)[0]
        self.assertIn("\u2039U+202E\u203a", text)
        self.assertIn("\u241b[31m", text)
        self.assertIn("\u2400", text)
        self.assertNotIn("\u202e", text)

    def test_parameters_that_mean_nothing(self):
        for address in ["/?range=%22%3E&from=x&to=-1e9&level=%3Cb%3E&tz=<script>", "/?cursor=%00&range=all", "/?event=%3Cimg%3E&range=all"]:
            page = self.open(address, failures=True)
            page.wait_for_selector("main[aria-busy=false]")
            self.assertEqual(page.locator("#events img").count(), 0)

    def test_the_policy_stops_what_might_get_in(self):
        page = self.open("/?range=all")
        stopped = page.evaluate("""() => {
          try { document.body.innerHTML = "<p>"; return "markup was taken"; } catch { return ""; }
        }""")
        self.assertEqual(stopped, "")
        self.trouble.clear()  # the attempt of the test itself
