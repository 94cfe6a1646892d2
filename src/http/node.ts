/** The handler behind servers of Node: `http.createServer(toNodeListener(handle))`, and `app.use('/vc', toNodeListener(handle))` in Express. */

/** What is read of a request of Node. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
  readonly method?: string | undefined
  readonly url?: string | undefined
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined }
  readonly readableDidRead?: boolean
}

/** What is done with an answer of Node. */
export interface NodeResponse {
  readonly headersSent: boolean
  writeHead(status: number, headers: Record<string, string>): unknown
  end(body?: Uint8Array): unknown
  once(event: 'close', listener: () => void): unknown
}

/**
 * Makes a listener for `http` and `https` of Node, and for Express and its like. Put it before whatever else reads bodies, such as
 * `express.json()`: the handler reads them itself, and strictly.
 */
export function toNodeListener(
  handle: (request: Request) => Promise<Response>,
): (request: NodeRequest, response: NodeResponse, next?: (error: unknown) => void) => void {
  return (request, response, next) => {
    serve(handle, request, response).catch((cause: unknown) => {
      if (next) return next(cause)
      if (!response.headersSent) response.writeHead(500, {})
      response.end()
    })
  }
}

async function serve(
  handle: (request: Request) => Promise<Response>,
  request: NodeRequest,
  response: NodeResponse,
): Promise<void> {
  const { method = 'GET', url = '/' } = request
  const hasBody = method !== 'GET' && method !== 'HEAD'
  if (hasBody && request.readableDidRead) {
    throw new Error('toNodeListener: the body was read before; put this listener before express.json() and its like')
  }
  const body = hasBody ? streamOf(request) : undefined
  const controller = new AbortController()
  response.once('close', () => controller.abort())
  const answer = await handle(
    new Request(urlOf(url), {
      method,
      headers: headersOf(request),
      signal: controller.signal,
      ...(body && { body: body.stream, duplex: 'half' }),
    } as RequestInit),
  )
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const headers = Object.fromEntries(answer.headers)
  if (answer.status !== 204 && answer.status !== 304 && headers['content-length'] === undefined) {
    headers['content-length'] = String(bytes.length)
  }
  // What was left unread stands before the next request on the same connection.
  if (body?.isLeft()) headers['connection'] = 'close'
  response.writeHead(answer.status, headers)
  response.end(bytes)
}

/** Only the path counts: a stranger's `Host` names nothing here. */
function urlOf(path: string): string {
  const url = `http://localhost${path.startsWith('/') ? path : `/${path}`}`
  return URL.canParse(url) ? url : 'http://localhost/'
}

function headersOf(request: NodeRequest): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (name.startsWith(':')) continue
    for (const each of [value ?? []].flat()) headers.append(name, each)
  }
  return headers
}

interface Body {
  readonly stream: ReadableStream<Uint8Array>
  /** Whether reading began and did not come to the end. */
  readonly isLeft: () => boolean
}

/** Nothing is read before somebody asks. */
function streamOf(request: NodeRequest): Body {
  let state: 'unread' | 'begun' | 'done' = 'unread'
  let chunks: AsyncIterator<Uint8Array> | undefined
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        state = 'begun'
        chunks ??= request[Symbol.asyncIterator]()
        const { done, value } = await chunks.next()
        if (!done) return controller.enqueue(value)
        state = 'done'
        controller.close()
      },
    },
    { highWaterMark: 0 },
  )
  return { stream, isLeft: () => state === 'begun' }
}
