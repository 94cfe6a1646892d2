/** Whether something is a picture, as far as its first bytes tell: no JSON and no JWT begins with `<`. */

/** What every PNG begins with. */
export const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const

/** Whether it is to be read as a PNG or SVG. Whatever it is, asking never throws. */
export function isPicture(input: unknown): input is Uint8Array | string {
  if (typeof input === 'string') return beginsAsXml(input)
  try {
    if (!ArrayBuffer.isView(input) || !(input instanceof Uint8Array)) return false
    // A view of our own: methods of the one that was given may be replaced.
    const start = new Uint8Array(input.buffer, input.byteOffset, Math.min(input.byteLength, 100))
    return isPng(start) || beginsAsXml(latin1(start))
  } catch {
    // A hostile object throws even when it is asked what it is.
    return false
  }
}

/** Whether it begins as every PNG does. */
export function isPng(bytes: Uint8Array): boolean {
  return pngSignature.every((byte, index) => bytes[index] === byte)
}

/** Whether it begins with a tag or a declaration. */
export function beginsAsXml(text: string): boolean {
  return /^(?:\uFEFF|\u00ef\u00bb\u00bf)?\s*</.test(text.slice(0, 100))
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes)
}
