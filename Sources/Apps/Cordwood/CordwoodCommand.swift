@main
struct CordwoodCommand {
  static func main() {}
}
