import { parseConfig } from '../../lib/cli/local/config-file.js';

jest.mock('json5', () => {
  throw Object.assign(new Error("Cannot find package 'json5'"), { code: 'ERR_MODULE_NOT_FOUND' });
});
jest.mock('yaml', () => {
  throw Object.assign(new Error("Cannot find package 'yaml'"), { code: 'ERR_MODULE_NOT_FOUND' });
});

const read = (value: string, text: string) => parseConfig({ value, source: '--config' }, text);

describe('the configuration of mandate local, without optional packages', () => {
  it('is strict JSON', async () => {
    expect(await read('pools.json', '{ "pools": [] }')).toEqual({ pools: [] });
  });

  it.each([
    [
      'pools.json',
      '{ pools: [] }',
      /^--config: the file "pools\.json" is not valid JSON: [^\n]+\. Comments and trailing commas need the package json5\.$/,
    ],
    [
      'pools.json5',
      '{}',
      /^--config: the file "pools\.json5" needs the package json5\. Run "npm install --save-dev json5"\.$/,
    ],
    ['pools.yml', '', /^--config: the file "pools\.yml" needs the package yaml\. Run "npm install --save-dev yaml"\.$/],
  ])('in %s names the package for more', async (path, text, message) => {
    await expect(read(path, text)).rejects.toThrow(message);
  });
});
