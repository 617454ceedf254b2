import type { RevocationCache, SignInRevoker } from './token-revoker.js';

/** Where ended sign-ins are recorded; undefined without the option `revocation`. */
export type Revoker = SignInRevoker | RevocationCache | undefined;

/** Records an operation that succeeded. */
export type RecordRevocation = () => Promise<unknown>;

/**
 * Runs an operation that ends sign-ins at Cognito and then records that, so that guards reject the tokens at once.
 *
 * @param prepare - collects what the record needs. Called before the operation, after which the user may be gone.
 */
export async function endSignIns(
  revoker: Revoker,
  operation: () => Promise<unknown>,
  prepare: (revoker: SignInRevoker) => Promise<RecordRevocation> | RecordRevocation,
): Promise<void> {
  if (revoker === undefined || revoker.forget !== undefined) {
    await operation();
    revoker?.forget();
    return;
  }
  const record = await prepare(revoker);
  await operation();
  await record();
}
