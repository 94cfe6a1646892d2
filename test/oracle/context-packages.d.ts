declare module '@digitalbazaar/citizenship-context' {
  export const contexts: ReadonlyMap<string, import('testamur').JsonObject>
}

declare module '@digitalcredentials/dcc-context' {
  const context: { readonly contexts: ReadonlyMap<string, import('testamur').JsonObject> }
  export default context
}
