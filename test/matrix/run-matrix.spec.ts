import type { Application } from './applications.js';
import type { Check } from './check.js';
import { Limit } from './limit.js';
import { failures, table } from './report.js';
import { runMatrix } from './run-matrix.js';

const NODES = [
  { version: 20, fullVersion: '20.20.2', path: '/node-20' },
  { version: 26, fullVersion: '26.1.0', path: '/node-26' },
] as const;

const fine: Check = { name: 'fine', run: () => Promise.resolve() };

function application(checks: readonly Check[], create = () => Promise.resolve('/no-such-folder')): Application {
  return { nest: 12, manager: 'npm', create, checks };
}

async function rowsOf(applications: readonly Application[], atATime = 2) {
  const progress: string[] = [];
  const rows = await runMatrix(applications, {
    tarball: '/mandate.tgz',
    nodes: NODES,
    limit: new Limit(atATime),
    onProgress: (text) => progress.push(text),
  });
  return { rows, progress };
}

const outcomesOf = (text: string) => text.replaceAll(/ok \d+\.\d s/g, 'ok');

describe('the matrix', () => {
  it('is a table of applications and checks by versions of Node', async () => {
    const { rows, progress } = await rowsOf([application([fine])]);
    expect(outcomesOf(table(rows, false))).toBe(
      'Nest  installed by  what runs  Node 20.20.2  Node 26.1.0\n12    npm           fine       ok      ok',
    );
    expect(outcomesOf(table(rows, true)).split('\n')).toEqual([
      '| Nest | installed by | what runs | Node 20.20.2 | Node 26.1.0 |',
      '| --- | --- | --- | --- | --- |',
      '| 12 | npm | fine | ok | ok |',
    ]);
    expect(failures(rows)).toEqual([]);
    expect(progress).toContain('Nest 12, npm: fine on Node 26: ok');
  });

  it('has the first line of a failure in its cell, and tells all of it', async () => {
    const message = 'node main.js failed.\n\nTypeError: a | b\n    at main.js:1';
    const run: Check['run'] = (_, { version }) =>
      version === 20 ? Promise.reject(new Error(message)) : Promise.resolve();
    const { rows } = await rowsOf([application([{ name: 'half', run }])]);
    expect(outcomesOf(table(rows, true)).split('\n')[2]).toBe('| 12 | npm | half | FAILED: TypeError: a \\| b | ok |');
    expect(failures(rows)).toEqual([`Nest 12, npm, half, Node 20.20.2:\n${message}`]);
  });

  it('fails a row that cannot be compiled, and goes on with the next', async () => {
    const prepare = () => Promise.reject(new Error('TS2322'));
    const { rows } = await rowsOf([application([{ ...fine, prepare }, fine])]);
    expect(rows.map(({ cells }) => cells.map(({ failure }) => failure?.message))).toEqual([
      ['TS2322', 'TS2322'],
      [undefined, undefined],
    ]);
    expect(failures(rows)).toEqual(['Nest 12, npm, fine, Node 20.20.2, 26.1.0:\nTS2322']);
  });

  it('fails all rows of an application that cannot be installed, and no others', async () => {
    const broken = application([fine, fine], () => Promise.reject(new Error('no such version')));
    const { rows } = await rowsOf([broken, application([fine])]);
    expect(rows.map(({ cells }) => cells.every(({ failure }) => failure === undefined))).toEqual([false, false, true]);
  });

  it.each([1, 2])('does at most %d things at a time', async (atATime) => {
    let [running, most] = [0, 0];
    const busy = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
    };
    const check = { name: 'busy', prepare: busy, run: busy };
    await rowsOf([application([check, check]), application([check])], atATime);
    expect([most, running]).toEqual([atATime, 0]);
  });
});
