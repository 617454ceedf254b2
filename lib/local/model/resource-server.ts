/** A scope of a resource server. Clients name it `<identifier>/<name>`. */
export interface ResourceServerScope {
  readonly name: string;
  readonly description: string;
}

/** An API with scopes: CreateResourceServer. */
export interface ResourceServer {
  readonly identifier: string;
  name: string;
  scopes: readonly ResourceServerScope[];
}
