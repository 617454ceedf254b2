import type { PreSignUpEvent } from '../../../lib/testing/index.js';
import { type LocalService, startLocalService } from '../local-service.js';
import { listed, PoolCalls } from './support.js';

let service: LocalService;
const events: PreSignUpEvent[] = [];

beforeAll(async () => {
  const triggers = {
    preSignUp: (event: PreSignUpEvent) => {
      events.push(structuredClone(event));
      const { email = '', phone_number: phone = '' } = event.request.userAttributes;
      event.response.autoConfirmUser = email.startsWith('auto') || phone.endsWith('77');
      event.response.autoVerifyEmail = email.startsWith('auto');
      event.response.autoVerifyPhone = phone.endsWith('77');
      return event;
    },
  };
  service = await startLocalService({
    pools: [
      { name: 'plain', triggers },
      { name: 'addresses', UsernameAttributes: ['email', 'phone_number'], triggers },
    ],
  });
});

afterAll(() => service.stop());

const pool = (name: string) => new PoolCalls(service, name);

describe('PreSignUp in UsernameAttributes pools', () => {
  it('gets the later sub as username and the address among the attributes', async () => {
    const { body } = await pool('addresses').signUp('new@example.com', { name: 'New' });
    expect(events.at(-1)).toMatchObject({
      triggerSource: 'PreSignUp_SignUp',
      userName: body['UserSub'],
      request: { userAttributes: { email: 'new@example.com', name: 'New' } },
    });
    expect(await pool('addresses').admin('AdminGetUser', { Username: 'new@example.com' })).toMatchObject({
      body: { Username: body['UserSub'] },
    });
  });

  it('gets the phone number alike', async () => {
    const { body } = await pool('addresses').signUp('+15550000001');
    expect(events.at(-1)).toMatchObject({
      userName: body['UserSub'],
      request: { userAttributes: { phone_number: '+15550000001' } },
    });
  });

  it('gets the same of a user whom an administrator creates', async () => {
    const { body } = await pool('addresses').create('made@example.com');
    expect(events.at(-1)).toMatchObject({
      triggerSource: 'PreSignUp_AdminCreateUser',
      userName: (body['User'] as { readonly Username: string }).Username,
      request: { userAttributes: { email: 'made@example.com' } },
    });
  });

  it.each([
    ['auto@example.com', 'email_verified'],
    ['+15550000077', 'phone_number_verified'],
  ])('verifies the address that is the username: %s', async (username, flag) => {
    expect(await pool('addresses').signUp(username)).toMatchObject({ status: 200, body: { UserConfirmed: true } });
    expect(await pool('addresses').attributes(username)).toMatchObject({ [flag]: 'true' });
  });
});

describe('PreSignUp without validationData and clientMetadata', () => {
  it('gets null for both at SignUp', async () => {
    await pool('plain').signUp('bare');
    expect(events.at(-1)).toMatchObject({ userName: 'bare', request: { validationData: null, clientMetadata: null } });
  });

  it('gets null for both at AdminCreateUser', async () => {
    await pool('plain').create('bare-admin');
    expect(events.at(-1)?.request).toMatchObject({ validationData: null, clientMetadata: null });
  });

  it('gets what was sent', async () => {
    await pool('plain').signUp('full', {}, { ValidationData: listed({ a: '1' }), ClientMetadata: { b: '2' } });
    expect(events.at(-1)?.request).toMatchObject({ validationData: { a: '1' }, clientMetadata: { b: '2' } });
  });
});
