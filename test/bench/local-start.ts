import { LocalCognito } from '../../lib/local/local-cognito.js';
import { median } from './median.js';
import { printTable } from './table.js';

/** How long `LocalCognito` takes from its start to the first key set, for the first server of a process and for later ones. */
const LATER = 9;

const first = await startOnce();
const later: number[] = [];
for (let run = 0; run < LATER; run += 1) {
  later.push(await startOnce());
}
printTable(
  ['server', 'start and keys'],
  [
    ['first of the process', milliseconds(first)],
    ['later ones, median', milliseconds(median(later))],
  ],
);

async function startOnce(): Promise<number> {
  const begin = performance.now();
  const cognito = await LocalCognito.start({ users: [{ username: 'ann', password: 'Correct-Horse-9' }] });
  await cognito.pool().signToken({ username: 'ann' });
  const took = performance.now() - begin;
  await cognito.stop();
  return took;
}

function milliseconds(value: number): string {
  return `${value.toFixed(1)} ms`;
}
