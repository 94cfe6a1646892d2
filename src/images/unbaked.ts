/** Why a picture does not yield what was asked for. */
export interface UnbakingProblem {
  /** `CREDENTIAL_MISSING`: a good image without it. `INPUT_MALFORMED`: everything else. */
  readonly code: 'CREDENTIAL_MISSING' | 'INPUT_MALFORMED'
  readonly problem: string
}

/** What is in a baked image: the text of one credential, or why there is none to be had. */
export type Unbaked =
  | {
      /** JSON text or a compact JWS, byte for byte as it was baked. */
      readonly credential: string
    }
  | UnbakingProblem

/** The same for an assertion of Open Badges 2.0. */
export type UnbakedAssertion =
  | {
      /** JSON text, a compact JWS, or the URL of a hosted assertion, as it was baked. */
      readonly assertion: string
    }
  | UnbakingProblem

/** A picture of the wrong age. */
export function formerFound(format: 'PNG' | 'SVG'): string {
  return `the ${format} has an Open Badges 2.0 assertion in it and no credential; verifyAssertion of testamur/records verifies it`
}
