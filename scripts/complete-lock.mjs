// Keeps package-lock.json whole: tools that come as one binary for each platform name them as optional dependencies, and a
// registry that lacks some of them lets npm write a lock without them, which other versions of npm then refuse.
// With --check it only looks, and fails when one is missing.
import { readFileSync, writeFileSync } from 'node:fs'

const path = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(path, 'utf8'))
const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64']

const missing = new Map()
for (const [place, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const isThere = place !== '' && (`${place}/node_modules/${name}` in lock.packages || nearest(place, name))
    if (!isThere && /^\d/.test(version)) missing.set(`node_modules/${name}`, describe(name, version, entry))
  }
}

if (process.argv.includes('--check')) {
  if (missing.size > 0) {
    console.error(`package-lock.json lacks ${missing.size} optional packages; run node scripts/complete-lock.mjs`)
    process.exit(1)
  }
  console.log('package-lock.json names every optional package')
} else {
  const packages = Object.entries({ ...lock.packages, ...Object.fromEntries(missing) })
  lock.packages = Object.fromEntries(packages.sort(([one], [two]) => (one < two ? -1 : one > two ? 1 : 0)))
  writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`${missing.size} optional packages added to package-lock.json`)
}

/** Whether a folder above the place has the package. */
function nearest(place, name) {
  const parts = place.split('/node_modules/')
  return parts.some(
    (_, index) =>
      `${[...parts.slice(0, index)].join('/node_modules/')}${index ? '/' : ''}node_modules/${name}`.replace(
        /^\//,
        '',
      ) in lock.packages,
  )
}

/** What npm would write, as far as the name tells: for which platform the package is. */
function describe(name, version, { dev }) {
  const words = name.split(/[/-]/)
  const os = systems.filter((each) => words.includes(each) || (each === 'linux' && name.includes('linux')))
  const cpu = processors.filter((each) => words.includes(each) || (each === 'arm' && /arm-|-arm$/.test(name)))
  const libc = name.includes('musl') ? ['musl'] : /gnu|cli-linux-(x64|arm64)$/.test(name) ? ['glibc'] : undefined
  return {
    version,
    ...(cpu.length > 0 && { cpu }),
    ...(dev && { dev }),
    ...(libc && { libc }),
    optional: true,
    ...(os.length > 0 && { os }),
  }
}
