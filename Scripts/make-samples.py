#!/usr/bin/env python3
"""Writes Samples/shop.ndjson: an hour of a small web shop, with one incident in it.

Seeded, so that running it again writes the same bytes. From 14:20 to 14:26 the bank behind `payments` stops answering:
payments time out, checkouts fail with them, the shop tells its customers to try again, and stock that was reserved is
released. A deployment at 14:18 is what set it off; at 14:26 it is rolled back.

    python3 Scripts/make-samples.py > Samples/shop.ndjson
"""

import datetime
import json
import random
import sys

SEED = 20240614
START = datetime.datetime(2024, 6, 14, 14, 0, tzinfo=datetime.timezone.utc)
INCIDENT = (20 * 60.0, 26 * 60.0)
ORDERS = 80
VISITS = 185
PODS = {
    "web": ["web-6d9f-2x8kq", "web-6d9f-7mzrt"],
    "cart": ["cart-58c4-p4l9v"],
    "checkout": ["checkout-7b5d-c9wnq", "checkout-7b5d-x2j6f"],
    "payments": ["payments-84fb-h7tdk"],
    "inventory": ["inventory-5f6c-s8qgm"],
}
ARTICLES = [
    ("TEA-0113", "Assam loose leaf 250 g", 890), ("TEA-0207", "Sencha 100 g", 1190), ("CUP-0042", "Stoneware mug", 1450),
    ("POT-0009", "Cast iron teapot 0.8 l", 4900), ("FIL-0301", "Paper filters, 100 pieces", 350),
    ("HON-0018", "Lime blossom honey 500 g", 790), ("TIN-0077", "Tea tin with lid", 650),
]
PAGES = ["/", "/tea", "/tea/green", "/pots", "/offers", "/search?q=sencha", "/search?q=mug", "/about"]


