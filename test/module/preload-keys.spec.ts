import { Logger } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';

import { MandateModule, type MandateModuleOptions, TokenVerifier } from '../../lib/index.js';
import type { TokenEvent } from '../../lib/tokens/token-events.js';
import { CognitoHosts } from '../tokens/support/cognito-hosts.js';
import { accessToken, CLIENT_ID, ISSUER, jwks, POOL_ID, TestClock } from '../tokens/support/test-issuer.js';

const NEW_ISSUER = `https://issuer-cognito-idp.eu-west-1.amazonaws.com/${POOL_ID}`;
const JWKS = '/.well-known/jwks.json';

describe('the option jwksPreload', () => {
  let hosts: CognitoHosts;
  let app: TestingModule | undefined;
  let events: TokenEvent[];
  let complaints: unknown[];

  const start = async (change: Partial<MandateModuleOptions>, answerOf: (address: string) => object | number) => {
    events = [];
    complaints = [];
    hosts = await CognitoHosts.start(answerOf);
    for (const level of ['warn', 'error'] as const) {
      jest.spyOn(Logger.prototype, level).mockImplementation((...text: unknown[]) => {
        complaints.push(text);
      });
    }
    const options = {
      userPoolId: POOL_ID,
      clientId: CLIENT_ID,
      clock: new TestClock().read,
      onTokenEvent: (event: TokenEvent) => events.push(event),
      ...change,
    };
    app = await Test.createTestingModule({ imports: [MandateModule.forRoot(options)] }).compile();
    await app.init();
    return app.get(TokenVerifier);
  };
  /** Lets the fetches that the start has caused end. */
  const untilBothAreAsked = async (verifier: TokenVerifier): Promise<void> => {
    while (hosts.asked.length < 2) {
      await new Promise(setImmediate);
    }
    await verifier.preload();
  };
  afterEach(async () => {
    await app?.close();
    await hosts.stop();
  });

  it.each([
    ['was not switched to the newer issuer', ISSUER],
    ['has the newer issuer alone', NEW_ISSUER],
  ])('fetches the keys of a pool that %s, without a complaint', async (_, issuer) => {
    const verifier = await start({ jwksPreload: true }, (address) => (address === issuer + JWKS ? jwks() : 403));
    await untilBothAreAsked(verifier);

    expect([...hosts.asked].sort()).toEqual([ISSUER + JWKS, NEW_ISSUER + JWKS]);
    expect(complaints).toEqual([]);
    expect(events).toEqual([{ type: 'keys-fetched', issuer, keys: 2 }]);
    await expect(verifier.verify(accessToken({ iss: issuer }))).resolves.toBeDefined();
    expect(hosts.asked).toHaveLength(2);
  });

  it('neither delays nor fails the start when nothing answers well', async () => {
    const verifier = await start({ jwksPreload: true }, () => 500);
    expect(events).toEqual([]);

    await untilBothAreAsked(verifier);
    expect(events.map(({ type }) => type)).toEqual(['keys-unavailable', 'keys-unavailable']);
    expect(complaints).toHaveLength(2);
  });

  it('is off by default', async () => {
    const verifier = await start({}, () => jwks());
    await new Promise(setImmediate);
    expect(hosts.asked).toEqual([]);
    expect(verifier.keys().map(({ keys }) => keys)).toEqual([0, 0]);
  });
});
