/** Reads a page of `toHtml` as a browser would, as far as that is needed to see that nothing got into it. */

/** An element's name and attributes. */
export interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

const element = /<(\/?)([a-z][a-z\d]*)((?: [a-z-]+="[^"<>]*")*)>/g

/** The page's start tags. Throws where an angle bracket stands that belongs to no well-written tag. */
export function tagsOf(page: string): readonly Tag[] {
  const body = page.replace(/^<!doctype html>/, '').replace(/<style>[^<]*<\/style>/, '')
  const left = body.replace(element, '')
  const stray = /[<>].{0,60}/s.exec(left)
  if (stray) throw new Error(`an angle bracket outside of a tag: ${stray[0]}`)
  return [...body.matchAll(element)]
    .filter(([, slash]) => slash === '')
    .map(([, , name = '', attributes = '']) => ({
      name,
      attributes: new Map(
        [...attributes.matchAll(/ ([a-z-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
      ),
    }))
}

/** The text that a reader sees, without tags. */
export function textOf(page: string): string {
  const texts: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
  return page
    .replace(/<style>[^<]*<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => texts[name] ?? '')
    .replace(/\s+/g, ' ')
}
