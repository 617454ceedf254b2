import { poolById } from '../engine/pools/pool-lookup.js';
import { signingCertificate } from '../engine/tokens/signing-certificate.js';
import type { OperationTable } from './operation.js';

/** The certificate for SAML identity providers. */
export const signingCertificateOperations: OperationTable<'GetSigningCertificate'> = {
  GetSigningCertificate: {
    handle: async (environment, { UserPoolId }) => ({
      Certificate: await signingCertificate(environment.keys, poolById(environment, UserPoolId)),
    }),
  },
};
