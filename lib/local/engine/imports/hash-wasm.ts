// Imported when it is first needed, and not hash-wasm itself: bundlers make an object of a CommonJS package that `import()`
// loads, without its names.
export { argon2Verify, bcryptVerify } from 'hash-wasm';
