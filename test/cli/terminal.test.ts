import { createHash } from 'node:crypto'
import { generateKey } from 'testamur'
import { describe, expect, it } from 'vitest'
import { printable, printableLines } from '../../src/cli/terminal.ts'

describe('names that are whole keys', async () => {
  const { id, controller } = await generateKey({ algorithm: 'RSA' })
  const digest = createHash('sha256').update(controller).digest('hex').slice(0, 32)
  const short = `did:jwk:eyJlIjoiQVFBQiIs…(SHA-256 ${digest}…)`

  it('are short where people read them, and can be told from each other', () => {
    expect(printable(`by ${controller}, at ${id}`, 600)).toBe(`by ${short}, at ${short}#0`)
    expect(printableLines(`${controller} is\nno ${controller}`)).toBe(`${short} is\nno ${short}`)
    expect(printable(`${controller.slice(0, -1)}_`, 600)).not.toContain(digest)
    expect(printable(`by ${controller.slice(0, 500)}…`, 600)).toBe('by did:jwk:eyJlIjoiQVFBQiIs…')
  })

  it('are whole where programs read them, and where they are no longer than a line', async () => {
    expect(printable(controller)).toBe(controller)
    const { controller: other } = await generateKey()
    expect(printable(other, 600)).toBe(other)
  })
})
