"""What the checks in Tests/Data share: the programs under test, the query API, and the events that files hold."""
