/** Compiled, never run: what the compiler must accept and refuse about attributes and sign-ins. */
import { type AttributesOf, defineAttributes } from '../../lib/attributes/attribute-definitions.js';
import type { PostalAddress } from '../../lib/attributes/user-attributes.js';
import type { OperationInput, OperationOutput } from '../../lib/client/operations.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';

export const definitions = defineAttributes({
  firstName: 'given_name',
  home: 'address',
  tenant: 'custom:tenant',
  level: { name: 'custom:level', type: 'number' },
});

type AppAttributes = AttributesOf<typeof definitions>;

declare const cognito: CognitoService;
declare const renamed: CognitoService<AppAttributes>;

export const own: AppAttributes = {
  firstName: 'Ann',
  home: { formatted: 'Here' } satisfies PostalAddress,
  tenant: 'acme',
  level: 7,
  email: 'ann@example.com',
  updated_at: 1_700_000_000,
};

// @ts-expect-error the level was declared as a number
export const wrongType: AppAttributes = { level: 'high' };

// @ts-expect-error the attribute goes by the application's name now
export const oldName: AppAttributes = { given_name: 'Ann' };

export async function requests(): Promise<void> {
  await cognito.register({ username: 'ann', attributes: { email: 'a@example.com', 'custom:tenant': 'acme' } });
  await renamed.register({ username: 'ann', attributes: { firstName: 'Ann', level: 7 } });
  await renamed.updateProfile({ accessToken: 'token', attributes: { firstName: null } });
  // @ts-expect-error the standard attribute is a boolean
  await cognito.register({ username: 'ann', attributes: { email_verified: 'yes' } });
  // @ts-expect-error not an attribute
  await cognito.register({ username: 'ann', attributes: { firstname: 'Ann' } });
  // @ts-expect-error SRP needs the password
  await cognito.authenticate({ username: 'ann' });
  // @ts-expect-error a privileged flow
  await cognito.authenticate({ flow: 'ADMIN_USER_PASSWORD_AUTH', username: 'ann', password: 'x' });
  await cognito.authenticate({ flow: 'CUSTOM_AUTH', username: 'ann' });
  await cognito.authenticate({ flow: 'USER_AUTH', username: 'ann', preferredChallenge: 'EMAIL_OTP' });
}

export const input: OperationInput<'GetUser'> = { AccessToken: 'token' };
export const name = (output: OperationOutput<'GetUser'>): string | undefined => output.Username;
// @ts-expect-error the SDK's metadata does not belong to a result
export const metadata = (output: OperationOutput<'GetUser'>): unknown => output.$metadata;
// @ts-expect-error not an operation
export type Unknown = OperationInput<'GetUsers'>;
