// `npm start`: installs and builds what is missing, then runs a sample: `node .ci/start.mjs sample/01-quick-start`.
// An old Node has to understand this file, to say that it is too old: nothing newer than Node 12 here.
import { readFileSync } from 'fs';
import { dirname, join } from 'path';
import { fileURLToPath } from 'url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const wanted = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).engines.node.replace('>=', '');
const parts = (version) => version.replace('v', '').split('.').map(Number);
const [major, minor] = parts(process.version);
const [wantedMajor, wantedMinor] = parts(wanted);

if (major < wantedMajor || (major === wantedMajor && minor < wantedMinor)) {
  console.error(`This needs Node ${wanted} or newer, and you have ${process.version}: https://nodejs.org/en/download`);
  process.exit(1);
} else {
  import('./start/start-sample.mjs').then(({ startSample }) => startSample(root, process.argv[2]));
}
