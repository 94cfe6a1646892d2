/** Pictures of a badge, an achievement or a profile (Open Badges 3.0, Image). */

import { requireIri, requireObject } from './input.ts'

/** A picture: its address alone, or with a caption. */
export type ImageInput =
  | string
  | {
      /** Address of the picture, or the picture itself as `data:` URI. PNG or SVG is shown everywhere. */
      readonly id: string
      /** Text for people who do not see the picture. */
      readonly caption?: string
    }

/** A picture as it stands in a record. */
export interface Image {
  /** Address of the picture, or a `data:` URI. */
  readonly id: string
  /** Fixed by the standard. */
  readonly type: 'Image'
  /** Text for people who do not see the picture. */
  readonly caption?: string
}

/** An address alone becomes an object: the strict schema asks for one. */
export function toImage(image: ImageInput, path: string): Image {
  const right = 'the address of a picture, such as https://example.edu/badge.png, or a data: URI'
  const given = typeof image === 'string' ? { id: image } : image
  requireObject(given, path, right)
  return { ...given, id: requireIri(given.id, typeof image === 'string' ? path : `${path}.id`, right), type: 'Image' }
}
