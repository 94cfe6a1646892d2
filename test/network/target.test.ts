import { describe, expect, it } from 'vitest'
import { isSpecialName, readTarget } from '../../src/network/target.ts'

/** Loopback in every spelling that a URL has for it, and other addresses. */
const literals = `
https://127.0.0.1/
https://127.0.0.1:443/
https://2130706433/
https://0x7f000001/
https://0x7f.1/
https://0x7F.0x0.0x0.0x1/
https://0177.0.0.1/
https://017700000001/
https://127.1/
https://127.0.1/
https://0/
https://1/
https://%31%32%37.0.0.1/
https://127%2e0%2e0%2e1/
https://１２７.0.0.1/
https://127。0。0。1/
https://①②⑦.0.0.1/
https://127.0.0.1./
https://8.8.8.8/
https://[::1]/
https://[::]/
https://[::ffff:127.0.0.1]/
https://[::ffff:7f00:1]/
https://[::127.0.0.1]/
https://[64:ff9b::127.0.0.1]/
https://[2002:7f00:1::]/
https://[2606:4700:4700::1111]/
`
const refused = `
http://school.example/ only https
HTTP://school.example/ only https
ftp://school.example/ only https
file:///etc/passwd only https
data:application/json,{} only https
javascript:alert(1) only https
school.example/did.json not a URL
//school.example/did.json not a URL
/did.json not a URL
https:// not a URL
https://[fe80::1%25eth0]/ not a URL
https://[::1 not a URL
https://999.1.1.1/ not a URL
https://4294967296/ not a URL
https://school.example:99999/ not a URL
https://ada@school.example/ user name
https://ada:secret@school.example/ user name
https://:secret@school.example/ user name
https://school.example:8443/ port 8443
https://school.example:22/ port 22
https://school.example:80/ port 80
https://school.example./ dot at its end
`
const lines = (text: string) => text.trim().split('\n')

describe('readTarget', () => {
  it.each(lines(literals))('%s is an IP address', (url) => {
    expect(() => readTarget(url, [443])).toThrow(/by its name, not by an IP address|dot at its end/)
  })

  it.each(lines(refused).map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const))(
    '%s is refused: %s',
    (url, reason) => {
      expect(() => readTarget(url, [443])).toThrow(reason)
    },
  )

  it('refuses a long one, and cuts it in the message', () => {
    const url = `https://school.example/${'a'.repeat(3000)}`
    expect(() => readTarget(url, [443])).toThrow(/^.{200}: the URL is longer than 2048 characters$/)
  })

  it('does not repeat a password', () => {
    expect(() => readTarget('https://ada:secret@school.example/', [443])).toThrow(/^(?!.*secret)/)
  })

  it.each([
    'https://school.example/',
    'https://school.example:443/list/3?from=1',
    'https://1.school.example/',
    'https://7f.school.example/',
    'https://xn--schler-6ya.example/',
    'https://schüler.example/',
  ])('%s may be asked', (url) => {
    expect(readTarget(url, [443]).href).toBe(new URL(url).href)
  })

  it('takes a port that was allowed, and leaves the fragment out', () => {
    expect(readTarget('https://school.example:8443/a#b', [443, 8443]).href).toBe('https://school.example:8443/a')
  })
})

describe('isSpecialName', () => {
  it.each([
    'localhost',
    'a.localhost',
    'printer.local',
    'metadata.google.internal',
    'nas.home.arpa',
    'a.onion',
    'a.alt',
    'intranet',
  ])('%s is', (host) => {
    expect(isSpecialName(host)).toBe(true)
  })

  it.each(['school.example', 'localhost.example', 'notlocal.example', 'mylocal.org', 'internal.school.example'])(
    '%s is not',
    (host) => {
      expect(isSpecialName(host)).toBe(false)
    },
  )
})
