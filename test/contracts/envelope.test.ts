/** What every envelope must do. */

import {
  type Algorithm,
  type Envelope,
  generateKey,
  type JsonObject,
  type Opened,
  vcJose,
  vcJwt,
  vcSdJwt,
} from 'testamur'
import { describe, expect, it } from 'vitest'
import { badge, challenge, copyOf, now, school } from '../helpers/fixtures.ts'

const envelopes: readonly (readonly [string, () => Envelope])[] = [
  ['VC-JWT', vcJwt],
  ['vc+jwt', vcJose],
  ['vc+sd-jwt', vcSdJwt],
]
const algorithms: readonly Algorithm[] = ['Ed25519', 'P-256', 'P-384', 'RSA']

describe.each(envelopes)('%s', (name, make) => {
  describe.each(algorithms)('with %s', async (algorithm) => {
    const envelope = make()
    const [key, other] = [await generateKey({ algorithm }), await generateKey({ algorithm })]
    const document = copyOf({ ...badge(), issuer: school.controller }) as JsonObject
    const presentation = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      holder: school.controller,
    }
    const text = await envelope.wrap({ document, purpose: 'assertionMethod', created: now }, key)
    const answered = { purpose: 'authentication', created: now, challenge, domain: 'hr.example' } as const
    const shown = await envelope.wrap({ document: presentation, ...answered }, key)
    const opened = await openWith(text)

    async function openWith(what: string): Promise<Opened> {
      const found = await envelope.open(what)
      if (!found || 'problem' in found) throw new Error(found?.problem ?? 'of another kind')
      return found
    }

    it('is named, and takes this algorithm', () => {
      expect(envelope).toMatchObject({ kind: 'envelope', name })
      expect(envelope.algorithms).toContain(algorithm)
    })

    it('gives back what it was given, frozen', () => {
      expect(opened).toMatchObject({ kind: 'credential', algorithm })
      expect(opened.document).toEqual(document)
      expect(Object.isFrozen(opened.document)).toBe(true)
      expect(opened.key.kid).toBe(key.id)
    })

    it('is good under the key that made it, and under no other', async () => {
      expect(await opened.verify({ algorithm, bytes: key.publicKey })).toBe(true)
      expect(await opened.verify({ algorithm, bytes: other.publicKey })).toBe(false)
    })

    it('carries the answer to a challenge', async () => {
      const answer = await openWith(shown)
      expect(answer).toMatchObject({ kind: 'presentation', challenge, domain: 'hr.example', document: presentation })
      expect(await answer.verify({ algorithm, bytes: key.publicKey })).toBe(true)
    })

    it('leaves alone what is of another kind, and never throws', async () => {
      for (const other of ['', '{}', 'a.b.c', '~', '....', 'e'.repeat(1000), `${text}.`, `~${text}`, text.slice(1)]) {
        const found = await envelope.open(other)
        expect(found === undefined || 'problem' in found).toBe(true)
      }
    })
  })
})

it('no text is of two kinds', async () => {
  const document = copyOf({ ...badge(), issuer: school.controller }) as JsonObject
  for (const [, make] of envelopes) {
    const text = await make().wrap({ document, purpose: 'assertionMethod', created: now }, school)
    const found = await Promise.all(envelopes.map(([, each]) => each().open(text)))
    expect(found.filter((each) => each !== undefined)).toHaveLength(1)
  }
})
