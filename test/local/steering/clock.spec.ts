import { LocalCognito } from '../../../lib/testing/index.js';
import { SteeredService } from './steered-service.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('clock', () => {
  let service: SteeredService;

  beforeEach(async () => {
    service = await SteeredService.start();
  });

  afterEach(() => service.cognito.stop());

  it('lets tokens expire', async () => {
    const { clock } = service.cognito;
    const { AccessToken, RefreshToken } = await service.tokens();
    await service.succeed('GetUser', { AccessToken });
    clock.advance(HOUR + 1000);
    await expect(service.call('GetUser', { AccessToken })).resolves.toMatchObject({
      body: { __type: 'NotAuthorizedException', message: 'Access Token has expired' },
    });
    const renew = () =>
      service.call('InitiateAuth', {
        ClientId: service.clientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: RefreshToken },
      });
    await expect(renew()).resolves.toMatchObject({ status: 200 });
    clock.advance(31 * DAY);
    await expect(renew()).resolves.toMatchObject({ body: { message: 'Refresh Token has expired' } });
  });

  it('lets codes expire', async () => {
    await service.signUp('bob');
    const { code } = await service.cognito.outbox.next();
    service.cognito.clock.advance(DAY + 1000);
    await expect(service.confirm('bob', code)).resolves.toMatchObject({ body: { __type: 'ExpiredCodeException' } });
  });

  it('ends lock-outs', async () => {
    const wrong = { USERNAME: 'ann', PASSWORD: 'Wrong-Horse-9' };
    for (let attempt = 0; attempt < 6; attempt++) {
      await service.call('InitiateAuth', {
        ...{ ClientId: service.clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: wrong },
      });
    }
    await expect(service.signIn()).resolves.toMatchObject({ body: { message: 'Password attempts exceeded' } });
    service.cognito.clock.advance(15 * MINUTE);
    await expect(service.signIn()).resolves.toMatchObject({ status: 200 });
  });

  it('is set to a time, also back, and goes on from there', async () => {
    const { clock, outbox } = service.cognito;
    clock.set('2030-01-01T00:00:00Z');
    const start = Date.UTC(2030, 0, 1);
    expect(clock.now()).toBeGreaterThanOrEqual(start);
    await service.signUp('bob');
    expect(outbox.latest()?.sentAt).toBeLessThan(start + 10_000);
    clock.set(new Date(0));
    expect(clock.now()).toBeLessThan(10_000);
    clock.reset();
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, '5' as unknown as number])('is not advanced by %p', (time) => {
    expect(() => {
      service.cognito.clock.advance(time);
    }).toThrow('"milliseconds" must be zero or a positive number. Call set to go back.');
  });

  it('is not set to what is no time', () => {
    const { clock } = service.cognito;
    expect(() => {
      clock.set('tomorrow');
    }).toThrow('"time" must be epoch milliseconds, a Date or a text such as 2030-01-01T00:00:00Z.');
  });

  it('stays in the years that tokens and dates can name', async () => {
    const { clock } = service.cognito;
    for (const time of [-1, '1969-12-31T23:59:59Z', Date.UTC(10_000, 0), 8_640_000_000_000_000]) {
      expect(() => {
        clock.set(time);
      }).toThrow('"time" must be in the years from 1970 to 9999.');
    }
    expect(() => {
      clock.advance(8_640_000_000_000_000);
    }).toThrow('"time" must be in the years from 1970 to 9999.');
    for (const time of [0, Date.UTC(9999, 11, 31)]) {
      clock.set(time);
      await expect(service.signIn()).resolves.toMatchObject({ status: 200 });
    }
  });

  it('of the options is read, and not moved', async () => {
    const cognito = await LocalCognito.start({ clock: () => 5000 });
    try {
      expect(cognito.clock.now()).toBe(5000);
      expect(() => {
        cognito.clock.advance(1);
      }).toThrow(
        '"clock" was given to LocalCognito.start, so only that function can change the time. Leave the option out to move the clock here.',
      );
      await cognito.reset();
      expect(cognito.clock.now()).toBe(5000);
    } finally {
      await cognito.stop();
    }
  });
});
