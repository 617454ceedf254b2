import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { call, succeed } from '../wire.js';
import { bundleServer, type ServerBundle, ServerProcess } from './server-process.js';
import { storedRecords } from './stored-records.js';

const UserPoolId = 'us-east-1_Process01';
const KILLS = 100;
const WRITERS = 4;

describe('kept data of a server', () => {
  let bundle: ServerBundle;
  let directory: string;

  beforeAll(async () => {
    bundle = await bundleServer();
  });

  afterAll(() => bundle.remove());

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mandate-durable-'));
  });

  afterEach(() => rm(directory, { recursive: true }));

  const create = (server: ServerProcess, Username: string, value = '') =>
    call(server.endpoint, 'AdminCreateUser', {
      UserPoolId,
      Username,
      MessageAction: 'SUPPRESS',
      UserAttributes: [{ Name: 'profile', Value: value }],
    });

  it(`lasts: ${KILLS} times killed while clients write, it has lost nothing that was acknowledged`, async () => {
    const acknowledged = new Set<string>();
    for (let round = 0; round < KILLS; round++) {
      const server = await ServerProcess.start(bundle, directory);
      expect(server.printed).toContain('listening');
      // The kill falls into the midst of writes, at another moment each time.
      const enough = acknowledged.size + (round % 12);
      let tellEnough = (): void => undefined;
      const written = new Promise<void>((resolve) => (tellEnough = resolve));
      const write = async (writer: number): Promise<void> => {
        for (let index = 0; ; index++) {
          const name = `user-${round}-${writer}-${index}`;
          const answer = await create(server, name).catch(() => undefined);
          if (answer === undefined) {
            return;
          }
          expect(answer.status).toBe(200);
          acknowledged.add(name);
          if (acknowledged.size >= enough) {
            tellEnough();
          }
        }
      };
      const writers = Array.from({ length: WRITERS }, (_, writer) => write(writer));
      await written;
      await server.kill('SIGKILL');
      await Promise.all(writers);
    }
    const last = await ServerProcess.start(bundle, directory);
    await last.kill('SIGTERM');
    const names = [...(await storedRecords(directory))]
      .filter(([key]) => key.startsWith(`${UserPoolId}/users/`))
      .map(([, text]) => (JSON.parse(text) as [number, { username: string }])[1].username);
    const kept = new Set(names);
    expect([...acknowledged].filter((name) => !kept.has(name))).toEqual([]);
    expect(acknowledged.size).toBeGreaterThan(KILLS);
  }, 180_000);

  it('belongs to one server at a time', async () => {
    const first = await ServerProcess.start(bundle, directory);
    const second = await ServerProcess.start(bundle, directory);
    await second.kill('SIGTERM');
    expect(second.printed).toBe(
      `refused: "dataDirectory" must be used by one server at a time, but "${directory}" is in use by process ${first.pid}. Stop that, or choose another directory.\n`,
    );
    await first.kill('SIGKILL');
    const third = await ServerProcess.start(bundle, directory);
    expect(third.printed).toContain('listening');
    await third.kill('SIGTERM');
  }, 30_000);

  it('of a damaged store is refused in one sentence, and nothing is deleted', async () => {
    const first = await ServerProcess.start(bundle, directory);
    await create(first, 'ann');
    await first.kill('SIGKILL');
    const store = join(directory, 'store');
    const files = (await readdir(store)).filter((name) => /\.(log|ldb)$|^MANIFEST|^CURRENT/.test(name));
    for (const name of files) {
      const path = join(store, name);
      const intact = await readFile(path);
      await writeFile(path, Buffer.alloc(Math.max(intact.length, 64), 0x5a));
      const server = await ServerProcess.start(bundle, directory);
      await server.kill('SIGTERM');
      expect(server.printed).toBe(
        `refused: "dataDirectory" must have an intact store, but that of "${directory}" is damaged or of another version. Restore a copy, or choose another directory; nothing was deleted.\n`,
      );
      await writeFile(path, intact);
    }
  }, 60_000);

  it('says when the disk is full, still reads, and goes on when there is space', async () => {
    const disk = join(directory, 'disk');
    await mkdir(disk);
    if (!mounted(disk)) {
      process.emitWarning('Not tested: a full disk. It takes the right to mount a small one.');
      return;
    }
    try {
      const data = join(disk, 'data');
      const ballast = join(disk, 'ballast');
      await writeFile(ballast, Buffer.alloc(3_000_000));
      const server = await ServerProcess.start(bundle, data);
      const acknowledged: string[] = [];
      let refused = await create(server, 'user-0');
      for (let index = 1; refused.status === 200; index++) {
        acknowledged.push(`user-${index - 1}`);
        refused = await create(server, `user-${index}`, 'x'.repeat(2_000));
      }
      expect(refused).toMatchObject({
        status: 500,
        body: {
          __type: 'InternalErrorException',
          message:
            'The change could not be stored in the data directory: no space left on device. It is tried again with the next change.',
        },
      });
      expect(server.printed).toContain(
        'warning: Changes cannot be stored in the data directory: no space left on device',
      );
      await succeed(server.endpoint, 'AdminGetUser', { UserPoolId, Username: 'user-0' });
      await rm(ballast);
      await expect(create(server, 'later')).resolves.toMatchObject({ status: 200 });
      expect(server.printed).toContain('can be written again');
      await server.kill('SIGKILL');
      const names = [...(await storedRecords(data)).values()].join('\n');
      for (const name of [...acknowledged, 'later']) {
        expect(names).toContain(`"username":"${name}"`);
      }
    } finally {
      execFileSync('umount', [disk]);
    }
  }, 120_000);
});

function mounted(path: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
