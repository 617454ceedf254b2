import type { Pool } from '../../model/pool.js';
import type { UserImportJob } from '../../model/user-import-job.js';
import type { Environment } from '../environment.js';

/** The path to which files are uploaded: `/user-import/<pool>/<job>.csv`. */
export const UPLOAD_PATH = /^\/user-import\/([^/]+)\/(import-[0-9A-Za-z-]+)\.csv$/;

/** How long a file can be uploaded. */
const LIFETIME_SECONDS = 900;

/** The pre-signed URL of a job, in place of that of a bucket. */
export function uploadUrl(
  { origin }: Pick<Environment, 'origin'>,
  { id }: Pick<Pool, 'id'>,
  job: UserImportJob,
): string {
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Date': new Date(job.createdAt).toISOString().replaceAll(/[-:]|\.\d{3}/g, ''),
    'X-Amz-Expires': String(LIFETIME_SECONDS),
    'X-Amz-SignedHeaders': 'host;x-amz-server-side-encryption',
    'X-Amz-Signature': job.uploadSignature,
  });
  return `${origin}/user-import/${id}/${job.id}.csv?${query.toString()}`;
}

/** Whether a file can still be uploaded. */
export function acceptsUpload({ clock }: Pick<Environment, 'clock'>, { createdAt }: UserImportJob): boolean {
  return clock() < createdAt + LIFETIME_SECONDS * 1000;
}
