/// The colours that every terminal theme keeps readable, by their number in "select graphic rendition" (ECMA-48, 8.3.117).
package enum Colour: Int, Sendable {
  case bold = 1
  case dim = 2
  case red = 31
  case green = 32
  case yellow = 33
  case blue = 34
  case magenta = 35
  case cyan = 36
}
