// Published libraries that carry no types, as they are handed to `digitalBazaar`.

declare module '@digitalbazaar/eddsa-jcs-2022-cryptosuite' {
  import type { JcsLibrary } from 'testamur'

  export const createSignCryptosuite: JcsLibrary['createSignCryptosuite']
  export const createVerifyCryptosuite: JcsLibrary['createVerifyCryptosuite']
}

declare module '@digitalbazaar/ecdsa-jcs-2019-cryptosuite' {
  import type { JcsLibrary } from 'testamur'

  export const createSignCryptosuite: JcsLibrary['createSignCryptosuite']
  export const createVerifyCryptosuite: JcsLibrary['createVerifyCryptosuite']
}

declare module '@digitalbazaar/ecdsa-sd-2023-cryptosuite' {
  import type { DisclosureLibrary } from 'testamur'

  export const createVerifyCryptosuite: DisclosureLibrary['createVerifyCryptosuite']
}

declare module '@digitalbazaar/bbs-2023-cryptosuite' {
  import type { DisclosureLibrary } from 'testamur'

  export const createVerifyCryptosuite: DisclosureLibrary['createVerifyCryptosuite']
}
