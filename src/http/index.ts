/** `testamur/http`: the VC API as a function from `Request` to `Response`. Every public name is written out here. */

export { httpHandler } from './handler.ts'
export { type NodeRequest, type NodeResponse, toNodeListener } from './node.ts'
export {
  type HttpAction,
  type HttpCheck,
  type HttpContext,
  type HttpHandlerOptions,
  type HttpHolder,
  type HttpIssuer,
  type HttpStatus,
  type HttpTenant,
  withoutAuthentication,
} from './options.ts'
