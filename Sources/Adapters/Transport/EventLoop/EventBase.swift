import Cevent

/// Makes libevent bases the way the loops need them.
enum EventBase {
  /// - Returns: A base without locks (one thread uses it; others wake it by an eventfd), which reports edges and an early
  ///   close by the peer (epoll's EPOLLRDHUP).
  static func make() -> OpaquePointer {
    let configuration = unsafe event_config_new()
    defer { unsafe event_config_free(configuration) }
    unsafe event_config_set_flag(
      configuration, Int32(EVENT_BASE_FLAG_NOLOCK.rawValue | EVENT_BASE_FLAG_PRECISE_TIMER.rawValue))
    unsafe event_config_require_features(
      configuration, Int32(EV_FEATURE_ET.rawValue | EV_FEATURE_EARLY_CLOSE.rawValue))
    guard let base = unsafe event_base_new_with_config(configuration) else {
      preconditionFailure("libevent has no epoll here")
    }
    return unsafe base
  }
}
