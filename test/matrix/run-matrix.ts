import { removeFolder } from '../package/packed-app.js';
import type { Application } from './applications.js';
import type { Check } from './check.js';
import type { Limit } from './limit.js';
import type { NodeBinary } from './node-binaries.js';

/** What came out where an application, a check and a Node meet. */
export interface Cell {
  readonly node: NodeBinary;
  readonly milliseconds: number;
  /** Undefined when all was well. */
  readonly failure?: Error;
}

export interface Row {
  readonly application: Pick<Application, 'nest' | 'manager'>;
  readonly check: string;
  readonly cells: readonly Cell[];
}

export interface Run {
  readonly tarball: string;
  readonly nodes: readonly NodeBinary[];
  readonly limit: Limit;
  /** Told of each thing that is done. */
  readonly onProgress: (text: string) => void;
}

/** Creates the applications and tries all checks in them with each Node. Failures are in the cells. */
export async function runMatrix(applications: readonly Application[], run: Run): Promise<Row[]> {
  const rows = await Promise.all(applications.map((application) => runApplication(application, run)));
  return rows.flat();
}

async function runApplication(application: Application, run: Run): Promise<Row[]> {
  let app: string | undefined;
  const name = `Nest ${application.nest}, ${application.manager}`;
  try {
    app = await run.limit.run(() => application.create(run.tarball));
    run.onProgress(`${name}: installed`);
    return await runChecks(application, app, run, name);
  } catch (error) {
    return application.checks.map((check) => failedRow(application, check, run, error as Error));
  } finally {
    await removeFolder(app);
  }
}

/** Prepares one check after the other, for they change the application; the cells of those before run meanwhile. */
async function runChecks(application: Application, app: string, run: Run, name: string): Promise<Row[]> {
  const rows: Promise<Row>[] = [];
  for (const check of application.checks) {
    try {
      await run.limit.run(async () => check.prepare?.(app));
      const cells = run.nodes.map((node) =>
        run.limit.run(async () => {
          const cell = await runCell(check, app, node);
          const outcome = cell.failure === undefined ? 'ok' : 'failed';
          run.onProgress(`${name}: ${check.name} on Node ${node.version}: ${outcome}`);
          return cell;
        }),
      );
      rows.push(Promise.all(cells).then((done) => ({ application, check: check.name, cells: done })));
    } catch (error) {
      run.onProgress(`${name}: ${check.name}: failed`);
      rows.push(Promise.resolve(failedRow(application, check, run, error as Error)));
    }
  }
  return Promise.all(rows);
}

async function runCell(check: Check, app: string, node: NodeBinary): Promise<Cell> {
  const begun = performance.now();
  const since = () => performance.now() - begun;
  try {
    await check.run(app, node);
    return { node, milliseconds: since() };
  } catch (error) {
    return { node, milliseconds: since(), failure: error as Error };
  }
}

function failedRow(application: Application, check: Check, run: Run, failure: Error): Row {
  return { application, check: check.name, cells: run.nodes.map((node) => ({ node, milliseconds: 0, failure })) };
}
