/** A sentence in Chinese for whoever asked: shown in the chat or the terminal as it is, never logged as a fault. */
export class UserError extends Error {
  override readonly name = 'UserError'
}
