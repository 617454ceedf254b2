import { csvHeaderOf } from '../engine/imports/csv-header.js';
import {
  createImportJob,
  currentJob,
  describeImportJob,
  startImportJob,
  stopImportJob,
} from '../engine/imports/import-jobs.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import type { OperationTable } from './operation.js';
import { recordPage } from './pages.js';

/** Imports of users from CSV files: the header, create, start, stop, describe and list. */
export const userImportJobOperations: OperationTable<
  | 'GetCSVHeader'
  | 'CreateUserImportJob'
  | 'StartUserImportJob'
  | 'StopUserImportJob'
  | 'DescribeUserImportJob'
  | 'ListUserImportJobs'
> = {
  GetCSVHeader: {
    handle: (environment, { UserPoolId }) => ({
      UserPoolId,
      CSVHeader: csvHeaderOf(poolById(environment, UserPoolId)),
    }),
  },
  CreateUserImportJob: {
    handle: (environment, { UserPoolId, JobName, CloudWatchLogsRoleArn, PasswordHashingAlgorithm: algorithm }) => {
      const pool = poolById(environment, UserPoolId);
      const request = { name: JobName, logsRoleArn: CloudWatchLogsRoleArn, ...(algorithm && { algorithm }) };
      return { UserImportJob: describeImportJob(environment, pool, createImportJob(environment, pool, request)) };
    },
  },
  StartUserImportJob: {
    handle: (environment, { UserPoolId, JobId }) => {
      const pool = poolById(environment, UserPoolId);
      const job = currentJob(environment, pool, JobId);
      startImportJob(environment, pool, job);
      return { UserImportJob: describeImportJob(environment, pool, job) };
    },
  },
  StopUserImportJob: {
    handle: (environment, { UserPoolId, JobId }) => {
      const pool = poolById(environment, UserPoolId);
      const job = currentJob(environment, pool, JobId);
      stopImportJob(job);
      return { UserImportJob: describeImportJob(environment, pool, job) };
    },
  },
  DescribeUserImportJob: {
    handle: (environment, { UserPoolId, JobId }) => {
      const pool = poolById(environment, UserPoolId);
      return { UserImportJob: describeImportJob(environment, pool, currentJob(environment, pool, JobId)) };
    },
  },
  ListUserImportJobs: {
    handle: (environment, { UserPoolId, MaxResults, PaginationToken }) => {
      const pool = poolById(environment, UserPoolId);
      const { items, next } = recordPage(pool.importJobs, MaxResults, PaginationToken, 'newest first');
      const jobs = items.map(({ id }) => describeImportJob(environment, pool, currentJob(environment, pool, id)));
      return { UserImportJobs: jobs, PaginationToken: next };
    },
  },
};
