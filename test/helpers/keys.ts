/** Keys with fixed seeds, so that failures repeat. */

import { generateKey, type Key } from 'testamur'

/** The Ed25519 key whose seed is this byte 32 times. */
export function testKey(byte: number): Promise<Key> {
  return generateKey({ seed: new Uint8Array(32).fill(byte) })
}
