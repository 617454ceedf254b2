import { MessageTimeoutError } from '../../../lib/testing/index.js';
import { SteeredService } from './steered-service.js';

describe('outbox.next', () => {
  let service: SteeredService;

  beforeEach(async () => {
    service = await SteeredService.start();
  });

  afterEach(() => service.cognito.stop());

  it('returns a message that is there, once', async () => {
    const { outbox } = service.cognito;
    await service.signUp('bob');
    const first = await outbox.next({ to: 'bob@example.com' });
    expect(first).toBe(outbox.latest());
    const next = outbox.next({ to: 'bob@example.com' });
    await service.succeed('ResendConfirmationCode', { ClientId: service.clientId, Username: 'bob' });
    await expect(next).resolves.toMatchObject({ kind: 'ResendCode' });
    await expect(outbox.next({ timeout: 0 })).rejects.toThrow('No other message came within 0 ms.');
  });

  it('waits for a message that matches', async () => {
    const { outbox } = service.cognito;
    const forBob = outbox.next({ to: 'bob@example.com', medium: 'EMAIL', pool: 'default' });
    const forCid = outbox.next({ username: 'cid', kind: 'SignUp' });
    await service.signUp('cid');
    await service.signUp('bob');
    await expect(forBob).resolves.toMatchObject({ username: 'bob' });
    await expect(forCid).resolves.toMatchObject({ to: 'cid@example.com' });
  });

  it('gives a message to one of those who wait, in their order', async () => {
    const { outbox } = service.cognito;
    const [first, second] = [outbox.next(), outbox.next({})];
    await service.signUp('bob');
    await service.signUp('cid');
    await expect(first).resolves.toMatchObject({ username: 'bob' });
    await expect(second).resolves.toMatchObject({ username: 'cid' });
  });

  it('says what is there when nothing comes in time, without codes', async () => {
    const { outbox } = service.cognito;
    await expect(outbox.next({ to: 'eve@example.com', timeout: 1 })).rejects.toThrow(
      'No message with to "eve@example.com" came within 1 ms. The outbox is empty.',
    );
    await service.signUp('bob');
    const error = await outbox.next({ to: 'eve@example.com', timeout: 1 }).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(MessageTimeoutError);
    expect((error as Error).message).toBe(
      'No message with to "eve@example.com" came within 1 ms. The outbox has 1 in all, to bob@example.com.',
    );
  });

  it('does not wait for a server that was stopped', async () => {
    const waiting = service.cognito.outbox.next({ to: 'bob@example.com' });
    const refused = expect(waiting).rejects.toThrow(
      'No message with to "bob@example.com" came before the embedded Cognito was stopped.',
    );
    await service.cognito.stop();
    await refused;
  });
});
