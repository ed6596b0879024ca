/// Why a tenant or service name is refused.
package enum NameError: Error, Equatable, Sendable, CustomStringConvertible {
  case empty
  case tooLong(bytes: Int, limit: Int)
  case badFirstCharacter(String)
  case controlCharacter(offset: Int)

  package var description: String {
    switch self {
    case .empty: "the name is empty, expected 1 to 128 bytes"
    case .tooLong(let bytes, let limit): "the name has \(bytes) bytes, at most \(limit) are allowed"
    case .badFirstCharacter(let character): "the name begins with '\(character)', which is reserved"
    case .controlCharacter(let offset): "the name has a control character at byte \(offset)"
    }
  }
}
