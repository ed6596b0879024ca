import Application
import Domain

extension JSONWriter {
  mutating func list(_ list: DeadLetterList) {
    beginObject()
    key("letters")
    beginArray()
    for letter in list.letters { summary(letter) }
    endArray()
    key("next")
    if let next = list.next { integerString(next) } else { null() }
    endObject()
  }
}

extension DeadLetterList {
  init(_ object: AnswerObject) throws(AdminClientError) {
    var letters: [DeadLetterSummary] = []
    for letter in try object.objects("letters") { letters.append(try DeadLetterSummary(letter)) }
    self.init(letters: letters, next: try object.optionalInteger("next"))
  }
}
