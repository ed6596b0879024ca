/// Byte arrays, first in, first out, with an offset into the first.
struct PieceQueue {
  private var pieces: [[UInt8]] = []
  private var first = 0
  private var offset = 0
  /// Bytes from the offset to the end.
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  /// - Parameter piece: Not empty.
  mutating func append(_ piece: [UInt8]) {
    pieces.append(piece)
    count += piece.count
  }

  mutating func append(contentsOf more: PieceQueue) {
    precondition(more.offset == 0, "a queue that was partly consumed cannot be appended")
    if pieces.isEmpty {
      self = more
    } else {
      pieces.append(contentsOf: more.pieces[more.first...])
      count += more.count
    }
  }

  /// Puts `bytes` behind the last piece's own, if that piece stays within `limit`: many tiny pieces would cost far more
  /// memory than their bytes.
  mutating func mergeIntoLast(_ bytes: [UInt8], limit: Int) -> Bool {
    guard first < pieces.count, pieces[pieces.count - 1].count + bytes.count <= limit else { return false }
    pieces[pieces.count - 1].append(contentsOf: bytes)
    count += bytes.count
    return true
  }

  /// The first piece, whole. Not to be mixed with `consume`.
  mutating func popFirst() -> [UInt8]? {
    if first == pieces.count { return nil }
    let piece = pieces[first]
    count -= piece.count
    dropFirstPiece()
    return piece
  }

  /// Hands out the next `wanted` bytes as parts of pieces, and forgets them.
  ///
  /// - Parameter wanted: At most `count`.
  mutating func consume(_ wanted: Int, _ body: (_ piece: [UInt8], _ start: Int, _ count: Int) -> Void) {
    var left = wanted
    while left > 0 {
      let part = min(left, pieces[first].count - offset)
      body(pieces[first], offset, part)
      left -= part
      offset += part
      if offset == pieces[first].count {
        offset = 0
        dropFirstPiece()
      }
    }
    count -= wanted
  }

  mutating func removeAll() { self = PieceQueue() }

  private mutating func dropFirstPiece() {
    pieces[first] = []
    first += 1
    if first == pieces.count {
      pieces.removeAll(keepingCapacity: true)
      first = 0
    } else if first >= 64, first * 2 > pieces.count {
      // A queue that is never quite empty must not grow for ever.
      pieces.removeFirst(first)
      first = 0
    }
  }
}
