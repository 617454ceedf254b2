import 'reflect-metadata';

import { createApp } from './create-app.js';

/** One instance. A deployment starts several, each in its own process. */
const app = await createApp();
await app.listen(Number(process.env['PORT'] ?? 3001), '127.0.0.1');
process.once('SIGINT', () => void app.close().then(() => process.exit(0)));
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
console.log(`${process.env['INSTANCE'] ?? 'The instance'} is at ${await app.getUrl()}`);
