/** Which URLs a stranger's document may make us ask: https, a public name, an allowed port, and nothing else in it. */

/** Longest URL that is asked. */
const MAX_URL = 2048

/** Names that never belong to the public internet, by the document that keeps them aside. */
const specialNames = [
  'localhost', // RFC 6761
  'local', // RFC 6762
  'internal', // kept for private use by ICANN
  'home.arpa', // RFC 8375
  'onion', // RFC 7686
  'alt', // RFC 9476
]

/**
 * Reads a URL that may be asked. The message of the error says what is wrong with it.
 *
 * The parser of URLs brings every spelling of an IPv4 address (an integer, hexadecimal, octal, with parts left out, in other
 * digits) to four numbers, so that one look at the host finds them all.
 */
export function readTarget(text: string, ports: readonly number[]): URL {
  if (text.length > MAX_URL) throw trouble(text, `the URL is longer than ${MAX_URL} characters`)
  if (!URL.canParse(text)) throw trouble(text, 'this is not a URL')
  const url = new URL(text)
  if (url.protocol !== 'https:') throw trouble(text, 'only https is fetched')
  if (url.username !== '' || url.password !== '')
    throw trouble(url.host, 'a URL with a user name or password is refused')
  if (/^\[|^[\d.]+$/.test(url.hostname)) throw trouble(text, 'a host is fetched by its name, not by an IP address')
  if (url.hostname.endsWith('.')) throw trouble(text, 'write the host name without a dot at its end')
  const port = url.port === '' ? 443 : Number(url.port)
  if (!ports.includes(port)) throw trouble(text, `port ${port} is not allowed here, only ${ports.join(', ')}`)
  url.hash = ''
  return url
}

/** Whether a name is kept for private networks, or has no dot and so means something else in each network. */
export function isSpecialName(host: string): boolean {
  return !host.includes('.') || specialNames.some((name) => host.endsWith(`.${name}`))
}

/** An error that says where and what. */
export function trouble(where: string, what: string, cause?: unknown): Error {
  const place = where.length > 200 ? `${where.slice(0, 199)}…` : where
  return new Error(`${place}: ${what}`, cause === undefined ? undefined : { cause })
}
