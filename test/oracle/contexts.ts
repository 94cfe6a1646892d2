/** Contexts that are not bundled, but that others' documents name: from packages, and from the oracle itself. */

import { contexts as citizenship } from '@digitalbazaar/citizenship-context'
import dcc from '@digitalcredentials/dcc-context'
import type { JsonObject } from 'testamur'
import { readOracleJson } from '../helpers/oracle.ts'

/** By URL, for the option `contexts`. */
export function otherContexts(): ReadonlyMap<string, JsonObject> {
  return new Map([
    ...citizenship,
    ...dcc.contexts,
    [
      'https://www.w3.org/2018/credentials/examples/v1',
      readOracleJson<JsonObject>('contexts/credentials-examples-v1.jsonld'),
    ],
  ])
}

/**
 * Stands in for contexts that are not at hand: each of their words means something of its own. What such a record says is then not what
 * its writer meant, but it has the same shape.
 */
export async function standIn(): Promise<JsonObject> {
  return { '@context': { '@vocab': 'https://stand-in.example/#' } }
}
