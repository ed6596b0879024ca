"""By keyboard alone, on a phone, for those who see little, less motion, or nothing."""

from axe_playwright_python.sync_playwright import Axe

from case import PageTest

PHONE = {"width": 360, "height": 740, "touch": True, "is_mobile": True}


class Access(PageTest):
    def focused(self, page):
        return page.evaluate("document.activeElement.id || document.activeElement.className || document.activeElement.tagName")

    def test_keyboard_alone(self):
        page = self.open("/?range=all")
        order = []
        for _ in range(40):
            page.keyboard.press("Tab")
            order.append(self.focused(page))
            self.assertTrue(page.evaluate(
                "getComputedStyle(document.activeElement).outlineStyle !== 'none' || document.activeElement.matches('.skip')"),
                f"the focus on {order[-1]} cannot be seen")
            if order[-1].startswith("event"):
                break
        self.assertEqual(order[0], "skip")
        self.assertLess(order.index("contains"), order.index("tenant"))
        self.assertLess(order.index("tenant"), order.index("service"))
        self.assertTrue(order[-1].startswith("event"), order)
        # In the list: down twice, open, go on while it is open, close; the focus stays in the list.
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        self.assertTrue(page.is_visible("#detail"))
        self.assertEqual(page.evaluate("List.items.indexOf(Detail.item)"), 2)
        page.keyboard.press("ArrowDown")
        self.assertEqual(page.evaluate("List.items.indexOf(Detail.item)"), 3)
        page.keyboard.press("Escape")
        page.wait_for_selector("#detail", state="hidden")
        self.assertEqual(page.evaluate("document.activeElement.dataset.index"), "3")
        page.keyboard.press("End")
        self.assertEqual(page.evaluate("document.activeElement.dataset.index"), "99")
        page.keyboard.press("Home")
        self.assertEqual(page.evaluate("document.activeElement.dataset.index"), "0")

    def test_skips_to_the_events_and_searches_by_enter(self):
        page = self.open("/?range=all")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        self.assertEqual(self.focused(page), "events")
        page.focus("#contains")
        page.keyboard.type("paid")
        page.keyboard.press("Enter")
        page.wait_for_selector(".event mark")
        self.assertIn("The answer is complete", page.inner_text("#live"))

    def test_a_phone_needs_no_sideways_scrolling(self):
        for address in ["/?range=all", "/?range=exact&from=1718373600000&to=1718377200000", "/?tenant=hostile&range=all", "/"]:
            page = self.open(address, **PHONE)
            self.assertLessEqual(page.evaluate("document.documentElement.scrollWidth"), 360, address)
            small = page.evaluate("""() => [...document.querySelectorAll('form button, form input, form select, nav button')]
              .filter((element) => element.offsetParent && element.getBoundingClientRect().height < 40).map((element) => element.outerHTML)""")
            self.assertEqual(small, [], "too small to touch")

    def test_a_phone_shows_an_event_over_the_list(self):
        page = self.open("/?tenant=hostile&range=all", **PHONE)
        self.rows(page).last.tap()
        page.wait_for_selector("#detail", state="visible")
        box = page.locator("#detail").bounding_box()
        self.assertEqual((box["x"], box["width"]), (0, 360))
        self.assertLessEqual(page.evaluate("document.querySelector('#detail').scrollWidth"), 360)
        self.assertEqual(self.focused(page), "close")
        page.keyboard.press("Escape")
        page.wait_for_selector("#detail", state="hidden")
        self.rows(page).last.tap()
        page.wait_for_selector("#detail", state="visible")
        page.go_back()
        page.wait_for_selector("#detail", state="hidden")
        self.assertEqual(self.rows(page).count(), 8)

    def test_nothing_that_axe_objects_to(self):
        addresses = ["/?range=all&contains=timeout", "/?tenant=broken&range=all", "/?service=cart", "/?range=exact&from=1718373600000&to=1718377200000"]
        for scheme in ["light", "dark"]:
            for options in [{}, PHONE]:
                for address in addresses:
                    page = self.open(address, scheme=scheme, **options)
                    self.judge(page, f"{address}, {scheme}, {options}")
                    if self.rows(page).count() > 1:
                        self.rows(page).first.click()
                        self.judge(page, f"{address}, {scheme}, {options}, an event open")
                    page.context.close()

    def judge(self, page, where):
        found = Axe().run(page).response["violations"]
        told = [f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]} {one['nodes'][0]['failureSummary'][:300]}" for one in found]
        self.assertEqual(told, [], where)

    def test_less_motion_where_it_is_asked_for(self):
        page = self.open("/?range=all", reduced_motion="reduce", failures=True)
        page.wait_for_selector(".event")
        self.assertEqual(page.evaluate("getComputedStyle(document.querySelector('#progress span')).animationName"), "none")
