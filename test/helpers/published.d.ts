// Published libraries that carry no types, as they are handed to `digitalBazaar`.

declare module '@digitalbazaar/eddsa-jcs-2022-cryptosuite' {
  import type { JcsLibrary } from 'testamur'

  export const createSignCryptosuite: JcsLibrary['createSignCryptosuite']
  export const createVerifyCryptosuite: JcsLibrary['createVerifyCryptosuite']
}
