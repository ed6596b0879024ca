import Composition
import Testing

@Suite("A secret")
struct SecretTests {
  struct Credentials {
    let key = Secret("hunter2")
  }

  @Test("shows nothing however it is printed, and gives the text to who asks for it")
  func isHidden() {
    let secret = Secret("hunter2")
    var dumped = ""
    dump(Credentials(), to: &dumped)
    for text in [
      "\(secret)", String(reflecting: secret), "\(Credentials())", "\([secret])", "\(Optional(secret) as Any)", dumped,
    ] {
      #expect(!text.contains("hunter2"))
      #expect(text.contains("•••"))
    }
    #expect(secret.exposed == "hunter2")
  }
}
