import { pack } from '../../.ci/pack.mjs';
import { removeFolder } from '../package/packed-app.js';
import { applications } from './applications.js';
import { Limit } from './limit.js';
import { nodeBinary } from './node-binaries.js';
import { MatrixUsageError, parseOptions, USAGE } from './options.js';
import { failures, table } from './report.js';
import { type Row, runMatrix } from './run-matrix.js';

/**
 * Packs the package, installs it in fresh applications and runs them with each version of Node. The table goes to the
 * output, all else to the error output. Ends with 1 when a cell fails, with 2 when the arguments are wrong.
 */
const AT_A_TIME = 2;

const begun = performance.now();
const seconds = () => ((performance.now() - begun) / 1000).toFixed(0);
const say = (text: string) => {
  console.error(`${seconds().padStart(4)} s  ${text}`);
};

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof MatrixUsageError)) {
    throw error;
  }
  console.error(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  const nodes = await Promise.all(options.nodes.map(nodeBinary));
  const { folder, tarball } = await pack();
  say(`packed; running with Node ${nodes.map(({ fullVersion }) => fullVersion).join(', ')}`);
  try {
    const run = { tarball, nodes, limit: new Limit(AT_A_TIME), onProgress: say };
    const rows = await runMatrix(applications(options), run);
    console.log(table(rows, options.markdown));
    return conclude(rows);
  } finally {
    await removeFolder(folder);
  }
}

function conclude(rows: readonly Row[]): number {
  for (const failure of failures(rows)) {
    console.error(`\n${failure}`);
  }
  const cells = rows.flatMap((row) => row.cells);
  const failed = cells.filter(({ failure }) => failure !== undefined);
  console.error(`\n${cells.length} cells in ${seconds()} s, ${failed.length} of them failed.`);
  return failed.length === 0 ? 0 : 1;
}
