import { randomBytes } from 'node:crypto';

import {
  buildDecrypt,
  CommitmentPolicy,
  RawAesKeyringNode,
  RawAesWrappingSuiteIdentifier,
} from '@aws-crypto/client-node';
import { ConfirmSignUpCommand, SignUpCommand } from '@aws-sdk/client-cognito-identity-provider';

import type { CustomSenderEvent } from '../../lib/testing/index.js';
import { type LocalService, startLocalService } from './local-service.js';

const { decrypt } = buildDecrypt(CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);
const KEY = randomBytes(32);

describe('custom senders', () => {
  let service: LocalService;
  const events: CustomSenderEvent[] = [];

  afterEach(() => service.stop());

  async function signUp(
    attributes: Record<string, string>,
    customSenderKey?: { key: string; name?: string; namespace?: string },
  ): Promise<CustomSenderEvent> {
    events.length = 0;
    const record = (event: CustomSenderEvent): CustomSenderEvent => {
      events.push(event);
      return event;
    };
    service = await startLocalService({
      ...(customSenderKey && { customSenderKey }),
      pools: [
        {
          name: 'pool',
          AutoVerifiedAttributes: ['email', 'phone_number'],
          triggers: { customEmailSender: record, customSmsSender: record },
        },
      ],
    });
    await service.sdk.send(
      new SignUpCommand({
        ClientId: service.cognito.pool().client().id,
        Username: 'ann',
        Password: 'Correct-Horse-9',
        UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
        ClientMetadata: { from: 'test' },
      }),
    );
    const [event] = events;
    if (event === undefined) {
      throw new Error('no sender has run');
    }
    return event;
  }

  async function confirm(code: string): Promise<void> {
    const ClientId = service.cognito.pool().client().id;
    await service.sdk.send(new ConfirmSignUpCommand({ ClientId, Username: 'ann', ConfirmationCode: code }));
  }

  const keyring = (keyNamespace = 'mandate', keyName = 'custom-sender') =>
    new RawAesKeyringNode({
      keyNamespace,
      keyName,
      unencryptedMasterKey: Uint8Array.from(KEY),
      wrappingSuite: RawAesWrappingSuiteIdentifier.AES256_GCM_IV12_TAG16_NO_PADDING,
    });

  it.each([
    ['CustomEmailSender_SignUp', 'customEmailSenderRequestV1', { email: 'ann@example.com' }],
    ['CustomSMSSender_SignUp', 'customSMSSenderRequestV1', { phone_number: '+15550100' }],
  ])('%s receives a plain code', async (triggerSource, type, attributes) => {
    const event = await signUp(attributes);
    expect(event).toMatchObject({
      triggerSource,
      request: {
        type,
        code: expect.stringMatching(/^\d{6}$/) as string,
        userAttributes: attributes,
        clientMetadata: { from: 'test' },
      },
    });
    await confirm(event.request.code);
    expect(service.cognito.outbox.all()).toEqual([]);
  });

  it('receive a code in the message format of the AWS Encryption SDK when there is a key', async () => {
    const { request, userPoolId } = await signUp({ email: 'ann@example.com' }, { key: KEY.toString('base64') });
    const { plaintext, messageHeader } = await decrypt(keyring(), Buffer.from(request.code, 'base64'));
    expect(messageHeader.encryptionContext).toMatchObject({ 'userpool-id': userPoolId });
    await confirm(plaintext.toString());
  });

  it('may have a key of another name', async () => {
    const names = { namespace: 'my-app', name: 'codes' };
    const { request } = await signUp({ email: 'ann@example.com' }, { key: KEY.toString('base64'), ...names });
    const code = Buffer.from(request.code, 'base64');
    await expect(decrypt(keyring(), code)).rejects.toThrow();
    await confirm((await decrypt(keyring('my-app', 'codes'), code)).plaintext.toString());
  });
});
