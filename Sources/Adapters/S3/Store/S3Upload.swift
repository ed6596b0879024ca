/// A multipart upload that was begun.
struct S3Upload: Sendable {
  struct Part: Sendable {
    /// From 1.
    let number: Int
    let tag: String
    let checksum: HTTPHeader?
  }

  /// As the server knows the object.
  let name: String
  let id: String

  /// The document that completes it. An upload that was begun with a checksum's name is completed with the parts' checksums.
  func completion(_ parts: [Part]) -> String {
    let listed = parts.map { part in
      let checksum =
        part.checksum.map {
          let name = "Checksum\($0.name.dropFirst("x-amz-checksum-".count).uppercased())"
          return "<\(name)>\(XMLText.escaped($0.value))</\(name)>"
        } ?? ""
      return "<Part><PartNumber>\(part.number)</PartNumber><ETag>\(XMLText.escaped(part.tag))</ETag>\(checksum)</Part>"
    }
    return "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\(listed.joined())"
      + "</CompleteMultipartUpload>"
  }
}
