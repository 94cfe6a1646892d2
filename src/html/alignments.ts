/** Skills and standards that something is aligned to (Open Badges 3.0, Alignment). */

import type { JsonValue } from '../types.ts'
import { address } from './link.ts'
import { type Html, html } from './markup.ts'
import type { Page } from './page.ts'
import { list, objects, scalar, words } from './rows.ts'

/** Each with its name, code, framework, and where it is described. */
export function alignmentList(value: JsonValue | undefined, page: Page): Html | undefined {
  const items = objects(value).map(({ targetName, targetCode, targetFramework, targetDescription, targetUrl }) => {
    const name = words(targetName, page)
    const code = scalar(targetCode)
    const framework = words(targetFramework, page)
    const description = words(targetDescription, page)
    return html`${name && html`<b>${name}</b>`} ${code && html`<span class="code">${code}</span>`}${framework && html` <span class="quiet">${framework}</span>`}${description && html`<div>${description}</div>`}${typeof targetUrl === 'string' ? html`<div class="small">${address(targetUrl)}</div>` : undefined}`
  })
  return list(items, page, 'alignments')
}
