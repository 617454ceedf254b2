// Imported when it is first needed, and not @aws-crypto/client-node itself: bundlers make an object of a CommonJS package
// that `import()` loads, without its names.
export {
  buildEncrypt,
  CommitmentPolicy,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node';
