/// Lines in the shapes in which systems write them; the words in them are made up. Most of the systems are those of the
/// loghub collection (Zhu et al., "Loghub", ISSRE 2023), whose lines themselves are not copied here.
enum SystemLog: String, CaseIterable, Sendable {
  case android = """
    03-17 16:13:38.811  1702  2395 D WindowManager: drawn, error = none
    03-17 16:13:38.819  1702  8671 W PowerManager: slow
    03-17 16:13:39.001  1702  8671 E PowerManager: gone
    """
  case apacheAccess = """
    10.0.0.1 - - [17/May/2015:10:05:03 +0000] "GET /error HTTP/1.1" 200 203023 "-" "curl/7.88"
    10.0.0.2 - frank [17/May/2015:10:05:43 +0200] "POST /info HTTP/1.1" 500 17 "-" "-"
    """
  case apacheError = """
    [Sun Dec 04 04:47:44 2005] [notice] child found in slot 10
    [Sun Dec 04 04:51:08 2005] [error] child in error state 6
    """
  case bgl = """
    - 1117838570 2005.06.03 R02-M1 2005-06-03-15.42.50.675872 R02-M1 RAS KERNEL INFO parity corrected
    APPREAD 1117869872 2005.06.04 R04-M1 2005-06-04-00.24.32.432192 R04-M1 RAS APP FATAL ciod failed
    """
  case hadoop = """
    2015-10-18 18:01:47,978 INFO [main] org.example.Master: created
    2015-10-18 18:01:48,963 WARN [Thread-50] org.example.Client: slow
    """
  case hdfs = """
    081109 203615 148 INFO dfs.Node: responder 1 terminating
    081109 204655 556 WARN dfs.Node: exception while serving
    """
  case healthApp = """
    20171223-22:15:29:606|Step|30002312|changed 3579
    20171224-0:1:10:148|Step|30002312|changed 3580
    """
  case hpc = """
    134681 node-246 unix.hw state_change.unavailable 1077804742 1 component state change
    44937 gige7 gige temperature 1105776193 1 warning
    """
  case klog = """
    I0102 15:04:05.123456   12345 main.go:10] started
    E0102 15:04:06.000001       1 reflector.go:123] failed
    """
  case linux = """
    Jun 14 15:16:01 combo sshd(pam_unix)[19939]: authentication failure; uid=0
    Jul  9 12:16:51 combo xinetd[26482]: warning: can't get client address
    """
  case logfmt = """
    time="2026-01-02T03:04:05Z" level=warning msg="slow"
    ts=2026-01-02T03:04:06.5Z caller=main.go:5 level=info msg="done"
    """
  case nginx = """
    2026/01/02 15:04:05 [error] 12#12: *1 open() failed
    2026/01/02 15:04:06 [warn] 12#12: low
    """
  case openSSH = """
    Dec 10 06:55:46 host sshd[24200]: Invalid user webmaster from 10.0.0.1
    Dec 10 09:11:22 host sshd[24439]: error: Received disconnect from 10.0.0.2
    """
  case openStack = """
    nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.008 25746 INFO nova.osapi [req-1] status: 200
    nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:01.551 25746 ERROR nova.osapi [req-2] status: 500
    """
  case proxifier = """
    [10.30 16:49:06] browser - proxy.example:5070 close, 0 bytes sent
    [10.30 16:49:07] browser - proxy.example:5070 error : no route
    """
  case spark = """
    17/06/09 20:10:40 INFO executor.Backend: registered
    17/06/09 20:10:41 ERROR executor.Backend: lost
    """
  case syslog = """
    <34>1 2003-10-11T22:14:15.003Z host su - ID47 - failed
    <13>Oct 11 22:14:16 host app: hello
    """
  case thunderbird = """
    - 1131566461 2005.11.09 dn228 Nov 9 12:01:01 dn228/dn228 crond[2915]: session closed
    - 1131567053 2005.11.09 admin1 Nov 9 12:10:53 local@admin1 gmetad: Warning: cannot resolve
    """
  case windows = """
    2016-09-28 04:30:30, Info                  CBS    Loaded
    2016-09-28 04:30:31, Error                 CBS    Not loaded
    """
  case zookeeper = """
    2015-07-29 17:41:44,747 - INFO  [Quorum[myid=1]/0:0:0:0:2181:Election@774] - time out
    2015-07-29 19:04:29,071 - WARN  [Worker:188978561024:Manager$Worker@688] - leaving
    """

  /// The severity of each line: 0 where it says none.
  var severities: [UInt8] {
    switch self {
    case .android: [5, 13, 17]
    case .apacheAccess, .healthApp, .hpc, .proxifier: [0, 0]
    case .apacheError: [10, 17]
    case .bgl: [9, 21]
    case .hadoop, .hdfs, .zookeeper: [9, 13]
    case .klog, .openStack, .spark, .windows: [9, 17]
    case .linux, .thunderbird: [0, 13]
    case .logfmt: [13, 9]
    case .nginx: [17, 13]
    case .openSSH: [0, 17]
    case .syslog: [18, 10]
    }
  }

  /// The year, month and day of its first line, as understood on 2026-11-24.
  var firstDay: String {
    switch self {
    case .android: "2026-03-17"
    case .apacheAccess: "2015-05-17"
    case .apacheError: "2005-12-04"
    case .bgl: "2005-06-03"
    case .hadoop: "2015-10-18"
    case .hdfs: "2008-11-09"
    case .healthApp: "2017-12-23"
    case .hpc: "2004-02-26"
    case .klog, .logfmt, .nginx: "2026-01-02"
    case .linux: "2026-06-14"
    case .openSSH: "2025-12-10"
    case .openStack: "2017-05-16"
    case .proxifier: "2026-10-30"
    case .spark: "2017-06-09"
    case .syslog: "2003-10-11"
    case .thunderbird: "2005-11-09"
    case .windows: "2016-09-28"
    case .zookeeper: "2015-07-29"
    }
  }
}
