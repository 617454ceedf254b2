import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseConfig } from '../../lib/cli/local/config-file.js';
import { readLocalOptions } from '../../lib/cli/local/local-options.js';
import { runCommand } from './run-command.js';

const POOLS = { pools: [{ name: 'staff', id: 'us-east-1_Staff0001', users: [{ username: 'bob' }] }] };

const JSON5_TEXT = `{
  // The people who work here.
  pools: [
    { name: 'staff', id: "us-east-1_Staff0001", users: [{ username: 'bob' }], },
  ],
}`;

const YAML_TEXT = `# The people who work here.
pools:
  - name: staff
    id: us-east-1_Staff0001
    users:
      - username: bob
`;

const parse = (path: string, text: string) => parseConfig({ value: path, source: '--config' }, text);

describe('the configuration of mandate local', () => {
  it.each([
    ['pools.json', JSON.stringify(POOLS)],
    ['pools.json', `\uFEFF${JSON.stringify(POOLS.pools)}`],
    ['pools.json', JSON5_TEXT],
    ['pools.json5', JSON5_TEXT],
    ['pools.JSON5', JSON.stringify(POOLS)],
    ['pools.jsonc', JSON5_TEXT],
    ['pools', JSON.stringify(POOLS)],
    ['pools.yaml', YAML_TEXT],
    ['pools.yml', YAML_TEXT],
    ['pools.yml', 'default: &bob { username: bob }\npools: [{ name: staff, id: us-east-1_Staff0001, users: [*bob] }]'],
    ['pools.yml', JSON.stringify(POOLS)],
  ])('is read from %s', async (path, text) => {
    expect(await parse(path, text)).toMatchObject(POOLS);
  });

  it.each([
    ['pools.json', '{"pools":', /^--config: the file "pools\.json" is not valid JSON: line 1, column 10: [^\n]+\.$/],
    ['pools.json', '{\n  "pools": [,]\n}', /is not valid JSON: line 2, column 13: [^\n]+\.$/],
    ['pools.json5', '{\n  pools: [}\n}', /is not valid JSON5: line 2, column 11: invalid character '\}'\.$/],
    ['pools.yaml', 'pools:\n  - name: a\n   id: b\n', /is not valid YAML: line 3, column \d+: [^\n]+\.$/],
    ['pools.yaml', 'pools: []\npools: []\n', /is not valid YAML: line 2, column 1: Map keys must be unique\.$/],
    ['pools.yaml', 'pools:\n  - *staff\n', /is not valid YAML: line 2, column 5: There is no anchor "staff"\.$/],
    [
      'pools.yaml',
      'pools: []\n---\npools: []\n',
      /is not valid YAML: line 2, column 1: Source contains multiple documents\.$/,
    ],
    ['pools.yml', 'a: [1', /is not valid YAML: line 1, column \d+: [^\n]+\.$/],
    ['pools.yaml', '', /^--config: the file "pools\.yaml" must contain an object with "pools", or a list of pools\.$/],
    ['pools.json', '7', /must contain an object/],
  ])('%s with a fault is refused in one sentence', async (path, text, message) => {
    await expect(parse(path, text)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(message),
    });
  });
});

describe('the options of mandate local', () => {
  let directory: string;
  let config: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mandate-options-'));
    config = join(directory, 'pools.yaml');
    await writeFile(config, `port: 1111\nhost: localhost\nregion: eu-west-1\nissuer: aws\n${YAML_TEXT}`);
  });

  afterAll(() => rm(directory, { recursive: true }));

  it('have defaults', async () => {
    expect(await readLocalOptions({}, {})).toMatchObject({ port: 9229, pools: [{ id: 'us-east-1_Local0001' }] });
    expect(await readLocalOptions({ region: 'eu-west-1' }, {})).toMatchObject({
      region: 'eu-west-1',
      pools: [{ id: 'eu-west-1_Local0001' }],
    });
  });

  it('are each read from a variable', async () => {
    expect(
      await readLocalOptions(
        {},
        {
          MANDATE_LOCAL_PORT: '2222',
          MANDATE_LOCAL_HOST: '0.0.0.0',
          MANDATE_LOCAL_ISSUER: 'http://cognito:9229',
          MANDATE_LOCAL_REGION: 'sa-east-1',
          MANDATE_LOCAL_ALLOW_ORIGIN: 'https://a.test, https://b.test',
          MANDATE_LOCAL_CONFIG: config,
          MANDATE_LOCAL_DATA: '/data',
          MANDATE_LOCAL_TLS_KEY: config,
          MANDATE_LOCAL_TLS_CERT: config,
        },
      ),
    ).toEqual({
      port: 2222,
      host: '0.0.0.0',
      issuer: 'http://cognito:9229',
      region: 'sa-east-1',
      allowedOrigins: ['https://a.test', 'https://b.test'],
      dataDirectory: '/data',
      tls: { key: expect.stringContaining('pools:'), cert: expect.stringContaining('pools:') },
      ...POOLS,
    });
  });

  it('count on the command line before the environment, and there before the configuration', async () => {
    const variables = { MANDATE_LOCAL_CONFIG: config, MANDATE_LOCAL_PORT: '2222', MANDATE_LOCAL_REGION: 'sa-east-1' };
    expect(await readLocalOptions({ port: '3333' }, variables)).toEqual({
      port: 3333,
      host: 'localhost',
      region: 'sa-east-1',
      issuer: 'aws',
      ...POOLS,
    });
  });

  it('are unset by an empty variable', async () => {
    expect(await readLocalOptions({}, { MANDATE_LOCAL_PORT: '', MANDATE_LOCAL_CONFIG: '' })).toMatchObject({
      port: 9229,
    });
  });

  it.each<[string[], Record<string, string>, string]>([
    [[], { MANDATE_LOCAL_PORT: 'x' }, 'mandate: MANDATE_LOCAL_PORT must be a number from 0 to 65535, not "x".'],
    [['--port', 'y'], { MANDATE_LOCAL_PORT: '1' }, 'mandate: --port must be a number from 0 to 65535, not "y".'],
    [[], { MANDATE_LOCAL_CONFIG: 'no.json' }, 'mandate: MANDATE_LOCAL_CONFIG: cannot read the file "no.json".'],
    [['--issuer', 'x'], {}, 'mandate: "issuer" must be "aws" or a URL such as "http://cognito:9229", without a query.'],
    [['--region', 'x'], {}, 'mandate: "region" must look like "us-east-1".'],
    [
      ['--allow-origin', 'https://a.test', '--allow-origin', 'b.test'],
      {},
      'mandate: "allowedOrigins[1]" must be an origin such as "http://app.test:5173": scheme, host and port, without a path or a wildcard.',
    ],
  ])('%j with %j are refused', async (args, variables, message) => {
    const { code, errors } = await runCommand(['local', ...args], variables, directory);
    expect(errors).toBe(message);
    expect(code).toBeGreaterThan(0);
  });
});
