/** What is in a baked image: the text of one credential, or why there is none to be had. */
export type Unbaked =
  | {
      /** JSON text or a compact JWS, byte for byte as it was baked. */
      readonly credential: string
    }
  | {
      /** `CREDENTIAL_MISSING`: a good image without a credential. `INPUT_MALFORMED`: everything else. */
      readonly code: 'CREDENTIAL_MISSING' | 'INPUT_MALFORMED'
      readonly problem: string
    }
