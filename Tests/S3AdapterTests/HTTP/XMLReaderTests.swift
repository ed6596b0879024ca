import Testing

@testable import S3Adapter

@Suite("A document of an S3 server")
struct XMLReaderTests {
  @Test("is read, whatever its form")
  func read() throws {
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- a > comment -->
      <s3:List xmlns:s3='http://s3/' a="&quot;">
        <Key>a&amp;b&#x2F;&#228;<![CDATA[<&>]]></Key><Empty/><Empty attribute="1" /><Inner><Key>2</Key></Inner>
      </s3:List>

      """
    let root = try XMLReader.root(of: Array(text.utf8))
    #expect(root.name == "List")
    #expect(root.children.map(\.name) == ["Key", "Empty", "Empty", "Inner"])
    #expect(root.text("Key") == "a&b/ä<&>")
    #expect(root["Inner"]?.text("Key") == "2")
    #expect(root.text("Absent") == nil)
  }

  @Test(
    "is refused when it is none, or more than we read",
    arguments: [
      "", " ", "text", "<a>", "<a></b>", "<a", "<a b>", "<a b=c></a>", "<a></a><b/>", "<a>&unknown;</a>", "<a>&#0;</a>",
      "<a>&#xD800;</a>", "<a>&amp</a>", "<!DOCTYPE a [<!ENTITY e \"x\">]><a>&e;</a>", "<a><!DOCTYPE b></a>",
      "<a><!-- </a>",
      "<a><![CDATA[</a>", "<a>\u{FFFD}", "<>", "</a>", "<a b='<'/>",
    ])
  func refused(_ text: String) {
    #expect(throws: XMLError.self) { try XMLReader.root(of: Array(text.utf8)) }
  }

  @Test("is refused when it is too deep, has too much in it, or is no UTF-8")
  func bounds() {
    let deep = String(repeating: "<a>", count: 17) + String(repeating: "</a>", count: 17)
    #expect(throws: XMLError.tooLarge) { try XMLReader.root(of: Array(deep.utf8)) }
    let wide = "<a>" + String(repeating: "<b/>", count: XMLReader.maximumElements) + "</a>"
    #expect(throws: XMLError.tooLarge) { try XMLReader.root(of: Array(wide.utf8)) }
    #expect(throws: XMLError.self) { try XMLReader.root(of: Array("<a>".utf8) + [0xFF] + Array("</a>".utf8)) }
  }

  @Test("is refused, and never traps, wherever it is cut")
  func cut() throws {
    let text = Array("<?xml version='1.0'?><L a='1'><Key>a&amp;b</Key><!-- c --><![CDATA[d]]></L>".utf8)
    for count in 0..<text.count {
      #expect(throws: XMLError.self) { try XMLReader.root(of: Array(text.prefix(count))) }
    }
    _ = try XMLReader.root(of: text)
  }
}
