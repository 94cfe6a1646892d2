/** What the kinds of envelope do, in one piece that is loaded on first need. */

export { algorithmNamesOf, openJws, signJws, verifyJws } from './jws.ts'
export { openSdJwt } from './sd-jwt.ts'
export { openStatusListToken } from './status-list-token.ts'
export * as vcJose from './vc-jose.ts'
export * as vcJwt from './vc-jwt.ts'
export * as vcSdJwt from './vc-sd-jwt.ts'
