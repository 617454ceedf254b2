import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { COMMANDS } from '../../lib/cli/commands.js';
import { PRIVILEGED_CALLS, UNCHECKED_OPERATIONS } from '../../lib/cli/doctor/privileged-calls.js';
import { rowsOf } from '../docs/support/page.js';
import { ROOT, runCommand } from './run-command.js';

describe('mandate', () => {
  it.each(['--help', '-h'])('lists its commands: %s', async (option) => {
    const { code, output } = await runCommand([option]);
    expect(code).toBe(0);
    expect(output).toMatch(/^Usage: mandate <command> \[options\]\n/);
    for (const [name, { summary }] of Object.entries(COMMANDS)) {
      expect(output).toMatch(new RegExp(`^  ${name} +${summary.slice(0, 40)}`, 'm'));
    }
  });

  it('prints the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(await runCommand(['--version'])).toMatchObject({ code: 0, output: version });
  });

  it.each(Object.keys(COMMANDS))('%s has a help of its own', async (name) => {
    for (const option of ['--help', '-h']) {
      const { code, output, errors } = await runCommand([name, option]);
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      expect(output).toMatch(new RegExp(`^Usage: mandate ${name} \\[options\\]\\n\\n`));
      expect(output.split('\n').filter((line) => line.length > 110)).toEqual([]);
    }
  });

  it.each([
    [[], 'Missing command. Commands: doctor, iam-policy, init, local. Try "mandate --help".'],
    [['remote'], 'Unknown command "remote". Commands: doctor, iam-policy, init, local. Try "mandate --help".'],
    [
      ['constructor'],
      'Unknown command "constructor". Commands: doctor, iam-policy, init, local. Try "mandate --help".',
    ],
    [['--port', '1'], 'Unknown command "--port". Commands: doctor, iam-policy, init, local. Try "mandate --help".'],
    [['init', '--apii', 'x'], `Unknown option '--apii'. Try "mandate init --help".`],
    [['init', '--api'], `Option '--api <value>' argument missing. Try "mandate init --help".`],
    [['init', '--api', 'soap'], '--api must be one of body, cookie, controller, none, not "soap".'],
    [['doctor', 'now'], expect.stringMatching(/^Unexpected argument 'now'\. .*Try "mandate doctor --help"\.$/)],
  ])('refuses %j in one line', async (args, message) => {
    const { code, output, errors } = await runCommand(args);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors.replace(/^mandate: /, '')).toEqual(message);
    expect(errors).not.toContain('\n');
  });
});

it('the doctor tries each permission that a method of CognitoAdminService needs, or says that it does not', () => {
  const needed = rowsOf('how-to/iam.md', 'method').flatMap((cells) =>
    cells.slice(1).flatMap((cell) => [...cell.matchAll(/cognito-idp:(\w+)/g)].map(([, name]) => name)),
  );
  expect(needed.length).toBeGreaterThan(20);
  const known: string[] = [...Object.keys(PRIVILEGED_CALLS), ...UNCHECKED_OPERATIONS];
  expect(needed.filter((name) => !known.includes(name ?? ''))).toEqual([]);
});
