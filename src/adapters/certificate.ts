/** A certificate that signs itself (RFC 5280), for a server on the loopback address: Node can read one, and not make one. */

import { createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** PEM texts of a fresh key and of its certificate for these host names and IPv4 addresses, good from yesterday until tomorrow. */
export function selfSigned(...hosts: readonly string[]): { readonly key: string; readonly cert: string } {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const ecdsaWithSha256 = der(0x30, oid('2a8648ce3d040302'))
  const name = der(0x30, der(0x31, der(0x30, oid('550403'), der(0x0c, Buffer.from('Testamur on this machine')))))
  const day = 86_400_000
  const validity = der(0x30, utcTime(Date.now() - day), utcTime(Date.now() + day))
  const extension = der(0x30, oid('551d11'), der(0x04, der(0x30, ...hosts.map(hostName))))
  const body = der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    // Two certificates of one name must not have the same number. Its first bit is its sign.
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ecdsaWithSha256,
    name,
    validity,
    name,
    publicKey,
    der(0xa3, der(0x30, extension)),
  )
  const signature = sign('sha256', body, privateKey)
  const whole = der(0x30, body, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature))
  const lines = whole.toString('base64').replace(/.{64}/g, '$&\n')
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  }
}

/** A GeneralName: dNSName, or iPAddress. */
function hostName(host: string): Buffer {
  const isAddress = /^\d+(\.\d+){3}$/.test(host)
  return isAddress ? der(0x87, Buffer.from(host.split('.').map(Number))) : der(0x82, Buffer.from(host))
}

/** One element of DER: tag, length, contents. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const contents = Buffer.concat(parts)
  const { length } = contents
  const header = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...header]), contents])
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'))
}

function utcTime(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replace(/\D/g, '').slice(2, 14)
  return der(0x17, Buffer.from(`${digits}Z`))
}
