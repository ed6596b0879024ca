/// Stack traces as their languages print them, behind the line of a log.
enum StackTrace: String, CaseIterable, Sendable {
  case java = """
    2026-01-02T03:04:05Z ERROR request failed: java.lang.IllegalStateException: closed
    \tat com.example.Store.put(Store.java:42)
    \tat com.example.Main.main(Main.java:7)
    \tSuppressed: java.io.IOException: again
    \t\tat com.example.Store.close(Store.java:50)
    Caused by: java.io.IOException: disk full
    \tat com.example.File.write(File.java:11)
    \t... 2 more
    """
  case python = """
    2026-01-02T03:04:05Z ERROR request failed
    Traceback (most recent call last):
      File "/app/store.py", line 42, in put
        raise KeyError(key)
    KeyError: 'x'

    During handling of the above exception, another exception occurred:

    Traceback (most recent call last):
      File "/app/main.py", line 7, in <module>
        main()
    requests.exceptions.ConnectionError: refused
    """
  case go = """
    2026-01-02T03:04:05Z panic: runtime error: index out of range [5] with length 3
    [signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x4553e5]

    goroutine 1 [running]:
    main.put(0xc000012345, 0x5)
    \t/app/store.go:42 +0x1d
    main.main()
    \t/app/main.go:7 +0x3e

    goroutine 18 [chan receive]:
    main.worker(...)
    \t/app/worker.go:9
    created by main.main in goroutine 1
    \t/app/main.go:5 +0x2b
    """
  case dump = """
    2026-01-02T03:04:05Z DEBUG request: {
      "path": "/",
      "headers": [
        "a"
      ]
    }
    """
}
