"""The account at the end: what was written, and what became of it."""

import collections

from .lines import number_of
from .programs import TENANT


class Account:
    """Of one service."""

    def __init__(self, service, items):
        found = collections.Counter()
        self.changed = 0
        for item in items:
            mark = number_of(item["message"])
            if mark is None or mark[0] != service.name:
                self.changed += 1
            else:
                found[mark[1]] += 1
        written = range(len(service.times))
        self.service = service
        self.events = len(items)
        self.written = len(written)
        self.once = sum(1 for number in written if found[number] == 1)
        self.lost = [number for number in written if found[number] == 0]
        self.twice = [number for number in written if found[number] > 1]
        self.unknown = [number for number in found if number not in written]

    @property
    def is_clean(self):
        return not (self.lost or self.twice or self.unknown or self.changed)


def found(server, services):
    """The account of each service, from all pages of its query; and how many events the query for all services has."""
    accounts = [Account(service, server.events(tenant_id=TENANT, service=service.name)) for service in services]
    together = sum(len(page["items"]) for page in server.pages(10_000, tenant_id=TENANT))
    return accounts, together


def lines_below(service, bytes_by_inode):
    return sum(len(content.numbers_below(bytes_by_inode.get(content.inode, 0))) for content in service.contents)


def print_faults(faults):
    print("\n  fault                              done   effects seen")
    for kind, count in sorted(faults.done.items()):
        effects = faults.effects[kind]
        seen = [f"{effect}: {number:,}" for effect, number in sorted(effects.items())] or ["none"]
        print(f"  {kind:<34} {count:>4}   {seen[0]}")
        for line in seen[1:]:
            print(f"  {'':<34} {'':>4}   {line}")


def print_answers(checker):
    answers = checker.answers
    print(
        f"\n  questions during the run: {answers['complete']:,} answered completely ({checker.checked:,} acknowledged lines"
        f" looked for), {answers['incomplete']:,} incompletely, {answers['none']:,} times nobody was there;"
        f" lies: {len(checker.lies):,}"
    )
    for reason, count in checker.reasons.most_common(5):
        print(f"    incomplete {count:,} times: {reason}")


def print_lines(title, accounts, sent, acknowledged):
    rows = (
        ("written", sum(account.written for account in accounts)),
        ("sent", sent),
        ("acked", acknowledged),
        ("found once", sum(account.once for account in accounts)),
        ("lost", sum(len(account.lost) for account in accounts)),
        ("twice", sum(len(account.twice) for account in accounts)),
        ("changed", sum(account.changed for account in accounts)),
    )
    print(f"\n  {title}")
    for name, number in rows:
        if number is not None:
            print(f"    {name:<12} {number:>10,}")
    for account in accounts:
        for word, numbers in (("lost", account.lost), ("twice", account.twice)):
            if numbers:
                print(f"    {account.service.name}: {word}: {brief(numbers)}")


def brief(numbers):
    return ", ".join(map(str, numbers[:10])) + (f" and {len(numbers) - 10:,} more" if len(numbers) > 10 else "")
