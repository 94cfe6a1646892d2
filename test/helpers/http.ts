/** Short ways to ask a handler. */

/** What a handler answered. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** The JSON of the body, for tests that take it apart. */
  // biome-ignore lint/suspicious/noExplicitAny: every test knows what it asked for
  readonly body: any
}

type Handle = (request: Request) => Promise<Response>

/** Sends JSON, or the text as it is. */
export async function post(
  handle: Handle,
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return ask(handle, path, { method: 'POST', body: text, headers: { 'content-type': 'application/json', ...headers } })
}

/** Asks for anything. */
export async function ask(handle: Handle, path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await handle(new Request(`https://school.example${path}`, init))
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) }
}
