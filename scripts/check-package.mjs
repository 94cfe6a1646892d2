// What users get: the packed tarball passes publint and attw, installs into an empty folder within its limits, and runs
// from ESM, from CommonJS and from a bundle for the browser.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'

const limits = { packages: 45, megabytes: 20 }
const folder = mkdtempSync(join(tmpdir(), 'testamur-package-'))

try {
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder]))
  const tarball = join(folder, packed.filename)
  run('npx', ['publint', '--strict', tarball])
  run('npx', ['attw', '--profile', 'esm-only', tarball])
  console.log(`package: ${packed.entryCount} files, ${Math.round(packed.size / 1000)} kB packed; publint and attw pass`)

  writeFileSync(join(folder, 'package.json'), '{ "name": "empty", "private": true }')
  run('npm', ['install', '--ignore-scripts', '--prefer-offline', tarball], folder)
  checkInstall(join(folder, 'node_modules'))
  await runEverywhere()
  runProgram()
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function checkInstall(modules) {
  const packages = listPackages(modules)
  const scripts = packages.filter((path) => {
    const { scripts = {} } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
    return (
      ['preinstall', 'install', 'postinstall'].some((name) => name in scripts) || existsSync(join(path, 'binding.gyp'))
    )
  })
  const megabytes = sizeOf(modules) / 1_000_000
  console.log(`install: ${packages.length} packages, ${megabytes.toFixed(1)} MB, ${scripts.length} install scripts`)
  if (scripts.length > 0) throw new Error(`install scripts in ${scripts.join(', ')}`)
  if (packages.length > limits.packages) throw new Error(`more than ${limits.packages} packages`)
  if (megabytes > limits.megabytes) throw new Error(`more than ${limits.megabytes} MB`)
}

async function runEverywhere() {
  const issueTwo = `
    const key = await generateKey()
    const credential = await issue({
      key,
      credential: {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: ['VerifiableCredential'],
        credentialSubject: { id: key.controller },
      },
    })
    const forged = { ...credential, validFrom: '2001-01-01T00:00:00Z' }`
  const verifyTwo = `
    const reports = [await verify({ credential: JSON.stringify(credential) }), await verify({ credential: forged })]
    console.log(...reports.map(({ verdict }) => verdict))`
  const verifyOnThreads = `
    const pool = createWorkerPool({ size: 2 })
    const verdicts = []
    for await (const { report } of pool.verifyMany({ credentials: [credential, forged] })) verdicts.push(report.verdict)
    await pool.close()
    console.log(...verdicts)`
  const verifyOverHttp = `
    const handle = httpHandler({ tenant: {} })
    for (const verifiableCredential of [credential, forged]) {
      const body = JSON.stringify({ verifiableCredential })
      const headers = { 'content-type': 'application/json' }
      const request = new Request('http://localhost/credentials/verify', { method: 'POST', headers, body })
      verdicts.push((await (await handle(request)).json()).verdict)
    }
    console.log(...verdicts)`
  const names = '{ generateKey, issue, verify }'
  const programs = {
    'esm.mjs': `import ${names} from 'testamur'\n${issueTwo}${verifyTwo}`,
    'commonjs.cjs': `const ${names} = require('testamur')\n;(async () => {${issueTwo}${verifyTwo}})()`,
    'threads.mjs': `import ${names} from 'testamur'
      import { createWorkerPool } from 'testamur/workers'\n${issueTwo}${verifyOnThreads}`,
    'http.mjs': `import ${names} from 'testamur'
      import { httpHandler } from 'testamur/http'\n${issueTwo}
    const verdicts = []${verifyOverHttp}`,
  }
  for (const [file, program] of Object.entries(programs)) writeFileSync(join(folder, file), program)
  await build({
    entryPoints: [join(folder, 'esm.mjs')],
    outfile: join(folder, 'browser.mjs'),
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    logLevel: 'error',
  })
  // A browser's global scope has `self`, which libraries look for.
  const browserScope = ['--import', 'data:text/javascript,globalThis.self=globalThis']
  for (const [file, options] of [...Object.keys(programs).map((name) => [name, []]), ['browser.mjs', browserScope]]) {
    const printed = run(process.execPath, [...options, file], folder).trim()
    if (printed !== 'valid invalid') throw new Error(`${file} printed "${printed}", not "valid invalid"`)
    console.log(`${file}: issues, verifies, refuses a forgery`)
  }
}

/** The program, as npx starts it, with threads that run it as well. */
function runProgram() {
  const testamur = (...words) => run(join(folder, 'node_modules/.bin/testamur'), words, folder)
  writeFileSync(join(folder, 'rows.csv'), 'name\nAda\nBen\n')
  const achievement = { name: 'Latin', description: 'x', criteria: 'x' }
  const badge = { name: 'Latin', recipient: { plainName: '{name}' }, achievement }
  writeFileSync(join(folder, 'mapping.json'), JSON.stringify({ badge }))
  testamur('keygen', '--out', 'key.json')
  testamur(...'issue --csv rows.csv --mapping mapping.json --key key.json --out badges --workers 2'.split(' '))
  const printed = testamur('verify', 'badges/row-2.json')
  if (!printed.includes('This credential is valid')) throw new Error(`testamur verify printed "${printed}"`)
  console.log('testamur: makes a key, issues a table on two threads, verifies')
}

function run(command, args, cwd) {
  try {
    return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: 'pipe' })
  } catch (error) {
    throw new Error(`${command} ${args.join(' ')} failed:\n${error.stdout}\n${String(error.stderr).slice(-2000)}`)
  }
}

function listPackages(modules) {
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(modules, name)).map((each) => join(name, each)) : [name],
    )
    .map((name) => join(modules, name))
    .flatMap((path) => [
      path,
      ...(existsSync(join(path, 'node_modules')) ? listPackages(join(path, 'node_modules')) : []),
    ])
}

function sizeOf(path) {
  const stats = statSync(path)
  return stats.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : stats.size
}
