// Imports a file, and prints what that loaded: the file's own modules, the packages that these import, and all packages.
// Usage: node loaded.mjs FOLDER FILE, with the package's folder and a file in it.
import { Session } from 'node:inspector';
import { register } from 'node:module';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { MessageChannel } from 'node:worker_threads';

const [folder, file] = process.argv.slice(2);
const hooks = `
let port;
export const initialize = (data) => { port = data.port; };
export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  port.postMessage({ url: found.url, importer: context.parentURL });
  return found;
}`;
const { port1, port2 } = new MessageChannel();
const imports = [];
port1.on('message', (message) => imports.push(message));
register(`data:text/javascript,${encodeURIComponent(hooks)}`, { data: { port: port2 }, transferList: [port2] });

await import(pathToFileURL(join(folder, file)).href);
// Messages of the hooks' thread that are under way.
await setImmediate();
port1.close();

const own = pathToFileURL(join(folder, 'dist/')).href;
const isOwn = (url) => url?.startsWith(own) === true;
const packageOf = (url) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
const sorted = (names) => [...new Set(names.filter(Boolean))].sort();
process.stdout.write(
  JSON.stringify({
    modules: new Set(imports.map(({ url }) => url).filter(isOwn)).size,
    imported: sorted(imports.filter(({ importer }) => isOwn(importer)).map(({ url }) => packageOf(url))),
    packages: sorted(loadedFiles().map(packageOf)),
  }),
);

/** All scripts of this process, CommonJS and ES modules alike: the debugger is told of each when it is turned on. */
function loadedFiles() {
  const files = [];
  const session = new Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params }) => files.push(params.url));
  session.post('Debugger.enable');
  session.disconnect();
  return files;
}
