import type { Environment } from '../engine/environment.js';
import { currentJob } from '../engine/imports/import-jobs.js';
import { acceptsUpload, UPLOAD_PATH } from '../engine/imports/upload.js';
import type { HttpResponse, Route } from './route.js';

/** `PUT` to the PreSignedUrl of CreateUserImportJob. It answers as Amazon S3 does. */
export function userImportRoute(environment: Environment): Route {
  return (request) => {
    const [, poolId = '', jobId = ''] = UPLOAD_PATH.exec(request.path) ?? [];
    if (jobId === '') {
      return undefined;
    }
    if (request.method !== 'PUT') {
      return s3Error(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
    }
    const pool = environment.pools.byId(poolId);
    const job = pool?.importJobs.get(jobId);
    if (pool === undefined || job?.uploadSignature !== request.query.get('X-Amz-Signature')) {
      return s3Error(403, 'SignatureDoesNotMatch', 'The request signature does not match the pre-signed URL.');
    }
    if (!acceptsUpload(environment, job) || currentJob(environment, pool, jobId).status !== 'Created') {
      return s3Error(403, 'AccessDenied', 'Request has expired');
    }
    pool.importFiles.set(jobId, { jobId, csv: request.body });
    return { status: 200, headers: { 'x-amz-server-side-encryption': 'aws:kms' } };
  };
}

function s3Error(status: number, code: string, message: string): HttpResponse {
  return {
    status,
    headers: { 'Content-Type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  };
}
