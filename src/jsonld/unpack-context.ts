/**
 * The bundled contexts are packed (`scripts/build-contexts.mjs`), since most terms are defined in one of a few ways: a context is a list of
 * members, each a name and the sign of what it is defined as. What `contexts.ts` has is made into JSON text here.
 */

import { contextDefinitions, contextSigns } from './contexts.ts'

/** So many, last in `contextSigns`, begin a sign of two. */
const LEADS = 4

let definitions: readonly string[] | undefined

/** The JSON text of a packed context. A definition without a name ends what members were added to. */
export function unpackContext(packed: string): string {
  const known = definitions ?? contextDefinitions.split(';')
  definitions = known
  const members = packed.replace(/([\w@.]*)([=\-"/].|.)/g, (_, name: string, sign: string) => {
    const definition = known[indexOf(sign)] as string
    return name === '' ? definition : `,"${name}":${definition.replaceAll('~', name)}`
  })
  return `{${members}}`.replaceAll('{,', '{')
}

function indexOf(sign: string): number {
  const place = contextSigns.indexOf(sign.charAt(0))
  const single = contextSigns.length - LEADS
  return place < single ? place : single + (place - single) * 36 + Number.parseInt(sign.charAt(1), 36)
}
