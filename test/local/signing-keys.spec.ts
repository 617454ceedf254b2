import { LocalCognito } from '../../lib/local/local-cognito.js';
import { signingKeysPem } from './signing-keys.js';

interface Jwk {
  readonly kid: string;
  readonly n: string;
}

async function keysOf(cognito: LocalCognito, pool: string): Promise<Jwk[]> {
  const response = await fetch(cognito.pool(pool).jwksUri);
  return ((await response.json()) as { keys: Jwk[] }).keys;
}

describe('signing keys of the embedded Cognito', () => {
  let cognito: LocalCognito;

  afterEach(() => cognito.stop());

  it('are random by default: no two pools share one', async () => {
    cognito = await LocalCognito.start({ pools: [{ name: 'a' }, { name: 'b' }] });
    const keys = [...(await keysOf(cognito, 'a')), ...(await keysOf(cognito, 'b'))];
    expect(keys).toHaveLength(4);
    expect(new Set(keys.map(({ n }) => n)).size).toBe(4);
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(4);
    await expect(keysOf(cognito, 'a')).resolves.toEqual(keys.slice(0, 2));
  });

  it('are those that a pool is given', async () => {
    const keys = signingKeysPem();
    cognito = await LocalCognito.start({
      pools: [
        { name: 'a', keys },
        { name: 'b', keys },
      ],
    });
    await expect(keysOf(cognito, 'b')).resolves.toEqual(await keysOf(cognito, 'a'));
  });
});

describe('signing keys of servers that start one after the other', () => {
  const kids = async (cognito: LocalCognito) => (await keysOf(cognito, 'default')).map(({ kid }) => kid);

  it('are generated once for all that run one after the other', async () => {
    const first = await LocalCognito.start();
    const keys = await kids(first);
    expect(new Set(keys).size).toBe(2);
    await first.stop();
    const second = await LocalCognito.start();
    expect(await kids(second)).toEqual(keys);
    const atOnce = await LocalCognito.start();
    expect((await kids(atOnce)).filter((kid) => keys.includes(kid))).toEqual([]);
    await Promise.all([second.stop(), atOnce.stop()]);
  });

  it('are never those that a pool was given', async () => {
    const given = await LocalCognito.start({ pools: [{ name: 'default', keys: signingKeysPem() }] });
    const keys = await kids(given);
    await given.stop();
    const next = await LocalCognito.start();
    expect((await kids(next)).filter((kid) => keys.includes(kid))).toEqual([]);
    await next.stop();
  });
});
