/// Why a request came to nothing.
enum S3CallError: Error, Sendable {
  case refused(S3Failure)
  case transfer(HTTPTransferError)
  case credentials(CredentialsError)
  /// A successful answer that is not what the protocol says.
  case unexpected(reason: String)
}
