/**
 * Which IP addresses are out on the public internet: all that the IANA registries of special-purpose addresses (RFC 6890 and its
 * updates) do not keep for something else, and none at which a cloud answers its own machines.
 */

/** Reserved IPv4. The last row is an address of Azure's host, which looks public. */
const reserved4 = /* @__PURE__ */ ranges([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '168.63.129.16/32',
])
/** All IPv6 addresses of the internet begin like this; these parts of it are reserved, or hold an IPv4 address inside. */
const global6 = /* @__PURE__ */ ranges(['2000::/3'])
const reserved6 = /* @__PURE__ */ ranges(['2001::/23', '2001:db8::/32', '2002::/16', '3ffe::/16', '3fff::/20'])
/** Where a network without IPv4 puts all of it (RFC 6052): the last 32 bits decide. */
const translated6 = /* @__PURE__ */ ranges(['64:ff9b::/96'])

/** Whether an address, as a name server or a socket writes it, is on the public internet. `false` for what is no address. */
export function isPublicAddress(address: string): boolean {
  const four = readV4(address)
  if (four) return !isIn(reserved4, four)
  const six = readV6(address)
  if (!six) return false
  if (isIn(translated6, six)) return !isIn(reserved4, six.slice(6))
  return isIn(global6, six) && !isIn(reserved6, six)
}

/** An address in groups of 16 bits: two for IPv4, eight for IPv6. */
type Groups = readonly number[]

interface Range {
  readonly groups: Groups
  readonly bits: number
}

function ranges(texts: readonly string[]): readonly Range[] {
  return texts.map((text) => {
    const [address = '', bits] = text.split('/')
    return { groups: readV4(address) ?? readV6(address) ?? [], bits: Number(bits) }
  })
}

function isIn(list: readonly Range[], groups: Groups): boolean {
  return list.some((range) =>
    range.groups.every((start, index) => {
      const bits = Math.min(16, Math.max(0, range.bits - 16 * index))
      return start >> (16 - bits) === (groups[index] as number) >> (16 - bits)
    }),
  )
}

function readV4(text: string): Groups | undefined {
  const bytes = /^\d{1,3}(\.\d{1,3}){3}$/.test(text) ? text.split('.').map(Number) : []
  if (bytes.length === 0 || bytes.some((byte) => byte > 255)) return undefined
  const [a, b, c, d] = bytes as [number, number, number, number]
  return [a * 256 + b, c * 256 + d]
}

function readV6(text: string): Groups | undefined {
  if (text.length > 45) return undefined
  const sides = text.split('::')
  if (sides.length > 2) return undefined
  const [before, after] = sides.map(readGroups)
  if (!before) return undefined
  if (sides.length === 1) return before.length === 8 ? before : undefined
  if (!after || before.length + after.length > 7) return undefined
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after]
}

/** Groups with colons between; the last one may be an IPv4 address. */
function readGroups(text: string): Groups | undefined {
  if (text === '') return []
  const parts = text.split(':')
  const tail = parts.at(-1)?.includes('.') ? readV4(parts.pop() as string) : []
  return tail && parts.every((part) => /^[0-9a-f]{1,4}$/i.test(part))
    ? [...parts.map((part) => Number.parseInt(part, 16)), ...tail]
    : undefined
}
