import { fork } from 'node:child_process'; import { once } from 'node:events'; import autocannon from 'autocannon';
import { accessKey, accessToken, CLIENT_ID, idKey, ISSUER, jwks, POOL_ID } from '../tokens/support/test-issuer.js';
const now = Math.floor(Date.now() / 1000);
const tokens = Array.from({ length: 50 }, (_, i) => accessToken({ iat: now, auth_time: now, exp: now + 3600, jti: `token-${i}`, 'cognito:groups': ['staff'] }));
const app = fork(new URL('.x-app.ts', import.meta.url).pathname, [JSON.stringify({ platform: process.argv[2], userPoolId: POOL_ID, clientId: CLIENT_ID, issuer: ISSUER, jwks: jwks(accessKey, idKey) })], { execArgv: process.execArgv });
const [url] = await once(app, 'message');
const use = async () => { app.send('x'); const u = (await once(app, 'message'))[0]; return u.user + u.system; };
const run = async (r: string) => { await new Promise((f) => setTimeout(f, 40)); const b = await use(); const x = await autocannon({ url: `${url}/${r}`, connections: 50, duration: 0.3, sampleInt: 150, requests: tokens.map((t) => ({ headers: { authorization: `Bearer ${t}` } })) }); return ((await use()) - b) / x['2xx']; };
const R = ['pass', 'hash', 'user', 'set', 'noset', 'mandate'];
const all: Record<string, number[]> = {};
for (let i = 0; i < 22; i++) for (const r of i % 2 ? R : [...R].reverse()) { const v = await run(r); if (i > 3) (all[r] ??= []).push(v); }
for (const r of R) { const s = all[r]!.sort((a, b) => a - b); console.log(r.padEnd(8), 'min', s[0]!.toFixed(1), 'q25', s[4]!.toFixed(1), 'median', s[9]!.toFixed(1)); }
app.disconnect();
