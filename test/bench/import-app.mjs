// An application of one route, started as users start theirs: plain JavaScript, so that no compiler is measured along.
// Decorators are called as functions. What it is made of comes as JSON; what its start cost is printed as JSON.
import { Session } from 'node:inspector';
import { performance } from 'node:perf_hooks';

const { mandate, sdk, token, packages } = JSON.parse(process.argv[2]);
const begun = performance.now();

await import('reflect-metadata');
const { Controller, Get, Module } = await import('@nestjs/common');
const { APP_GUARD, NestFactory } = await import('@nestjs/core');
if (sdk) {
  await import('@aws-sdk/client-cognito-identity-provider');
}

class Routes {
  get() {
    return {};
  }
}
Get()(Routes.prototype, 'get', Object.getOwnPropertyDescriptor(Routes.prototype, 'get'));
Controller()(Routes);

class AppModule {}
Module({ controllers: [Routes], ...(mandate && (await guarded(mandate))) })(AppModule);

async function guarded(options) {
  const { CognitoAuthGuard, MandateModule } = await import('mandate');
  return {
    imports: [MandateModule.forRoot(options)],
    providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
  };
}

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(0, '127.0.0.1');
const milliseconds = performance.now() - begun;
globalThis.gc();
const megabytes = process.memoryUsage().rss / 2 ** 20;

const { fetch } = globalThis;
const url = await app.getUrl();
const answers = [await fetch(url), await fetch(url, { headers: { authorization: `Bearer ${token}` } })];
const loaded = packages.filter((name) => loadedFiles().some((file) => file.includes(`/node_modules/${name}/`)));
console.log(JSON.stringify({ milliseconds, megabytes, statuses: answers.map(({ status }) => status), loaded }));
await app.close();

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
