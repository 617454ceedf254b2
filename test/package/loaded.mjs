// Prints what an entry exports, and the packages that Node asks for when it is imported.
import { register } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';

const hooks = `
let port;
export const initialize = (data) => { port = data.port; };
export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  port.postMessage(found.url);
  return found;
}`;
const { port1, port2 } = new MessageChannel();
const urls = [];
port1.on('message', (url) => urls.push(url));
register(`data:text/javascript,${encodeURIComponent(hooks)}`, { data: { port: port2 }, transferList: [port2] });

const names = Object.keys(await import(process.argv[2]));
// Messages of the hooks' thread that are under way.
await setImmediate();
port1.close();
const packages = urls.map((url) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]).filter(Boolean);
process.stdout.write(JSON.stringify({ names, packages: [...new Set(packages)] }));
