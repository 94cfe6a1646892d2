// Finds where text is made of a value that may be an object: `${value}`, String(value), Number(value), a list's join, `'…' + value`.
// One with a member `toString` throws there, and all others would read "[object Object]". See `src/encoding/clip.ts` for what to write.
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile)
const { options, fileNames } = ts.parseJsonConfigFileContent({ ...config, include: ['src'] }, ts.sys, root)
const program = ts.createProgram(fileNames, options)
const types = program.getTypeChecker()
const { StringLike, NumberLike, BooleanLike, BigIntLike, Null, Undefined, Never } = ts.TypeFlags
const plain = StringLike | NumberLike | BooleanLike | BigIntLike | Null | Undefined | Never

const files = program.getSourceFiles().filter(({ fileName }) => fileNames.includes(fileName))
const problems = files.flatMap((file) => findIn(file, file))

for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
console.log(`texts: ${files.length} files, none is made of a value that may be an object`)

function findIn(node, file) {
  // It is there to make text of whatever was thrown, and catches what that throws.
  if (ts.isFunctionDeclaration(node) && node.name.text === 'describe') return []
  const found = madeIntoText(node).filter((each) => !isPlain(types.getTypeAtLocation(each)))
  const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
  const place = `${relative(root, file.fileName)}:${line + 1}`
  const own = found.map(
    (each) => `${place}: ${each.getText(file)} may be an object; make text of it by textOf, clip or quote`,
  )
  const inner = []
  ts.forEachChild(node, (child) => {
    inner.push(...findIn(child, file))
  })
  return [...own, ...inner]
}

/** What this node makes text or a number of. */
function madeIntoText(node) {
  if (ts.isTemplateSpan(node)) return ts.isTaggedTemplateExpression(node.parent.parent) ? [] : [node.expression]
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) return [node.left, node.right]
  if (!ts.isCallExpression(node)) return []
  const { expression: called, arguments: given } = node
  if (isConverter(called)) return given.slice(0, 1)
  if (!ts.isPropertyAccessExpression(called)) return []
  return called.name.text === 'join' || given.some(isConverter) ? [called.expression] : []
}

function isConverter(node) {
  return ts.isIdentifier(node) && ['String', 'Number', 'BigInt'].includes(node.text)
}

/** Of a list, what is in it. */
function isPlain(type) {
  const item = types.getIndexTypeOfType(type, ts.IndexKind.Number)
  if (type.flags & plain) return true
  if (type.isUnion()) return type.types.every(isPlain)
  if (type.isIntersection()) return type.types.some(isPlain)
  if (type.flags & ts.TypeFlags.TypeParameter) return isPlain(types.getBaseConstraintOfType(type) ?? types.getAnyType())
  return item !== undefined && isPlain(item)
}
