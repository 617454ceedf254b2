// A file of its own, which is loaded late: the package is optional, and bundlers give the members of its CommonJS form under
// `default` alone to an import() of the package itself.
export { argon2Verify, bcryptVerify } from 'hash-wasm';
