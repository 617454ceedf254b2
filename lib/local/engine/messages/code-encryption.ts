import type { CustomSenderKey } from '../../model/custom-sender-key.js';
import { loadPackage } from '../../optional-package.js';

const NAMESPACE = 'mandate';
const NAME = 'custom-sender';

/** Writes a code for a custom sender. */
export type CodeCipher = (code: string, poolId: string) => Promise<string>;

/** Codes as they are, or in the message format of the AWS Encryption SDK, base64, as Cognito sends them. */
export function codeCipher(key: CustomSenderKey | undefined): CodeCipher {
  return key === undefined ? (code) => Promise.resolve(code) : async (code, poolId) => encrypted(code, poolId, key);
}

async function encrypted(code: string, poolId: string, key: CustomSenderKey): Promise<string> {
  const { buildEncrypt, CommitmentPolicy, RawAesKeyringNode, RawAesWrappingSuiteIdentifier } = await encryptionSdk();
  const keyring = new RawAesKeyringNode({
    keyNamespace: key.namespace ?? NAMESPACE,
    keyName: key.name ?? NAME,
    unencryptedMasterKey: isolated(Buffer.from(key.key, 'base64')),
    wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
  });
  const { encrypt } = buildEncrypt(CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);
  const { result } = await encrypt(keyring, code, { encryptionContext: { 'userpool-id': poolId } });
  return result.toString('base64');
}

/** The library refuses bytes of Node's shared buffer. */
function isolated(bytes: Buffer): Uint8Array {
  return Uint8Array.from(bytes);
}

function encryptionSdk() {
  return loadPackage('@aws-crypto/client-node', 'for "customSenderKey"', () => import('./encryption-sdk.js'));
}
