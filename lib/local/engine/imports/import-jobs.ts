import type { UserImportJobType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool } from '../../model/pool.js';
import type { UserImportJob } from '../../model/user-import-job.js';
import { CognitoFault } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { runImport } from './run-import.js';
import { uploadUrl } from './upload.js';

const ID_LENGTH = 10;
const SIGNATURE_BYTES = 32;
/** A job must be started within this time. */
const EXPIRY_MS = 24 * 3_600_000;
/** More jobs than these are not kept: the oldest that ended are forgotten. */
const MAX_JOBS = 1_000;

/** The states of a job that is under way. */
const RUNNING: readonly UserImportJob['status'][] = ['Pending', 'InProgress', 'Stopping'];

/** Creates a job, to which a file is uploaded next. */
export function createImportJob(
  { clock, random }: Pick<Environment, 'clock' | 'random'>,
  pool: Pool,
  request: Pick<UserImportJob, 'name' | 'logsRoleArn' | 'algorithm'>,
): UserImportJob {
  const job: UserImportJob = {
    id: `import-${random.alphanumeric(ID_LENGTH)}`,
    ...request,
    uploadSignature: random.bytes(SIGNATURE_BYTES).toString('hex'),
    status: 'Created',
    ...{ imported: 0, skipped: 0, failed: 0 },
    createdAt: clock(),
  };
  pool.importJobs.set(job.id, job);
  const ended = [...pool.importJobs.values()].filter(({ completedAt }) => completedAt !== undefined);
  for (const { id } of ended.slice(0, Math.max(0, pool.importJobs.size - MAX_JOBS))) {
    pool.importJobs.delete(id);
  }
  return job;
}

/** A job as it is now: one that was not started in time has expired. @throws CognitoFault ResourceNotFoundException */
export function currentJob({ clock }: Pick<Environment, 'clock'>, pool: Pool, id: string): UserImportJob {
  const job = pool.importJobs.get(id);
  if (job === undefined) {
    throw new CognitoFault('ResourceNotFoundException', `User import job ${id} does not exist.`);
  }
  if (job.status === 'Created' && clock() >= job.createdAt + EXPIRY_MS) {
    job.status = 'Expired';
    job.completionMessage = 'The user import job has expired.';
    job.completedAt = job.createdAt + EXPIRY_MS;
    pool.importFiles.delete(id);
  }
  return job;
}

/**
 * Starts a job, which goes on in the background.
 *
 * @throws CognitoFault PreconditionNotMetException without a file, for a job that was started before, and while another
 *   one runs. Not verified against AWS: the texts.
 */
export function startImportJob(environment: Environment, pool: Pool, job: UserImportJob): void {
  if (job.status !== 'Created') {
    throw preconditionNotMet(`The job cannot be started. Its status is ${job.status}.`);
  }
  if (isImporting(pool)) {
    throw preconditionNotMet('Another user import job is already running for this user pool.');
  }
  if (!pool.importFiles.has(job.id)) {
    throw preconditionNotMet('The .csv file of the user import job has not been uploaded.');
  }
  job.status = 'Pending';
  job.startedAt = environment.clock();
  environment.background.start(() => runImport(environment, pool, job));
}

/** Stops a running job. @throws CognitoFault PreconditionNotMetException */
export function stopImportJob(job: UserImportJob): void {
  if (job.status !== 'Pending' && job.status !== 'InProgress') {
    throw preconditionNotMet(`The job cannot be stopped. Its status is ${job.status}.`);
  }
  job.status = 'Stopping';
}

/** Whether a job runs. */
export function isImporting({ importJobs }: Pool): boolean {
  return [...importJobs.values()].some(({ status }) => RUNNING.includes(status));
}

/** @throws CognitoFault UserImportInProgressException while a job runs. Not verified against AWS: the text. */
export function assertNotImporting(pool: Pool): void {
  if (isImporting(pool)) {
    throw new CognitoFault(
      'UserImportInProgressException',
      `A user import job is in progress in user pool ${pool.id}.`,
    );
  }
}

/** The `UserImportJob` member of the import operations. */
export function describeImportJob(
  environment: Pick<Environment, 'origin'>,
  pool: Pool,
  job: UserImportJob,
): UserImportJobType {
  const { startedAt, completedAt, completionMessage, algorithm } = job;
  return {
    JobName: job.name,
    JobId: job.id,
    UserPoolId: pool.id,
    PreSignedUrl: uploadUrl(environment, pool, job),
    CreationDate: new Date(job.createdAt),
    ...(startedAt !== undefined && { StartDate: new Date(startedAt) }),
    ...(completedAt !== undefined && { CompletionDate: new Date(completedAt) }),
    Status: job.status,
    CloudWatchLogsRoleArn: job.logsRoleArn,
    ImportedUsers: job.imported,
    SkippedUsers: job.skipped,
    FailedUsers: job.failed,
    ...(completionMessage !== undefined && { CompletionMessage: completionMessage }),
    ...(algorithm !== undefined && { PasswordHashingAlgorithm: algorithm }),
  };
}

function preconditionNotMet(text: string): CognitoFault {
  return new CognitoFault('PreconditionNotMetException', text);
}
