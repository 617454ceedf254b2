// Imported when it is first needed, and not jwks-rsa itself: bundlers make an object of a CommonJS package that `import()`
// names whose members are under `default` alone. A static import they translate correctly.
export { JwksClient } from 'jwks-rsa';
