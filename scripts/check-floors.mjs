// Keeps imports pointing down: every file of src stands on a floor and may import only from lower floors,
// or from its own folder where that does not make a circle. See "Floors" in ARCHITECTURE.md.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const floors = [
  ['types'],
  ['errors'],
  ['report', 'encoding/'],
  ['keys/', 'jsonld/', 'dids/', 'network/', 'status/', 'schema/', 'records/', 'images/'],
  ['proofs/', 'envelopes/', 'online', 'decisions/', 'skills/', 'messages/'],
  ['checks/', 'defaults'],
  ['seldom', 'open-badges-2/'],
  ['options', 'lint', 'glance', 'shown'],
  ['secure'],
  ['verify-credential'],
  ['verify-presentation'],
  ['issue', 'present', 'present-sd-jwt', 'disclose', 'add-proof', 'verify'],
  ['many', 'publish', 'trust/', 'html/'],
  ['index', 'records'],
  ['http/'],
  ['adapters/'],
  ['cli/'],
]
/** In `checks/`, only what is named here is shared: a check never imports another check. */
const sharedOf = { 'checks/': ['checks/settings', 'checks/proof'] }

const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..', 'src'))
const files = list(root).map((file) => relative(root, file).replaceAll('\\', '/'))
const imports = new Map(files.map((file) => [file, importsOf(file)]))
const problems = [...files.flatMap(check), ...findCircles()]

for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
console.log(`floors: ${files.length} files, every import points down, no circles`)

function list(folder) {
  return readdirSync(folder)
    .flatMap((name) => (statSync(join(folder, name)).isDirectory() ? list(join(folder, name)) : [join(folder, name)]))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
}

function importsOf(file) {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'), true, true)
  return importedFiles
    .map(({ fileName }) => fileName)
    .filter((name) => name.startsWith('.'))
    .map((name) => relative(root, resolve(root, dirname(file), name)).replaceAll('\\', '/'))
}

/** The floor a file stands on, and its room: the folder, or the file itself. */
function place(file) {
  const room = file.includes('/') ? `${file.split('/')[0]}/` : file.replace(/\.ts$/, '')
  return { room, floor: floors.findIndex((rooms) => rooms.includes(room)) }
}

function check(file) {
  const from = place(file)
  if (from.floor < 0)
    return [`src/${file} stands on no floor: add its room to scripts/check-floors.mjs and ARCHITECTURE.md`]
  return imports.get(file).flatMap((target) => {
    const to = place(target)
    if (!imports.has(target) && !target.endsWith('.d.ts')) return [`src/${file} imports ${target}, which is not there`]
    if (to.floor < from.floor) return []
    if (to.room === from.room) return crossesRoom(file, target, from.room)
    return [`src/${file} (floor ${from.floor + 1}) imports src/${target} (floor ${to.floor + 1}): imports point down`]
  })
}

function crossesRoom(file, target, room) {
  const shared = sharedOf[room]
  if (!shared || shared.includes(target.replace(/\.ts$/, ''))) return []
  return [
    `src/${file} imports src/${target}: in ${room} only ${shared.join(' and ')} may be imported by their neighbours`,
  ]
}

function findCircles() {
  const done = new Set()
  const circles = []
  const visit = (file, trail) => {
    if (trail.includes(file)) circles.push(`circle: ${[...trail.slice(trail.indexOf(file)), file].join(' → ')}`)
    else if (!done.has(file)) {
      for (const target of imports.get(file) ?? []) visit(target, [...trail, file])
      done.add(file)
    }
  }
  for (const file of files) visit(file, [])
  return circles
}
