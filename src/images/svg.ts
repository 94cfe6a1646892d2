/** Credentials in SVG images: one element `openbadges:credential` (Open Badges 3.0 section 5.3.2). Nothing of the picture is run. */

import { formerFound, type Unbaked, type UnbakedAssertion, type UnbakingProblem } from './unbaked.ts'
import { type ExpandedName, type Scanned, scanXml } from './xml.ts'

const OPEN_BADGES = 'https://purl.imsglobal.org/ob/v3p0'
const element = { namespace: OPEN_BADGES, name: 'credential' } as const
/** Badge Baking 1.0, of Open Badges 1.0 to 2.1. */
const formerElement = { namespace: 'http://openbadges.org', name: 'assertion' } as const
const SVG = 'http://www.w3.org/2000/svg'

/** The one credential in an SVG. */
export function unbakeSvg(text: string): Unbaked {
  const scanned = scanSvg(text)
  if ('problem' in scanned) return malformed(scanned.problem)
  const { found } = scanned
  const [first] = found
  if (!first) {
    const problem = /xmlns:\w+\s*=\s*["']http:\/\/openbadges\.org/.test(text)
      ? formerFound('SVG')
      : 'the SVG has no credential in it; programs that change pictures often strip it: ask for the file as it was issued'
    return { code: 'CREDENTIAL_MISSING', problem }
  }
  if (found.length > 1) {
    return malformed(`the SVG has ${found.length} credentials in it; exactly one must be there`)
  }
  const { attributes, content } = first
  const signed = attributes.get('verify')
  if (signed === undefined) {
    const json = readContent(content)
    return json === undefined ? malformed(rightContent) : { credential: json }
  }
  return content.trim() === ''
    ? { credential: signed }
    : malformed('the SVG has a credential both in the attribute "verify" and as content; only one of them may be there')
}

/** The one assertion of Open Badges 2.0 in an SVG: JSON as content, else a JWS or a URL in the attribute `verify`. */
export function unbakeFormerSvg(text: string): UnbakedAssertion {
  const scanned = scanSvg(text, formerElement)
  if ('problem' in scanned) return malformed(scanned.problem)
  const [first, ...more] = scanned.found
  if (!first) return { code: 'CREDENTIAL_MISSING', problem: 'the SVG has no Open Badges 2.0 assertion in it' }
  if (more.length > 0) return malformed(`the SVG has ${more.length + 1} assertions in it; exactly one must be there`)
  const { attributes, content } = first
  const signed = attributes.get('verify')
  const assertion = content.trim() === '' ? signed : readContent(content)
  return assertion === undefined ? malformed(rightContent) : { assertion }
}

/** The same picture with this text as its one credential: any that was there before is taken out. */
export function bakeSvg(text: string, credential: string): string | { readonly problem: string } {
  const before = scanSvg(text)
  if ('problem' in before) return before
  // One within another goes with it.
  const outermost = before.found.filter(
    ({ start }) => !before.found.some((one) => one.start < start && start < one.end),
  )
  const bare = outermost.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text)
  const scanned = scanSvg(bare)
  if ('problem' in scanned) return scanned
  const { attributes, start, startEnd, isEmpty } = scanned.root
  const declared = attributes.get('xmlns:openbadges')
  const tag = bare.slice(start, isEmpty ? bare.lastIndexOf('/', startEnd) : startEnd - 1)
  const declaration = ` xmlns:openbadges="${OPEN_BADGES}"`
  const onRoot = declared === undefined ? declaration : ''
  const onElement = declared === undefined || declared === OPEN_BADGES ? '' : declaration
  const baked = `<openbadges:credential${onElement}${write(credential)}</openbadges:credential>`
  const end = isEmpty ? `</${tag.slice(1).split(/\s/, 1)[0]}>` : ''
  return `${bare.slice(0, start)}${tag.trimEnd()}${onRoot}>${baked}${end}${bare.slice(startEnd)}`
}

/** The rest of its tag, and what stands behind it. What XML cannot hold is escaped as JSON does, in strings, where alone it can be. */
function write(credential: string): string {
  if (!credential.trimStart().startsWith('{')) return ` verify="${credential}">`
  const json = credential.replaceAll(']]>', ']]\\u003e').replaceAll('\ufffe', '\\ufffe').replaceAll('\uffff', '\\uffff')
  return `><![CDATA[${json}]]>`
}

function scanSvg(text: string, wanted: ExpandedName = element): Scanned | { readonly problem: string } {
  const scanned = scanXml(text, wanted)
  if ('problem' in scanned) return { problem: `the SVG cannot be read: ${scanned.problem}` }
  const { name, namespace } = scanned.root
  return name === 'svg' && namespace === SVG
    ? scanned
    : { problem: `it is not an SVG: its outermost element must be svg, of the namespace ${SVG}` }
}

const rightContent =
  'what is baked into the SVG must be JSON within <![CDATA[ and ]]>, or signed text in the attribute "verify"'

/** CDATA sections, between which there may be space. */
function readContent(content: string): string | undefined {
  let json = ''
  let rest = content.trim()
  while (rest.startsWith('<![CDATA[')) {
    const end = rest.indexOf(']]>')
    json += rest.slice(9, end)
    rest = rest.slice(end + 3).trimStart()
  }
  return rest !== '' || json.trim() === '' ? undefined : json
}

function malformed(problem: string): UnbakingProblem {
  return { code: 'INPUT_MALFORMED', problem }
}
