import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { accessKey, accessToken, CLIENT_ID, idKey, jwks, POOL_ID } from '../tokens/support/test-issuer.js';
import { enforce } from './limits.js';
import { median } from './median.js';
import { printTable } from './table.js';

/**
 * What mandate adds to the start of a Nest application: time until it listens, and memory then. Each start is a process
 * of its own, against the built package, and the applications take turns. Ends with 1 if an application that only
 * verifies tokens starts much later than Nest alone, or has loaded the AWS SDK, class-validator or passport-jwt.
 */
const ROUNDS = 7;

const PACKAGES = ['@aws-sdk/client-cognito-identity-provider', 'class-validator', 'passport-jwt'];

/** What a process tells of its start. */
interface Start {
  readonly milliseconds: number;
  readonly megabytes: number;
  /** Answers to nobody, and to somebody with a good token. */
  readonly statuses: readonly number[];
  /** Which of `PACKAGES` were loaded. */
  readonly loaded: readonly string[];
}

interface Application {
  readonly name: string;
  readonly mandate?: object;
  readonly sdk?: boolean;
  readonly statuses: readonly number[];
}

const now = Math.floor(Date.now() / 1000);
const token = accessToken({ iat: now, auth_time: now, exp: now + 3600 });
const mandate = { userPoolId: POOL_ID, clientId: CLIENT_ID, jwks: jwks(accessKey, idKey) };

const alone: Application = { name: 'Nest alone', statuses: [200, 200] };
const verifying: Application = { name: 'with mandate, verifying tokens', mandate, statuses: [401, 200] };
const loaded: Application = { ...verifying, name: 'the same with the AWS SDK loaded', sdk: true };
const applications = [alone, verifying, loaded];
const starts = new Map<Application, Start[]>(applications.map((application) => [application, []]));

for (let round = 0; round < ROUNDS; round++) {
  for (const application of applications) {
    starts.get(application)?.push(startOf(application));
  }
}
report();

function startOf(application: Application): Start {
  const program = fileURLToPath(new URL('import-app.mjs', import.meta.url));
  const settings = JSON.stringify({ ...application, token, packages: PACKAGES });
  const printed = execFileSync(process.execPath, ['--expose-gc', '--no-warnings', program, settings], {
    encoding: 'utf8',
  });
  const start = JSON.parse(printed) as Start;
  if (start.statuses.join() !== application.statuses.join()) {
    throw new Error(`${application.name} answered ${start.statuses.join(', ')}.`);
  }
  return start;
}

/** The median over the rounds of what a start cost beyond that of Nest alone in the same round. */
function added(application: Application, what: 'milliseconds' | 'megabytes'): number {
  const base = starts.get(alone) ?? [];
  return median(
    (starts.get(application) ?? []).map((start, round) => start[what] - (base[round]?.[what] ?? Number.NaN)),
  );
}

function report(): void {
  const rows = applications.map((application) => {
    const own = starts.get(application) ?? [];
    return [
      application.name,
      median(own.map(({ milliseconds }) => milliseconds)).toFixed(0),
      added(application, 'milliseconds').toFixed(0),
      median(own.map(({ megabytes }) => megabytes)).toFixed(1),
      added(application, 'megabytes').toFixed(1),
      (own[0]?.loaded ?? []).join(', ') || 'neither',
    ];
  });
  printTable(
    ['start of an application', 'ms', 'added ms', 'MB', 'added MB', 'loaded of SDK, class-validator, passport-jwt'],
    rows,
  );
  const wasLoaded = (application: Application) => (starts.get(application) ?? []).flatMap((start) => start.loaded);
  const share = added(verifying, 'milliseconds') / median((starts.get(alone) ?? []).map((start) => start.milliseconds));
  enforce([
    { requirement: "to add at most 15 % to Nest's own start when only verifying", holds: share <= 0.15 },
    {
      requirement: 'neither the SDK, class-validator nor passport-jwt when only verifying',
      holds: wasLoaded(verifying).length === 0,
    },
    { requirement: 'to notice the SDK when it is loaded', holds: wasLoaded(loaded).length === ROUNDS },
  ]);
}
