/** What is thrown where a context cannot be had: the document may be good all the same. */

/** A context is not at hand: the loader answered `undefined` for its URL. */
export class UnknownContextError extends Error {
  readonly url: string
  constructor(url: string, message: string) {
    super(message)
    this.name = 'UnknownContextError'
    this.url = url
  }
}

/** A context could not be looked up: the loader threw for its URL. What it threw is the `cause`. */
export class UnavailableContextError extends Error {
  readonly url: string
  constructor(url: string, message: string, cause: unknown) {
    super(message, { cause })
    this.name = 'UnavailableContextError'
    this.url = url
  }
}
