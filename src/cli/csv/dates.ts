/** Dates as people write them in tables, in the one form that the mapping names: nothing is guessed, since 03/04 is two days. */

/** A form such as `YYYY-MM-DD`, `DD.MM.YYYY` or `M/D/YYYY`; `undefined` for what is none. */
export function readDateForm(form: string): ((text: string) => string | undefined) | undefined {
  const parts = [...form.matchAll(/YYYY|MM?|DD?/g)].map(([part]) => part)
  const kinds = parts.map((part) => part[0])
  if (kinds.length !== 3 || new Set(kinds).size !== 3) return undefined
  const pattern = form.replace(/YYYY|MM?|DD?|[^YMD]+/g, (part) => patternOf(part))
  if (/[YMD]/.test(form.replace(/YYYY|MM?|DD?/g, ''))) return undefined
  const regex = new RegExp(`^${pattern}$`)
  return (text) => {
    const match = regex.exec(text)
    if (!match) return undefined
    const at = (kind: string): number => Number(match[kinds.indexOf(kind) + 1])
    return isoDate(at('Y'), at('M'), at('D'))
  }
}

function patternOf(part: string): string {
  if (part === 'YYYY') return '(\\d{4})'
  if (part === 'MM' || part === 'DD') return '(\\d{2})'
  if (part === 'M' || part === 'D') return '(\\d{1,2})'
  return part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** A day that is in the calendar. */
function isoDate(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day))
  const isThere = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  return isThere ? date.toISOString().slice(0, 10) : undefined
}
