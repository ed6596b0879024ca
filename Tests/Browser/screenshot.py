"""Takes the picture of the README: screenshot.py FILE.png (environment as for run.py)"""

import pathlib
import sys

import system


def main():
    server = system.Server()
    browser = None
    try:
        server.start()
        server.send("default", system.ROOT / "Samples/shop.ndjson")
        browser = system.Browser()
        page = browser.page(width=1280, height=840)
        page.goto(f"{server.address}/?tz=utc&from=1718373600000&to=1718375160000&contains=S-88")
        system.settled(page)
        page.locator(".event.ERROR").first.click()
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=pathlib.Path(sys.argv[1]))
    finally:
        if browser:
            browser.close()
        server.remove()


if __name__ == "__main__":
    main()