class Shop:
    def __init__(self):
        self.random = random.Random(SEED)
        self.events = []

    def hexadecimal(self, digits):
        return f"{self.random.getrandbits(4 * digits):0{digits}x}"

    def log(self, second, service, level, message, trace=None, **fields):
        time = START + datetime.timedelta(microseconds=round(second * 1e6))
        event = {
            "timestamp": time.isoformat(timespec="microseconds").replace("+00:00", "Z"), "service": service,
            "level": level, "message": message,
        }
        if trace:
            event["trace_id"] = trace
            event["span_id"] = self.hexadecimal(16)
        pod = self.random.choice(PODS[service])
        event["attributes"] = {"pod": pod, "node": f"shop-{1 + sum(pod.encode()) % 3}"}
        event.update(fields)
        self.events.append((second, len(self.events), event))

    def access(self, second, method, path, status, milliseconds, trace):
        level = "ERROR" if status >= 500 else "WARN" if status >= 400 else "INFO"
        self.log(second, "web", level, f"{method} {path} {status} {milliseconds} ms", trace, status=status)

    def visit(self, second):
        trace = self.hexadecimal(32)
        if self.random.random() < 0.03:
            return self.access(second, "GET", f"/tea/{self.random.randint(100, 999)}", 404, self.random.randint(1, 4), trace)
        self.access(second, "GET", self.random.choice(PAGES), 200, self.random.randint(2, 60), trace)
        if self.random.random() < 0.3:
            article = self.random.choice(ARTICLES)
            left = self.random.randint(3, 400)
            self.log(second + 0.004, "inventory", "DEBUG", f"stock of {article[0]} is {left}", trace, article=article[0])

    def order(self, second, number):
        trace = self.hexadecimal(32)
        order = f"S-{88_000 + number}"
        user = f"u{self.random.randint(1000, 9999)}"
        article = self.random.choice(ARTICLES)
        count = self.random.randint(1, 4)
        cents = article[2] * count
        amount = f"{cents / 100:.2f} EUR"
        details = {"order": order, "user": user}
        t = second
        self.log(t, "cart", "INFO", f"{user} added {count} x {article[1]}", trace, user=user, article=article[0])
        t += self.random.uniform(3, 40)
        self.log(t, "checkout", "INFO", f"order {order} started, {count} items, {amount}", trace, **details)
        t += self.random.uniform(0.005, 0.03)
        self.log(t, "inventory", "INFO", f"reserved {count} x {article[0]} for {order}", trace, order=order)
        t += self.random.uniform(0.005, 0.03)
        self.log(t, "payments", "INFO", f"authorizing {amount} for {order}", trace, order=order, amount_cents=cents)
        if INCIDENT[0] <= t < INCIDENT[1]:
            return self.failed_payment(t, trace, order, count, article, details)
        if self.random.random() < 0.04:
            t += self.random.uniform(0.3, 0.9)
            self.log(t, "payments", "WARN", f"card declined for {order}: insufficient funds", trace, order=order)
            self.access(t + 0.006, "POST", "/checkout", 402, self.random.randint(350, 990), trace)
            return
        took = self.random.randint(140, 620)
        t += took / 1000
        self.log(t, "payments", "INFO", f"bank approved {order} in {took} ms", trace, order=order, duration_ms=took)
        self.log(t + 0.003, "checkout", "INFO", f"order {order} paid", trace, **details)
        self.log(t + 0.005, "cart", "DEBUG", f"cart of {user} emptied", trace, user=user)
        self.access(t + 0.008, "POST", "/checkout", 200, took + self.random.randint(20, 60), trace)

    def failed_payment(self, t, trace, order, count, article, details):
        for attempt in (1, 2, 3):
            t += 5.0
            level = "WARN" if attempt < 3 else "ERROR"
            end = "retrying" if attempt < 3 else "giving up"
            self.log(
                t, "payments", level, f"timeout after 5000 ms calling bank.example for {order}, attempt {attempt} of 3, {end}",
                trace, order=order, attempt=attempt, upstream="bank.example")
            t += 0.25 * attempt
        self.log(
            t, "checkout", "ERROR", f"order {order} failed: payments answered 504 (upstream timeout)", trace, status=504,
            **details)
        self.log(t + 0.004, "inventory", "WARN", f"released {count} x {article[0]} of {order}: order failed", trace, order=order)
        self.access(t + 0.008, "POST", "/checkout", 502, 16_500 + self.random.randint(1, 400), trace)

    def incident(self):
        start, end = INCIDENT
        self.log(start - 120, "payments", "INFO", "version 3.4.0 started, bank connection pool of 4 (was 32)", version="3.4.0")
        self.log(start + 41, "payments", "WARN", "bank connection pool exhausted: 4 of 4 in use, 9 waiting", pool=4, waiting=9)
        self.log(start + 95, "payments", "ERROR", "health check failed: no bank connection within 2000 ms", version="3.4.0")
        self.log(start + 180, "checkout", "FATAL", "payments is down: 10 of the last 10 orders failed", failed=10)
        self.log(end - 6, "payments", "INFO", "rolling back to version 3.3.9", version="3.4.0")
        self.log(end, "payments", "INFO", "version 3.3.9 started, bank connection pool of 32", version="3.3.9")
        self.log(end + 20, "checkout", "INFO", "payments is back: circuit closed")

    def housekeeping(self):
        for minute in range(0, 60, 5):
            second = minute * 60 + 2.5
            self.log(second, "inventory", "INFO", f"synchronised {self.random.randint(380, 420)} articles with the warehouse")
            self.log(second + 1, "cart", "DEBUG", f"expired {self.random.randint(0, 12)} abandoned carts")
        for minute in range(60):
            used = self.random.randint(210, 290)
            self.log(minute * 60 + 30, "web", "DEBUG", f"health ok, heap {used} MB", heap_mb=used)

    def hour(self):
        self.incident()
        self.housekeeping()
        seconds = sorted(self.random.uniform(5, 3500) for _ in range(ORDERS))
        seconds += sorted(self.random.uniform(INCIDENT[0], INCIDENT[1] - 45) for _ in range(14))
        for number, second in enumerate(sorted(seconds)):
            self.order(second, number)
        for _ in range(VISITS):
            self.visit(self.random.uniform(0, 3599))
        return [event for _, _, event in sorted(self.events, key=lambda entry: entry[:2])]


for line in Shop().hour():
    sys.stdout.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
