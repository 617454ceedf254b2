import { setImmediate } from 'node:timers/promises';

import type { Pool } from '../../model/pool.js';
import type { UserImportJob } from '../../model/user-import-job.js';
import type { Environment } from '../environment.js';
import { type CsvRow, readCsv } from './csv.js';
import { isHeaderOf } from './csv-header.js';
import { importUser, type RowResult } from './import-user.js';

/** Rows between two moments at which the server answers other requests. */
const ROWS_PER_TURN = 100;
const MAX_ROWS = 500_000;
const MAX_ROW_LENGTH = 16_000;

type Services = Pick<Environment, 'background' | 'clock' | 'log' | 'pools' | 'random' | 'units'>;

/** How a job ends. Not verified against AWS: which text belongs to which failure. */
interface Ending {
  readonly status: 'Succeeded' | 'Failed' | 'Stopped';
  readonly message: string;
}

const SUCCEEDED: Ending = { status: 'Succeeded', message: 'Import Job Completed Successfully.' };
const STOPPED: Ending = { status: 'Stopped', message: 'The Import Job was stopped by the developer.' };
const NOBODY = failure('Too many users have failed or been skipped during the import.');

/** Runs a job to its end. Never throws. */
export async function runImport(services: Services, pool: Pool, job: UserImportJob): Promise<void> {
  const { clock, units } = services;
  await setImmediate();
  let ending: Ending;
  try {
    ending = await importRows(services, pool, job);
  } catch {
    ending = failure('The .csv file could not be parsed.');
  }
  // A job that cannot be stored is in the log already.
  await units
    .run(() => {
      change(pool, job, { status: ending.status, completionMessage: ending.message, completedAt: clock() });
      pool.importFiles.delete(job.id);
    })
    .catch(() => undefined);
}

/** Changes a job within a unit of work. */
function change({ importJobs }: Pool, { id }: UserImportJob, changes: Partial<UserImportJob>): void {
  Object.assign(importJobs.get(id) ?? {}, changes);
}

/** Ends the jobs that the end of an earlier process interrupted. */
export function endInterruptedImports({ clock, pools }: Pick<Environment, 'clock' | 'pools'>): void {
  for (const { importJobs, importFiles } of pools.all()) {
    for (const job of [...importJobs.values()].filter(({ startedAt, completedAt }) => startedAt && !completedAt)) {
      job.status = 'Failed';
      job.completionMessage = 'The server was stopped during the import.';
      job.completedAt = clock();
      importFiles.delete(job.id);
    }
  }
}

async function importRows(services: Services, pool: Pool, job: UserImportJob): Promise<Ending> {
  const { units } = services;
  if (isStopped(services, pool, job)) {
    return STOPPED;
  }
  const csv = units.runSync(() => {
    change(pool, job, { status: 'InProgress' });
    return pool.importFiles.get(job.id)?.csv;
  });
  const rows = readCsv(csv ?? '');
  const header = rows.next();
  const columns = header.done ? [] : header.value.cells.map((name) => name.trim());
  if (!isHeaderOf(pool, columns, job.algorithm !== undefined)) {
    return failure('The header of the .csv file does not match the user pool.');
  }
  let count = 0;
  for (const row of rows) {
    count += 1;
    if (count > MAX_ROWS) {
      return failure(`The .csv file has more than ${MAX_ROWS} users.`);
    }
    // A unit for each row: what a unit holds is looked at again and again.
    units.runSync(() => {
      record(services, pool, job, row.line, importRow(services, pool, job, columns, row));
    });
    if (count % ROWS_PER_TURN === 0) {
      await setImmediate();
      if (isStopped(services, pool, job)) {
        return STOPPED;
      }
    }
  }
  return count > 0 && job.imported === 0 ? NOBODY : SUCCEEDED;
}

function importRow(
  services: Services,
  pool: Pool,
  job: UserImportJob,
  columns: readonly string[],
  { cells, length }: CsvRow,
): RowResult {
  if (length > MAX_ROW_LENGTH) {
    return { outcome: 'FAILED', text: `The User Record has more than ${MAX_ROW_LENGTH} characters.` };
  }
  if (cells.length !== columns.length) {
    return { outcome: 'FAILED', text: 'The User Record does not have the columns of the header.' };
  }
  const filled = columns.map((column, index) => [column, cells[index]?.trim() ?? ''] as const);
  return importUser(services, pool, job, Object.fromEntries(filled.filter(([, value]) => value !== '')));
}

/** Writes the line that CloudWatch Logs would have. */
function record({ log }: Services, pool: Pool, job: UserImportJob, line: number, { outcome, text }: RowResult): void {
  const counter = { SUCCEEDED: 'imported', SKIPPED: 'skipped', FAILED: 'failed' } as const;
  change(pool, job, { [counter[outcome]]: job[counter[outcome]] + 1 });
  log({
    group: `/aws/cognito/userpools/${pool.id}/${pool.name}`,
    stream: `${job.id}/${job.name}`,
    text: `[${outcome}] Line Number ${line} - ${text}`,
  });
}

/** A job ends early when it is told to, when the server stops, and when its pool was deleted. */
function isStopped({ background, pools }: Services, pool: Pool, { status }: UserImportJob): boolean {
  return status === 'Stopping' || background.isStopping || pools.byId(pool.id) !== pool;
}

function failure(message: string): Ending {
  return { status: 'Failed', message };
}
